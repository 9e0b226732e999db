using System.Collections.Immutable;
using CsCheck;
using Isobar.Protocols;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Protocols;

/// <summary>Laws of the executor for any protocol, sensible or not, and any disturbance.</summary>
public sealed class ExecutorProperties
{
    private static readonly Gen<double> Pressure = Gen.OneOf(Gen.Double[0, 300], Gen.Const(0.0), Gen.Const(250.0), Gen.Const(double.NaN));

    private static readonly Gen<CycleEnd> AnyEnd = Gen.Select(Gen.Int[1, 3], Gen.Int[0, 3], Gen.Double[0.001, 0.1], (most, kind, share) => new CycleEnd(most)
    {
        After = kind is 0 or 3 ? new Duration(1000 * share) : null,
        Thickness = kind is 1 or 3 ? new Fraction(share) : null,
        Resistance = kind is 2 ? new Fraction(share) : null,
    });

    private static readonly Gen<Step> AnyStep = Gen.OneOf(
        Gen.Select(Pressure, Gen.Double[-1, 20], (p, r) => (Step)new ApproachStep("a", Mpa(p), Rate(r), new Duration(20))),
        Gen.Select(Pressure, Gen.Double[-1, 50], (p, r) => (Step)new RampStep("r", PressureKind.Fabrication, Mpa(p), Rate(r))),
        Gen.Select(Pressure, Gen.Double[0, 0.1], Gen.Double[0, 30], (p, b, m) => (Step)new HoldStep("h", PressureKind.Stack, Mpa(p), new Fraction(b), new Duration(m), new Duration(2 * m), null)),
        Gen.Double[1, 10].Select(t => (Step)new MeasureStep("m", MeasuredQuantities.Thickness, new Duration(t))),
        Gen.Const((Step)new PromptStep("p", "do it", "layer")),
        Gen.Select(Pressure, Gen.Double[-1, 50], (p, r) => (Step)new ReleaseStep("d", Mpa(p), Rate(r))),
        Gen.Select(Gen.Double[-1, 50], Gen.Double[0, 5], (r, g) => (Step)new ReleaseStep("o", Mpa(0), Rate(r)) { Gap = new Length(g * 1e-3) }),
        Gen.Select(Pressure, Gen.Double[-1, 50], Gen.Double[0, 1.1], (p, r, d) => (Step)new DensifyStep("k", PressureKind.Fabrication, new Fraction(d), new Length(0.5e-3), Mpa(p), Rate(r))),
        Gen.Select(Pressure, Pressure, Gen.Double[-1, 50], Gen.Double[0, 20], (low, high, r, m) => (Step)new HoldPositionStep("g", PressureKind.Stack, Mpa(low), Mpa(high), Rate(r), new Duration(m), new Duration(2 * m), null)),
        Gen.Select(Pressure, Pressure, Pressure, Gen.Double[-1, 50], (p, d, h, r) => (Step)new AdaptiveStep("i", PressureKind.Stack, Mpa(p), Mpa(d), Mpa(h), Rate(r), new Fraction(0.1), new Duration(1), new Fraction(0.02), 5, new Duration(20))),
        Gen.Select(Gen.Double[200, 500], Gen.Double[-0.1, 20], (k, r) => (Step)new HeatStep("w", new Temperature(k), new TemperatureRate(r), new TemperatureDifference(1), new Duration(30))),
        Gen.Double[200, 500].Select(k => (Step)new SoakStep("s", new Temperature(k), new TemperatureDifference(1), new Duration(2), new Duration(10))),
        Gen.Select(Gen.Int[-1, 4], Gen.Int[-1, 3], AnyEnd, (round, steps, end) => (Step)new RoundStep("c", round, steps, end)));

    private static readonly Gen<StepGuard?> AnyGuard = Gen.OneOf(
        Gen.Const((StepGuard?)null),
        Gen.Select(Gen.Enum<GuardAction>(), Gen.Double[0.001, 0.2], Gen.Double[0, 3], (action, band, patience) => (StepGuard?)new StepGuard(action) { Band = new Fraction(band), Highest = Mpa(250), Patience = new Duration(patience) }));

