using System.Collections.Immutable;
using System.Globalization;
using Isobar.Lab.Presses;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Lab.Tests.Presses;

public sealed class RunEngineTests
{
    [Fact]
    public async Task A_whole_cell_is_pressed_and_every_step_passes()
    {
        SimulatedPress press = Scenario.Press(7);
        RunRecord run = await Scenario.RunAsync(Scenario.Protocol(), press);
        ImmutableArray<StepVerdict> verdicts = Judge.Evaluate(run, Scenario.Die10, press.Instrument);
        Assert.Equal(RunOutcome.Completed, run.Outcome);
        Assert.All(verdicts, verdict => Assert.Equal(StepJudgement.Passed, verdict.Judgement));
        Assert.Equal(StepJudgement.Passed, Judge.Overall(run, verdicts));
        Assert.InRange(press.Plant.ForceNewtons, 0, 40);
        Assert.Empty(ProtocolCheck.Validate(run.Protocol, Scenario.Die10, press.Instrument));
    }

    [Fact]
    public async Task Every_seed_completes_a_whole_cell_with_every_step_passed()
    {
        for (ulong seed = 100; seed < 112; seed++)
        {
            SimulatedPress press = Scenario.Press(seed);
            RunRecord run = await Scenario.RunAsync(Scenario.Protocol(), press);
            foreach (StepVerdict verdict in Judge.Evaluate(run, Scenario.Die10, press.Instrument)) Assert.True(verdict.Judgement == StepJudgement.Passed, $"seed {seed}, {verdict.Name}: {verdict.Judgement}, {verdict.Reason}");
        }
    }

    [Fact]
    public async Task A_limit_below_the_noise_of_the_press_trips_and_releases()
    {
        SimulatedPress press = Scenario.Press(9);
        RunRecord run = await Scenario.RunAsync(Scenario.Short(limitMPa: 100, targetMPa: 100), press);
        Assert.Equal(RunOutcome.Aborted, run.Outcome);
        Assert.Contains(run.Events, e => e.Kind == RunEventKind.LimitTripped && e.Text.Contains("exceeds the limit of 7.854 kN (100 MPa)", StringComparison.Ordinal));
        AssertReleased(run, press);
    }

