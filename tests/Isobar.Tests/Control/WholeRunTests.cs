using CsCheck;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Protocols;
using Isobar.Quantities;
using Xunit;
using static Isobar.Tests.Control.ForceControlTests;

namespace Isobar.Tests.Control;

/// <summary>Whole protocols on simulated presses: what is commanded, what is achieved, and the same again.</summary>
public sealed class WholeRunTests
{
    private static readonly Die s_die = Die.OfDiameter(new Length(10e-3), Mpa(500));
    private static readonly PressPlantParameters s_heated = PressPlantParameters.ServoScrew with { Platens = HeatedColumnParameters.Laboratory };

    private static readonly Protocol Everything = new("everything", new Length(10e-3), Mpa(320), Rate(20),
    [
        new ApproachStep("touch", Mpa(3), Rate(1), new Duration(120)),
        new DensifyStep("dense", PressureKind.Fabrication, new Fraction(0.80), new Length(100e-6 / (1640 * Die10.SquareMetres)), Mpa(300), Rate(10)),
        new HoldPositionStep("relax", PressureKind.Fabrication, Mpa(3), Mpa(310), Rate(2), new Duration(60), new Duration(60), null),
        new RampStep("up", PressureKind.Fabrication, Mpa(300), Rate(10)),
        new HoldStep("hold", PressureKind.Fabrication, Mpa(300), new Fraction(0.01), new Duration(60), new Duration(120), null) { Guard = new StepGuard(GuardAction.Warn) { Band = new Fraction(0.02), Patience = new Duration(1) } },
        new HeatStep("warm", new Temperature(313.15), new TemperatureRate(0.2), new TemperatureDifference(1), new Duration(900)),
        new SoakStep("soak", new Temperature(313.15), new TemperatureDifference(1), new Duration(60), new Duration(600)),
        new ReleaseStep("open", Mpa(0), Rate(20)) { Gap = new Length(0.2e-3) },
    ])
    { TemperatureLimit = new Temperature(350) };

    [Fact]
    public void A_protocol_of_every_kind_runs_on_a_heated_servo_press_and_holds_its_force_while_it_grows()
    {
        Assert.DoesNotContain(ProtocolCheck.Validate(Everything, s_die, s_heated.Instrument), finding => finding.Severity == FindingSeverity.Error);
        TwinRun run = Run(Everything, s_heated, 7);
        RunRecord record = run.Go(3600);
        foreach (RunEvent e in record.Events) TestContext.Current.TestOutputHelper?.WriteLine($"{e.TimeSeconds:F1} {e.Kind} {e.Text}");
        Assert.Equal(RunOutcome.Completed, record.Outcome);
        var budget = new PressureBudget(s_die, s_heated.Instrument);
        System.Collections.Immutable.ImmutableArray<StepMetrics> metrics = RunMetrics.Of(record, budget);
        Assert.InRange(metrics[3].Overshoot!.Value.Value.Value, -0.01, 0.01);
        Assert.InRange(metrics[4].Hold!.InBand.Value, 0.99, 1);
        TraceSample[] soaking = [.. record.Samples.Where(sample => sample.StepIndex is 5 or 6)];
        Assert.All(soaking, sample => Assert.InRange(sample.PressurePa, 300e6 * 0.99, 300e6 * 1.01));
        Assert.Contains(record.Events, e => e.Kind == RunEventKind.StepEnded && e.Text.StartsWith("open by", StringComparison.Ordinal));
        Assert.All(Judge.Evaluate(record, s_die, s_heated.Instrument), verdict => Assert.True(verdict.Judgement == StepJudgement.Passed, $"{verdict.Name}: {verdict.Reason}"));
    }

    [Fact]
    public void A_press_run_replayed_from_its_inputs_gives_the_same_record_and_numbers_to_the_last_bit()
    {
        TwinRun run = Run(Everything, s_heated, 8);
        RunRecord record = run.Go(3600);
        RunRecord again = RunReplay.Record(Everything, run.Inputs, Die10.SquareMetres);
        Assert.Null(RunReplay.Difference(record, again));
        var budget = new PressureBudget(s_die, s_heated.Instrument);
        Assert.Equal(RunMetrics.Of(record, budget), RunMetrics.Of(again, budget));
    }

