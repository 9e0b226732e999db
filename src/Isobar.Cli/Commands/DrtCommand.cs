using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Isobar.Impedance;
using Isobar.Impedance.Distribution;
using Isobar.Impedance.Validity;
using Isobar.Lab.Reports;
using Isobar.Quantities;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>Distribution of relaxation times of spectra.</summary>
internal sealed class DrtCommand : IsobarCommand
{
    private const int Repeats = 100;
    private const double LeastShare = 0.05;

    private readonly ImpedanceArguments _spectra = new();
    private readonly Option<double?> _noise = new("--noise") { Description = "Noise as a share of the modulus (default: that of the Kramers-Kronig ladder)", HelpName = "0.001" };
    private readonly Option<string?> _plot = new("--plot") { Description = "Draw the distribution with its band; of several sweeps each into a file of its own", HelpName = "out.svg or out.png" };

    public DrtCommand()
        : base("drt", "Distribution of relaxation times: peaks with resistance, capacitance and time, with a band.")
    {
        Arguments.Add(_spectra.Files);
        foreach (Option option in _spectra.Options) Options.Add(option);
        Options.Add(_noise);
        Options.Add(_plot);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("drt cell.mpr", "processes by their time, with R and C"),
        ("drt cell.mpr --plot times.svg", "and the distribution with its 95 % band"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        (ImmutableArray<Spectrum> sweeps, ImmutableArray<string> notes) = _spectra.Read(parse, surroundings);
        double? noise = parse.GetValue(_noise);
        if (noise is <= 0 or > 1) throw new Failure($"a noise of {Quantity.Number(noise.Value)} is not possible", "a share between 0 and 1, for example 0.001", "correct --noise", "option --noise");
        Spectrum? small = sweeps.FirstOrDefault(sweep => sweep.Points.Count(point => !point.LeftOut) < 4);
        if (small is not null) throw new Failure($"{small.Name} has {small.Points.Count(point => !point.LeftOut)} points", "at least 4", "take a longer sweep, or leave out fewer points");
        RelaxationDistribution[] distributions = [.. sweeps.Select(sweep => RelaxationDistribution.Of(sweep, noise, Repeats))];
        ImmutableArray<string> figures = ImpedanceArguments.Draw(
            parse.GetValue(_plot), surroundings, distributions.Select((each, i) => (distributions.Length == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{i + 1}"), ImpedanceFigures.Distribution(sweeps[i], each))));
        output.Answer(new Answer([.. distributions.Select((each, i) => Facts.Of(sweeps[i], each))], notes, figures), page =>
        {
            for (int i = 0; i < distributions.Length; i++) Write(page, sweeps[i], distributions[i], i > 0);
            foreach (string note in notes) PlanPage.Note(page, "note", note);
            if (figures.Length > 0) PlanPage.Wrote(page, surroundings, [.. figures]);
        });
        return Task.FromResult(ExitCode.Done);
    }

    private static void Write(IAnsiConsole page, Spectrum sweep, RelaxationDistribution distribution, bool parted)
    {
        if (parted) page.WriteLine();
        page.MarkupLineInterpolated($"[bold]{sweep.Name}[/]: residual {KkCommand.Percent(distribution.Residual)}, noise {KkCommand.Percent(distribution.Noise)}");
        string blocking = IsSeen(sweep, distribution.Farads) ? $", C = {SpectraPage.Scaled(distribution.Farads, "F")}" : "";
        Prose.Write(page, $"in series: R₀ = {SpectraPage.Scaled(distribution.Ohms, "Ω")}, L = {SpectraPage.Scaled(distribution.Henries, "H")}{blocking}");
        page.WriteLine();
        var table = new Listing("time", "top at", "R", "C", "");
        foreach (RelaxationPeak peak in distribution.Peaks)
        {
            table.Add(SpectraPage.Scaled(peak.Seconds, "s"), SpectraPage.Scaled(peak.Hertz, "Hz"), SpectraPage.Scaled(peak.Ohms, "Ω"), Farads(peak.Farads), peak.InBand ? "" : "outside of the sweep");
        }

        table.Write(page);
        foreach (string finding in distribution.Findings) PlanPage.Note(page, "finding", finding);
        KramersKronigResult test = KramersKronig.Test(sweep);
        if (test.Verdict == KramersKronigVerdict.Invalid) PlanPage.Note(page, "Kramers-Kronig invalid", string.Join("; ", test.Reasons) + ". A distribution of such a sweep shows what is wrong with it as processes");
    }

    // A capacitance in series that adds less than a twentieth of the modulus at the lowest frequency is what arcs beyond the sweep leave.
    private static bool IsSeen(Spectrum sweep, double farads)
    {
        SpectrumPoint lowest = sweep.Points.Last(point => !point.LeftOut);
        return 1 / (2 * Math.PI * lowest.Hertz * farads) >= LeastShare * lowest.Ohms.Magnitude;
    }

    // A geometric capacitance is picofarads, which Scaled would call 0.02 nF.
    internal static string Farads(double farads) => farads < 0.9995e-9 ? $"{Quantity.Number(farads * 1e12, 3)} pF" : SpectraPage.Scaled(farads, "F");

    internal sealed record Answer(ImmutableArray<Facts> Sweeps, ImmutableArray<string> Notes, ImmutableArray<string> Figures)
    {
        /// <summary>Of one sweep its facts stand at the top too.</summary>
        public Facts? Distribution => Sweeps.Length == 1 ? Sweeps[0] : null;

        public ImmutableArray<PeakFacts>? Peaks => Distribution?.Peaks;

        public double? Residual => Distribution?.Residual;

        public double? Noise => Distribution?.Noise;
    }

    internal sealed record PeakFacts(double Seconds, double Hertz, double Ohms, double Farads, bool InBand);

    internal sealed record Facts(
        string Name, double Residual, double Noise, bool ReachesNoise, double Lambda, double Ohms, double Henries, double? Farads, ImmutableArray<PeakFacts> Peaks, ImmutableArray<PeakFacts> Ripples,
        ImmutableArray<double> Seconds, ImmutableArray<double> Gamma, ImmutableArray<double> Low95, ImmutableArray<double> High95, ImmutableArray<string> Findings)
    {
        public static Facts Of(Spectrum sweep, RelaxationDistribution distribution) => new(
            sweep.Name, distribution.Residual, distribution.Noise, distribution.ReachesNoise, distribution.Lambda, distribution.Ohms, distribution.Henries,
            double.IsFinite(distribution.Farads) ? distribution.Farads : null, [.. distribution.Peaks.Select(Of)], [.. distribution.Ripples.Select(Of)],
            distribution.Seconds, distribution.Gamma, distribution.Low95, distribution.High95, distribution.Findings);

        private static PeakFacts Of(RelaxationPeak peak) => new(peak.Seconds, peak.Hertz, peak.Ohms, peak.Farads, peak.InBand);
    }
}
