using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Protocols;
using Isobar.Quantities;
using Xunit;
using static Isobar.Tests.Protocols.ExecutorTests;

namespace Isobar.Tests.Protocols;

/// <summary>The steps beyond ramp and hold, on samples whose answer is known.</summary>
public sealed class StepKindTests
{
    private const double Tick = 0.05;
    private const double Solid = 0.5e-3;
    private static readonly PressInstrument Press = PressPlantParameters.Hydraulic5t.Instrument;
    private static readonly Die Die10 = Die.OfDiameter(new Length(10e-3));

    private sealed record Rig(Func<ExecutorState, double> Thickness, Func<ExecutorState, double> Resistance)
    {
        public Func<ExecutorState, double> Pressure { get; init; } = state => state.SetpointPa;

        public Func<ExecutorState, double> Kelvins { get; init; } = _ => double.NaN;

        public double Displacement { get; private set; }

        public (ExecutorState End, List<RunEvent> Events, List<ExecutorState> States) Run(Protocol protocol)
        {
            ExecutorState state = Executor.Begin(protocol);
            var events = new List<RunEvent>();
            var states = new List<ExecutorState>();
            bool asked = false;
            while (!state.HasEnded)
            {
                double time = state.TimeSeconds + Tick;
                ExecutorEvent input = asked
                    ? ExecutorEvent.MeasurementDone(time, "{}", Resistance(state))
                    : ExecutorEvent.Tick(time, Pressure(state), Thickness(state), displacementMetres: Displacement, temperatureKelvins: Kelvins(state));
                (state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, input);
                asked = commands.OfType<RequestMeasurement>().Any();
                if (commands.OfType<OpenGap>().FirstOrDefault() is { } gap) Displacement = -gap.GapMetres;
                events.AddRange(commands.OfType<LogEvent>().Select(log => log.Event));
                states.Add(state);
                Assert.True(states.Count < 1_000_000, "the run does not end");
            }

            return (state, events, states);
        }
    }

    // A stack whose density rises by 1 % per 10 MPa from 60 %.
    private static double Stack(ExecutorState state) => Solid / (0.6 + (0.01 * state.SetpointPa / 10e6));

    [Fact]
    public void Densify_stops_at_the_density_and_not_at_a_pressure()
    {
        (ExecutorState end, _, List<ExecutorState> states) = new Rig(Stack, _ => 1).Run(Simple([Densify(0.7), new ReleaseStep("down", Mpa(0), Rate(10))]));
        Assert.Equal(RunOutcome.Completed, end.Outcome);
        // 70 % is reached at 100 MPa; one tick at 10 MPa/s is 0.5 MPa.
        Assert.InRange(states.Max(state => state.SetpointPa), 99.9e6, 101.1e6);
    }

