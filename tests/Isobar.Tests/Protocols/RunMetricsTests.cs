using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Numerics;
using Isobar.Protocols;
using Isobar.Quantities;
using Xunit;
using static Isobar.Tests.Protocols.ExecutorTests;

namespace Isobar.Tests.Protocols;

/// <summary>The numbers of a run against cases with a closed form.</summary>
public sealed class RunMetricsTests
{
    private const double Tick = 0.05;
    private static readonly Die Die10 = Die.OfDiameter(new Length(10e-3));
    private static readonly PressureBudget Budget = new(Die10, PressPlantParameters.Hydraulic5t.Instrument);
    private static readonly double s_area = Die10.Area.SquareMetres;

    private static readonly Protocol Asked = Simple(
    [
        new RampStep("up", PressureKind.Fabrication, Mpa(100), Rate(10)),
        new HoldStep("hold", PressureKind.Fabrication, Mpa(100), new Fraction(0.02), new Duration(60), new Duration(120), null),
        new ReleaseStep("down", Mpa(0), Rate(10)),
    ]);

    [Fact]
    public void A_spring_under_a_ramp_has_the_numbers_of_its_triangle()
    {
        const double Stiffness = 20e6;
        double Pressure(double time) => 10e6 * time;
        TraceSample[] up = Series(0, 10, Pressure, force => force / Stiffness, time => 10e6 * time);
        TraceSample[] down = Series(20, 30, time => 100e6 - (10e6 * (time - 20)), force => force / Stiffness, time => 100e6 - (10e6 * (time - 20)), 2);
        ImmutableArray<StepMetrics> metrics = RunMetrics.Of(new RunRecord(Asked, RunOutcome.Completed, [.. up, .. down], []), Budget);
        double force = 100e6 * s_area;
        Assert.Equal(8, metrics[0].Rise!.Value.Value.Seconds, 1e-9);
        Assert.Equal(0, metrics[0].TrackingRms!.Value.Value.Value, 1e-12);
        Assert.Equal(0, metrics[0].Overshoot!.Value.Value.Value, 1e-12);
        Assert.Equal(0.5 * force * force / Stiffness, metrics[0].WorkJoules!.Value.Value, 1e-9);
        Assert.Equal(force / Stiffness, metrics[0].DisplacementAtEnd!.Value.Value.Metres, 1e-12);
        Assert.Equal(Stiffness, metrics[2].UnloadStiffness!.Value.Value.NewtonsPerMetre, 1.0);
        Assert.Equal(force / Stiffness, metrics[2].Springback!.Value.Value.Metres, 1e-12);
    }

    [Fact]
    public void A_lagging_press_tracks_with_the_rate_times_its_lag_and_settles_when_it_says()
    {
        // First-order lag of 0.5 s behind 10 MPa/s: 5 MPa behind once started; after the corner 5 MPa·e^(−t/0.5 s) fall below 0.5 MPa after 1.15 s.
        double Setpoint(double time) => Math.Min(100e6, 10e6 * time);
        double Pressure(double time) => time <= 10 ? 10e6 * (time - (0.5 * (1 - Math.Exp(-time / 0.5)))) : 100e6 - (5e6 * Math.Exp(-(time - 10) / 0.5));
        TraceSample[] up = Series(0, 10, Pressure, _ => 0, Setpoint);
        TraceSample[] hold = Series(10.05, 60, Pressure, _ => 0, Setpoint, 1);
        ImmutableArray<StepMetrics> metrics = RunMetrics.Of(new RunRecord(Asked, RunOutcome.Completed, [.. up, .. hold], []), Budget);
        // ∫(1 − e^(−t/τ))² over 10 s is 10 − 2τ + τ/2 with τ = 0.5 s: the rms is 5 MPa·√0.925.
        Assert.Equal(0.05 * Math.Sqrt(0.925), metrics[0].TrackingRms!.Value.Value.Value, 2e-4);
        Assert.Equal(0.5 * Math.Log(10), metrics[0].Settling!.Value.Value.Seconds, Tick + 1e-9);
        Assert.True(metrics[0].Overshoot!.Value.Value.Value < 0);
    }

