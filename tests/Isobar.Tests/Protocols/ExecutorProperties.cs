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

    private static readonly Gen<Step> AnyStep = Gen.OneOf(
        Gen.Select(Pressure, Gen.Double[-1, 20], (p, r) => (Step)new ApproachStep("a", Mpa(p), Rate(r), new Duration(20))),
        Gen.Select(Pressure, Gen.Double[-1, 50], (p, r) => (Step)new RampStep("r", PressureKind.Fabrication, Mpa(p), Rate(r))),
        Gen.Select(Pressure, Gen.Double[0, 0.1], Gen.Double[0, 30], (p, b, m) => (Step)new HoldStep("h", PressureKind.Stack, Mpa(p), new Fraction(b), new Duration(m), new Duration(2 * m), null)),
        Gen.Double[1, 10].Select(t => (Step)new MeasureStep("m", MeasuredQuantities.Thickness, new Duration(t))),
        Gen.Const((Step)new PromptStep("p", "do it", "layer")),
        Gen.Select(Pressure, Gen.Double[-1, 50], (p, r) => (Step)new ReleaseStep("d", Mpa(p), Rate(r))));

    private static readonly Gen<Protocol> AnyProtocol = Gen.Select(
        AnyStep.Array[0, 8],
        Gen.Double[50, 200],
        Gen.Double[1, 20],
        (steps, limit, release) => new Protocol("any", new Length(10e-3), Mpa(limit), Rate(release), [.. steps]));

    // What may come in: mostly ticks that follow the set-point, sometimes nonsense, sometimes an event.
    private static readonly Gen<(int Kind, double Value, double Dt)[]> AnyInputs =
        Gen.Select(Gen.Int[0, 60], Gen.Double[-0.2, 0.2], Gen.Double[0, 0.5]).Array[20, 400];

    [Fact]
    public void The_setpoint_stays_within_zero_and_the_limit_and_never_jumps() =>
        Gen.Select(AnyProtocol, AnyInputs).Sample((protocol, inputs) =>
        {
            double fastest = Math.Max(protocol.ReleaseRate.PascalsPerSecond, 50e6);
            Play(protocol, inputs, (before, _, after, _) =>
            {
                Assert.InRange(after.SetpointPa, 0, protocol.Limit.Pascals);
                Assert.InRange(Math.Abs(after.SetpointPa - before.SetpointPa), 0, (fastest * Executor.LongestTickSeconds) + 1e-3);
            });
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
                if (after.StepIndex != before.StepIndex || after.StepIndex < 0 || protocol.Steps[after.StepIndex] is not HoldStep hold) return;
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
                disturbed |= !before.HasEnded && input.Kind is ExecutorEventKind.StopRequested or ExecutorEventKind.Fault or ExecutorEventKind.LimitTripped && !before.HasEnded);
            if (disturbed) Assert.NotEqual(RunOutcome.Completed, end.Outcome);
        }, iter: 400);

    private delegate void Watch(ExecutorState before, ExecutorEvent input, ExecutorState after, ImmutableArray<ExecutorCommand> commands);

    private static ExecutorState Play(Protocol protocol, (int Kind, double Value, double Dt)[] inputs, Watch watch)
    {
        ExecutorState state = Executor.Begin(protocol);
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
                6 or 7 or 8 => ExecutorEvent.MeasurementDone(time, "{}"),
                9 => ExecutorEvent.Tick(time, double.NaN),
                10 => ExecutorEvent.Tick(time, 400e6),
                11 => ExecutorEvent.Tick(time, state.SetpointPa, quality: SampleQuality.Uncertain),
                12 => ExecutorEvent.Tick(time - 1, state.SetpointPa),
                _ => ExecutorEvent.Tick(time, state.SetpointPa * (1 + (0.1 * value))),
            };
            Feed(ref state, input, watch);
            time = Math.Max(time, state.TimeSeconds);
        }

        // A person stops what is still going on; from then on the press follows.
        if (!state.HasEnded) Feed(ref state, ExecutorEvent.Stop(time, "enough"), watch);
        for (int i = 0; i < 100_000 && !state.HasEnded; i++) Feed(ref state, ExecutorEvent.Tick(time += 0.1, state.SetpointPa), watch);
        return state;
    }

    private static void Feed(ref ExecutorState state, ExecutorEvent input, Watch watch)
    {
        (ExecutorState next, ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, input);
        watch(state, input, next, commands);
        state = next;
    }

    private static SamplePressure Mpa(double value) => SamplePressure.FromMegapascals(value);

    private static PressureRate Rate(double megapascalsPerSecond) => new(megapascalsPerSecond * 1e6);
}
