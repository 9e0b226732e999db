using Isobar.Lab.Presses;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Isobar.Lab.Tests.Presses;

/// <summary>A run whose process was lost goes on in the same record when a person takes it up, and never by itself.</summary>
public sealed class TakenUpTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isobar-taken-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(_folder.FullName, "lab.db");

    public void Dispose() => _folder.Delete(recursive: true);

    // Approach, ramp, hold, unloading: the moments at which the record is cut off.
    [Theory]
    [InlineData(0)]
    [InlineData(57)]
    [InlineData(400)]
    [InlineData(800)]
    [InlineData(1150)]
    [InlineData(100_000)]
    public async Task A_lost_run_goes_on_in_the_same_chain_and_still_verifies_and_replays(int samples)
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        string id = await LoseAsync(lab, Scenario.Short(), samples);
        Assert.Equal(RunOutcome.Interrupted, lab.Runs()[0].Outcome);
        long before = lab.Overview(id).Samples;
        ProtocolRunResult result = await TakeUpAsync(lab, Scenario.Short(), id);
        Assert.Equal((id, RunOutcome.Completed), (result.Id, result.Run.Outcome));
        RunSummary run = Assert.Single(lab.Runs());
        Assert.Equal((RunOutcome.Completed, result.Digest), (run.Outcome, run.Digest));
        (RunVerification chain, AuditFinding[] findings) = RunAudit.Verify(lab, id);
        Assert.True(chain.Intact, chain.Text);
        Assert.All(findings, finding => Assert.True(finding.Passed, finding.Text));
        ReplayResult replay = RunAudit.Replay(lab, run);
        Assert.Null(replay.Difference);
        Assert.True(replay.Samples >= before);
        Assert.Equal(lab.Open(id).Record.Samples, result.Run.Samples);
        if (samples is 0 or 100_000) return;
        Assert.Contains(result.Run.Events, e => e.Kind == RunEventKind.Suspended && e.Text.Contains("the process of the run was lost; taken up by Ada", StringComparison.Ordinal));
        Assert.Contains(result.Run.Events, e => e.Kind == RunEventKind.Resumed && e.Text.Contains("Ada: power is back", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_is_lost_twice_is_taken_up_twice()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        string id = await LoseAsync(lab, Scenario.Short(), 400);
        for (int again = 0; again < 2; again++)
        {
            LostRun lost = LostRuns.Find(lab, new RunTakeUp(id, "Ada", "power is back"), RunClock.AsFastAsPossible, simulated: true);
            using RunWriter writer = lab.Continue(id);
            var control = new RunControl();
            _ = control.AskAsync(PressVerb.Unsuspend, "Ada: power is back");
            using var cut = new Cutting(writer, 300);
            await RunEngine.RunAsync(Scenario.Short(), Scenario.Press(1), cut, new AutomaticOperator(new Duration(1)), new NoInstrument(), RunClock.AsFastAsPossible, null, control, new RunConditions { Lost = lost }, Token);
        }

        ProtocolRunResult result = await TakeUpAsync(lab, Scenario.Short(), id);
        Assert.Equal(RunOutcome.Completed, result.Run.Outcome);
        Assert.Equal(3, result.Run.Events.Count(e => e.Kind == RunEventKind.Resumed));
        Assert.Null(RunAudit.Replay(lab, lab.Runs()[0]).Difference);
        Assert.True(lab.Verify(id).Intact);
    }

    [Fact]
    public async Task Layers_that_a_person_had_added_are_in_the_press_again()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        Protocol protocol = Scenario.Protocol() with { Steps = [.. Scenario.Protocol().Steps.Where(step => step is not MeasureStep)] };
        string id = await LoseAsync(lab, protocol, 3500);
        Assert.Contains(lab.Overview(id).Events, e => e.Kind == RunEventKind.Confirmed);
        LostRun lost = LostRuns.Find(lab, new RunTakeUp(id, "Ada", "power is back"), RunClock.AsFastAsPossible, simulated: true);
        Assert.Equal(["cathode"], lost.Layers);
        SimulatedPress press = Scenario.Press(1);
        using RunWriter writer = lab.Continue(id);
        var control = new RunControl();
        _ = control.AskAsync(PressVerb.Unsuspend, "Ada: power is back");
        await RunEngine.RunAsync(protocol, press, writer, new AutomaticOperator(new Duration(1)), new NoInstrument(), RunClock.AsFastAsPossible, null, control, new RunConditions { Lost = lost }, Token);
        Assert.Equal(RunOutcome.Completed, lab.Runs()[0].Outcome);
    }

    [Fact]
    public async Task What_has_ended_or_is_under_way_is_not_taken_up()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        string id;
        using (RunWriter writer = lab.Begin(new RunDescription("demo", Scenario.Short(), "simulated 5 t", "steps: []")))
        {
            id = writer.Id;
            Assert.Contains("Running", Assert.Throws<LabException>(() => lab.Continue(id)).Message, StringComparison.Ordinal);
            await Scenario.RunAsync(Scenario.Short(), Scenario.Press(1), writer);
        }

        Assert.Contains("Completed", Assert.Throws<LabException>(() => lab.Continue(id)).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LabException>(() => TakeUpAsync(lab, Scenario.Short(), id));
    }

    [Fact]
    public void A_press_that_was_left_is_taken_again_for_its_own_run_alone()
    {
        var time = new FakeTimeProvider();
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath, time);
        using PressLease lost = PressLease.Take(lab, "press", "A", "01RUN", time);
        Assert.Throws<PressBusyException>(() => PressLease.TakeUp(lab, "press", "Ada", "01RUN", "looked at it", time));
        time.Advance(PressLease.Lifetime + TimeSpan.FromSeconds(1));
        Assert.Throws<PressBusyException>(() => PressLease.TakeUp(lab, "press", "Ada", "02RUN", "looked at it", time));
        using PressLease again = PressLease.TakeUp(lab, "press", "Ada", "01RUN", "looked at it", time);
        Assert.True(again.Token > lost.Token);
        Assert.NotNull(lost.Lost);
    }

    [Fact]
    public void A_record_is_cut_between_ticks_only()
    {
        var time = new FakeTimeProvider();
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath, time);
        using RunWriter writer = lab.Begin(new RunDescription("demo", Scenario.Short(), "simulated 5 t", "steps: []"));
        for (int i = 0; i < 40; i++)
        {
            time.Advance(TimeSpan.FromSeconds(0.4));
            writer.Append(new TraceSample(i, 0, 0, i, i, i));
            writer.Append(new RunInput(ExecutorEvent.Tick(i, i), IsSample: true));
            writer.Append(new RunEvent(i, RunEventKind.Decided, 0, "one"));
            writer.Append(new RunEvent(i, RunEventKind.Decided, 0, "two"));
            Assert.Equal(lab.Samples(writer.Id).Count(), lab.Inputs(writer.Id).Count());
            Assert.Equal(2 * lab.Inputs(writer.Id).Count(), lab.Overview(writer.Id).Events.Length);
            Assert.InRange(lab.Inputs(writer.Id).Count(), i - 2, i + 1);
        }
    }

    // The simulated press of this process is lost with it, as a real one would be released by its watchdog.
    private static Task<ProtocolRunResult> TakeUpAsync(LabDatabase lab, Protocol protocol, string id) => ProtocolRun.RunAsync(
        new ProtocolRunRequest(protocol, RunCell(), null, 3, RunClock.AsFastAsPossible) { TakeUp = new RunTakeUp(id, "Ada", "power is back") }, lab, null, Token);

    private static Isobar.Cells.Cell RunCell() => Isobar.Cli.StandIn.Cell(Scenario.Short());

    private static async Task<string> LoseAsync(LabDatabase lab, Protocol protocol, int samples)
    {
        using RunWriter writer = lab.Begin(new RunDescription("demo", protocol, "simulated 5 t", "steps: []"));
        using var cut = new Cutting(writer, samples);
        await RunEngine.RunAsync(protocol, Scenario.Press(1), cut, new AutomaticOperator(new Duration(1)), new NoInstrument(), RunClock.AsFastAsPossible, null, Token);
        return writer.Id;
    }

    /// <summary>Loses everything after a number of samples, as a process does that is killed; and never closes the record.</summary>
    private sealed class Cutting(RunWriter writer, int samples) : IRunSink, IDisposable
    {
        private int _taken;

        private bool Lost => _taken > samples;

        public void Append(in TraceSample sample)
        {
            _taken++;
            if (!Lost) writer.Append(sample);
        }

        public void Append(RunEvent runEvent)
        {
            if (!Lost) writer.Append(runEvent);
        }

        public void Append(in RunInput input)
        {
            if (!Lost) writer.Append(input);
        }

        public void Flush()
        {
            if (!Lost) writer.Flush();
        }

        public void Finish(RunOutcome outcome)
        {
            // The process is gone.
        }

        public void Dispose() => writer.Dispose();
    }
}