    private static readonly Gen<Protocol> AnyProtocol = Gen.Select(
        Gen.Select(AnyStep, AnyGuard, (step, guard) => step with { Guard = guard }).Array[0, 8],
        Gen.Double[50, 200],
        Gen.Double[1, 20],
        AnyEnd,
        Gen.Bool,
        (steps, limit, release, end, repeated) => new Protocol("any", new Length(10e-3), Mpa(limit), Rate(release), repeated && steps.Length > 0 && end.IsClear ? StepSequence.Repeat("cycle", end, [.. steps]) : [.. steps])
        {
            TemperatureLimit = new Temperature(400),
        });

    // What may come in: mostly ticks that follow the set-point, sometimes nonsense, sometimes an event.
    private static readonly Gen<(int Kind, double Value, double Dt)[]> AnyInputs =
        Gen.Select(Gen.Int[0, 90], Gen.Double[-0.2, 0.2], Gen.Double[0, 0.5]).Array[20, 400];

    [Fact]
    public void The_setpoint_stays_within_zero_and_the_limit_and_never_jumps_upwards() =>
        Gen.Select(AnyProtocol, AnyInputs).Sample((protocol, inputs) =>
        {
            double fastest = Math.Max(protocol.ReleaseRate.PascalsPerSecond, 50e6);
            Play(protocol, inputs, (before, input, after, _) =>
            {
                Assert.InRange(after.SetpointPa, 0, protocol.Limit.Pascals);
                double moved = after.SetpointPa - before.SetpointPa;
                Assert.InRange(moved, double.NegativeInfinity, (fastest * Executor.LongestTickSeconds) + 1e-3);

                // Down, it may only jump to where the press already is: when a run comes to rest or is resumed.
                bool rebased = (after.IsAtRest != before.IsAtRest || input.Kind == ExecutorEventKind.TakenUp) && after.SetpointPa.Equals(Math.Max(0, after.PressurePa));
                if (!rebased) Assert.InRange(moved, (-fastest * Executor.LongestTickSeconds) - 1e-3, double.PositiveInfinity);
            });
        }, iter: 400);

    [Fact]
    public void Under_either_stop_policy_the_setpoint_stays_below_the_limit_and_never_rises_after_a_stop() =>
        Gen.Select(AnyProtocol, AnyInputs, Gen.Enum<StopPolicy>()).Sample((protocol, inputs, policy) =>
        {
            bool left = false;
            ExecutorState end = Play(protocol, inputs, (before, input, after, _) =>
            {
                Assert.InRange(after.SetpointPa, 0, protocol.Limit.Pascals);
                if (left) Assert.True(after.SetpointPa <= before.SetpointPa, $"{input.Kind} asked for more on the way out");
                if (after.Phase == RunPhase.Locked && before.Phase == RunPhase.Locked && input.Kind != ExecutorEventKind.TakenUp) Assert.Equal(before.SetpointPa, after.SetpointPa);
                if (before.Phase == RunPhase.Locked) Assert.True(after.IsLeaving || after.HasEnded);
                left |= after.IsLeaving;
            }, policy);
            Assert.True(end.HasEnded);
            Assert.NotEqual(RunOutcome.Interrupted, end.Outcome);
        }, iter: 400);

    [Fact]
    public void The_setpoint_gains_its_rate_no_faster_than_the_acceleration_allows() =>
        Gen.Select(AnyProtocol, AnyInputs).Sample((protocol, inputs) =>
        {
            double acceleration = Math.Max(protocol.ReleaseRate.PascalsPerSecond, 50e6) / SetpointProfile.AccelerationSeconds;
            Play(protocol, inputs, (before, input, after, _) =>
            {
                if (input.Kind != ExecutorEventKind.Tick) return;
                double dt = Math.Clamp(input.TimeSeconds - before.TimeSeconds, 0, Executor.LongestTickSeconds);
                double gained = Math.Abs(after.SetpointSpeed) - Math.Abs(before.SetpointSpeed);
                Assert.InRange(gained, double.NegativeInfinity, (acceleration * dt) + 1e-3);
            });
        }, iter: 400);

