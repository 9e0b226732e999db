using System.Collections.Immutable;
using System.CommandLine;
using Isobar.Lab.Cards;
using Isobar.Lab.Store;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>What a paper must say of a cell, and what nobody wrote down.</summary>
internal sealed class CardCommand : IsobarCommand
{
    private readonly Argument<string> _what = new("run") { Description = "Id of a run, its first characters, 'latest', or a cell file" };
    private readonly Option<string?> _record = RecordOption();
    private readonly Option<string?> _report = new("--report") { Description = "Write the card as a page (.html), as Markdown (.md) or as JSON (.json)", HelpName = "card.html" };
    private readonly Option<string?> _lab = LabPlace.Option();

    public CardCommand()
        : base("card", "Show the minimal record of a cell: every value measured, set, calculated or not recorded, and text for the methods section.")
    {
        Arguments.Add(_what);
        foreach (Option option in (Option[])[_record, _report, _lab]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("card 01K --report card.html", "the run whose id begins with 01K, as a page to keep"),
        ("card cell.yaml", "a cell before it is pressed: what to write down"),
        ("card 01K --record notes.yaml", "with what was noted besides the cell file"),
    ];

    public static Option<string?> RecordOption() => new("--record") { Description = "Record file (isobar: record/1) with what only a person knows; it adds to record: of the cell file", HelpName = "notes.yaml" };

    public static CardRecord Record(string? path, Surroundings surroundings) => path is null ? CardRecord.Empty : CardRecord.Read(surroundings.PathOf(path));

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        CardRecord record = Record(parse.GetValue(_record), surroundings);
        ReportCard card = CardOf(parse.GetRequiredValue(_what), record, parse.GetValue(_lab), surroundings);
        ImmutableArray<string> written = [];
        if (parse.GetValue(_report) is { } report)
        {
            string path = surroundings.PathOf(report);
            WholeFile.Write(path, Document(card, path, report));
            written = [path];
        }

        output.Answer(FactsOf(card, written), page =>
        {
            Write(page, card);
            if (!written.IsEmpty) PlanPage.Wrote(page, surroundings, [.. written]);
        });
        return Task.FromResult(ExitCode.Done);
    }

    private static ReportCard CardOf(string what, CardRecord record, string? lab, Surroundings surroundings)
    {
        string path = surroundings.PathOf(what);
        if (File.Exists(path) || Path.HasExtension(what)) return CardBuilder.OfCell(path, record, ProgramVersion.Text);
        using LabDatabase database = LabPlace.Open(lab, surroundings);
        (StoredRun run, RunVerification verification) = RunChoice.Open(database, what, "the card would not show what was done");
        return CardBuilder.OfRun(run, verification, record, ProgramVersion.Text);
    }

    private static byte[] Document(ReportCard card, string path, string asTyped) => Path.GetExtension(path) switch
    {
        ".html" => System.Text.Encoding.UTF8.GetBytes(CardDocument.Html(card, ProgramVersion.Text)),
        ".md" => System.Text.Encoding.UTF8.GetBytes(CardDocument.Markdown(card)),
        ".json" => CardDocument.Json(card),
        _ => throw new Failure($"'{asTyped}' is not the name of a card", "a name that ends in .html, .md or .json", "choose one of the three", "option --report"),
    };

    private static void Write(IAnsiConsole page, ReportCard card)
    {
        page.MarkupLineInterpolated($"[bold]{card.Title}: {CardDocument.Answer(card)}[/]");
        if (card.Missing.Any())
        {
            page.WriteLine();
            page.MarkupLineInterpolated($"[bold]not recorded[/]");
            var missing = new Listing("what", "how to record it") { Flexible = 1 };
            foreach (CardEntry entry in card.Missing) missing.Add(entry.Label, entry.Note ?? "");
            missing.Write(page);
        }

        foreach (IGrouping<string, CardEntry> part in card.Entries.Where(entry => entry.Source != CardSource.NotRecorded).GroupBy(entry => entry.Section, StringComparer.Ordinal))
        {
            page.WriteLine();
            page.MarkupLineInterpolated($"[bold]{part.Key}[/]");
            var table = new Listing("what", "value", "source") { Flexible = 1 };
            foreach (CardEntry entry in part) table.Add(entry.Label, entry.Note is null ? entry.Text : $"{entry.Text} ({entry.Note})", CardWords.Of(entry.Source));
            table.Write(page);
        }

        page.WriteLine();
        page.MarkupLineInterpolated($"[bold]for the methods section[/]");
        Prose.Write(page, card.MethodsText);
        foreach (string note in card.Notes) PlanPage.Note(page, "note", note);
    }

    private static Facts FactsOf(ReportCard card, ImmutableArray<string> files) => new(
        card.Title, card.Recorded, card.Entries.Length, [.. card.Missing.Select(entry => entry.Key)],
        [.. card.Entries.Select(entry => new EntryFacts(entry.Key, entry.Section, entry.Label, CardWords.Of(entry.Source), entry.Text, entry.Value, entry.StandardUncertainty, entry.Unit, entry.Note))],
        card.MethodsText, card.Notes, files);

    private sealed record Facts(string Title, int Recorded, int Of, string[] NotRecorded, EntryFacts[] Values, string MethodsText, ImmutableArray<string> Notes, ImmutableArray<string> Files);

    private sealed record EntryFacts(string Key, string Section, string Label, string Source, string Text, double? Value, double? StandardUncertainty, string? Unit, string? Note);
}