    [Fact]
    public async Task The_dry_run_foretells_the_duration_within_five_percent_and_the_largest_force_exactly()
    {
        Protocol protocol = Scenario.Protocol();
        DryRun dry = ProtocolDryRun.Run(protocol, Scenario.Die10, new DryRunAssumptions(new Duration(30), new Duration(90)));
        RunRecord run = await Scenario.RunAsync(protocol, Scenario.Press(8));
        Assert.Equal(RunOutcome.Completed, dry.Outcome);
        Assert.InRange(run.Samples[^1].TimeSeconds / dry.Duration.Seconds, 0.95, 1.05);
        Assert.Equal(run.Samples.Max(sample => sample.SetpointPa) * Scenario.Die10.Area.SquareMetres, dry.LargestForce.Newtons, 1e-6);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_digest_in_every_culture_and_another_seed_another()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            string first = RunDigest.Of(await Scenario.RunAsync(Scenario.Short(), Scenario.Press(3)));
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            string turkish = RunDigest.Of(await Scenario.RunAsync(Scenario.Short(), Scenario.Press(3)));
            string other = RunDigest.Of(await Scenario.RunAsync(Scenario.Short(), Scenario.Press(4)));
            Assert.Equal(first, turkish);
            Assert.NotEqual(first, other, StringComparer.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task How_fast_the_clock_runs_does_not_change_the_run()
    {
        string fast = RunDigest.Of(await Scenario.RunAsync(Scenario.Short(), Scenario.Press(3)));
        var paced = new RunClock(TimeProvider.System, 2000);
        RunRecord run = await RunEngine.RunAsync(Scenario.Short(), Scenario.Press(3), new NoSink(), new AutomaticOperator(new Duration(1)), new BrokenInstrument(), paced, null, CancellationToken.None);
        Assert.Equal(fast, RunDigest.Of(run));
    }

    [Fact]
    public async Task Stop_releases_the_press_and_the_run_reads_stopped()
    {
        using var stop = new CancellationTokenSource();
        SimulatedPress press = Scenario.Press(5);
        var progress = new StopAt(stop, 20);
        RunRecord run = await Scenario.RunAsync(Scenario.Short(), new Observed(press, progress.See), null, stop.Token);
        Assert.Equal(RunOutcome.Stopped, run.Outcome);
        AssertReleased(run, press);
        ImmutableArray<StepVerdict> verdicts = Judge.Evaluate(run, Scenario.Die10, press.Instrument);
        Assert.Equal(StepJudgement.NotDone, Judge.Overall(run, verdicts));
    }

    [Theory]
    [InlineData(PressFaultKind.SensorFreeze)]
    [InlineData(PressFaultKind.SensorNotANumber)]
    [InlineData(PressFaultKind.LinkLoss)]
    [InlineData(PressFaultKind.ForceSpike)]
    [InlineData(PressFaultKind.ActuatorStuck)]
    public async Task Every_fault_on_the_ramp_ends_the_run_aborted_and_the_press_without_force(PressFaultKind kind)
    {
        SimulatedPress press = Scenario.Press(6, new PressFault(kind, new Duration(20), new Duration(80)));
        RunRecord run = await Scenario.RunAsync(Scenario.Short(), press);
        Assert.Equal(RunOutcome.Aborted, run.Outcome);
        Assert.Contains(run.Events, e => e.Kind is RunEventKind.Fault or RunEventKind.LimitTripped);
        Assert.Contains(run.Events, e => e.Kind == RunEventKind.ReleaseStarted);
        Assert.DoesNotContain(run.Samples, sample => sample.SetpointPa > run.Protocol.Limit.Pascals);
        Assert.NotEqual(StepJudgement.Passed, Judge.Overall(run, Judge.Evaluate(run, Scenario.Die10, press.Instrument)));
        press.Advance(new Duration(60));
        Assert.InRange(press.Plant.ForceNewtons, 0, 60);
    }

    [Fact]
    public async Task A_short_loss_of_the_link_is_ridden_out()
    {
        SimulatedPress press = Scenario.Press(6, new PressFault(PressFaultKind.LinkLoss, new Duration(20), new Duration(0.3)));
        RunRecord run = await Scenario.RunAsync(Scenario.Short(), press);
        Assert.Equal(RunOutcome.Completed, run.Outcome);
    }

    [Fact]
    public async Task A_prompt_that_adds_an_unknown_layer_is_refused_before_anything_moves()
    {
        Protocol protocol = Scenario.Short() with { Steps = [new PromptStep("add", "Add it.", "gold")] };
        PressException refused = await Assert.ThrowsAsync<PressException>(() => Scenario.RunAsync(protocol, Scenario.Press(1)));
        Assert.Contains("'gold'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'cathode'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_cannot_be_written_releases_the_press_and_is_reported()
    {
        SimulatedPress press = Scenario.Press(2);
        RunRecordingException failed = await Assert.ThrowsAsync<RunRecordingException>(() => Scenario.RunAsync(Scenario.Short(), press, new FullDisk()));
        Assert.Contains("the press was released", failed.Message, StringComparison.Ordinal);
        Assert.InRange(press.Plant.ForceNewtons, 0, 40);
    }

    [Fact]
    public async Task A_failing_measurement_ends_the_run_through_the_release()
    {
        SimulatedPress press = Scenario.Press(2);
        Protocol protocol = Scenario.Short() with { Steps = Scenario.Short().Steps.Insert(3, new MeasureStep("measure", MeasuredQuantities.Impedance, new Duration(60))) };
        RunRecord run = await RunEngine.RunAsync(protocol, press, new NoSink(), new AutomaticOperator(new Duration(1)), new BrokenInstrument(), RunClock.AsFastAsPossible, null, CancellationToken.None);
        Assert.Equal(RunOutcome.Aborted, run.Outcome);
        Assert.Contains(run.Events, e => e.Kind == RunEventKind.Fault && e.Text.Contains("cable", StringComparison.Ordinal));
        AssertReleased(run, press);
    }

    private static void AssertReleased(RunRecord run, SimulatedPress press)
    {
        Assert.Contains(run.Events, e => e.Kind == RunEventKind.ReleaseStarted);
        Assert.Equal(RunEventKind.Ended, run.Events[^1].Kind);
        Assert.InRange(press.Plant.ForceNewtons, 0, 40);
    }

    private sealed class StopAt(CancellationTokenSource stop, double seconds)
    {
        private double _time;

        public void See()
        {
            _time += RunEngine.TickSeconds;
            if (_time >= seconds) stop.Cancel();
        }
    }

    /// <summary>A press that tells when time passes, so that a test can act at a moment of simulated time.</summary>
    private sealed class Observed(SimulatedPress press, Action tick) : IVirtualPress
    {
        public string Name => press.Name;

        public void Load(Protocol protocol) => press.Load(protocol);

        public void Advance(Duration time)
        {
            press.Advance(time);
            tick();
        }

        public void AddLayer(string name) => press.AddLayer(name);

        public ValueTask ConnectAsync(CancellationToken cancellation) => press.ConnectAsync(cancellation);

        public ValueTask WriteAsync(Force setpoint, uint heartbeat, CancellationToken cancellation) => press.WriteAsync(setpoint, heartbeat, cancellation);

        public ValueTask<PressSample> ReadAsync(CancellationToken cancellation) => press.ReadAsync(cancellation);

        public ValueTask DumpAsync(CancellationToken cancellation) => press.DumpAsync(cancellation);

        public ValueTask DisposeAsync() => press.DisposeAsync();
    }

    private sealed class FullDisk : IRunSink
    {
        private int _samples;

        public void Append(in TraceSample sample)
        {
            if (++_samples > 300) throw new LabException("the disk is full");
        }

        public void Append(RunEvent runEvent)
        {
            if (_samples > 300) throw new LabException("the disk is full");
        }

        public void Flush()
        {
            if (_samples > 300) throw new LabException("the disk is full");
        }

        public void Finish(RunOutcome outcome) => throw new LabException("the disk is full");
    }

    private sealed class BrokenInstrument : IMeasurer
    {
        public Task<Reply> MeasureAsync(MeasurementRequest request, CancellationToken cancellation) => throw new InvalidOperationException("the cable is off");
    }
}
