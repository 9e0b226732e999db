using System.Text.Json;
using Isobar.Lab.Store;
using Isobar.Lab.Tests.Reports;
using Isobar.Protocols;
using Xunit;

namespace Isobar.Lab.Tests.Cli;

/// <summary>The commands card, export and import.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private readonly CliBench _bench = new();

    public void Dispose() => _bench.Dispose();

    private string Record(RunOutcome outcome = RunOutcome.Completed, string name = "cell one")
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(Path.Combine(_bench.LabFolder, "lab.db"), _bench.Around(TextWriter.Null, TextWriter.Null).Time);
        using RunWriter writer = lab.Begin(new RunDescription(name, Fabricated.Protocol(), "simulated 5 t", "isobar: protocol/1\n", "rate", _bench.Read("cell.yaml")));
        RunRecord run = FabricatedRun.Of(Fabricated.Protocol(), outcome);
        foreach (TraceSample sample in run.Samples) writer.Append(sample);
        foreach (RunEvent happened in run.Events) writer.Append(happened);
        writer.Finish(outcome);
        return writer.Id;
    }

    [Theory]
    [InlineData("csv", "run.csv run-steps.csv run-events.csv run.csv-metadata.json")]
    [InlineData("parquet", "run.parquet")]
    [InlineData("eln", "run.eln")]
    public async Task A_run_goes_out_and_comes_back(string form, string files)
    {
        string id = Record();
        CliBench.Result exported = await _bench.RunAsync($"export {id} --as {form} --out run.{form} --json");
        Assert.Equal(0, exported.ExitCode);
        Assert.Equal(files, string.Join(' ', exported.Json().GetProperty("files").EnumerateArray().Select(file => Path.GetFileName(file.GetString()))));
        Assert.Empty(Directory.GetFiles(_bench.Folder, "*.new"));

        CliBench.Result imported = await _bench.RunAsync($"import run.{form} --lab other --json");
        Assert.Equal("run name outcome samples digest thereAlready", imported.Json().Names());
        Assert.Equal(id, imported.Json().GetProperty("run").GetString());
        JsonElement here = (await _bench.RunAsync("runs --json")).Json()[0], there = (await _bench.RunAsync("runs --lab other --json")).Json()[0];
        Assert.Equal(here.ToString(), there.ToString());
        Assert.True((await _bench.RunAsync($"import run.{form} --json")).Json().GetProperty("thereAlready").GetBoolean());
        Assert.Single((await _bench.RunAsync("runs --json")).Json().EnumerateArray());
    }

    [Fact]
    public async Task Another_run_of_the_same_id_is_not_overwritten()
    {
        string id = Record();
        await _bench.RunAsync($"export {id} --as parquet --out run.parquet");
        using (LabDatabase lab = LabDatabase.OpenOrCreate(_bench.PathOf("other", "lab.db")))
        {
            using RunWriter writer = lab.Begin(new RunDescription("another", Fabricated.Protocol(), "press", ""), id);
            writer.Finish(RunOutcome.Stopped);
        }

        CliBench.Result refused = await _bench.RunAsync("import run.parquet --lab other");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("another, stopped", refused.Error, StringComparison.Ordinal);
        CliBench.Result anew = await _bench.RunAsync("import run.parquet --lab other --new-id --json");
        Assert.NotEqual(id, anew.Json().GetProperty("run").GetString(), StringComparer.Ordinal);
        Assert.Equal(2, (await _bench.RunAsync("runs --lab other --json")).Json().GetArrayLength());
    }

    [Theory]
    [InlineData("export 0 --as bdf", "zeros would be invented")]
    [InlineData("export 0 --as excel", "'excel' is not a form of export")]
    [InlineData("export 0", "--as")]
    [InlineData("export 0 --as csv --out nowhere/run.csv", "there is no folder")]
    [InlineData("export 0 --as csv --cycling cell.yaml", "cell.yaml")]
    [InlineData("export 0 --as csv --cycling-starts 2h", "without the cycling")]
    [InlineData("export 0 --as eln --record cell.yaml", "'record/1'")]
    [InlineData("import cell.yaml", "there is no 'cell.yaml-metadata.json'")]
    [InlineData("import nothing.eln", "cannot be read")]
    [InlineData("card nothing.yaml", "cannot be read")]
    [InlineData("card ZZZ", "'ZZZ'")]
    [InlineData("card 0 --report card.doc", "'card.doc' is not the name of a card")]
    public async Task What_cannot_be_done_is_said_and_nothing_is_written(string commandLine, string says)
    {
        Record();
        string[] before = Directory.GetFiles(_bench.Folder);
        CliBench.Result result = await _bench.RunAsync(commandLine);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(_bench.Folder));
    }

    [Fact]
    public async Task A_card_says_what_is_missing_and_what_was_achieved()
    {
        string id = Record();
        _bench.Write("notes.yaml", "isobar: record/1\noperator: anna\n");
        JsonElement card = (await _bench.RunAsync($"card {id} --record notes.yaml --report card.html --json")).Json();
        Assert.Equal("title recorded of notRecorded values methodsText notes files", card.Names());
        Assert.Contains("batch", card.GetProperty("notRecorded").EnumerateArray().Select(key => key.GetString()), StringComparer.Ordinal);
        Assert.DoesNotContain("operator", card.GetProperty("notRecorded").EnumerateArray().Select(key => key.GetString()), StringComparer.Ordinal);
        Assert.Equal(card.GetProperty("of").GetInt32(), card.GetProperty("values").GetArrayLength());
        Assert.Contains("Report card", _bench.Read("card.html"), StringComparison.Ordinal);
        Assert.Equal(0, (await _bench.RunAsync("card cell.yaml --report card.md")).ExitCode);
        Assert.Contains("| operator |  | not recorded |", _bench.Read("card.md"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("card")]
    [InlineData("export --as eln")]
    public async Task A_run_whose_record_was_changed_is_not_shown(string command)
    {
        string id = Record();
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(_bench.LabFolder, "lab.db")};Pooling=False"))
        {
            connection.Open();
            using Microsoft.Data.Sqlite.SqliteCommand change = connection.CreateCommand();
            change.CommandText = "DROP TRIGGER record_is_never_changed; UPDATE record SET payload = x'00' WHERE seq = 0";
            change.ExecuteNonQuery();
        }

        CliBench.Result result = await _bench.RunAsync(command.Insert(command.IndexOf(' ') is >= 0 and var blank ? blank : command.Length, " " + id));
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(id, result.Error, StringComparison.Ordinal);
    }
}