    [Fact]
    public void Maxwell_relaxation_has_the_mean_and_drift_of_its_closed_form()
    {
        // p = p₀·(r + (1 − r)·e^(−t/τ)); over T the mean is p₀·(r + (1 − r)·τ/T·(1 − e^(−T/τ))).
        const double Share = 0.985, Tau = 2000, Span = 60;
        double Pressure(double time) => 100e6 * (Share + ((1 - Share) * Math.Exp(-time / Tau)));
        ImmutableArray<StepMetrics> metrics = RunMetrics.Of(Holding(Pressure, Span), Budget);
        HoldMetrics hold = metrics[1].Hold!;
        double mean = 100e6 * (Share + ((1 - Share) * Tau / Span * (1 - Math.Exp(-Span / Tau))));
        // Samples count for the time until the next one: half a tick of drift.
        Assert.Equal(mean - 100e6, hold.Bias.Value.Pascals, 100.0);
        // Theil and Sen's median slope lies at the middle of the span.
        Assert.Equal(-100e6 * (1 - Share) / Tau * Math.Exp(-0.5 * Span / Tau), hold.Drift.Value.PascalsPerSecond, 1.0);
        Assert.Equal(1, hold.InBand.Value, 1e-12);
        Assert.Equal(0, hold.TopUps);
        Assert.Equal(Pressure(Span), hold.Lowest.Pascals, 1.0);
        // The uncertainty of the bias is that of the pressure itself: 1.47 % of 100 MPa.
        Assert.Equal(1.47e6, hold.Bias.StandardUncertainty.Pascals, 0.01e6);
    }

    [Theory]
    [InlineData(30, 8, 0)]
    [InlineData(2, 25, 0)]
    [InlineData(30, 8, 2)]
    public void Pelegs_constants_are_recovered(double k1, double k2, double noiseNewtons)
    {
        var random = new RandomSource(5);
        double[] seconds = [.. Enumerable.Range(0, 2400).Select(i => i * Tick)];
        double[] forces = [.. seconds.Select(time => 20_000 * (1 - (time / (k1 + (k2 * time)))) + (time > 0 ? noiseNewtons * random.NextNormal() : 0))];
        PelegConstants found = PelegFit.Of(seconds, forces)!;
        // Without noise only rounding remains; with it, four standard uncertainties.
        Assert.Equal(k1, found.K1Seconds.Value, Math.Max(1e-6 * k1, 4 * found.K1Seconds.StandardUncertainty));
        Assert.Equal(k2, found.K2.Value, Math.Max(1e-6 * k2, 4 * found.K2.StandardUncertainty));
        if (noiseNewtons > 0) Assert.InRange(found.K1Seconds.RelativeUncertainty, 1e-5, 0.02);
    }

