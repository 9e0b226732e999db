using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Isobar.Impedance;
using Isobar.Lab.Files;
using Isobar.Lab.Files.Spectra;

namespace Isobar.Cli.Commands;

/// <summary>What <c>isobar spectra</c> found, for machines.</summary>
internal static class SpectraFacts
{
    public static Facts Of(IReadOnlyList<ReadSpectra> read, string? figure) => new([.. read.Select(FileOf)], figure);

    private static FileFacts FileOf(ReadSpectra read) => read.File is { } file
        ? new FileFacts(read.Name, file.Format, file.Dialect, [.. file.Sweeps.Select(SweepOf)], file.Facts, file.Notes, null)
        : new FileFacts(read.Name, null, null, null, null, null, new ErrorFacts(read.Failure!.Found, read.Failure.Expected, read.Failure.Where, read.Failure.Line, read.Failure.Next));

    private static SweepFacts SweepOf(SpectrumSweep sweep)
    {
        Spectrum spectrum = sweep.Spectrum;
        return new SweepFacts(
            spectrum.Name, spectrum.Count, spectrum.Hertz[0], spectrum.Hertz[^1], spectrum.Ohms.Min(Complex.Abs), spectrum.Ohms.Max(Complex.Abs), sweep.Ascending, sweep.FirstLine,
            double.IsNaN(sweep.Began) ? null : sweep.Began, spectrum.Area?.Value.SquareMetres * 1e4, spectrum.StackPressure?.Value.Megapascals, spectrum.Temperature?.Kelvins,
            spectrum.Thickness?.Value.Metres * 1e3, spectrum.Began?.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
    }

    internal sealed record Facts(ImmutableArray<FileFacts> Files, string? Figure);

    internal sealed record FileFacts(
        string Path, string? Format, ImmutableArray<string>? Dialect, ImmutableArray<SweepFacts>? Sweeps, ImmutableArray<FileFact>? Facts, ImmutableArray<string>? Notes, ErrorFacts? Error);

    internal sealed record SweepFacts(
        string Name, int Points, double HighestHertz, double LowestHertz, double LowestOhms, double HighestOhms, bool Ascending, int Line, double? BeganSeconds, double? AreaSquareCentimetres,
        double? PressureMPa, double? TemperatureK, double? ThicknessMillimetres, string? Began);

    internal sealed record ErrorFacts(string Found, string Expected, string? Where, string? Line, string Next);
}
