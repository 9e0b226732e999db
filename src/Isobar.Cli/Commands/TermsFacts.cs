using System.Collections.Immutable;
using System.Globalization;
using Isobar.Control;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>What stood between a press and the numbers of a run, for people and machines.</summary>
internal sealed record TermsFacts(double ZeroNewtons, string? Tared, string? Calibration, CorrectionFacts[] Correction, StopPolicy Stop)
{
    public static TermsFacts Of(RunTerms terms) => new(
        terms.Force.Zero.Newtons,
        terms.Tare is { } tare ? PressStation.Words(tare) : null,
        terms.Calibration,
        [.. Points(terms).Select(point => new CorrectionFacts(point.Indicated.Newtons, point.Applied.Newtons))],
        terms.Stop);

    public static IEnumerable<string> Words(RunTerms terms)
    {
        if (terms.Tare is { } tare) yield return PressStation.Words(tare);
        if (terms.Calibration is { } calibration) yield return string.Create(CultureInfo.InvariantCulture, $"{calibration}; corrected by {string.Join(", ", Points(terms).Select(point => $"{Quantity.Format(point.Indicated, 5)} to {Quantity.Format(point.Applied, 5)}"))}");
        if (terms.Stop == StopPolicy.Hold) yield return "stop locks the pressure";
    }

    private static ImmutableArray<CorrectionPoint> Points(RunTerms terms) => terms.Force.Correction?.Points ?? [];
}

/// <summary>One point of a correction.</summary>
internal sealed record CorrectionFacts(double IndicatedNewtons, double AppliedNewtons);
