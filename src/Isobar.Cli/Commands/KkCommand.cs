using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Isobar.Impedance;
using Isobar.Impedance.Series;
using Isobar.Impedance.Validity;
using Isobar.Lab.Reports;
using Isobar.Quantities;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>Whether spectra can be trusted: Kramers-Kronig, noise, points that stand out, drift over repeated sweeps.</summary>
internal sealed class KkCommand : IsobarCommand
{
    private readonly ImpedanceArguments _spectra = new();
    private readonly Option<string?> _plot = new("--plot") { Description = "Draw the residuals; of several sweeps each into a file of its own", HelpName = "out.svg or out.png" };

    public KkCommand()
        : base("kk", "Test impedance spectra: Kramers-Kronig, noise, points that stand out, drift over repeated sweeps.")
    {
        Arguments.Add(_spectra.Files);
        foreach (Option option in _spectra.Options) Options.Add(option);
        Options.Add(_plot);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("kk pellet.mpr", "verdict, noise, and why"),
        ("kk pellet.mpr --plot residuals.svg", "with the residuals over frequency"),
        ("kk repeats.csv --json", "repeated sweeps: repeatability and drift too, for a program"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        (ImmutableArray<Spectrum> sweeps, ImmutableArray<string> notes) = _spectra.Read(parse, surroundings);
        Tested[] tests = [.. sweeps.Select(sweep => new Tested(sweep, KramersKronig.Test(sweep), sweep.Count >= 8 && sweep.Hertz.Distinct().Count() == sweep.Count ? ZHit.Of(sweep).LowFrequencyDeparture : null))];
        RepeatedSweeps? repeats = Repeats(sweeps);
        ImmutableArray<string> figures = ImpedanceArguments.Draw(
            parse.GetValue(_plot), surroundings, tests.Select((test, i) => (tests.Length == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{i + 1}"), ImpedanceFigures.Residuals(test.Sweep, test.Result))));
        SweepFacts[] facts = [.. tests.Select(SweepFacts.Of)];
        output.Answer(Facts.Of(facts, repeats, notes, figures), page =>
        {
            Write(page, tests, repeats);
            foreach (string note in notes) PlanPage.Note(page, "note", note);
            if (figures.Length > 0) PlanPage.Wrote(page, surroundings, [.. figures]);
        });
        return Task.FromResult(tests.Any(test => test.Result.Verdict == KramersKronigVerdict.Invalid) ? ExitCode.LimitFailed : ExitCode.Done);
    }

    private static RepeatedSweeps? Repeats(ImmutableArray<Spectrum> sweeps) =>
        sweeps.Length >= 3 && sweeps.All(sweep => sweep.StackPressure is null && sweep.Count == sweeps[0].Count && sweep.Hertz.Zip(sweeps[0].Hertz).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-3 * pair.Second))
            ? RepeatedSweeps.Of(sweeps)
            : null;

    private static void Write(IAnsiConsole page, Tested[] tests, RepeatedSweeps? repeats)
    {
        var table = new Listing("sweep", "verdict", "noise", "points", "out", "low end");
        foreach (Tested test in tests)
        {
            table.Add(
                test.Sweep.Name, Words(test.Result.Verdict), Percent(test.Result.Noise), test.Sweep.Count.ToString(CultureInfo.InvariantCulture),
                test.Result.Outliers.Length.ToString(CultureInfo.InvariantCulture), test.Departure is { } departure ? Signed(departure) : "");
        }

        table.Write(page);
        page.WriteLine();
        foreach (Tested test in tests)
        {
            foreach (string reason in test.Result.Reasons) PlanPage.Note(page, test.Sweep.Name, reason);
        }

        Prose.Write(page, "noise: of real and imaginary part each, over the modulus; low end: |Z| against the phase over the lowest decade (Z-HIT)");
        if (repeats is null)
        {
            Prose.Write(page, $"stationarity: {KramersKronigResult.Stationarity}", 4);
            return;
        }

        page.WriteLine();
        page.MarkupLineInterpolated($"[bold]{tests.Length} repeated sweeps[/]: mean spread of the real part {Percent(repeats.MeanSpread)}, noise {Percent(repeats.Noise)}");
        var drift = new Listing("frequency", "drift of the real part", "95 % interval", "scatter");
        int stride = Math.Max(1, (repeats.Points.Length - 1) / 8);
        for (int i = repeats.Points.Length - 1; i >= 0; i -= stride)
        {
            RepeatedPoint point = repeats.Points[i];
            drift.Add(SpectraPage.Scaled(point.Hertz, "Hz"), Signed(point.Real.Change), $"{Signed(point.Real.Interval95.Low)} to {Signed(point.Real.Interval95.High)}", Percent(point.Real.Scatter));
        }

        drift.Write(page);
    }

    internal static string Words(KramersKronigVerdict verdict) => verdict switch
    {
        KramersKronigVerdict.Valid => "valid",
        KramersKronigVerdict.Invalid => "invalid",
        _ => "cannot-tell",
    };

    internal static string Percent(double share) => $"{Quantity.Number(100 * share, 3)} %";

    private static string Signed(double share) => (share >= 0 ? "+" : "−") + (100 * Math.Abs(share)).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    internal sealed record Tested(Spectrum Sweep, KramersKronigResult Result, double? Departure);

    internal sealed record ResidualFacts(double Hertz, double Real, double Imaginary);

    internal sealed record SweepFacts(
        string Name, string Verdict, double Noise, double ImpedanceNoise, double AdmittanceNoise, bool UsedAdmittance, ImmutableArray<string> Reasons, string Stationarity, double DriftProbability, double RunsDeviation,
        double[] OutliersHertz, double? LowFrequencyDeparture, ResidualFacts[] Residuals)
    {
        internal static SweepFacts Of(Tested tested)
        {
            (Spectrum sweep, KramersKronigResult result, double? departure) = tested;
            return new SweepFacts(
                sweep.Name, Words(result.Verdict), result.Noise, result.ImpedanceNoise, result.AdmittanceNoise, result.UsedAdmittance, result.Reasons, KramersKronigResult.Stationarity, result.DriftProbability, result.RunsDeviation,
                [.. result.Outliers.Select(i => sweep.Hertz[i])], departure, [.. result.Residuals.Select((r, i) => new ResidualFacts(sweep.Hertz[i], r.Real, r.Imaginary))]);
        }
    }

    internal sealed record DriftFacts(double Hertz, double Drift, double Low95, double High95, double Scatter);

    internal sealed record RepeatFacts(double MeanSpread, double Noise, DriftFacts[] Points);

    /// <summary>Of one sweep its facts stand at the top; of several only in the list.</summary>
    internal sealed record Facts(string? Verdict, double? Noise, ResidualFacts[]? Residuals, ImmutableArray<string>? Reasons, string? Stationarity, SweepFacts[] Sweeps, RepeatFacts? Repeats, ImmutableArray<string> Notes, ImmutableArray<string> Figures)
    {
        public static Facts Of(SweepFacts[] sweeps, RepeatedSweeps? repeats, ImmutableArray<string> notes, ImmutableArray<string> figures)
        {
            SweepFacts? only = sweeps.Length == 1 ? sweeps[0] : null;
            RepeatFacts? repeated = repeats is null ? null : new RepeatFacts(
                repeats.MeanSpread, repeats.Noise, [.. repeats.Points.Select(point => new DriftFacts(point.Hertz, point.Real.Change, point.Real.Interval95.Low, point.Real.Interval95.High, point.Real.Scatter))]);
            return new Facts(only?.Verdict, only?.Noise, only?.Residuals, only?.Reasons, only?.Stationarity, sweeps, repeated, notes, figures);
        }
    }
}
