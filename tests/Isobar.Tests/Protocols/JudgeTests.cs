using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Protocols;
using Isobar.Quantities;
using Xunit;
using static Isobar.Tests.Protocols.ExecutorTests;

namespace Isobar.Tests.Protocols;

public sealed class JudgeTests
{
    private static readonly Die Die10 = Die.OfDiameter(new Length(10e-3));
    private static readonly PressInstrument Press = PressPlantParameters.Hydraulic5t.Instrument;

    private static readonly Protocol Asked = Simple(
    [
        new RampStep("up", PressureKind.Fabrication, Mpa(100), Rate(10)),
        new HoldStep("hold", PressureKind.Fabrication, Mpa(100), new Fraction(0.02), new Duration(20), new Duration(60), null),
        new ReleaseStep("down", Mpa(0), Rate(10)),
    ]);

    [Fact]
    public void A_run_as_asked_passes_and_its_pressure_carries_force_diameter_and_wall()
    {
        RunRecord run = Play(Asked, (_, setpoint) => setpoint);
        ImmutableArray<StepVerdict> verdicts = Judge.Evaluate(run, Die10, Press);
        Assert.Equal(StepJudgement.Passed, Judge.Overall(run, verdicts));
        Estimate<SamplePressure> achieved = verdicts[1].Achieved!.Value;
        Assert.Equal(100e6, achieved.Value.Pascals, 1);
        // Class 0.5: 0.5 %/√3 = 0.289 %; ±0.02 mm of 10 mm counts twice: 0.4 %; wall 2·0.2·0.6·0.1 = 2.4 %/√3 = 1.386 %; in quadrature 1.471 %.
        Assert.Equal(0.01471, achieved.Si.RelativeUncertainty, 2e-5);
    }

    [Fact]
    public void An_overshoot_beyond_its_limit_fails_the_ramp_with_the_number()
    {
        RunRecord run = Play(Asked, (time, setpoint) => time is > 10 and < 11 ? 104e6 : setpoint);
        StepVerdict ramp = Judge.Evaluate(run, Die10, Press)[0];
        Assert.Equal(StepJudgement.Failed, ramp.Judgement);
        Assert.Equal(0.04, ramp.Overshoot!.Value.Value, 1e-9);
        Assert.Contains("4.0 % of 100 MPa, limit 3 %", ramp.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hold_that_was_often_out_of_band_fails_with_the_share()
    {
        RunRecord run = Play(Asked, (time, setpoint) => time is > 12 and < 17 ? 97e6 : setpoint);
        StepVerdict hold = Judge.Evaluate(run, Die10, Press)[1];
        Assert.Equal(StepJudgement.Failed, hold.Judgement);
        Assert.InRange(hold.InBand!.Value.Value, 0.78, 0.82);
        Assert.Contains("at least 95 % is asked for", hold.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hold_that_ended_at_its_maximum_without_its_time_fails()
    {
        RunRecord run = Play(Asked, (time, setpoint) => time > 12 && setpoint >= 100e6 ? 97e6 : setpoint);
        StepVerdict hold = Judge.Evaluate(run, Die10, Press)[1];
        Assert.Equal(StepJudgement.Failed, hold.Judgement);
        Assert.Contains("20 s were asked for", hold.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_in_the_record_counts_for_nobody()
    {
        RunRecord run = Play(Asked, (_, setpoint) => setpoint);
        RunRecord gappy = run with { Samples = [.. run.Samples.Where(sample => sample.TimeSeconds is < 15 or > 25)] };
        StepVerdict hold = Judge.Evaluate(gappy, Die10, Press)[1];
        Assert.Equal(StepJudgement.Failed, hold.Judgement);
        Assert.InRange(hold.InBand!.Value.Value, 0.45, 0.55);
    }

    [Fact]
    public void A_band_finer_than_the_uncertainty_gives_no_verdict()
    {
        var dial = new PressInstrument("24 t with dial", new Force(235e3), new Fraction(0.016), GaugeClassBasis.FullScale, new Force(500), new Force(10e3), new Fraction(0.02));
        RunRecord run = Play(Asked, (_, setpoint) => setpoint);
        ImmutableArray<StepVerdict> verdicts = Judge.Evaluate(run, Die10, dial);
        Assert.Equal(StepJudgement.NotVerifiable, verdicts[1].Judgement);
        Assert.Contains("twice the uncertainty of 7.854 kN on 24 t with dial", verdicts[1].Reason, StringComparison.Ordinal);
        Assert.Equal(StepJudgement.NotVerifiable, Judge.Overall(run, verdicts));
    }

    [Theory]
    [InlineData(RunOutcome.Running)]
    [InlineData(RunOutcome.Stopped)]
    [InlineData(RunOutcome.Aborted)]
    [InlineData(RunOutcome.Interrupted)]
    public void A_run_that_was_not_completed_never_reads_as_passed(RunOutcome outcome)
    {
        RunRecord whole = Play(Asked, (_, setpoint) => setpoint);
        RunRecord all = whole with { Outcome = outcome };
        Assert.Equal(StepJudgement.NotDone, Judge.Overall(all, Judge.Evaluate(all, Die10, Press)));

        RunRecord half = all with { Samples = [.. whole.Samples.Where(s => s.TimeSeconds < 15)], Events = [.. whole.Events.Where(e => e.TimeSeconds < 15)] };
        ImmutableArray<StepVerdict> verdicts = Judge.Evaluate(half, Die10, Press);
        Assert.Equal([StepJudgement.Passed, StepJudgement.NotDone, StepJudgement.NotDone], verdicts.Select(verdict => verdict.Judgement));
        Assert.Equal(StepJudgement.NotDone, Judge.Overall(half, verdicts));
    }

    [Fact]
    public void An_empty_run_has_a_verdict_for_every_step_and_none_is_passed()
    {
        var run = new RunRecord(Asked, RunOutcome.Interrupted, [], []);
        Assert.All(Judge.Evaluate(run, Die10, Press), verdict => Assert.Equal(StepJudgement.NotDone, verdict.Judgement));
    }

    // Runs the executor on a press whose pressure is given as a function of time and set-point, and records it as the engine does.
    private static RunRecord Play(Protocol protocol, Func<double, double, double> pressurePa)
    {
        ExecutorState state = Executor.Begin(protocol);
        var samples = ImmutableArray.CreateBuilder<TraceSample>();
        var events = ImmutableArray.CreateBuilder<RunEvent>();
        for (int tick = 0; !state.HasEnded; tick++)
        {
            double time = tick * 0.05;
            double achieved = pressurePa(time, state.SetpointPa);
            samples.Add(new TraceSample(time, state.StepIndex, state.SetpointPa, achieved * Die10.Area.SquareMetres, achieved, 0));
            (state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, ExecutorEvent.Tick(time, achieved));
            events.AddRange(commands.OfType<LogEvent>().Select(log => log.Event));
        }

        return new RunRecord(protocol, state.Outcome, samples.ToImmutable(), events.ToImmutable());
    }
}
