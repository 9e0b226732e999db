using Isobar.Lab.Presses;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Lab.Tests.Presses;
using Isobar.Protocols;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Isobar.Lab.Tests.Store;

/// <summary>A disk that is full or read-only at any write, and files that are damaged or cut off.</summary>
public sealed class FaultyDiskTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isobar-disk-");

    private static bool IsLong => Environment.GetEnvironmentVariable("ISOBAR_LONG") is "1";

    private string FilePath => Path.Combine(_folder.FullName, "lab.db");

    public void Dispose() => _folder.Delete(recursive: true);

    // Invariant: wherever the disk gets full, the press is released, the file opens, what is there is a prefix, and the next run can be made.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(14)]
    public async Task A_disk_that_gets_full_in_a_run_releases_the_press_and_keeps_a_prefix(int pagesLeft)
    {
        string id;
        SimulatedPress press = Scenario.Press(2);
        using (LabDatabase lab = LabDatabase.OpenOrCreate(FilePath))
        {
            using (RunWriter writer = lab.Begin(Description()))
            {
                id = writer.Id;
                Run(writer.Connection, $"PRAGMA max_page_count = {(long)Run(writer.Connection, "PRAGMA page_count")! + pagesLeft}");
                RunRecordingException failed = await Assert.ThrowsAsync<RunRecordingException>(() => Scenario.RunAsync(Scenario.Short(), press, new Flushing(writer)));
                Assert.Contains("disk is full", failed.Message, StringComparison.Ordinal);
                Assert.Throws<LabException>(writer.Dispose);
            }
        }

        Assert.InRange(press.Plant.ForceNewtons, 0, 40);
        using LabDatabase after = LabDatabase.OpenOrCreate(FilePath);
        StoredRun kept = after.Open(id);
        Assert.Equal(RunOutcome.Interrupted, kept.Record.Outcome);
        Assert.True(after.Verify(id).Intact, after.Verify(id).Text);
        RunRecord whole = await Scenario.RunAsync(Scenario.Short(), Scenario.Press(2));
        Assert.Equal(whole.Samples.Take(kept.Record.Samples.Length), kept.Record.Samples);
        using RunWriter next = after.Begin(Description());
        Assert.Equal(RunOutcome.Completed, (await Scenario.RunAsync(Scenario.Short(), Scenario.Press(2), next)).Outcome);
    }

    [Fact]
    public async Task A_database_that_becomes_read_only_in_a_run_releases_the_press_and_says_so()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        using RunWriter writer = lab.Begin(Description());
        Run(writer.Connection, "PRAGMA query_only = 1");
        SimulatedPress press = Scenario.Press(2);
        RunRecordingException failed = await Assert.ThrowsAsync<RunRecordingException>(() => Scenario.RunAsync(Scenario.Short(), press, new Flushing(writer)));
        Assert.Contains("read-only", failed.Message, StringComparison.Ordinal);
        Assert.InRange(press.Plant.ForceNewtons, 0, 40);
        Run(writer.Connection, "PRAGMA query_only = 0");
    }

    // Every byte with ISOBAR_LONG=1, every 499th here. Damage reads as the same numbers, is refused, or is found; never as other numbers.
    [Fact]
    public async Task A_flipped_byte_never_gives_other_numbers()
    {
        (string id, RunRecord made) = await MakeAsync();
        byte[] whole = await File.ReadAllBytesAsync(FilePath, TestContext.Current.CancellationToken);
        for (int at = 0; at < whole.Length; at += IsLong ? 1 : 499)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x41;
            Hold(damaged, id, made, $"byte {at}");
        }
    }

    [Fact]
    public async Task A_file_that_was_cut_off_never_gives_other_numbers()
    {
        (string id, RunRecord made) = await MakeAsync();
        byte[] whole = await File.ReadAllBytesAsync(FilePath, TestContext.Current.CancellationToken);
        for (int length = 0; length < whole.Length; length += IsLong ? 1 : 997) Hold(whole[..length], id, made, $"{length} bytes");
    }

    private void Hold(byte[] file, string id, RunRecord made, string what)
    {
        string path = Path.Combine(_folder.FullName, "damaged.db");
        foreach (string left in Directory.GetFiles(_folder.FullName, "damaged.db*")) File.Delete(left);
        File.WriteAllBytes(path, file);
        try
        {
            using LabDatabase lab = LabDatabase.OpenOrCreate(path);
            if (lab.Runs().All(run => !run.Id.Equals(id, StringComparison.Ordinal))) return;
            StoredRun kept = lab.Open(id);
            bool same = kept.Record.Samples.SequenceEqual(made.Samples) && kept.Record.Events.SequenceEqual(made.Events);
            Assert.True(same || !lab.Verify(id).Intact, $"{what}: other numbers read as intact");
            if (!same) Assert.True(made.Samples.Take(kept.Record.Samples.Length).SequenceEqual(kept.Record.Samples), $"{what}: samples that were never taken");
            RunAudit.Replay(lab, lab.Runs().Single(run => run.Id.Equals(id, StringComparison.Ordinal)));
        }
        catch (LabException)
        {
            // Refused, with what to do.
        }
    }

    private async Task<(string Id, RunRecord Run)> MakeAsync()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        Protocol brief = Scenario.Short() with { Steps = [.. Scenario.Short().Steps.Take(1), new ReleaseStep("release", Scenario.Mpa(0), new Quantities.PressureRate(5e6))] };
        using RunWriter writer = lab.Begin(Description());
        RunRecord run = await Scenario.RunAsync(brief, Scenario.Press(1), writer);
        Run(writer.Connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        return (writer.Id, run);
    }

    private static RunDescription Description() => new("demo", Scenario.Short(), "simulated 5 t", "steps: []");

    private static object? Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The fault of a test.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    /// <summary>Writes at every hundredth sample, so that simulated time meets the disk as often as life's own.</summary>
    private sealed class Flushing(RunWriter writer) : IRunSink
    {
        private int _samples;

        public void Append(in TraceSample sample)
        {
            writer.Append(sample);
            if (++_samples % 100 == 0) writer.Flush();
        }

        public void Append(RunEvent runEvent) => writer.Append(runEvent);

        public void Append(in RunInput input) => writer.Append(input);

        public void Flush() => writer.Flush();

        public void Finish(RunOutcome outcome) => writer.Finish(outcome);
    }
}
