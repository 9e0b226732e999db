using System.Collections.Immutable;
using Isobar.Impedance;

namespace Isobar.Lab.Files.Spectra;

/// <summary>What a file of impedance spectra holds, and how it was understood.</summary>
/// <param name="Path">The file.</param>
/// <param name="Format">The format found, for example "Gamry .DTA".</param>
/// <param name="Dialect">How its columns were read: names, units, the sign of the imaginary part, order; one line each, for people.</param>
/// <param name="Sweeps">The sweeps, in the order of the file; at least one.</param>
/// <param name="Facts">What the file says of itself: instrument, start, comments.</param>
/// <param name="Notes">What was left out, assumed or looks wrong, for people; it must be shown.</param>
public sealed record SpectrumFile(
    string Path, string Format, ImmutableArray<string> Dialect, ImmutableArray<SpectrumSweep> Sweeps, ImmutableArray<FileFact> Facts, ImmutableArray<string> Notes)
{
    /// <summary>The spectra of the sweeps.</summary>
    public IEnumerable<Spectrum> Spectra => Sweeps.Select(sweep => sweep.Spectrum);
}

/// <summary>One sweep of a file.</summary>
/// <param name="Spectrum">The points, in Ω and Hz, with the time of each where the file has it.</param>
/// <param name="Ascending">Whether the file runs from low to high frequency; the spectrum never does.</param>
/// <param name="FirstLine">Line of its first point, from 1; in a binary file the number of the row.</param>
/// <param name="Began">Seconds on the clock of the file at its first point; NaN where the file has no clock.</param>
public sealed record SpectrumSweep(Spectrum Spectrum, bool Ascending, int FirstLine, double Began);
