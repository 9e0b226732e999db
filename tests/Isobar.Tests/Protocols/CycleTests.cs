using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Protocols;
using Isobar.Quantities;
using Xunit;
using static Isobar.Tests.Protocols.ExecutorTests;

namespace Isobar.Tests.Protocols;

/// <summary>Cycles that end by time or by what they have reached.</summary>
public sealed class CycleTests
{
    private const double Tick = 0.05;
    private static readonly Die Die10 = Die.OfDiameter(new Length(10e-3));
    private static readonly PressInstrument Press = PressPlantParameters.Hydraulic5t.Instrument;

    // Up from 5 to 10 MPa and down again at 1 MPa/s, with 2 s at the top: each way takes 5 s and half a second of easing, and a tick or two to be judged.
    private static readonly ImmutableArray<Step> s_breath =
    [
        new RampStep("up", PressureKind.Stack, Mpa(10), Rate(1)),
        new HoldStep("top", PressureKind.Stack, Mpa(10), new Fraction(0.05), new Duration(2), new Duration(60), null),
        new RampStep("down", PressureKind.Stack, Mpa(5), Rate(1)),
    ];

    [Fact]
    public void A_cycle_by_duration_finishes_the_round_in_which_the_time_runs_out()
    {
        Protocol protocol = Around(StepSequence.Repeat("breathe", new CycleEnd(20) { After = new Duration(60) }, s_breath));
        (ExecutorState end, List<RunEvent> events, _) = Run(protocol, _ => 1e-3);
        Assert.Equal((RunOutcome.Completed, "every step is done"), (end.Outcome, end.Reason));
        // Rounds of 12.5 to 13.5 s: the fifth begins before 60 s and ends after.
        Assert.Equal(5, events.Count(e => e.Kind == RunEventKind.StepStarted && e.Text.EndsWith("/ up", StringComparison.Ordinal)));
        RunEvent over = events.Single(e => e.Text.Contains("enough after 5 rounds", StringComparison.Ordinal));
        double began = events.First(e => e.Text is "breathe 1 of up to 20").TimeSeconds;
        Assert.InRange(over.TimeSeconds - began, 60, 60 + 13.5);
    }

