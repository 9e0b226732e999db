using Isobar.Lab.Store;
using Isobar.Lab.Tests.Presses;
using Isobar.Protocols;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Isobar.Lab.Tests.Store;

public sealed class LabDatabaseTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isobar-lab-");

    private string FilePath => Path.Combine(_folder.FullName, "lab.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_run_comes_back_as_it_was_made()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        (string id, RunRecord made) = await MakeAsync(lab);
        StoredRun kept = lab.Open(id);
        Assert.Equal(RunOutcome.Completed, kept.Record.Outcome);
        Assert.Equal(made.Samples.AsEnumerable(), kept.Record.Samples);
        Assert.Equal(made.Events.AsEnumerable(), kept.Record.Events);
        Assert.Equal(made.Protocol.Steps.AsEnumerable(), kept.Record.Protocol.Steps);
        Assert.Equal(RunDigest.Of(made), kept.Summary.Digest);
        Assert.Equal("cell: demo", kept.CellText);
        Assert.True(lab.Verify(id).Intact, lab.Verify(id).Text);
    }

    [Fact]
    public void Every_kind_of_step_survives_the_database()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        Protocol protocol = Scenario.Protocol();
        using (RunWriter writer = lab.Begin(Description(protocol))) writer.Finish(RunOutcome.Stopped);
        StoredRun kept = lab.Open(lab.Runs()[0].Id);
        Assert.Equal(protocol.Steps.AsEnumerable(), kept.Record.Protocol.Steps);
        Assert.Equal(protocol with { Steps = [] }, kept.Record.Protocol with { Steps = [] });
    }

    [Fact]
    public void A_run_reads_running_while_its_writer_lives_and_interrupted_when_it_is_gone()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        RunWriter writer = lab.Begin(Description(Scenario.Short()));
        Assert.Equal(RunOutcome.Running, lab.Runs()[0].Outcome);
        LabException refused = Assert.Throws<LabException>(() => lab.Begin(Description(Scenario.Short()), writer.Id));
        Assert.Contains("another process makes it", refused.Message, StringComparison.Ordinal);
        writer.Dispose();
        Assert.Equal(RunOutcome.Interrupted, lab.Runs()[0].Outcome);
        LabException again = Assert.Throws<LabException>(() => lab.Begin(Description(Scenario.Short()), writer.Id));
        Assert.Contains("already", again.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_are_durable_after_half_a_second_of_wall_time()
    {
        var time = new FakeTimeProvider();
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath, time);
        using RunWriter writer = lab.Begin(Description(Scenario.Short()));
        writer.Append(Sample(1));
        Assert.Equal(0, writer.Acknowledged);
        time.Advance(TimeSpan.FromSeconds(0.5));
        writer.Append(Sample(2));
        Assert.Equal(2, writer.Acknowledged);
        for (int i = 0; i < 4096; i++) writer.Append(Sample(i));
        Assert.Equal(4098, writer.Acknowledged);
    }

    [Theory]
    [InlineData("UPDATE record SET payload = zeroblob(length(payload)) WHERE seq = 2", 2)]
    [InlineData("UPDATE record SET kind = 3 WHERE seq = 1", 1)]
    [InlineData("DELETE FROM record WHERE seq = 1", 1)]
    [InlineData("DELETE FROM record WHERE seq = (SELECT max(seq) FROM record)", 5)]
    [InlineData("UPDATE run SET outcome = 'Stopped'", 5)]
    [InlineData("UPDATE run SET name = 'another cell'", 0)]
    [InlineData("UPDATE run SET cell_text = 'cell: other'", 0)]
    public void Whatever_is_changed_afterwards_is_found_and_named(string change, long firstBad)
    {
        var time = new FakeTimeProvider();
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath, time);
        using (RunWriter writer = lab.Begin(Description(Scenario.Short())))
        {
            for (int i = 0; i < 4; i++)
            {
                writer.Append(Sample(i));
                writer.Flush();
            }

            writer.Finish(RunOutcome.Completed);
        }

        string id = lab.Runs()[0].Id;
        Assert.True(lab.Verify(id).Intact);
        Assert.Throws<SqliteException>(() => Tamper(change));
        Tamper("DROP TRIGGER record_is_never_changed; DROP TRIGGER record_is_never_removed; DROP TRIGGER run_is_closed_once;" + change);
        RunVerification found = lab.Verify(id);
        Assert.False(found.Intact);
        Assert.Equal(firstBad, found.FirstBadRecord);
    }

    [Fact]
    public void An_unknown_or_ambiguous_id_is_answered_with_what_exists()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        Assert.Contains("no runs yet", Assert.Throws<LabException>(() => lab.Open("01")).Message, StringComparison.Ordinal);
        using (RunWriter a = lab.Begin(Description(Scenario.Short()), "01AAAA")) a.Finish(RunOutcome.Stopped);
        using (RunWriter b = lab.Begin(Description(Scenario.Short()), "01AABB")) b.Finish(RunOutcome.Stopped);
        Assert.Contains("01AABB", Assert.Throws<LabException>(() => lab.Open("01AA")).Message, StringComparison.Ordinal);
        Assert.Contains("01AAAA", Assert.Throws<LabException>(() => lab.Open("7")).Message, StringComparison.Ordinal);
        Assert.Equal("01AABB", lab.Open("01aab").Summary.Id);
    }

    [Fact]
    public void Artefacts_are_kept_with_the_run()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        using (RunWriter writer = lab.Begin(Description(Scenario.Short()), "01A")) writer.Finish(RunOutcome.Stopped);
        lab.SaveArtefact("01A", "spectrum.json", "[1]"u8);
        lab.SaveArtefact("01A", "spectrum.json", "[2]"u8);
        Assert.Equal("[2]"u8.ToArray(), lab.ReadArtefact("01A", "spectrum.json"));
        Assert.Null(lab.ReadArtefact("01A", "report.html"));
        Assert.Equal(["spectrum.json"], lab.Open("01A").Artefacts);
    }

    [Fact]
    public void A_file_that_is_not_a_database_is_named_with_what_to_do()
    {
        File.WriteAllText(FilePath, new string('x', 4096));
        LabException refused = Assert.Throws<LabException>(() => LabDatabase.OpenOrCreate(FilePath));
        Assert.Contains(FilePath, refused.Message, StringComparison.Ordinal);
        Assert.Contains("not a database", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_a_newer_format_is_refused()
    {
        LabDatabase.OpenOrCreate(FilePath).Dispose();
        Tamper("PRAGMA user_version = 99");
        Assert.Contains("newer Isobar", Assert.Throws<LabException>(() => LabDatabase.OpenOrCreate(FilePath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Flipped_bytes_in_the_file_never_read_as_intact_data()
    {
        string id;
        using (LabDatabase lab = LabDatabase.OpenOrCreate(FilePath))
        {
            using RunWriter writer = lab.Begin(Description(Scenario.Short()));
            for (int i = 0; i < 20_000; i++) writer.Append(Sample(i * 1.1));
            writer.Finish(RunOutcome.Completed);
            id = writer.Id;
        }

        byte[] whole = File.ReadAllBytes(FilePath);
        int found = 0;
        for (int i = 1; i <= 12; i++)
        {
            byte[] damaged = [.. whole];
            int at = (int)(whole.Length * (i / 13.0));
            for (int b = 0; b < 32; b++) damaged[at + b] ^= 0x5A;
            string path = Path.Combine(_folder.FullName, "damaged.db");
            File.WriteAllBytes(path, damaged);
            if (!ReadsIntact(path, id)) found++;
        }

        // Some pages are free or belong to an index that is not read; most of the file is payload.
        Assert.InRange(found, 8, 12);
    }

    private static bool ReadsIntact(string path, string id)
    {
        try
        {
            using LabDatabase lab = LabDatabase.OpenOrCreate(path);
            return lab.Verify(id).Intact;
        }
        catch (LabException)
        {
            return false;
        }
    }

    private static TraceSample Sample(double value) => new(value, 0, value * 1e6, value * 78.5, value * 1e6, value * 1e-6);

    private static RunDescription Description(Protocol protocol) => new("demo", protocol, "simulated 5 t", "steps: []", "rate", "cell: demo");

    private static async Task<(string Id, RunRecord Run)> MakeAsync(LabDatabase lab)
    {
        Protocol protocol = Scenario.Short();
        using RunWriter writer = lab.Begin(Description(protocol));
        return (writer.Id, await Scenario.RunAsync(protocol, Scenario.Press(1), writer));
    }

    private void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The tampering of a test.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