    [Fact]
    public void Readings_that_fail_for_a_second_suspend_the_run_and_a_person_brings_it_to_its_end()
    {
        double suspended = double.NaN;
        var press = Press(s_heated, 100, 9);
        Protocol protocol = Everything with { Steps = [Everything.Steps[0], Everything.Steps[3], Everything.Steps[4], new ReleaseStep("down", Mpa(0), Rate(20))] };
        var run = new TwinRun(press, protocol, Watcher(protocol))
        {
            Disturb = (time, state) =>
            {
                press.Sensor = time is >= 45 and < 46 ? SensorState.NotANumber : SensorState.Healthy;
                if (state.Phase == RunPhase.Suspended && double.IsNaN(suspended)) suspended = time;
                return state.Phase == RunPhase.Suspended && time > 60 ? ExecutorEvent.Resume(time, "Ada: the plug was loose") : null;
            },
        };
        RunRecord record = run.Go(600);
        Assert.InRange(suspended, 45.5, 45.7);
        Assert.Equal(RunOutcome.Completed, record.Outcome);
        TraceSample[] resting = [.. record.Samples.Where(sample => sample.TimeSeconds is > 47 and < 60)];
        // At rest the press keeps the pressure where it was.
        Assert.InRange(resting.Max(sample => sample.PressurePa) - resting.Min(sample => sample.PressurePa), 0, 0.02 * resting[0].PressurePa);
    }

    private static readonly Gen<Step> AnyStep = Gen.OneOf(
        Gen.Select(Gen.Double[1, 8], Gen.Double[0.5, 5], (p, r) => (Step)new ApproachStep("a", Mpa(p), Rate(r), new Duration(60))),
        Gen.Select(Gen.Double[0, 380], Gen.Double[1, 100], (p, r) => (Step)new RampStep("r", PressureKind.Fabrication, Mpa(p), Rate(r))),
        Gen.Double[0, 380].Select(p => (Step)new HoldStep("h", PressureKind.Stack, Mpa(p), new Fraction(0.02), new Duration(2), new Duration(10), null)),
        Gen.Select(Gen.Double[0.5, 0.99], Gen.Double[0, 380], Gen.Double[1, 100], (d, p, r) => (Step)new DensifyStep("k", PressureKind.Fabrication, new Fraction(d), new Length(0.6e-3), Mpa(p), Rate(r))),
        Gen.Select(Gen.Double[0, 300], Gen.Double[0, 380], Gen.Double[0.1, 50], (low, high, r) => (Step)new HoldPositionStep("g", PressureKind.Stack, Mpa(low), Mpa(high), Rate(r), new Duration(5), new Duration(5), null)),
        Gen.Select(Gen.Double[0, 380], Gen.Double[1, 100], (p, r) => (Step)new ReleaseStep("d", Mpa(p), Rate(r))));

    [Fact]
    public void The_commanded_force_never_exceeds_the_least_of_all_limits() =>
        Gen.Select(AnyStep.Array[1, 5], Gen.Double[50, 500], Gen.Select(Gen.Int[0, 6], Gen.Double[0, 30], Gen.Double[0.1, 5])).Sample((steps, limitMPa, disturbance) =>
        {
            var protocol = new Protocol("any", new Length(10e-3), Mpa(limitMPa), Rate(20), [.. steps.Select((step, i) => step with { Name = $"{step.Name}{i}" })]);
            (int kind, double from, double span) = disturbance;
            // 380 MPa are 29.8 kN: the capacity is the least limit of some protocols, their own limit that of the others.
            PressPlantParameters parameters = PressPlantParameters.Hydraulic5t with { CapacityNewtons = 30_000, LeakPerNewton = kind == 6 ? 1e-9 : 2.3e-12 };
            PressTwin press = Press(parameters, 100, 5);
            var run = new TwinRun(press, protocol, Watcher(protocol))
            {
                Disturb = (time, state) =>
                {
                    bool now = time >= from && time < from + span;
                    press.Sensor = !now ? SensorState.Healthy : kind switch { 0 => SensorState.Frozen, 1 => SensorState.NotANumber, 2 => SensorState.Spiking, _ => SensorState.Healthy };
                    press.Plant.Stuck = now && kind == 3;
                    press.BreathingMetres = now && kind == 4 ? 50e-6 : 0;
                    return now && kind == 5 && (int)(time * 20) % 7 == 0 ? ExecutorEvent.Hold(time, "hold")
                        : state.IsAtRest && (int)(time * 20) % 40 == 0 ? ExecutorEvent.Resume(time, "person: on")
                        : null;
                },
            };
            run.Go(60);
            double least = Math.Min(Math.Min(protocol.Limit.Pascals, s_die.Limit.Pascals) * Die10.SquareMetres, parameters.CapacityNewtons);
            Assert.All(run.Commanded, force => Assert.InRange(force, 0, least * (1 + 1e-12)));
        }, iter: 150);

    private static TwinRun Run(Protocol protocol, PressPlantParameters parameters, ulong seed) => new(Press(parameters, 100, seed), protocol, Watcher(protocol));

    private static LimitWatcher Watcher(Protocol protocol) => new(new Force(protocol.Limit.Pascals * Die10.SquareMetres), Die10) { Hottest = protocol.TemperatureLimit };

    private static SamplePressure Mpa(double value) => SamplePressure.FromMegapascals(value);

    private static PressureRate Rate(double megapascalsPerSecond) => new(megapascalsPerSecond * 1e6);
}
