using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Isobar.Lab.Files;
using Isobar.Lab.Reports;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Quantities;
using Isobar.Reproducibility;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>Did the process drift? Control charts over cells in their order, from a table or the laboratory's own runs.</summary>
internal sealed class CheckChartCommand : IsobarCommand
{
    private const double EwmaWeight = 0.2;
    private const double EwmaLimit = 2.962;
    private const double CusumAllowance = 0.5;
    private const double CusumDecision = 5;
    private const int FewestForScatter = 20;

    private readonly Argument<string?> _table = new("table") { Description = "Table (CSV) with the rows in the order of time; without it the runs of the laboratory", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _measure = CheckArguments.Measure();
    private readonly Option<int?> _baseline = new("--baseline") { Description = "Cells from the first on that set centre and limits (default: all)", HelpName = "n" };
    private readonly Option<int?> _subgroup = new("--subgroup") { Description = "Cells of one subgroup, for a chart of averages and ranges (default: single cells)", HelpName = "n" };
    private readonly Option<string?> _rules = new("--rules") { Description = "Rules of the chart: one (default), western-electric or nelson; every rule has its price, which is printed", HelpName = "one" };
    private readonly Option<string?> _decimal = CheckArguments.Decimal();
    private readonly Option<string?> _plot = CheckArguments.Plot("Draw the charts: the values into this file, ranges, EWMA and CUSUM beside it");
    private readonly Option<string?> _runs = new("--runs") { Description = "Only runs whose name begins with this", HelpName = "name" };
    private readonly Option<string?> _lab = LabPlace.Option();

    public CheckChartCommand()
        : base("chart", "Did the process drift? Control charts of cells in their order, with the price of each rule.")
    {
        Arguments.Add(_table);
        foreach (Option option in (Option[])[_measure, _baseline, _subgroup, _rules, _decimal, _plot, _runs, _lab]) Options.Add(option);
        _rules.CompletionSources.Add("one", "western-electric", "nelson");
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("check chart examples/cells/cells.csv", "single cells in the order of the table"),
        ("check chart cells.csv --baseline 20 --rules western-electric", "limits from the first twenty, four rules"),
        ("check chart --runs pellet", "the laboratory's own runs of one recipe"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        CellTable table = TableOf(parse, surroundings, out string source);
        ImmutableArray<RunRule> rules = RulesOf(parse.GetValue(_rules));
        int baseline = parse.GetValue(_baseline) ?? 0, subgroup = parse.GetValue(_subgroup) ?? 1;
        if (baseline is < 0 or 1) throw new Failure($"a baseline of {baseline}", "two cells at least", "correct --baseline", "option --baseline");
        if (subgroup < 1) throw new Failure($"a subgroup of {subgroup}", "one cell at least", "correct --subgroup", "option --subgroup");
        double[] values = table.Values.ToArray();
        List<string> notes = [.. table.Notes];
        List<(string Name, ControlChart Chart)> charts = [];
        double sigma;
        if (subgroup > 1)
        {
            int groups = values.Length / subgroup;
            if (values.Length % subgroup > 0) notes.Add($"the last {values.Length % subgroup} cells make no whole subgroup and are not on the chart");
            double[][] blocks = [.. Enumerable.Range(0, groups).Select(i => values.AsSpan(i * subgroup, subgroup).ToArray())];
            (ControlChart averages, ControlChart ranges) = CheckArguments.Refusing(source, () => ControlCharts.AveragesAndRanges(blocks, rules, baseline / subgroup));
            charts.AddRange(("averages", averages), ("ranges", ranges));
            values = [.. averages.Points];
            sigma = (averages.Limits[0].High - averages.Centre) / 3;
        }
        else
        {
            (ControlChart single, ControlChart ranges) = CheckArguments.Refusing(source, () => ControlCharts.Individuals(values, rules, baseline));
            charts.AddRange(("single cells", single), ("moving range", ranges));
            sigma = (single.Limits[0].High - single.Centre) / 3;
        }

        double centre = charts[0].Chart.Centre;
        if (sigma > 0)
        {
            charts.Add(("EWMA", ControlCharts.Ewma(values, centre, sigma, EwmaWeight, EwmaLimit)));
            (ControlChart high, ControlChart low) = ControlCharts.Cusum(values, centre, CusumAllowance * sigma, CusumDecision * sigma);
            charts.AddRange(("CUSUM up", high), ("CUSUM down", low));
        }

        int used = baseline > 0 ? Math.Min(baseline, table.Values.Count) : table.Values.Count;
        if (used < FewestForScatter) notes.Add($"limits from {used} cells are rough; with twenty and more the false alarms below hold nearly, with a hundred they hold");
        ImmutableArray<string> written = CheckArguments.Draw(
            parse.GetValue(_plot), surroundings,
            [.. charts.Select((each, i) => (i == 0 ? "" : each.Name.Replace(' ', '-').ToLowerInvariant(), (Lab.Reports.Figure?)CellSetFigures.Chart(each.Chart, $"{table.Measure}: {each.Name}", table.Measure, table.Unit)))]);
        (string Rule, double InControl, double AfterShift)[] prices = Prices(rules);
        output.Answer(
            new Facts(
                table.Measure, table.Unit, source, values.Length, centre, sigma,
                [.. charts.Select(each => new ChartFacts(each.Chart.Kind, each.Chart.Centre, each.Chart.Points, [.. each.Chart.Limits.Select(limit => limit.Low)], [.. each.Chart.Limits.Select(limit => limit.High)], [.. each.Chart.Signals.Select(signal => new SignalFacts(signal.Index + 1, signal.Rule))]))],
                [.. prices.Select(price => new PriceFacts(price.Rule, price.InControl, price.AfterShift))], [.. notes], written),
            page =>
            {
                Write(page, charts, table, subgroup, centre, sigma);
                page.WriteLine();
                var price = new Listing("chart", "cells until a false alarm", "after a shift of one s");
                foreach ((string rule, double inControl, double after) in prices) price.Add(rule, Number(inControl), Number(after));
                price.Write(page);
                Prose.Write(page, "average run lengths for normal scatter with known centre and s");
                foreach (string note in notes) PlanPage.Note(page, "note", note);
                if (!written.IsEmpty) PlanPage.Wrote(page, surroundings, [.. written]);
            });
        return Task.FromResult(ExitCode.Done);
    }

    private CellTable TableOf(ParseResult parse, Surroundings surroundings, out string source)
    {
        if (parse.GetValue(_table) is { } file)
        {
            source = Path.GetFileName(file);
            return CellTableFile.Read(
                surroundings.PathOf(file), new CellTableRequest { Measure = parse.GetValue(_measure), By = [], FindPressure = false, DecimalComma = CheckArguments.IsComma(parse.GetValue(_decimal)) });
        }

        source = "the laboratory's runs";
        using LabDatabase database = LabPlace.Open(parse.GetValue(_lab), surroundings);
        CellTable table = RunCells.Read(database, parse.GetValue(_runs));
        return table.Values.Count > 1 ? table : throw new Failure($"{table.Values.Count} completed runs with a spectrum in {database.DatabasePath}", "two at least, or a table", "name a table, for example isobar check chart cells.csv");
    }

    private static ImmutableArray<RunRule> RulesOf(string? name) => name switch
    {
        null or "one" => [RunRule.BeyondThree],
        "western-electric" => RunRules.WesternElectric,
        "nelson" => RunRules.Nelson,
        _ => throw new Failure($"'{name}' is not a set of rules", Spelling.DidYouMean(name, ["one", "western-electric", "nelson"]) + "one, western-electric or nelson", "correct --rules", "option --rules"),
    };

    private static (string Rule, double InControl, double AfterShift)[] Prices(ImmutableArray<RunRule> rules)
    {
        List<(string, double, double)> prices = [("beyond three s", RunLength.Shewhart(3), RunLength.Shewhart(3, 1))];
        if (rules.Length == RunRules.WesternElectric.Length) prices.Add(("four Western Electric rules", RunLength.OfZoneRules(rules), RunLength.OfZoneRules(rules, 1)));
        if (rules.Length == RunRules.Nelson.Length) prices.Add(("eight Nelson rules (simulated)", RunLength.Simulate(rules).Mean, RunLength.Simulate(rules, 1).Mean));
        prices.Add(("EWMA 0.2, 2.962", RunLength.Ewma(EwmaWeight, EwmaLimit), RunLength.Ewma(EwmaWeight, EwmaLimit, 1)));
        prices.Add(("CUSUM k 0.5, h 5", RunLength.Cusum(CusumAllowance, CusumDecision), RunLength.Cusum(CusumAllowance, CusumDecision, 1)));
        return [.. prices];
    }

    private static void Write(IAnsiConsole page, List<(string Name, ControlChart Chart)> charts, CellTable table, int subgroup, double centre, double sigma)
    {
        string unit = table.Unit.Length == 0 ? "" : " " + table.Unit;
        int signals = charts.Sum(each => each.Chart.Signals.Length);
        page.MarkupLineInterpolated($"[bold]{(signals == 0 ? "no signal: a drift is not shown" : "the process signals")}[/], {table.Values.Count} cells{(subgroup > 1 ? $" in subgroups of {subgroup}" : "")}");
        Prose.Write(page, $"{table.Measure}: centre {Number(centre, 4)}{unit}, s {Number(sigma)}{unit} from {(subgroup > 1 ? "the ranges of the subgroups" : "the moving range")}");
        page.WriteLine();
        var listing = new Listing("chart", "limits", "signals at") { Flexible = 2 };
        foreach ((string name, ControlChart chart) in charts)
        {
            Interval last = chart.Limits[^1];
            string[] fired = [.. chart.Signals.GroupBy(signal => signal.Index).Select(group => $"{IdOf(table, group.Key, chart, subgroup)}{(group.Any(signal => signal.Rule != RunRule.BeyondThree) ? " (" + string.Join(", ", group.Select(signal => Words(signal.Rule))) + ")" : "")}")];
            listing.Add(name, $"{Number(last.Low, 4)} to {Number(last.High, 4)}{unit}", fired.Length == 0 ? "none" : string.Join(", ", fired.Take(12)) + (fired.Length > 12 ? ", ..." : ""));
        }

        listing.Write(page);
    }

    // A moving range belongs to the later of its two cells.
    private static string IdOf(CellTable table, int index, ControlChart chart, int subgroup) => subgroup > 1
        ? "subgroup " + (index + 1).ToString(CultureInfo.InvariantCulture)
        : table.Ids[chart.Kind == ChartKind.MovingRange ? index + 1 : index];

    private static string Words(RunRule rule) => rule switch
    {
        RunRule.BeyondThree => "beyond three s",
        RunRule.TwoOfThreeBeyondTwo => "two of three beyond two s",
        RunRule.FourOfFiveBeyondOne => "four of five beyond one s",
        RunRule.EightOnOneSide => "eight on one side",
        RunRule.NineOnOneSide => "nine on one side",
        RunRule.SixTrending => "six rising or falling",
        RunRule.FourteenAlternating => "fourteen alternating",
        RunRule.FifteenWithinOne => "fifteen within one s",
        _ => "eight beyond one s",
    };

    private static string Number(double value, int digits = 3) => Quantity.Number(value, digits);

    private sealed record Facts(
        string Measure, string Unit, string Source, int Points, double Centre, double StandardDeviation, ChartFacts[] Charts, PriceFacts[] RunLengths, ImmutableArray<string> Notes, ImmutableArray<string> Files);

    private sealed record ChartFacts(ChartKind Kind, double Centre, ImmutableArray<double> Points, double[] Lower, double[] Upper, SignalFacts[] Signals);

    private sealed record SignalFacts(int Point, RunRule Rule);

    private sealed record PriceFacts(string Chart, double InControl, double AfterShiftOfOne);
}
