using Isobar.Lab.Presses;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Lab.Tests.Presses;

/// <summary>A run whose record is read back from the store: its memory does not grow with its length, and its numbers are those of a run in memory.</summary>
[Collection(Alone)]
public sealed class LongRunTests : IDisposable
{
    // What other tests hold meanwhile would be counted as this run's.
    private const string Alone = "memory is measured";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isobar-long-");

    private string FilePath => Path.Combine(_folder.FullName, "lab.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_run_that_is_read_back_gives_the_same_bytes_as_one_in_memory()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        RunRecord memory = await RunAsync(lab, Scenario.Protocol(), readBack: false, null);
        RunRecord stored = await RunAsync(lab, Scenario.Protocol(), readBack: true, null);
        Assert.Equal(memory.Samples, stored.Samples);
        Assert.Equal(memory.Events, stored.Events);
        Assert.Equal(RunDigest.Of(memory), RunDigest.Of(stored));
        var budget = new PressureBudget(Scenario.Die10, Scenario.Press(1).Instrument);
        Assert.Equal(MetricFacts.Write(memory, budget), MetricFacts.Write(stored, budget));
    }

    // 48 bytes a sample would be 3.5 MB an hour at 20 Hz, kept twice while an array grows; pages of SQLite come and go by some hundred kB.
    [Fact]
    public async Task The_memory_of_a_run_does_not_grow_with_its_length()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        // A day with ISOBAR_LONG=1.
        int hours = Environment.GetEnvironmentVariable("ISOBAR_LONG") is "1" ? 24 : 3;
        Protocol protocol = Scenario.Short() with
        {
            Steps = [.. Scenario.Short().Steps.Select(step => step is HoldStep hold ? hold with { Minimum = new Duration(hours * 3600), Maximum = new Duration((hours * 3600) + 60) } : step)],
        };
        var held = new List<long>();
        long allocated = GC.GetTotalAllocatedBytes(), duringRun = 0;
        RunRecord run = await RunAsync(lab, protocol, readBack: true, () =>
        {
            held.Add(GC.GetTotalMemory(forceFullCollection: true));
            duringRun = GC.GetTotalAllocatedBytes() - allocated;
        });
        Assert.Equal(RunOutcome.Completed, run.Outcome);
        Assert.True(run.Samples.Length > hours * 72_000);
        double grown = (held[^1] - held[1]) / (0.5 * (held.Count - 2));
        TestContext.Current.SendDiagnosticMessage(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{run.Samples.Length} samples; {held.Min()} to {held.Max()} bytes held at the half hours, {grown:0} bytes more an hour; {duringRun / (0.5e6 * held.Count):0.0} MB allocated and let go an hour; largest working set, with the record read back at the end, {System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB"));
        Assert.True(grown < 300_000, $"{grown:0} bytes an hour stay in memory: {string.Join(", ", held)}");
        Assert.True(held.Max() - held.Min() < 2_000_000, $"between {held.Min()} and {held.Max()} bytes were held");
    }

    private static async Task<RunRecord> RunAsync(LabDatabase lab, Protocol protocol, bool readBack, Action? everyHalfHour)
    {
        using RunWriter writer = lab.Begin(new RunDescription("demo", protocol, "simulated 5 t", "steps: []"));
        return await RunEngine.RunAsync(
            protocol,
            Scenario.Press(4),
            new Counting(writer, everyHalfHour),
            new AutomaticOperator(new Duration(1)),
            new Instrument(),
            RunClock.AsFastAsPossible,
            null,
            null,
            new RunConditions { ReadBack = readBack ? () => ReadBack(lab, writer) : null },
            TestContext.Current.CancellationToken);
    }

    private static RunRecord ReadBack(LabDatabase lab, RunWriter writer)
    {
        writer.FlushPending();
        return lab.Open(writer.Id).Record;
    }

    private sealed class Counting(RunWriter writer, Action? everyHalfHour) : IRunSink
    {
        private int _samples;

        public void Append(in TraceSample sample)
        {
            writer.Append(sample);
            if (++_samples % 36_000 == 0) everyHalfHour?.Invoke();
        }

        public void Append(RunEvent runEvent) => writer.Append(runEvent);

        public void Append(in RunInput input) => writer.Append(input);

        public void Flush() => writer.Flush();

        public void Finish(RunOutcome outcome) => writer.Finish(outcome);
    }

    // Looks at the whole history, as an instrument of a simulated cell does.
    private sealed class Instrument : IMeasurer
    {
        public Task<Reply> MeasureAsync(MeasurementRequest request, CancellationToken cancellation) =>
            Task.FromResult(new Reply(System.Globalization.CultureInfo.InvariantCulture.TextInfo.ToLower($"{{\"samples\":{request.SoFar.Samples.Length}}}"), new Duration(90)));
    }
}

/// <summary>Tests that nothing else runs beside.</summary>
[CollectionDefinition("memory is measured", DisableParallelization = true)]
public sealed class MemoryIsMeasured;
