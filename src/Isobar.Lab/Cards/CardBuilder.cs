using System.Globalization;
using Isobar.Cells;
using Isobar.Lab.Exports;
using Isobar.Lab.Files;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;

namespace Isobar.Lab.Cards;

/// <summary>
/// Makes the card of a cell or of a run: what a reader of a paper needs to repeat the cell, each value measured, set, calculated or not recorded. Nothing is left out in
/// silence and nothing is guessed.
/// </summary>
public static class CardBuilder
{
    /// <summary>The card of a cell that is not pressed yet.</summary>
    /// <param name="path">The cell file.</param>
    /// <param name="record">What a person wrote down besides the cell file.</param>
    /// <param name="version">Version of the software.</param>
    /// <exception cref="IsobarFileException">The file is not a valid cell.</exception>
    public static ReportCard OfCell(string path, CardRecord record, string version)
    {
        SourceText source = TextFile.Read(path);
        Cell cell = CellFile.Parse(source.Text, source.Path, BuiltInMaterials.Library);
        FileMap text = YamlText.ReadMap(source);
        var card = new CardDraft(CardRecord.OfCell(text).With(record));
        card.Add("cell", CardFields.Identity, "cell", CardSource.Set, cell.Name);
        card.Missing("time", CardFields.Identity, "time (UTC)", "press it");
        Common(card, version);
        CellPart.Write(card, cell, text);
        card.Missing("press.model", CardFields.Press, "model of the run", $"press it; the cell file names {cell.Press.Name}");
        RunPart.WriteWithout(card);
        card.AddRecorded(CardFields.Thickness);
        card.AddRecorded(CardFields.Stack);
        Close(card);
        card.Missing("data.run", CardFields.Data, "raw data and checksum", "press it");
        return new ReportCard(cell.Name, card.Entries, MethodsText.Of(card), []);
    }

    /// <summary>The card of a stored run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="verification">Whether its record is as it was written.</param>
    /// <param name="record">What a person wrote down besides the cell file.</param>
    /// <param name="version">Version of the software.</param>
    public static ReportCard OfRun(StoredRun run, RunVerification verification, CardRecord record, string version)
    {
        RunEvidence evidence = RunEvidence.Of(run);
        FileMap? text = evidence.Cell is null ? null : YamlText.ReadMap(new SourceText($"cell file of run {run.Summary.Id}", run.CellText!));
        var card = new CardDraft((text is null ? CardRecord.Empty : CardRecord.OfCell(text)).With(record));
        card.Add("cell", CardFields.Identity, "cell", CardSource.Set, run.Summary.Name);
        card.Add("time", CardFields.Identity, "time (UTC)", CardSource.Measured, run.Summary.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        Common(card, version);
        card.Add("protocol.sha256", CardFields.Identity, "SHA-256 of the protocol", CardSource.Calculated, RunManifest.Hash(System.Text.Encoding.UTF8.GetBytes(run.ProtocolText)));
        CellPart.Write(card, evidence.Cell, text);
        card.Add("press.model", CardFields.Press, "model", CardSource.Set, run.Summary.Press);
        RunPart.Write(card, run, evidence);
        Close(card);
        card.Add("data.run", CardFields.Data, "run", CardSource.Measured, $"{run.Summary.Id}, {run.Record.Samples.Length.ToString(CultureInfo.InvariantCulture)} samples, {run.Record.Outcome.ToString().ToLowerInvariant()}");
        card.Add("data.sha256", CardFields.Data, "SHA-256 of the record", CardSource.Calculated, RunDigest.Of(run.Record), verification.Intact ? "checked: " + verification.Text : "broken: " + verification.Text);
        bool simulated = run.Summary.IsSimulated;
        return new ReportCard($"{run.Summary.Name}, run {run.Summary.Id}", card.Entries, (simulated ? "Simulated, not made. " : "") + MethodsText.Of(card), simulated ? [.. evidence.Notes, Simulated] : evidence.Notes);
    }

    private const string Simulated = "the press of this run was simulated: what reads measured was measured on a simulated cell, and belongs into no paper";

    private static void Common(CardDraft card, string version)
    {
        card.AddRecorded(CardFields.Identity);
        card.Add("software", CardFields.Identity, "software", CardSource.Set, "Isobar " + version);
    }

    private static void Close(CardDraft card)
    {
        foreach (string section in (ReadOnlySpan<string>)[CardFields.Electrochemistry, CardFields.Cells, CardFields.Atmosphere]) card.AddRecorded(section);
    }
}