    [Fact]
    public void The_time_at_rest_does_not_count_for_the_cycle()
    {
        Protocol protocol = Around(StepSequence.Repeat("breathe", new CycleEnd(20) { After = new Duration(30) }, s_breath));
        bool rested = false;
        (ExecutorState end, List<RunEvent> events, _) = Run(protocol, _ => 1e-3, state =>
        {
            if (!rested && state.StepIndex >= 0 && state.Step!.Name.EndsWith("2 of up to 20 / top", StringComparison.Ordinal))
            {
                rested = true;
                return time => [ExecutorEvent.Hold(time, "lunch"), ExecutorEvent.Tick(time + 3600, 10e6, 1e-3), ExecutorEvent.Resume(time + 3600, "a person: back")];
            }

            return null;
        });
        Assert.Equal(RunOutcome.Completed, end.Outcome);
        Assert.Equal(3, events.Count(e => e.Kind == RunEventKind.StepStarted && e.Text.EndsWith("/ up", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_cycle_ends_when_a_round_no_longer_changes_the_thickness()
    {
        // Each visit to the top takes away half of what is left: 1 %, 0.5 %, 0.25 %, 0.125 %... A round changes by half of that; the fall from the
        // fourth to the fifth round, 0.03 %, is the first below 0.05 %.
        int visits = 0;
        bool top = false;
        double Thickness(ExecutorState state)
        {
            if (state.Phase == RunPhase.Holding && !top) visits++;
            top = state.Phase == RunPhase.Holding;
            return 1e-3 * (1 + (0.01 * Math.Pow(0.5, visits)));
        }

        Protocol protocol = Around(StepSequence.Repeat("settle", new CycleEnd(20) { Thickness = new Fraction(0.0005) }, s_breath));
        (ExecutorState end, List<RunEvent> events, _) = Run(protocol, Thickness);
        Assert.Equal(RunOutcome.Completed, end.Outcome);
        Assert.Contains(events, e => e.Text.Contains("enough after 5 rounds", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cycle_that_reaches_its_most_rounds_says_what_is_missing_and_the_run_goes_on()
    {
        double thickness = 1e-3;
        Protocol protocol = Around(StepSequence.Repeat("settle", new CycleEnd(3) { Thickness = new Fraction(0.0005) }, s_breath));
        (ExecutorState end, List<RunEvent> events, RunRecord run) = Run(protocol, _ => thickness *= 1 - 1e-4);
        Assert.Equal(RunOutcome.Completed, end.Outcome);
        RunEvent said = Assert.Single(events, e => e.Kind == RunEventKind.NotSettled);
        Assert.Contains("after 3 rounds: ", said.Text, StringComparison.Ordinal);
        Assert.Contains("more than a round before", said.Text, StringComparison.Ordinal);
        StepVerdict verdict = Judge.Evaluate(run, Die10, Press).Single(each => each.Name is "settle over");
        Assert.Equal(StepJudgement.Failed, verdict.Judgement);
    }

    [Fact]
    public void A_cycle_ends_when_the_measured_resistance_has_stopped_falling()
    {
        double[] resistance = [20e-4, 14e-4, 12e-4, 11.9e-4, 11.8e-4];
        int asked = 0;
        ImmutableArray<Step> steps = [.. s_breath, new MeasureStep("eis", MeasuredQuantities.Impedance, new Duration(60))];
        Protocol protocol = Around(StepSequence.Repeat("condition", new CycleEnd(5) { Resistance = new Fraction(0.02) }, steps));
        (ExecutorState end, List<RunEvent> events, _) = Run(protocol, _ => 1e-3, resistance: () => resistance[asked++]);
        Assert.Equal(RunOutcome.Completed, end.Outcome);
        Assert.Contains(events, e => e.Text.Contains("enough after 4 rounds", StringComparison.Ordinal));
    }

    [Fact]
    public void A_round_without_the_resistance_it_needs_ends_the_run()
    {
        ImmutableArray<Step> steps = [.. s_breath, new MeasureStep("eis", MeasuredQuantities.Impedance, new Duration(60))];
        Protocol protocol = Around(StepSequence.Repeat("condition", new CycleEnd(5) { Resistance = new Fraction(0.02) }, steps));
        (ExecutorState end, _, _) = Run(protocol, _ => 1e-3, resistance: () => double.NaN);
        Assert.Equal(RunOutcome.Aborted, end.Outcome);
        Assert.Contains("no resistance above zero was measured in the round", end.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Rounds_that_were_not_needed_are_no_fault_of_the_run()
    {
        Protocol protocol = Around(StepSequence.Repeat("breathe", new CycleEnd(20) { After = new Duration(60) }, s_breath));
        (_, _, RunRecord run) = Run(protocol, _ => 1e-3);
        ImmutableArray<StepVerdict> verdicts = Judge.Evaluate(run, Die10, Press);
        Assert.Equal(15 * 4, verdicts.Count(verdict => verdict.Judgement == StepJudgement.NotNeeded));
        Assert.DoesNotContain(verdicts, verdict => verdict.Judgement is StepJudgement.Failed or StepJudgement.NotDone);
        Assert.NotEqual(StepJudgement.NotDone, Judge.Overall(run, verdicts));
    }

    [Fact]
    public void A_run_that_is_stopped_between_two_rounds_has_rounds_that_were_not_done()
    {
        Protocol protocol = Around(StepSequence.Repeat("breathe", new CycleEnd(20) { After = new Duration(60) }, s_breath));
        bool paused = false;
        (_, _, RunRecord run) = Run(protocol, _ => 1e-3, state =>
        {
            if (state.IsAtRest) return time => [ExecutorEvent.Stop(time, "enough")];
            if (paused || state.StepIndex < 0 || !state.Step!.Name.EndsWith("2 of up to 20 / down", StringComparison.Ordinal)) return null;
            paused = true;
            return time => [ExecutorEvent.Pause(time, "wait")];
        });
        Assert.Equal(RunOutcome.Stopped, run.Outcome);
        Assert.DoesNotContain(Judge.Evaluate(run, Die10, Press), verdict => verdict.Judgement == StepJudgement.NotNeeded);
    }

    [Fact]
    public void The_dry_run_predicts_a_cycle_by_duration_to_within_five_percent_and_the_last_round_of_the_others()
    {
        Protocol timed = Around(StepSequence.Repeat("breathe", new CycleEnd(20) { After = new Duration(60) }, s_breath));
        (ExecutorState end, _, _) = Run(timed, _ => 1e-3);
        double predicted = ProtocolDryRun.Run(timed, Die10).Duration.Seconds;
        Assert.Equal(end.TimeSeconds, predicted, 0.05 * end.TimeSeconds);

        DryRun settled = ProtocolDryRun.Run(Around(StepSequence.Repeat("settle", new CycleEnd(7) { Thickness = new Fraction(0.01) }, s_breath)), Die10);
        Assert.Equal(RunOutcome.Completed, settled.Outcome);
        Assert.Equal(7, settled.Steps.Count(span => span.Seconds is > 1.9 and < 2.2));
        Assert.InRange(settled.Duration.Seconds, 7 * 12.5, (7 * 13.5) + 20);
    }

    [Fact]
    public void A_recorded_cycle_replays_bit_for_bit()
    {
        double thickness = 1e-3;
        var inputs = new List<ExecutorEvent>();
        Protocol protocol = Around(StepSequence.Repeat("settle", new CycleEnd(9) { Thickness = new Fraction(0.0005) }, s_breath));
        (_, _, RunRecord run) = Run(protocol, _ => thickness -= (thickness - 0.99e-3) * 1e-3, inputs: inputs);
        Assert.Contains(run.Events, e => e.Text.Contains("enough after", StringComparison.Ordinal));
        RunRecord again = RunReplay.Record(protocol, inputs, Die10.Area.SquareMetres);
        Assert.Null(RunReplay.Difference(run, again));
        RunRecord shorter = RunReplay.Record(Around(StepSequence.Repeat("settle", new CycleEnd(9) { Thickness = new Fraction(0.05) }, s_breath)), inputs, Die10.Area.SquareMetres);
        Assert.NotNull(RunReplay.Difference(run, shorter));
    }

    public static TheoryData<string, Step[]> Refused() => new()
    {
        { "the rounds of the cycle do not follow each other", [new RoundStep("c 1 of up to 2", 1, 1, new CycleEnd(2) { After = new Duration(1) }), s_breath[0]] },
        { "stands between rounds of no cycle", [s_breath[0], new RoundStep("c over", 3, 0, new CycleEnd(2) { After = new Duration(1) })] },
        { "one of duration, thickness and resistance", [.. Cycle(new CycleEnd(2) { After = new Duration(1) }).Select(step => step is RoundStep round ? round with { End = round.End with { Thickness = new Fraction(0.1) } } : step)] },
        { "the duration of the cycle is 0 s", [.. Cycle(new CycleEnd(2) { After = new Duration(0) })] },
        { "do not measure the impedance", [.. Cycle(new CycleEnd(2) { Resistance = new Fraction(0.02) })] },
        { "without pressure the thickness is not known", [.. StepSequence.Repeat("c", new CycleEnd(2) { Thickness = new Fraction(0.02) }, [s_breath[0], new ReleaseStep("open", Mpa(0), Rate(5))])] },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_cycle_that_cannot_end_as_it_should_is_refused_before_anything_moves(string text, Step[] steps)
    {
        ImmutableArray<ProtocolFinding> findings = ProtocolCheck.Validate(Simple([.. steps, new ReleaseStep("last", Mpa(0), Rate(5))]), Die10, Press);
        Assert.Contains(findings, finding => finding.Severity == FindingSeverity.Error && finding.Text.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_cycle_by_thickness_needs_a_press_that_tells_it() =>
        Assert.Contains(
            ProtocolCheck.Validate(Around(Cycle(new CycleEnd(2) { Thickness = new Fraction(0.01) })), Die10, Press with { TellsThickness = false }),
            finding => finding.Severity == FindingSeverity.Error && finding.Text.Contains("does not tell", StringComparison.Ordinal));

    private static ImmutableArray<Step> Cycle(CycleEnd end) => StepSequence.Repeat("c", end, s_breath);

    private static Protocol Around(ImmutableArray<Step> cycle) => Simple([new RampStep("begin", PressureKind.Stack, Mpa(5), Rate(5)), .. cycle, new ReleaseStep("last", Mpa(0), Rate(5))]);

    // A press that follows at once; disturb may put inputs before a tick.
    private static (ExecutorState End, List<RunEvent> Events, RunRecord Run) Run(
        Protocol protocol,
        Func<ExecutorState, double> thickness,
        Func<ExecutorState, Func<double, ExecutorEvent[]>?>? disturb = null,
        Func<double>? resistance = null,
        List<ExecutorEvent>? inputs = null)
    {
        ExecutorState state = Executor.Begin(protocol);
        var samples = ImmutableArray.CreateBuilder<TraceSample>();
        var events = new List<RunEvent>();
        double area = Die10.Area.SquareMetres;
        bool asked = false;
        for (int i = 0; !state.HasEnded; i++)
        {
            Assert.True(i < 1_000_000, "the run does not end");
            double time = state.TimeSeconds + Tick;
            List<ExecutorEvent> box = [.. disturb?.Invoke(state)?.Invoke(time) ?? []];
            time = Math.Max(time, box.Count > 0 ? box[^1].TimeSeconds : 0);
            // The live reading of a real press: a nanometre of noise would do, so that no sensor counts as frozen.
            box.Add(asked ? ExecutorEvent.MeasurementDone(time, "{}", resistance!()) : ExecutorEvent.Tick(time, state.SetpointPa, thickness(state)));
            asked = false;
            foreach (ExecutorEvent input in box)
            {
                inputs?.Add(input);
                if (input.Kind == ExecutorEventKind.Tick) samples.Add(new TraceSample(input.TimeSeconds, state.StepIndex, state.SetpointPa, input.PressurePa * area, input.PressurePa, input.DisplacementMetres));
                (state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, input);
                asked |= commands.OfType<RequestMeasurement>().Any();
                events.AddRange(commands.OfType<LogEvent>().Select(log => log.Event));
            }
        }

        return (state, events, new RunRecord(protocol, state.Outcome, samples.ToImmutable(), [.. events]));
    }
}