    [Fact]
    public void Densify_gives_up_at_its_highest_pressure_and_says_what_density_was_reached()
    {
        (ExecutorState end, List<RunEvent> events, List<ExecutorState> states) = new Rig(Stack, _ => 1).Run(Simple([Densify(0.9), new ReleaseStep("down", Mpa(0), Rate(10))]));
        Assert.Equal(RunOutcome.Completed, end.Outcome);
        Assert.Equal(150e6, states.Max(state => state.SetpointPa), 1.0);
        Assert.Contains("density 75 % at 150 MPa, 90 % was asked for", Assert.Single(events, e => e.Kind == RunEventKind.NotSettled).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_goes_by_the_thickness_is_refused_by_a_press_that_does_not_tell_it()
    {
        (ExecutorState end, _, _) = new Rig(_ => double.NaN, _ => 1).Run(Simple([Densify(0.7)]));
        Assert.Equal(RunOutcome.Aborted, end.Outcome);
        Assert.Contains("does not tell the thickness", end.Reason, StringComparison.Ordinal);
        Assert.Contains(Check([Densify(0.7), Down], Press with { TellsThickness = false }), finding => finding.Text.Contains("which simulated 5 t does not tell", StringComparison.Ordinal));
    }

    [Fact]
    public void Constant_gap_lets_the_pressure_fall_with_a_sample_that_relaxes_and_rise_with_one_that_swells()
    {
        // An elastic stack of 5 GPa that first loses, then gains length: h = h0·(1 − p/E)·(1 + s(t)).
        const double Modulus = 5e9;
        double swelling = 0;
        var rig = new Rig(state => 1e-3 * (1 - (state.SetpointPa / Modulus)) * (1 + swelling), _ => 1)
        {
            Pressure = state =>
            {
                if (state.Phase == RunPhase.HoldingPosition) swelling = state.InStepAt() < 60 ? -2e-3 * state.InStepAt() / 60 : -2e-3 + (4e-3 * (state.InStepAt() - 60) / 60);
                return state.SetpointPa;
            },
        };
        var gap = new HoldPositionStep("gap", PressureKind.Stack, Mpa(5), Mpa(60), Rate(2), new Duration(120), new Duration(120), null);
        (ExecutorState end, _, List<ExecutorState> states) = rig.Run(Simple([new RampStep("up", PressureKind.Stack, Mpa(50), Rate(5)), gap, new ReleaseStep("down", Mpa(0), Rate(10))]));
        Assert.Equal(RunOutcome.Completed, end.Outcome);
        ExecutorState[] holding = [.. states.Where(state => state.Phase == RunPhase.HoldingPosition)];
        // A shrinkage of 0.2 % asks for 0.2 % · 5 GPa = 10 MPa less; the loop is 5 s (T·E/2 GPa) late behind 0.17 MPa/s: 40 MPa + 0.8 MPa.
        double afterShrinking = holding.Last(state => state.InStepAt() <= 60).SetpointPa;
        Assert.InRange(afterShrinking, 40e6, 41.5e6);
        // Swelling by 0.2 % over the start asks for 60 MPa, where the force limit is.
        Assert.InRange(holding[^1].SetpointPa, 58e6, 60e6);
        Assert.All(holding, state => Assert.InRange(state.SetpointPa, 5e6, 60e6));
    }

    [Fact]
    public void An_adaptive_step_goes_up_until_the_resistance_has_stopped_falling()
    {
        // 20, 14, 12, 11.9 Ω cm² at 10, 20, 30, 40 MPa: the last fall, 0.8 %, is the first below 2 %.
        double[] resistance = [20e-4, 14e-4, 12e-4, 11.9e-4, 11.8e-4];
        (ExecutorState end, List<RunEvent> events, List<ExecutorState> states) = new Rig(_ => 1e-3, state => resistance[state.Round]).Run(Simple([Adaptive(10), new ReleaseStep("down", Mpa(0), Rate(10))]));
        Assert.Equal(RunOutcome.Completed, end.Outcome);
        Assert.Equal(40e6, states.Max(state => state.SetpointPa), 1.0);
        Assert.Equal(4, events.Count(e => e.Kind == RunEventKind.Decided));
        Assert.Contains("it has stopped falling by more than 2 %", events.First(e => e.Kind == RunEventKind.StepEnded).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_adaptive_step_ends_at_its_highest_pressure_and_says_that_the_resistance_still_falls()
    {
        (_, List<RunEvent> events, List<ExecutorState> states) = new Rig(_ => 1e-3, state => 20e-4 * Math.Pow(0.9, state.Round)).Run(Simple([Adaptive(25), new ReleaseStep("down", Mpa(0), Rate(10))]));
        Assert.Equal(80e6, states.Max(state => state.SetpointPa), 1.0);
        Assert.Contains("still falling by more than 2 % after the highest pressure of 80 MPa", Assert.Single(events, e => e.Kind == RunEventKind.NotSettled).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_adaptive_hold_stays_and_lets_time_work()
    {
        (_, List<RunEvent> events, List<ExecutorState> states) = new Rig(_ => 1e-3, state => 20e-4 * (1 + Math.Exp(-state.Round))).Run(Simple([Adaptive(0), new ReleaseStep("down", Mpa(0), Rate(10))]));
        Assert.Equal(10e6, states.Max(state => state.SetpointPa), 1.0);
        // (1 + e^-n) falls by 2.7 % from round 3 to 4... and by 1.1 % from 4 to 5.
        Assert.Equal(6, events.Count(e => e.Kind == RunEventKind.Decided));
    }

    [Fact]
    public void A_measurement_without_a_resistance_cannot_steer_an_adaptive_step()
    {
        (ExecutorState end, _, _) = new Rig(_ => 1e-3, _ => double.NaN).Run(Simple([Adaptive(10)]));
        Assert.Equal(RunOutcome.Aborted, end.Outcome);
        Assert.Contains("no resistance above zero", end.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_release_to_a_gap_draws_the_punch_back_after_the_pressure_is_gone()
    {
        var rig = new Rig(_ => 1e-3, _ => 1);
        (ExecutorState end, List<RunEvent> events, List<ExecutorState> states) = rig.Run(Simple([new RampStep("up", PressureKind.Stack, Mpa(10), Rate(5)), new ReleaseStep("open", Mpa(0), Rate(5)) { Gap = new Length(2e-3) }]));
        Assert.Equal(RunOutcome.Completed, end.Outcome);
        Assert.All(states.Where(state => state.Phase == RunPhase.Opening), state => Assert.Equal(0, state.SetpointPa));
        Assert.Contains(events, e => e.Kind == RunEventKind.StepEnded && e.Text.Contains("open by 2 mm", StringComparison.Ordinal));
    }

    [Fact]
    public void A_hold_waits_until_the_pressure_behind_a_shut_valve_has_settled()
    {
        // p = 50 MPa − 1 MPa·(1 − e^(−t/40 s)): its slope falls below 5 kPa/s after 40·ln(5) = 64 s; judged from windows of 30 s, never early.
        double start = 0;
        var rig = new Rig(_ => 1e-3, _ => 1)
        {
            Pressure = state =>
            {
                if (state.Phase != RunPhase.Holding) start = state.TimeSeconds;
                return state.SetpointPa - (state.Phase == RunPhase.Holding ? 1e6 * (1 - Math.Exp(-(state.TimeSeconds - start) / 40)) : 0);
            },
        };
        var hold = new HoldStep("hold", PressureKind.Stack, Mpa(50), new Fraction(0.05), new Duration(10), new Duration(600), null) { SettlePressureRate = new PressureRate(5e3) };
        (_, _, List<ExecutorState> states) = rig.Run(Simple([new RampStep("up", PressureKind.Stack, Mpa(50), Rate(5)), hold, new ReleaseStep("down", Mpa(0), Rate(10))]));
        ExecutorState[] holding = [.. states.Where(state => state.Phase == RunPhase.Holding)];
        Assert.InRange(holding[^1].TimeSeconds - holding[0].TimeSeconds, 64, 125);
    }

    [Fact]
    public void Heat_soak_and_cooling_keep_the_pressure_and_end_with_the_heating_off()
    {
        // Platens that follow their set-point with 20 s.
        double kelvins = 295;
        var rig = new Rig(_ => 1e-3, _ => 1)
        {
            Kelvins = state => kelvins += ((double.IsNaN(state.TemperatureSetpointKelvins) ? 295 : state.TemperatureSetpointKelvins) - kelvins) * Tick / 20,
        };
        Protocol protocol = Simple(
        [
            new RampStep("up", PressureKind.Fabrication, Mpa(100), Rate(10)),
            new HeatStep("warm", new Temperature(333.15), new TemperatureRate(0.5), new TemperatureDifference(1), new Duration(600)),
            new SoakStep("soak", new Temperature(333.15), new TemperatureDifference(1), new Duration(60), new Duration(600)),
            new HeatStep("cool", new Temperature(300), new TemperatureRate(0.5), new TemperatureDifference(1), new Duration(600)),
            new ReleaseStep("down", Mpa(0), Rate(10)),
        ]) with
        { TemperatureLimit = new Temperature(373) };
        (ExecutorState end, List<RunEvent> events, List<ExecutorState> states) = rig.Run(protocol);
        Assert.Equal((RunOutcome.Completed, "every step is done"), (end.Outcome, end.Reason));
        Assert.All(states.Where(state => state.Phase is RunPhase.Heating or RunPhase.Soaking), state => Assert.Equal(100e6, state.SetpointPa, 1.0));
        Assert.InRange(states.Max(state => state.TemperatureKelvins), 332, 333.2);
        Assert.True(double.IsNaN(end.TemperatureSetpointKelvins));
        Assert.Equal(5, events.Count(e => e.Kind == RunEventKind.StepEnded));
    }

    [Fact]
    public void A_press_without_heating_refuses_a_protocol_that_heats()
    {
        Protocol protocol = Simple([new HeatStep("warm", new Temperature(333), new TemperatureRate(0.1), new TemperatureDifference(1), new Duration(60))]);
        ImmutableArray<ProtocolFinding> findings = ProtocolCheck.Validate(protocol, Die10, Press);
        Assert.Contains(findings, finding => finding.Severity == FindingSeverity.Error && finding.Text.Contains("simulated 5 t has no heated platens", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Text.Contains("has no temperature limit", StringComparison.Ordinal));
        (ExecutorState end, _, _) = new Rig(_ => 1e-3, _ => 1).Run(protocol with { TemperatureLimit = new Temperature(350) });
        Assert.Equal(RunOutcome.Aborted, end.Outcome);
        Assert.Contains("does not tell the temperature", end.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GuardAction.Log, RunPhase.Holding)]
    [InlineData(GuardAction.Warn, RunPhase.Holding)]
    [InlineData(GuardAction.Hold, RunPhase.Held)]
    [InlineData(GuardAction.Stop, RunPhase.Releasing)]
    [InlineData(GuardAction.Abort, RunPhase.Releasing)]
    public void A_guard_acts_after_its_patience_and_once(GuardAction action, RunPhase after)
    {
        var guard = new StepGuard(action) { Band = new Fraction(0.01), Patience = new Duration(1) };
        var hold = new HoldStep("hold", PressureKind.Stack, Mpa(50), new Fraction(0.05), new Duration(10), new Duration(600), null) { Guard = guard };
        ExecutorState state = Executor.Begin(Simple([new RampStep("up", PressureKind.Stack, Mpa(50), Rate(50)), hold]));
        while (state.Phase != RunPhase.Holding) (state, _) = Executor.Step(state, Ideal(state));
        var tripped = new List<ExecutorCommand>();
        for (int i = 1; i <= 40; i++)
        {
            (state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + Tick, 51e6));
            tripped.AddRange(commands);
            // The tick that entered the hold counts already: the press was one tick behind.
            if (i == 18) Assert.DoesNotContain(tripped, command => command is LogEvent { Event.Kind: RunEventKind.GuardTripped });
        }

        Assert.Equal(after, state.Phase);
        Assert.Contains("further than 1 % from the set-point of 50 MPa", Assert.Single(tripped.OfType<LogEvent>(), log => log.Event.Kind == RunEventKind.GuardTripped).Event.Text, StringComparison.Ordinal);
        Assert.Equal(action == GuardAction.Abort, tripped.OfType<DumpPressure>().Any());
        if (action == GuardAction.Stop) Assert.Equal(RunOutcome.Stopped, state.Outcome);
        if (action == GuardAction.Abort) Assert.Equal(RunOutcome.Aborted, state.Outcome);
    }

    public static TheoryData<string, Step[]> Refused() => new()
    {
        { "the hold is at 100 MPa but the step before ends at a pressure from 0 MPa to 150 MPa", [Densify(0.7), Hold(100), Down] },
        { "the position is held between 5 MPa and 60 MPa, but the step before ends at 0 MPa", [new HoldPositionStep("gap", PressureKind.Stack, Mpa(5), Mpa(60), Rate(1), new Duration(1), new Duration(100), null), Down] },
        { "the guard watches nothing", [new RampStep("up", PressureKind.Stack, Mpa(100), Rate(5)) { Guard = new StepGuard(GuardAction.Stop) }, Down] },
        { "a gap of 1 mm needs a release to 0 MPa", [new RampStep("up", PressureKind.Stack, Mpa(100), Rate(5)), new ReleaseStep("d", Mpa(50), Rate(5)) { Gap = new Length(1e-3) }, Down] },
        { "the protocol ends at a pressure from 10 MPa to 80 MPa", [Adaptive(10)] },
        { "whether a resistance still falls shows from two", [Adaptive(10) with { MostRounds = 1 }, Down] },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_done_is_refused_before_anything_moves(string text, Step[] steps) =>
        Assert.Contains(Check([.. steps], Press), finding => finding.Severity == FindingSeverity.Error && finding.Text.Contains(text, StringComparison.Ordinal));

    [Fact]
    public void What_the_sensor_cannot_prove_is_refused_where_proof_is_required()
    {
        Protocol fine = Simple([new RampStep("up", PressureKind.Fabrication, Mpa(100), Rate(5)), Hold(100) with { Band = new Fraction(0.001) }, new ReleaseStep("low", Mpa(3), Rate(5)), Hold(3), Down]);
        Assert.False(ProtocolCheck.Forbids(ProtocolCheck.Validate(fine, Die10, Press)));
        string[] refused = [.. ProtocolCheck.Validate(fine, Die10, Press, Verification.Required).Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.Text)];
        Assert.Contains(refused, text => text.Contains("a band of ±0.1 % is not verifiable", StringComparison.Ordinal));
        Assert.Contains(refused, text => text.Contains("below the lowest calibrated force", StringComparison.Ordinal));
    }

    [Fact]
    public void The_dry_run_bounds_time_and_force_of_steps_that_decide_in_the_run()
    {
        DryRun dry = ProtocolDryRun.Run(Simple([Densify(0.9), Down, Adaptive(10), Down with { Name = "end", Gap = new Length(1e-3) }]), Die10, new DryRunAssumptions(new Duration(1), new Duration(30)));
        Assert.Equal(RunOutcome.Completed, dry.Outcome);
        Assert.Equal(150e6, dry.LargestForce.Newtons / Die10.Area.SquareMetres, 1.0);
        // 15 s up, 5 s there, 30 s down; eight rounds of a second's ramp, 5 s dwell and 30 s measuring; 16 s down. Each step may take a few ticks more.
        Assert.Equal(15 + 5 + 30 + 8 + 40 + 240 + 16, dry.Duration.Seconds, 6.0);
    }

    private static ImmutableArray<ProtocolFinding> Check(ImmutableArray<Step> steps, PressInstrument press) => ProtocolCheck.Validate(Simple(steps), Die10, press);

    private static DensifyStep Densify(double density) => new("dense", PressureKind.Fabrication, new Fraction(density), new Length(Solid), Mpa(150), Rate(10));

    private static AdaptiveStep Adaptive(double increment) =>
        new("until it stops", PressureKind.Stack, Mpa(10), Mpa(increment), Mpa(80), Rate(10), new Fraction(0.02), new Duration(5), new Fraction(0.02), 10, new Duration(60));

    private static HoldStep Hold(double megapascals) => new("hold " + megapascals.ToString(System.Globalization.CultureInfo.InvariantCulture), PressureKind.Stack, Mpa(megapascals), new Fraction(0.02), new Duration(1), new Duration(100), null);

    private static ReleaseStep Down => new("down", Mpa(0), Rate(5));
}

/// <summary>Short names for what the tests look at.</summary>
file static class ExecutorStateReading
{
    public static double InStepAt(this ExecutorState state) => state.TimeSeconds - state.StepStartedSeconds;
}