    [Fact]
    public void At_rest_nothing_moves_and_only_a_person_goes_on() =>
        Gen.Select(AnyProtocol, AnyInputs).Sample((protocol, inputs) =>
            Play(protocol, inputs, (before, input, after, commands) =>
            {
                if (!before.IsAtRest) return;
                if (after.IsAtRest && input.Kind == ExecutorEventKind.TakenUp) Assert.True(after.SetpointPa <= before.SetpointPa);
                else if (after.IsAtRest) Assert.Equal(before.SetpointPa, after.SetpointPa);
                else Assert.True(after.Phase is RunPhase.Releasing or RunPhase.Ended || input.Kind == ExecutorEventKind.ResumeRequested, $"left rest by {input.Kind}");
                Assert.DoesNotContain(commands, command => command is SetSetpoint set && set.PressurePa > before.SetpointPa);
            }), iter: 400);

    [Fact]
    public void The_temperature_asked_for_stays_below_its_limit_and_goes_out_with_the_run() =>
        Gen.Select(AnyProtocol, AnyInputs).Sample((protocol, inputs) =>
        {
            ExecutorState end = Play(protocol, inputs, (_, _, after, _) =>
            {
                if (!double.IsNaN(after.TemperatureSetpointKelvins)) Assert.InRange(after.TemperatureSetpointKelvins, 0, 400);
                if (after.Phase is RunPhase.Releasing or RunPhase.Ended) Assert.True(double.IsNaN(after.TemperatureSetpointKelvins));
            });
            Assert.True(end.HasEnded);
        }, iter: 400);

    [Fact]
    public void Every_exit_goes_through_the_release_and_ends_at_zero() =>
        Gen.Select(AnyProtocol, AnyInputs).Sample((protocol, inputs) =>
        {
            bool released = false;
            int finished = 0;
            ExecutorState end = Play(protocol, inputs, (before, _, after, commands) =>
            {
                if (released) Assert.True(after.SetpointPa <= before.SetpointPa);
                foreach (ExecutorCommand command in commands)
                {
                    if (command is BeginRelease)
                    {
                        Assert.False(released);
                        released = true;
                    }
                    else if (command is FinishRun)
                    {
                        Assert.True(released);
                        Assert.Equal(0, after.SetpointPa, 1e-12);
                        finished++;
                    }
                }
            });
            Assert.True(end.HasEnded);
            Assert.Equal(1, finished);
        }, iter: 400);

    [Fact]
    public void Hold_time_never_exceeds_the_time_spent_in_band() =>
        Gen.Select(AnyProtocol, AnyInputs).Sample((protocol, inputs) =>
            Play(protocol, inputs, (before, input, after, _) =>
            {
                if (after.StepIndex != before.StepIndex || after.StepIndex < 0 || after.Phase != RunPhase.Holding || protocol.Steps[after.StepIndex] is not HoldStep hold) return;
                double counted = after.InBandSeconds - before.InBandSeconds;
                bool inBand = input.Kind == ExecutorEventKind.Tick && input.Quality == SampleQuality.Good
                    && Math.Abs(input.PressurePa - hold.Target.Pascals) <= hold.Band.Value * hold.Target.Pascals;
                Assert.InRange(counted, 0, inBand ? Math.Min(Math.Max(0, input.TimeSeconds - before.TimeSeconds), Executor.LongestTickSeconds) + 1e-9 : 0);
            }), iter: 400);

    [Fact]
    public void The_same_inputs_give_the_same_outputs() =>
        Gen.Select(AnyProtocol, AnyInputs).Sample((protocol, inputs) =>
        {
            List<string> Record()
            {
                var said = new List<string>();
                Play(protocol, inputs, (_, _, after, commands) => said.Add($"{after.SetpointPa:R} {after.Phase} {string.Join(';', commands)}"));
                return said;
            }

            Assert.Equal(Record(), Record());
        }, iter: 100);

