using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Isobar.Lab.Files;
using Isobar.Quantities;
using Isobar.Reproducibility;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>Precision between laboratories, presses or operators by ISO 5725-2 and ASTM E691.</summary>
internal sealed class CheckInterlabCommand : IsobarCommand
{
    private readonly Argument<string> _table = CheckArguments.Table("rounds.csv");
    private readonly Option<string?> _measure = CheckArguments.Measure();
    private readonly Option<string?> _by = CheckArguments.Column("--by", "Column of the laboratories (or presses, operators)", "lab");
    private readonly Option<string?> _level = CheckArguments.Column("--level", "Column of the materials or levels; each is evaluated for itself", "level");
    private readonly Option<string?> _reference = new("--reference") { Description = "Reference value with its standard deviation, in the unit of the measure, for z-scores", HelpName = "'135 ± 2'" };
    private readonly Option<string?> _decimal = CheckArguments.Decimal();

    public CheckInterlabCommand()
        : base("interlab", "Precision between laboratories: repeatability, reproducibility, h and k, Cochran, Grubbs (ISO 5725-2, ASTM E691).")
    {
        Arguments.Add(_table);
        foreach (Option option in (Option[])[_measure, _by, _level, _reference, _decimal]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("check interlab examples/cells/rounds.csv --by lab", "one material"),
        ("check interlab rounds.csv --measure value --by lab --level material", "several materials, each for itself"),
        ("check interlab rounds.csv --by lab --reference '135 ± 2'", "with z-scores against a reference"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        string file = parse.GetRequiredValue(_table), by = parse.GetValue(_by) ?? "lab";
        string? level = parse.GetValue(_level);
        CellTable table = CellTableFile.Read(
            surroundings.PathOf(file),
            new CellTableRequest
            {
                Measure = parse.GetValue(_measure),
                By = level is null ? [by] : [by, level],
                FindPressure = false,
                NamesCells = false,
                DecimalComma = CheckArguments.IsComma(parse.GetValue(_decimal)),
            });
        (double Value, double Deviation)? reference = ReferenceOf(parse.GetValue(_reference), table.Unit);
        List<(string? Level, InterlaboratoryStudy Study)> studies = [];
        Grouping? levels = level is null ? null : table.Groupings[1];
        for (int i = 0; i < (levels?.Levels.Length ?? 1); i++)
        {
            int[] cells = [.. Enumerable.Range(0, table.Values.Count).Where(cell => levels is null || levels.OfCell[cell] == i)];
            studies.Add((levels?.Levels[i], CheckArguments.Refusing(Path.GetFileName(file), () => InterlaboratoryStudy.Of(table.Values.At(cells), table.Groupings[0].At(cells)))));
        }

        output.Answer(new Facts(table.Measure, table.Unit, by, [.. studies.Select(each => FactsOf(each.Level, each.Study, reference))], table.Notes), page =>
        {
            foreach ((string? name, InterlaboratoryStudy study) in studies)
            {
                Write(page, name, study, table, by, reference);
                page.WriteLine();
            }

            Prose.Write(page, "limits: h and k at 0.5 %, Cochran and Grubbs at 5 % (straggler) and 1 % (outlier); r and R are 2.8 standard deviations. Nothing was left out; look for a physical cause before a person does");
            foreach (string note in table.Notes) PlanPage.Note(page, "note", note);
        });
        return Task.FromResult(ExitCode.Done);
    }

    private static (double Value, double Deviation)? ReferenceOf(string? text, string unit)
    {
        if (text is null) return null;
        string[] parts = text.Split(["±", "+-", "+/-"], StringSplitOptions.TrimEntries);
        if (parts.Length != 2) throw new Failure($"'{text}' is not a reference", "a value and its standard deviation, for example '135 ± 2'", "correct --reference", "option --reference");
        (double Value, double Deviation) reference = (CheckArguments.Number(parts[0], unit, "--reference"), CheckArguments.Number(parts[1], unit, "--reference"));
        return reference.Deviation > 0 ? reference : throw new Failure($"'{text}' has no standard deviation above zero", "a value and its standard deviation, for example '135 ± 2'", "correct --reference", "option --reference");
    }

    private static void Write(IAnsiConsole page, string? level, InterlaboratoryStudy study, CellTable table, string by, (double Value, double Deviation)? reference)
    {
        string unit = table.Unit.Length == 0 ? "" : " " + table.Unit;
        string[] suspicious = [.. Suspicious(study)];
        page.MarkupLineInterpolated($"[bold]{(level is null ? "" : level + ": ")}{table.Measure} {Number(study.Mean, 4)}{unit}, {study.Laboratories.Length} {by}s, {study.Count} results[/]");
        Prose.Write(page, suspicious.Length == 0 ? $"no {by} stands out" : string.Join("; ", suspicious));
        Prose.Write(page, $"repeatability s_r {Number(study.RepeatabilityDeviation)}{unit}, limit r {Number(study.RepeatabilityLimit)}{unit}; between {by}s s_L {Number(study.LaboratoryDeviation)}{unit}; reproducibility s_R {Number(study.ReproducibilityDeviation)}{unit}, limit R {Number(study.ReproducibilityLimit)}{unit}", 2);
        string[] headings = [by, "n", "mean", "s", "h", "k", .. reference is null ? Array.Empty<string>() : ["z"], "stands out"];
        var listing = new Listing(headings);
        foreach (Laboratory lab in study.Laboratories)
        {
            string[] standing = [.. lab.MeanStandsOut ? ["mean"] : Array.Empty<string>(), .. lab.ScatterStandsOut ? ["scatter"] : Array.Empty<string>()];
            string[] score = reference is { } known ? [Number(InterlaboratoryStudy.ZScore(lab.Mean, known.Value, known.Deviation), 2)] : [];
            listing.Add([lab.Name, Count(lab.Count), Number(lab.Mean, 4), lab.Count > 1 ? Number(lab.Deviation) : "", Number(lab.H), lab.Count > 1 ? Number(lab.K) : "", .. score, string.Join(", ", standing)]);
        }

        listing.Write(page);
        Laboratory first = study.Laboratories.First(lab => lab.Count > 1);
        Prose.Write(page, $"limits: |h| {Number(first.HCritical)}, k {Number(first.KCritical)}; Cochran {Of(study.Cochran)}; Grubbs high {Of(study.GrubbsHigh)}, low {Of(study.GrubbsLow)}", 2);
    }

    private static IEnumerable<string> Suspicious(InterlaboratoryStudy study)
    {
        foreach (Laboratory lab in study.Laboratories.Where(lab => lab.ScatterStandsOut)) yield return $"{lab.Name} scatters more than the others (k {Number(lab.K)} above {Number(lab.KCritical)})";
        foreach (Laboratory lab in study.Laboratories.Where(lab => lab.MeanStandsOut)) yield return $"the mean of {lab.Name} stands apart (h {Number(lab.H)} beyond {Number(lab.HCritical)})";
        foreach ((string name, SuspicionTest test) in ((string, SuspicionTest)[])[("Cochran", study.Cochran), ("Grubbs", study.GrubbsHigh), ("Grubbs", study.GrubbsLow)])
        {
            if (test.Verdict != Suspicion.None) yield return $"{test.Laboratory} is {(test.Verdict == Suspicion.Outlier ? "an outlier" : "a straggler")} by {name} ({Of(test)})";
        }
    }

    private static string Of(SuspicionTest test) => $"{Number(test.Statistic)} ({test.Laboratory}; 5 % {Number(test.Limit5)}, 1 % {Number(test.Limit1)})";

    private static LevelFacts FactsOf(string? level, InterlaboratoryStudy study, (double Value, double Deviation)? reference) => new(
        level, study.Laboratories.Length, study.Count, study.Mean, study.RepeatabilityDeviation, study.LaboratoryDeviation, study.ReproducibilityDeviation, study.RepeatabilityLimit, study.ReproducibilityLimit,
        [.. study.Laboratories.Select(lab => new LaboratoryFacts(
            lab.Name, lab.Count, lab.Mean, CheckFacts.Finite(lab.Deviation), lab.H, lab.HCritical, CheckFacts.Finite(lab.K), CheckFacts.Finite(lab.KCritical), lab.MeanStandsOut, lab.ScatterStandsOut,
            reference is { } known ? InterlaboratoryStudy.ZScore(lab.Mean, known.Value, known.Deviation) : null))],
        study.Cochran, study.GrubbsHigh, study.GrubbsLow);

    private static string Number(double value, int digits = 3) => Quantity.Number(value, digits);

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    private sealed record Facts(string Measure, string Unit, string By, LevelFacts[] Levels, ImmutableArray<string> Notes);

    private sealed record LevelFacts(
        string? Level, int Laboratories, int Count, double Mean, double RepeatabilityDeviation, double LaboratoryDeviation, double ReproducibilityDeviation, double RepeatabilityLimit, double ReproducibilityLimit,
        LaboratoryFacts[] Each, SuspicionTest Cochran, SuspicionTest GrubbsHigh, SuspicionTest GrubbsLow);

    private sealed record LaboratoryFacts(
        string Name, int Count, double Mean, double? StandardDeviation, double H, double HCritical, double? K, double? KCritical, bool MeanStandsOut, bool ScatterStandsOut, double? ZScore);
}
