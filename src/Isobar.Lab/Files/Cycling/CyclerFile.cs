using System.Collections.Immutable;
using Isobar.Electrochemistry.Cycling;

namespace Isobar.Lab.Files.Cycling;

/// <summary>What a file of cycling data holds, and how it was understood.</summary>
/// <param name="Path">The file.</param>
/// <param name="Format">The format found, for example "Arbin CSV".</param>
/// <param name="Dialect">How its columns were read: names, units, the sign of the current; one line each, for people.</param>
/// <param name="Series">The rows, in SI units, on one clock.</param>
/// <param name="Facts">What the file says of itself.</param>
/// <param name="Notes">What was left out, assumed or looks wrong; it must be shown.</param>
public sealed record CyclerFile(string Path, string Format, ImmutableArray<string> Dialect, CyclerSeries Series, ImmutableArray<FileFact> Facts, ImmutableArray<string> Notes);

/// <summary>What a person knows better than the file.</summary>
public sealed record CyclerFileOptions
{
    /// <summary>Nothing is said.</summary>
    public static CyclerFileOptions None { get; } = new();

    /// <summary>The format, one of <see cref="CyclerFiles.FormatNames"/>; null to find it.</summary>
    public string? Format { get; init; }

    /// <summary>Whether the currents of the file are positive while the cell discharges; they are turned then.</summary>
    public bool DischargeIsPositive { get; init; }
}