    [Fact]
    public void A_run_that_was_disturbed_never_reads_completed() =>
        Gen.Select(AnyProtocol, AnyInputs).Sample((protocol, inputs) =>
        {
            bool disturbed = false;
            ExecutorState end = Play(protocol, inputs, (before, input, _, _) =>
                disturbed |= !before.HasEnded && input.Kind is ExecutorEventKind.StopRequested or ExecutorEventKind.AbortRequested or ExecutorEventKind.Fault or ExecutorEventKind.LimitTripped);
            if (disturbed) Assert.NotEqual(RunOutcome.Completed, end.Outcome);
        }, iter: 400);

    private delegate void Watch(ExecutorState before, ExecutorEvent input, ExecutorState after, ImmutableArray<ExecutorCommand> commands);

    private static ExecutorState Play(Protocol protocol, (int Kind, double Value, double Dt)[] inputs, Watch watch, StopPolicy stop = StopPolicy.Release)
    {
        ExecutorState state = Executor.Begin(protocol, stop);
        double time = 0;
        foreach ((int kind, double value, double dt) in inputs)
        {
            time += dt;
            ExecutorEvent input = kind switch
            {
                0 => ExecutorEvent.Stop(time, "stop"),
                1 => ExecutorEvent.Fault(time, "fault"),
                2 => ExecutorEvent.LimitTripped(time, "limit"),
                3 or 4 or 5 => ExecutorEvent.Confirmed(time, "yes"),
                6 or 7 or 8 => ExecutorEvent.MeasurementDone(time, "{}", value > -0.15 ? 0.01 * (1 + value) : double.NaN),
                9 => ExecutorEvent.Tick(time, double.NaN),
                10 => ExecutorEvent.Tick(time, 400e6),
                11 => ExecutorEvent.Tick(time, state.SetpointPa, quality: SampleQuality.Uncertain),
                12 => ExecutorEvent.Tick(time - 1, state.SetpointPa),
                13 => ExecutorEvent.Hold(time, "hold"),
                14 => ExecutorEvent.Suspend(time, "suspend"),
                15 => ExecutorEvent.Pause(time, "pause"),
                16 or 17 or 18 => ExecutorEvent.Resume(time, "person: fine"),
                19 => ExecutorEvent.Abort(time, "abort"),
                20 => ExecutorEvent.TakeUp(time, Math.Max(0, state.SetpointPa * (1 + value)), "lost"),
                _ => Following(state, time, value),
            };
            Feed(ref state, input, watch);
            time = Math.Max(time, state.TimeSeconds);
        }

        // A person stops what is still going on; from then on the press follows.
        for (int i = 0; i < 2 && !state.HasEnded && state.Phase != RunPhase.Releasing; i++) Feed(ref state, ExecutorEvent.Stop(time, "enough"), watch);
        for (int i = 0; i < 100_000 && !state.HasEnded; i++) Feed(ref state, ExecutorEvent.Tick(time += 0.1, state.SetpointPa), watch);
        return state;
    }

    private static ExecutorEvent Following(ExecutorState state, double time, double value) => ExecutorEvent.Tick(
        time,
        state.SetpointPa * (1 + (0.1 * value)),
        1e-3 * (1 + (0.001 * value)),
        displacementMetres: -state.GapMetres,
        temperatureKelvins: double.IsNaN(state.TemperatureSetpointKelvins) ? 300 : state.TemperatureSetpointKelvins + value);

    private static void Feed(ref ExecutorState state, ExecutorEvent input, Watch watch)
    {
        (ExecutorState next, ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, input);
        watch(state, input, next, commands);
        state = next;
    }

    private static SamplePressure Mpa(double value) => SamplePressure.FromMegapascals(value);

    private static PressureRate Rate(double megapascalsPerSecond) => new(megapascalsPerSecond * 1e6);
}
