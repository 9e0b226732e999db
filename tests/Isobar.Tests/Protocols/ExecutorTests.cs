using System.Collections.Immutable;
using Isobar.Protocols;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Protocols;

/// <summary>Every state of the executor against every input.</summary>
public sealed class ExecutorTests
{
    private const double Tick = 0.05;

    public static TheoryData<RunPhase, ExecutorEventKind, RunPhase> Table()
    {
        var table = new TheoryData<RunPhase, ExecutorEventKind, RunPhase>();
        foreach (RunPhase phase in Enum.GetValues<RunPhase>())
        {
            foreach (ExecutorEventKind kind in Enum.GetValues<ExecutorEventKind>()) table.Add(phase, kind, Expected(phase, kind));
        }

        return table;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_state_answers_every_input_as_the_table_says(RunPhase phase, ExecutorEventKind kind, RunPhase expected)
    {
        ExecutorState state = At(phase);
        Assert.Equal(phase, state.Phase);
        (ExecutorState next, ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, Input(kind, state));
        Assert.Equal(expected, next.Phase);
        bool leaves = kind is ExecutorEventKind.StopRequested or ExecutorEventKind.Fault or ExecutorEventKind.LimitTripped or ExecutorEventKind.AbortRequested;
        Assert.Equal(leaves && phase is not (RunPhase.Releasing or RunPhase.Locked or RunPhase.Ended), commands.OfType<BeginRelease>().Any());
        // Coming to rest freezes the actual pressure, which lags by no more than one tick here; nothing else than a tick moves the set-point.
        bool rests = next.IsAtRest && !state.IsAtRest;
        if (rests) Assert.InRange(next.SetpointPa, state.SetpointPa - 0.6e6, state.SetpointPa);
        else if (kind != ExecutorEventKind.Tick) Assert.Equal(state.SetpointPa, next.SetpointPa, 1e-9);
        Assert.Equal(kind == ExecutorEventKind.AbortRequested && phase != RunPhase.Ended, commands.OfType<DumpPressure>().Any());
        if (leaves && phase != RunPhase.Ended) Assert.Equal(kind == ExecutorEventKind.StopRequested ? RunOutcome.Stopped : RunOutcome.Aborted, next.Outcome);
    }

    [Fact]
    public void Stop_during_the_last_release_of_a_done_protocol_never_reads_completed()
    {
        ExecutorState state = At(RunPhase.Releasing);
        (state, _) = Executor.Step(state, ExecutorEvent.Stop(state.TimeSeconds, "stop"));
        Assert.Equal(RunOutcome.Stopped, Finish(state).Outcome);
    }

    [Fact]
    public void Hold_time_counts_only_in_band()
    {
        ExecutorState state = At(RunPhase.Holding);
        double before = state.InBandSeconds;
        (state, _) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + 0.1, 100e6 * 1.021));
        Assert.Equal(before, state.InBandSeconds, 1e-12);
        Assert.False(state.InBand);
        (state, _) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + 0.1, 100e6 * 1.019));
        Assert.Equal(before + 0.1, state.InBandSeconds, 1e-12);
        (state, _) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + 0.1, 100e6, quality: SampleQuality.Uncertain));
        Assert.Equal(before + 0.1, state.InBandSeconds, 1e-12);
        (state, _) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + 30, 100e6));
        Assert.Equal(before + 0.1 + Executor.LongestTickSeconds, state.InBandSeconds, 1e-12);
    }

    [Fact]
    public void A_hold_that_never_reaches_its_band_ends_after_its_maximum_and_says_so()
    {
        ExecutorState state = At(RunPhase.Holding);
        ImmutableArray<ExecutorCommand> commands = [];
        while (state.Phase == RunPhase.Holding) (state, commands) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + Tick, 96e6));
        RunEvent said = Assert.Single(commands.OfType<LogEvent>(), log => log.Event.Kind == RunEventKind.NotSettled).Event;
        Assert.Contains("±2 % of 100 MPa", said.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hold_waits_until_the_thickness_has_settled()
    {
        var hold = new HoldStep("hold", PressureKind.Fabrication, Mpa(1), new Fraction(0.02), new Duration(10), new Duration(600), new Fraction(0.001));
        Protocol protocol = Simple([new RampStep("up", PressureKind.Fabrication, Mpa(1), Rate(5)), hold, new ReleaseStep("down", Mpa(0), Rate(5))]);
        ExecutorState state = Executor.Begin(protocol);
        double thickness = 1e-3;
        double settledAt = 0;
        while (state.StepIndex < 2)
        {
            double time = state.TimeSeconds + Tick;
            // Creep that halves every 30 s from 1 %/min: it falls below 0.1 %/min after 100 s.
            thickness *= 1 - (0.01 / 60 * Tick * Math.Pow(0.5, time / 30));
            (state, _) = Executor.Step(state, ExecutorEvent.Tick(time, state.SetpointPa, thickness));
            settledAt = time;
        }

        // Judged from window means, so up to two windows of 30 s late, never early.
        Assert.InRange(settledAt, 100, 165);
    }

    [Fact]
    public void A_ramp_waits_for_a_press_that_lags_and_gives_up_when_it_does_not_follow()
    {
        ExecutorState state = At(RunPhase.Moving);
        while (state.Phase == RunPhase.Moving) (state, _) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + Tick, 3e6));
        Assert.Equal(RunPhase.Releasing, state.Phase);
        Assert.InRange(state.SetpointPa, 0, 10e6);
        Assert.Contains("does not follow: 3 MPa", state.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prompt_comes_only_after_the_pressure_is_gone()
    {
        ExecutorState state = At(RunPhase.Clearing);
        while (state.SetpointPa > 0) (state, _) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + Tick, 5e6));
        (state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + Tick, 0.6e6));
        Assert.Empty(commands);
        (state, commands) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + Tick, 0.4e6));
        Assert.Equal("cathode", Assert.Single(commands.OfType<ShowPrompt>()).Adds);
        Assert.Equal(RunPhase.Prompting, state.Phase);
    }

    [Fact]
    public void A_measurement_without_result_ends_the_run_through_the_release()
    {
        ExecutorState state = At(RunPhase.Measuring);
        while (state.Phase == RunPhase.Measuring) (state, _) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + Tick, 100e6));
        Assert.Equal(RunPhase.Releasing, state.Phase);
        Assert.Equal(RunOutcome.Aborted, state.Outcome);
    }

    [Fact]
    public void Pressure_that_stays_after_the_release_is_dumped_and_the_run_is_aborted()
    {
        ExecutorState state = At(RunPhase.Releasing);
        var all = new List<ExecutorCommand>();
        while (!state.HasEnded)
        {
            (state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + Tick, 50e6));
            all.AddRange(commands);
        }

        Assert.Single(all.OfType<DumpPressure>());
        Assert.Equal(RunOutcome.Aborted, Assert.Single(all.OfType<FinishRun>()).Outcome);
    }

    [Fact]
    public void Ticks_without_commands_allocate_nothing()
    {
        ExecutorState state = At(RunPhase.Holding);
        for (int i = 0; i < 100; i++) (state, _) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + 0.001, 100e6));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) (state, _) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + 0.001, 100e6));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    internal static Protocol Simple(ImmutableArray<Step> steps, double limitMPa = 200) => new("test", new Length(10e-3), Mpa(limitMPa), Rate(10), steps);

    internal static SamplePressure Mpa(double value) => SamplePressure.FromMegapascals(value);

    internal static PressureRate Rate(double megapascalsPerSecond) => new(megapascalsPerSecond * 1e6);

    private static RunPhase Expected(RunPhase phase, ExecutorEventKind kind) => (phase, kind) switch
    {
        (RunPhase.Ended, _) => RunPhase.Ended,
        (_, ExecutorEventKind.StopRequested or ExecutorEventKind.Fault or ExecutorEventKind.LimitTripped or ExecutorEventKind.AbortRequested) => RunPhase.Releasing,
        (RunPhase.NotStarted, ExecutorEventKind.Tick) => RunPhase.Moving,
        (RunPhase.Prompting, ExecutorEventKind.Confirmed) => RunPhase.Moving,
        (RunPhase.Measuring, ExecutorEventKind.MeasurementDone) => RunPhase.Heating,
        (RunPhase.Held or RunPhase.Suspended, ExecutorEventKind.ResumeRequested) => RunPhase.Resuming,
        (RunPhase.NotStarted or RunPhase.Held or RunPhase.Suspended or RunPhase.Releasing or RunPhase.Locked, _) => phase,
        (_, ExecutorEventKind.TakenUp) => RunPhase.Suspended,
        (RunPhase.Resuming, _) => phase,
        (_, ExecutorEventKind.HoldRequested) => RunPhase.Held,
        (_, ExecutorEventKind.SuspendRequested) => RunPhase.Suspended,
        _ => phase,
    };

    private static ExecutorEvent Input(ExecutorEventKind kind, ExecutorState state)
    {
        double time = state.TimeSeconds + Tick;
        return kind switch
        {
            ExecutorEventKind.Tick => Ideal(state),
            ExecutorEventKind.StopRequested => ExecutorEvent.Stop(time, "stop"),
            ExecutorEventKind.Confirmed => ExecutorEvent.Confirmed(time, "done"),
            ExecutorEventKind.MeasurementDone => ExecutorEvent.MeasurementDone(time, "{}"),
            ExecutorEventKind.Fault => ExecutorEvent.Fault(time, "fault"),
            ExecutorEventKind.LimitTripped => ExecutorEvent.LimitTripped(time, "limit"),
            ExecutorEventKind.HoldRequested => ExecutorEvent.Hold(time, "look"),
            ExecutorEventKind.SuspendRequested => ExecutorEvent.Suspend(time, "door open"),
            ExecutorEventKind.PauseRequested => ExecutorEvent.Pause(time, "tea"),
            ExecutorEventKind.ResumeRequested => ExecutorEvent.Resume(time, "Ada: looked, fine"),
            ExecutorEventKind.AbortRequested => ExecutorEvent.Abort(time, "abort"),
            ExecutorEventKind.TakenUp => ExecutorEvent.TakeUp(time, state.PressurePa, "the process was lost"),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not an input"),
        };
    }

    /// <summary>A tick of a press that follows at once; platens follow within a second.</summary>
    internal static ExecutorEvent Ideal(ExecutorState state) => ExecutorEvent.Tick(
        state.TimeSeconds + Tick,
        state.SetpointPa,
        1e-3,
        displacementMetres: 0,
        temperatureKelvins: double.IsNaN(state.TemperatureSetpointKelvins) ? 293 : state.TemperatureSetpointKelvins);

    // Drives the protocol on an ideal press until it is in the phase wanted, and a little into it.
    internal static ExecutorState At(RunPhase phase)
    {
        Protocol protocol = Simple(
        [
            new ApproachStep("touch", Mpa(2), Rate(0.5), new Duration(60)),
            new RampStep("press", PressureKind.Fabrication, Mpa(100), Rate(5)),
            new HoldStep("hold", PressureKind.Fabrication, Mpa(100), new Fraction(0.02), new Duration(20), new Duration(60), null),
            new MeasureStep("measure", MeasuredQuantities.Thickness, new Duration(30)),
            new HeatStep("heat", new Temperature(333), new TemperatureRate(1), new TemperatureDifference(1), new Duration(600)),
            new SoakStep("soak", new Temperature(333), new TemperatureDifference(1), new Duration(10), new Duration(60)),
            new HoldPositionStep("gap", PressureKind.Stack, Mpa(10), Mpa(150), Rate(1), new Duration(10), new Duration(60), null),
            new PromptStep("add", "Add the cathode.", "cathode"),
            new RampStep("again", PressureKind.Stack, Mpa(50), Rate(5)),
            new ReleaseStep("open", Mpa(0), Rate(5)) { Gap = new Length(1e-3) },
            new RampStep("more", PressureKind.Stack, Mpa(30), Rate(5)),
        ]) with
        { TemperatureLimit = new Temperature(350) };
        ExecutorState state = Executor.Begin(protocol);
        if (phase == RunPhase.NotStarted) return state;
        if (phase == RunPhase.Locked) return Locked();
        if (phase is RunPhase.Held or RunPhase.Suspended or RunPhase.Resuming) return AtRest(phase);
        int within = 0;
        while (within < 5)
        {
            double time = state.TimeSeconds + Tick;
            ExecutorEvent input = within > 0 ? Ideal(state)
                : state.Phase == RunPhase.Prompting ? ExecutorEvent.Confirmed(time, "done")
                : state.Phase == RunPhase.Measuring ? ExecutorEvent.MeasurementDone(time, "{}")
                : Ideal(state) with { DisplacementMetres = -state.GapMetres };
            (state, _) = Executor.Step(state, input);
            if (state.Phase == phase && (phase != RunPhase.Moving || state.StepIndex == 1)) within++;
        }

        return state;
    }

    // At rest from a measurement at 100 MPa; on the way back, the pressure had sunk to 60 MPa.
    private static ExecutorState AtRest(RunPhase phase)
    {
        ExecutorState state = At(RunPhase.Measuring);
        (state, _) = Executor.Step(state, Input(phase == RunPhase.Suspended ? ExecutorEventKind.SuspendRequested : ExecutorEventKind.HoldRequested, state));
        for (int i = 0; i < 5; i++) (state, _) = Executor.Step(state, Ideal(state));
        if (phase != RunPhase.Resuming) return state;
        (state, _) = Executor.Step(state, Ideal(state) with { PressurePa = 60e6 });
        (state, _) = Executor.Step(state, Input(ExecutorEventKind.ResumeRequested, state));
        return state;
    }

    // Stopped in a hold at 100 MPa, on a press that locks its pressure.
    private static ExecutorState Locked()
    {
        ExecutorState state = At(RunPhase.Holding) with { Stop = StopPolicy.Hold };
        (state, _) = Executor.Step(state, Input(ExecutorEventKind.StopRequested, state));
        for (int i = 0; i < 5; i++) (state, _) = Executor.Step(state, Ideal(state));
        return state;
    }

    private static ExecutorState Finish(ExecutorState state)
    {
        while (!state.HasEnded) (state, _) = Executor.Step(state, Ideal(state));
        return state;
    }
}