    [Fact]
    public void A_force_that_is_held_has_no_relaxation_to_fit()
    {
        var random = new RandomSource(6);
        double[] seconds = [.. Enumerable.Range(0, 500).Select(i => i * Tick)];
        Assert.Null(PelegFit.Of(seconds, [.. seconds.Select(_ => 20_000 + random.NextNormal())]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Every_time_the_pressure_was_pumped_up_counts_and_noise_does_not(int teeth)
    {
        var random = new RandomSource(7);
        // Sinks by 1 % and is pumped up within a second, so often.
        double Pressure(double time)
        {
            double phase = teeth > 0 ? time / (60.0 / teeth) % 1 : 0;
            double sunk = phase < 0.9 ? phase / 0.9 : (1 - phase) / 0.1;
            return 100e6 * (1 - (0.01 * sunk)) + (0.02e6 * random.NextNormal());
        }

        Assert.Equal(teeth, RunMetrics.Of(Holding(Pressure, 59.9), Budget)[1].Hold!.TopUps);
    }

    [Fact]
    public void Gaps_and_jitter_are_those_of_the_samples()
    {
        TraceSample[] hold = Series(10, 70, _ => 100e6, _ => 0, _ => 100e6, 1);
        hold[100] = hold[100] with { TimeSeconds = hold[100].TimeSeconds + 0.01 };
        TraceSample[] gappy = [.. hold.Where(sample => sample.TimeSeconds is < 30 or > 32)];
        RecordMetrics record = RunMetrics.Of(new RunRecord(Asked, RunOutcome.Completed, [.. gappy], []), Budget)[1].Record;
        Assert.Equal(1, record.Gaps);
        Assert.InRange(record.LongestInterval.Seconds, 2, 2.11);
        Assert.Equal(0.01, record.JitterMax!.Value.Seconds, 1e-9);
        Assert.InRange(record.JitterP99!.Value.Seconds, 0, 1e-9);
        Assert.Equal(gappy.Length, record.Samples);
    }

    [Fact]
    public void A_quarter_of_wild_points_does_not_move_the_slope_of_Theil_and_Sen()
    {
        double[] x = [.. Enumerable.Range(0, 40).Select(i => (double)i)];
        double[] y = [.. x.Select(value => 3 + (0.5 * value))];
        for (int i = 0; i < 40; i += 4) y[i] += 1000;
        Assert.Equal(0.5, TheilSen.Slope(x, y).Slope, 1e-12);
    }

    [Fact]
    public void The_uncertainty_of_the_slope_covers_the_truth_as_often_as_it_says()
    {
        int covered = 0;
        for (ulong seed = 1; seed <= 400; seed++)
        {
            var random = new RandomSource(seed);
            double[] x = [.. Enumerable.Range(0, 30).Select(i => (double)i)];
            double[] y = [.. x.Select(value => (0.2 * value) + random.NextNormal())];
            (double slope, double u) = TheilSen.Slope(x, y);
            if (Math.Abs(slope - 0.2) <= u) covered++;
        }

        // One standard uncertainty covers 68 %: 273 of 400 with a standard deviation of 9.
        Assert.InRange(covered, 273 - 40, 273 + 40);
    }

    [Fact]
    public void The_achieved_trace_carries_force_diameter_and_wall()
    {
        ImmutableArray<AchievedPressure> trace = Budget.Trace(Holding(_ => 100e6, 10));
        double expected = Math.Sqrt(Math.Pow(Budget.FromForcePa(100e6), 2) + Math.Pow(0.4e6, 2) + Math.Pow(2.4e6 / Math.Sqrt(3), 2));
        Assert.All(trace.Where(point => point.StepIndex == 1), point => Assert.Equal(expected, point.StandardUncertaintyPa, 1.0));
    }

    [Fact]
    public void Every_number_is_the_same_to_the_last_bit_when_the_inputs_are_replayed()
    {
        var random = new RandomSource(11);
        Protocol protocol = At(RunPhase.Moving).Protocol;
        var inputs = new List<ExecutorEvent>();
        ExecutorState state = Executor.Begin(protocol);
        var states = new List<ExecutorState>();
        while (!state.HasEnded)
        {
            double time = state.TimeSeconds + (Tick * (1 + (0.1 * random.NextUniform())));
            ExecutorEvent input = inputs.Count == 500 ? ExecutorEvent.Hold(time, "look")
                : inputs.Count == 600 ? ExecutorEvent.Resume(time, "Ada: fine")
                : inputs.Count % 97 == 5 ? ExecutorEvent.Tick(time, double.NaN, quality: SampleQuality.Uncertain)
                : state.Phase == RunPhase.Prompting ? ExecutorEvent.Confirmed(time, "done")
                : state.Phase == RunPhase.Measuring ? ExecutorEvent.MeasurementDone(time, "{}", 0.01)
                : Ideal(state) with { TimeSeconds = time, PressurePa = state.SetpointPa + (1e4 * random.NextNormal()), DisplacementMetres = -state.GapMetres };
            inputs.Add(input);
            (state, _) = Executor.Step(state, input);
            states.Add(state);
        }

        Assert.Equal(RunOutcome.Completed, state.Outcome);
        Assert.Equal(states, RunReplay.Steps(protocol, inputs).Select(step => step.State));
        RunRecord first = RunReplay.Record(protocol, inputs, s_area), second = RunReplay.Record(protocol, inputs, s_area);
        Assert.Null(RunReplay.Difference(first, second));
        Assert.Equal(RunMetrics.Of(first, Budget), RunMetrics.Of(second, Budget));
        RunRecord touched = first with { Samples = first.Samples.SetItem(700, first.Samples[700] with { PressurePa = Math.BitIncrement(first.Samples[700].PressurePa) }) };
        Assert.Contains("sample 701", RunReplay.Difference(touched, second)!, StringComparison.Ordinal);
    }

    private static RunRecord Holding(Func<double, double> pressurePa, double seconds) =>
        new(Asked, RunOutcome.Completed, [.. Series(0, seconds, pressurePa, _ => 0, _ => 100e6, 1)], []);

    private static TraceSample[] Series(double from, double to, Func<double, double> pressurePa, Func<double, double> displacement, Func<double, double> setpointPa, int step = 0) =>
        [.. Enumerable.Range(0, (int)Math.Round((to - from) / Tick) + 1).Select(i => from + (i * Tick)).Select(time =>
        {
            double pressure = pressurePa(time);
            return new TraceSample(time, step, setpointPa(time), pressure * s_area, pressure, displacement(pressure * s_area));
        })];
}
