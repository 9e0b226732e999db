using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>How long the things take that a protocol does not fix.</summary>
/// <param name="Prompt">A person at a prompt.</param>
/// <param name="Measurement">An impedance sweep, at most the time-out of its step; a thickness is read at once.</param>
public sealed record DryRunAssumptions(Duration Prompt, Duration Measurement)
{
    /// <summary>Two minutes each.</summary>
    public static DryRunAssumptions Default { get; } = new(new Duration(120), new Duration(120));
}

/// <summary>What a protocol is going to take.</summary>
/// <param name="Duration">From the first tick to the end of the release.</param>
/// <param name="LargestForce">Largest force.</param>
/// <param name="Steps">Duration of each step.</param>
/// <param name="Outcome">Completed, or how the protocol ends on an ideal press.</param>
/// <param name="Reason">Why it ends.</param>
public sealed record DryRun(Duration Duration, Force LargestForce, ImmutableArray<Duration> Steps, RunOutcome Outcome, string Reason)
{
    /// <summary>Between which forces the set-point goes in each step; for an approach, a densify or an adaptive step up to where it may go.</summary>
    public ImmutableArray<ForceRange> Forces { get; init; } = [];
}

/// <summary>From which force to which.</summary>
/// <param name="Lowest">Lowest.</param>
/// <param name="Highest">Highest.</param>
public readonly record struct ForceRange(Force Lowest, Force Highest);

/// <summary>
/// Runs a protocol on an ideal press: pressure and temperature are their set-points and the sample neither creeps nor densifies, so that a hold
/// that waits for settling takes its minimum time, or the two windows in which settling can show; a densify step goes to its highest pressure
/// and an adaptive step, and a cycle until the sample has settled, to its last round. Duration and force of these are upper bounds.
/// </summary>
public static class ProtocolDryRun
{
    /// <summary>Tick of the engine, s.</summary>
    internal const double TickSeconds = 0.05;

    // A resistance that falls this much per round never ends an adaptive step before its last.
    private const double StillFalling = 0.01;

    // A thickness at which no stack is dense.
    private const double AnyThicknessMetres = 1;

    private const double RoomKelvins = 293.15;

    /// <summary>Expected duration and largest force of a protocol on a die.</summary>
    public static DryRun Run(Protocol protocol, Die die, DryRunAssumptions? assumptions = null)
    {
        assumptions ??= DryRunAssumptions.Default;
        ExecutorState state = Executor.Begin(protocol with { Steps = [.. protocol.Steps.Select(NeverStill)] });
        var spans = new double[protocol.Steps.Length];
        var ranges = new (double Low, double High)[protocol.Steps.Length];
        Array.Fill(ranges, (double.PositiveInfinity, double.NegativeInfinity));
        double largestPa = 0, time = 0;
        double answerAt = double.PositiveInfinity;
        ExecutorEvent answer = default;
        double resistance = 1;
        for (long tick = 0; !state.HasEnded; tick++)
        {
            time = tick * TickSeconds;
            ExecutorEvent input = time >= answerAt ? answer with { TimeSeconds = time } : Ideal(state, time);
            if (time >= answerAt) answerAt = double.PositiveInfinity;
            int step = state.StepIndex;
            (double since, double beforePa) = (state.TimeSeconds, state.SetpointPa);
            (state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, input);
            if (step >= 0)
            {
                spans[step] += time - since;

                // An approach ends at contact, which may come before or when its set-point has arrived.
                double highest = protocol.Steps[step] is ApproachStep approach ? Math.Min(approach.Contact.Pascals, protocol.Limit.Pascals) : state.SetpointPa;
                ranges[step] = (Math.Min(ranges[step].Low, Math.Min(beforePa, state.SetpointPa)), Math.Max(ranges[step].High, Math.Max(beforePa, highest)));
            }

            largestPa = Math.Max(largestPa, state.SetpointPa);
            foreach (ExecutorCommand command in commands)
            {
                if (command is ShowPrompt)
                {
                    answerAt = time + assumptions.Prompt.Seconds;
                    answer = ExecutorEvent.Confirmed(0, "");
                }
                else if (command is RequestMeasurement request)
                {
                    double longest = protocol.Steps[request.StepIndex] is AdaptiveStep adaptive ? adaptive.Timeout.Seconds : ((MeasureStep)protocol.Steps[request.StepIndex]).Timeout.Seconds;
                    answerAt = time + (request.Quantities.HasFlag(MeasuredQuantities.Impedance) ? Math.Min(assumptions.Measurement.Seconds, longest) : 0);
                    resistance *= StillFalling;
                    answer = ExecutorEvent.MeasurementDone(0, "", resistance);
                }
            }
        }

        return new DryRun(
            new Duration(time),
            die.ForceFor(new SamplePressure(largestPa)),
            [.. spans.Select(span => new Duration(span))],
            state.Outcome,
            state.Reason)
        {
            // A step that is never begun has no forces.
            Forces = [.. ranges.Select(range => range.Low <= range.High ? new ForceRange(die.ForceFor(new SamplePressure(range.Low)), die.ForceFor(new SamplePressure(range.High))) : default)],
        };
    }

    // No thickness changes by less than nothing: the cycle goes to its last round. Resistances that are still falling take the others there.
    private static Step NeverStill(Step step) =>
        step is RoundStep { End.Thickness: not null } round ? round with { End = round.End with { Thickness = new Fraction(-1) } } : step;

    private static ExecutorEvent Ideal(in ExecutorState state, double time) => ExecutorEvent.Tick(
        time,
        state.SetpointPa,
        AnyThicknessMetres,
        displacementMetres: -state.GapMetres,
        temperatureKelvins: double.IsNaN(state.TemperatureSetpointKelvins) ? RoomKelvins : state.TemperatureSetpointKelvins);
}
