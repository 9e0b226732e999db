using System.Text;
using System.Text.Json;
using Isobar.Lab.Cards;
using Isobar.Lab.Files;
using Isobar.Lab.Store;
using Isobar.Lab.Tests.Files;
using Xunit;

namespace Isobar.Lab.Tests.Exports;

/// <summary>The report card: every value has a source, and none is empty.</summary>
public sealed class CardTests : IDisposable
{
    private readonly ExportBench _bench = new();

    public void Dispose() => _bench.Dispose();

    private string RecordFile(string text)
    {
        File.WriteAllText(_bench.PathOf("notes.yaml"), "isobar: record/1\n" + text);
        return _bench.PathOf("notes.yaml");
    }

    private ReportCard CardOfRun(CardRecord? record = null)
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(_bench.DatabasePath);
        return CardBuilder.OfRun(lab.Open(_bench.RunId), lab.Verify(_bench.RunId), record ?? CardRecord.Empty, ExportBench.Version);
    }

    [Fact]
    public void Every_value_has_a_source_and_none_is_empty()
    {
        foreach (ReportCard card in (ReportCard[])[CardOfRun(), CardBuilder.OfCell(ExampleCellTests.Example("nmc811-lpscl-li"), CardRecord.Empty, ExportBench.Version)])
        {
            Assert.Equal(card.Entries.Length, card.Entries.Select(entry => entry.Key).Distinct(StringComparer.Ordinal).Count());
            Assert.All(card.Entries, entry => Assert.False(string.IsNullOrWhiteSpace(entry.Text), entry.Key));
            Assert.All(card.Missing, entry => Assert.False(string.IsNullOrWhiteSpace(entry.Note), entry.Key));
            Assert.All(CardFields.All, field => Assert.Contains(card.Entries, entry => entry.Key == field.Key));
            Assert.All(CardFields.Sections, section => Assert.Contains(card.Entries, entry => entry.Section == section));
        }
    }

    [Fact]
    public void A_step_is_told_with_target_achieved_spread_and_times()
    {
        ReportCard card = CardOfRun();
        foreach (string what in (string[])["target", "ramp", "achieved", "deviation", "lowest", "highest", "dwell", "displacement"]) Assert.Contains(card.Entries, entry => entry.Key == "press.step1." + what);
        CardEntry target = card.Entries.Single(entry => entry.Key == "press.step1.target"), achieved = card.Entries.Single(entry => entry.Key == "press.step1.achieved");
        Assert.Equal((CardSource.Set, CardSource.Measured), (target.Source, achieved.Source));
        // The fabricated trace ripples by 0.2 % about its target.
        Assert.Equal(target.Value!.Value, achieved.Value!.Value, 0.01 * target.Value.Value);
        Assert.True(achieved.StandardUncertainty > 0);
    }

    [Fact]
    public void What_was_measured_reads_measured_and_what_was_only_set_does_not()
    {
        ReportCard card = CardOfRun();
        CardSource Of(string key) => card.Entries.Single(entry => entry.Key == key).Source;
        Assert.Equal(CardSource.Measured, Of("die.diameter"));
        Assert.Equal(CardSource.Set, Of("layer1.mass"));
        Assert.Equal(CardSource.Calculated, Of("layer4.mass"));
        Assert.Equal(CardSource.Measured, Of("thickness1"));
        Assert.Equal(CardSource.NotRecorded, Of("particle_size.li6ps5cl-annealed"));
        Assert.Equal(CardSource.NotRecorded, Of("operator"));
        Assert.Contains("simulated", string.Join(' ', card.Notes), StringComparison.Ordinal);
        Assert.StartsWith("Simulated", card.MethodsText, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_person_wrote_down_is_on_the_card_and_in_the_text()
    {
        CardRecord record = CardRecord.Read(RecordFile("operator: anna\nlots: {li6ps5cl-annealed: A7, lithium: not recorded}\nocv_after_rest: 2.61 V ± 5 mV\ncells_made: 8\ncells_failed: 1\noxygen: not recorded\n"));
        ReportCard card = CardOfRun(record);
        CardEntry voltage = card.Entries.Single(entry => entry.Key == "ocv_after_rest");
        Assert.Equal((CardSource.Measured, "2.6100 ± 0.0050 V"), (voltage.Source, voltage.Text));
        Assert.Equal(0.005, voltage.StandardUncertainty!.Value, 1e-12);
        Assert.Equal("A7", card.Entries.Single(entry => entry.Key == "lot.li6ps5cl-annealed").Text);
        Assert.Contains(card.Missing, entry => entry.Key == "lot.lithium");
        Assert.Contains(card.Missing, entry => entry.Key == "oxygen");
        Assert.Contains("8 cells were made, 1 failed.", card.MethodsText, StringComparison.Ordinal);
        Assert.DoesNotContain("not recorded", card.MethodsText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("operater: anna", "operator")]
    [InlineData("operator:", "found nothing")]
    [InlineData("ocv_after_rest: 2.61", "no unit")]
    [InlineData("pressure_after_rest: 2 t", "t")]
    [InlineData("cells_made: 8.5", "is not a number of cells")]
    [InlineData("dew_point: -60 °C ± 5 %", "share of a temperature")]
    public void A_wrong_record_is_refused_with_its_place(string text, string says)
    {
        IsobarFileException refused = Assert.Throws<IsobarFileException>(() => CardRecord.Read(RecordFile(text + "\n")));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, refused.Line);
    }

    [Fact]
    public void A_record_stands_in_the_cell_file_too_and_is_checked_before_the_cell_is_pressed()
    {
        string cell = File.ReadAllText(ExampleCellTests.Example("nmc811-lpscl-li"));
        File.WriteAllText(_bench.PathOf("cell.yaml"), cell + "\nrecord:\n  batch: B7\n  cells_made: 3\n");
        ReportCard card = CardBuilder.OfCell(_bench.PathOf("cell.yaml"), CardRecord.Empty, ExportBench.Version);
        Assert.Equal("B7", card.Entries.Single(entry => entry.Key == "batch").Text);
        Assert.Throws<IsobarFileException>(() => CellFile.Parse(cell + "\nrecord:\n  batsch: B7\n", "cell.yaml", BuiltInMaterials.Library));
    }

    [Fact]
    public void Documents_hold_text_as_text()
    {
        ReportCard card = CardOfRun(CardRecord.Read(RecordFile("operator: \"<script>|anna\"\n")));
        Assert.DoesNotContain("<script>", CardDocument.Html(card, ExportBench.Version), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", CardDocument.Markdown(card), StringComparison.Ordinal);
        Assert.Contains("&lt;script>\\|anna", CardDocument.Markdown(card), StringComparison.Ordinal);
        JsonElement json = JsonDocument.Parse(Encoding.UTF8.GetString(CardDocument.Json(card))).RootElement;
        Assert.All(json.GetProperty("values").EnumerateArray(), value => Assert.Contains(value.GetProperty("source").GetString(), (string[])["measured", "set", "calculated", "not recorded"], StringComparer.Ordinal));
    }
}
