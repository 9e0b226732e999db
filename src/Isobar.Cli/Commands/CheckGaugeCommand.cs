using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Isobar.Lab.Files;
using Isobar.Quantities;
using Isobar.Reproducibility;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>Gauge repeatability and reproducibility, crossed or nested.</summary>
internal sealed class CheckGaugeCommand : IsobarCommand
{
    private readonly Argument<string> _table = CheckArguments.Table("study.csv");
    private readonly Option<string?> _measure = CheckArguments.Measure();
    private readonly Option<string?> _part = CheckArguments.Column("--part", "Column of the parts that are measured again and again (default: part)", "part");
    private readonly Option<string?> _by = CheckArguments.Column("--by", "Column of those who measure: operators, presses (default: operator)", "operator");
    private readonly Option<bool> _nested = new("--nested") { Description = "Each part belongs to one operator only, as when pressing uses it up" };
    private readonly Option<string?> _decimal = CheckArguments.Decimal();

    public CheckGaugeCommand()
        : base("gauge", "How much of what is seen is the measurement: gauge repeatability and reproducibility, crossed or nested.")
    {
        Arguments.Add(_table);
        foreach (Option option in (Option[])[_measure, _part, _by, _nested, _decimal]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("check gauge examples/cells/gauge.csv --measure force_kN --part puck", "every operator presses every puck"),
        ("check gauge pellets.csv --measure thickness_um --part pellet --by operator --nested", "pellets that one operator uses up"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        string file = parse.GetRequiredValue(_table), part = parse.GetValue(_part) ?? "part", by = parse.GetValue(_by) ?? "operator";
        bool nested = parse.GetValue(_nested);
        CellTable table = CellTableFile.Read(
            surroundings.PathOf(file),
            new CellTableRequest { Measure = parse.GetValue(_measure), By = nested ? [$"{by}/{part}"] : [part, by], FindPressure = false, NamesCells = false, DecimalComma = CheckArguments.IsComma(parse.GetValue(_decimal)) });
        GaugeStudy study = CheckArguments.Refusing(
            Path.GetFileName(file),
            () => nested ? GaugeStudy.Nested(table.Values, table.Groupings[1], table.Groupings[0]) : GaugeStudy.Crossed(table.Values, table.Groupings[0], table.Groupings[1]));
        output.Answer(
            new Facts(
                table.Measure, table.Unit, study.Size.Parts, study.Size.Appraisers, study.Size.Trials, CheckFacts.Finite(study.InteractionF), CheckFacts.Finite(study.InteractionProbability),
                [.. study.Lines.Select(line => new LineFacts(line.Name, line.SumOfSquares, line.Freedom, line.MeanSquare))],
                [.. study.Estimates.Select(FactsOf)], CheckFacts.Finite(study.RepeatabilityInterval)!, table.Notes),
            page => Write(page, study, table, part, by));
        return Task.FromResult(ExitCode.Done);
    }

    private static void Write(IAnsiConsole page, GaugeStudy study, CellTable table, string part, string by)
    {
        GaugeEstimate best = study.Recommended;
        string unit = table.Unit.Length == 0 ? "" : " " + table.Unit;
        page.MarkupLineInterpolated($"[bold]the measurement is {Number(best.PercentOfTotal)} % of what is seen ({Words(best.Method)}), {Verdict(best)}[/]");
        Prose.Write(page, $"{study.Size.Parts} x {part}, {study.Size.Appraisers} x {by}, {study.Size.Trials} trials; it tells {Categories(best)} kinds of {part} apart, five are wanted");
        Prose.Write(page, $"repeatability {Number(best.Repeatability)}{unit} (95 % interval {Number(study.RepeatabilityInterval.Low)} to {Number(study.RepeatabilityInterval.High)}{unit}, χ²)");
        page.WriteLine();
        var table2 = new Listing("method", "repeatability", by, "interaction", "gauge", part, "% of total", "kinds");
        foreach (GaugeEstimate estimate in study.Estimates)
        {
            table2.Add(
                Words(estimate.Method), Number(estimate.Repeatability), Number(estimate.Appraiser), estimate.Method == GaugeMethod.AnovaWithInteraction ? Number(estimate.Interaction) : "", Number(estimate.Gauge), Number(estimate.Part),
                Number(estimate.PercentOfTotal), Categories(estimate));
        }

        table2.Write(page);
        page.WriteLine();
        var lines = new Listing("source", "sum of squares", "freedom", "mean square");
        foreach (NestedAnovaLine line in study.Lines) lines.Add(line.Name, Number(line.SumOfSquares, 4), line.Freedom.ToString(CultureInfo.InvariantCulture), Number(line.MeanSquare, 4));
        lines.Write(page);
        Prose.Write(page, double.IsNaN(study.InteractionF)
            ? "rule: below 10 % good, 10 to 30 % usable with reason, above not (AIAG); parts belong to one operator, so what operators do to parts cannot be told from the parts"
            : $"rule: below 10 % good, 10 to 30 % usable with reason, above not (AIAG); interaction F {Number(study.InteractionF)}, p = {Number(study.InteractionProbability, 2)}, put into the repeatability when p is above 0.25. The methods differ by design: name the one that is quoted");
        foreach (string note in table.Notes) PlanPage.Note(page, "note", note);
    }

    private static string Verdict(GaugeEstimate estimate) => estimate.PercentOfTotal < 10 ? "good" : estimate.PercentOfTotal <= 30 ? "usable with reason" : "not usable for these parts";

    private static string Words(GaugeMethod method) => method switch
    {
        GaugeMethod.AnovaPooled => "ANOVA, interaction pooled",
        GaugeMethod.AnovaWithInteraction => "ANOVA with interaction",
        GaugeMethod.Nested => "nested ANOVA",
        _ => "average and range",
    };

    private static string Categories(GaugeEstimate estimate) => estimate.Categories == int.MaxValue ? "any" : estimate.Categories.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value, int digits = 3) => Quantity.Number(value, digits);

    private static EstimateFacts FactsOf(GaugeEstimate estimate) => new(
        estimate.Method, estimate.Repeatability, estimate.Appraiser, estimate.Interaction, estimate.Gauge, estimate.Part, estimate.Total, estimate.PercentOfTotal, estimate.PercentContribution,
        CheckFacts.Finite(estimate.RawCategories));

    private sealed record Facts(
        string Measure, string Unit, int Parts, int Appraisers, int Trials, double? InteractionF, double? InteractionProbability, LineFacts[] Lines, EstimateFacts[] Methods, CheckFacts.IntervalFacts RepeatabilityInterval, ImmutableArray<string> Notes);

    private sealed record LineFacts(string Source, double SumOfSquares, int Freedom, double MeanSquare);

    private sealed record EstimateFacts(
        GaugeMethod Method, double Repeatability, double Appraiser, double Interaction, double Gauge, double Part, double Total, double PercentOfTotal, double PercentContribution, double? Categories);
}
