using System.Collections.Immutable;
using CsCheck;
using Isobar.Electrochemistry.Cycling;
using Xunit;

namespace Isobar.Tests.Electrochemistry;

/// <summary>Capacity, efficiency, rate and dV/dQ of series whose answers are known by hand.</summary>
public sealed class CyclingTests
{
    [Fact]
    public void A_constant_current_for_a_time_is_a_capacity()
    {
        // 3.6 A for 1000 s is 1 Ah; half of it comes back at 1.8 A.
        CyclerSeries series = Steps((0, 100), (3.6, 1000), (0, 100), (-1.8, 1000), (0, 100));
        CyclingResult result = CyclingAnalysis.Of(series);
        Cycle cycle = Assert.Single(result.Cycles);
        Assert.Equal(3600, cycle.Charge!.Capacity.Value, 1e-9 * 3600);
        Assert.Equal(1800, cycle.Discharge!.Capacity.Value, 1e-9 * 1800);
        Assert.Equal(0.5, cycle.CoulombicEfficiency!.Value.Value, 1e-9);
        Assert.True(cycle.Complete);
        // Rates refer to the largest discharge, 0.5 Ah: the charge of 3.6 A is 7.2 C.
        Assert.Equal(7.2, cycle.Charge.RatePerHour(result.ReferenceCoulombs), 1e-6);
        Assert.Equal(3.6, cycle.Charge.RatePerHour(3600), 1e-6);
    }

    [Fact]
    public void Efficiency_refers_to_the_charge_before_the_discharge_also_when_cycles_begin_with_the_discharge()
    {
        CyclerSeries series = Steps((-1, 1000), (1, 900), (-1, 855), (1, 800));
        CyclingResult result = CyclingAnalysis.Of(series);
        Assert.Equal(2, result.Cycles.Length);
        Assert.Null(result.Cycles[0].CoulombicEfficiency);
        Assert.Equal(0.95, result.Cycles[1].CoulombicEfficiency!.Value.Value, 1e-9);
    }

    [Fact]
    public void Turning_the_sign_swaps_charge_and_discharge()
    {
        CyclerSeries series = Steps((2, 500), (-1, 700)), turned = Steps((-2, 500), (1, 700));
        Cycle one = CyclingAnalysis.Of(series).Cycles[0], other = CyclingAnalysis.Of(turned).Cycles[0];
        Assert.Equal(one.Charge!.Capacity.Value, other.Discharge!.Capacity.Value, 1e-9);
        Assert.Equal(one.Discharge!.Capacity.Value, other.Charge!.Capacity.Value, 1e-9);
    }

    [Fact]
    public void The_uncertainty_covers_a_step_of_current_that_falls_between_two_rows()
    {
        // The current switches at an unknown moment of a 10 s interval; rows see it only at the ends. Uniform moments give 68 % within one
        // standard uncertainty for a normal, 58 % for the uniform distribution that this is.
        int within = 0, two = 0;
        const int Draws = 2000;
        for (int k = 0; k < Draws; k++)
        {
            double moment = 10 * (k + 0.5) / Draws;
            double truth = 1000 + 10 - moment;
            var series = new CyclerSeries([0, 10, 1010], [3, 3, 3], [0, 1, 1]);
            HalfCycle half = CyclingAnalysis.Of(series).Cycles[0].Charge!;
            double off = Math.Abs(half.Capacity.Value - truth) / half.Capacity.StandardUncertainty;
            if (off <= 1) within++;
            if (off <= 2) two++;
        }

        Assert.Equal(0.577, within / (double)Draws, 0.01);
        Assert.Equal(1, two / (double)Draws, 0.0);
    }

    [Fact]
    public void A_counter_that_begins_anew_at_a_step_counts_once()
    {
        CyclerSeries series = Steps((1, 100), (1, 100));
        var counter = ImmutableArray.CreateBuilder<double>();
        for (int i = 0; i < series.Count; i++) counter.Add(i < 11 ? 10 * i : 10 * (i - 11));
        HalfCycle half = CyclingAnalysis.Of(series.WithCounters(counter.ToImmutable(), [.. Enumerable.Repeat(0.0, series.Count)])).Cycles[0].Charge!;
        Assert.Equal(200, half.CounterCoulombs!.Value, 1e-9);
        Assert.Empty(CyclingAnalysis.Of(series.WithCounters(counter.ToImmutable(), [.. Enumerable.Repeat(0.0, series.Count)]).WithCycleNumbers([.. Enumerable.Repeat(1, series.Count)])).Notes);
    }

    [Fact]
    public void A_counter_that_disagrees_with_the_current_is_told()
    {
        CyclerSeries series = Steps((1, 1000));
        ImmutableArray<double> twice = [.. series.Seconds.Select(s => 2 * s)];
        CyclingResult result = CyclingAnalysis.Of(series.WithCounters(twice, [.. series.Seconds.Select(_ => 0.0)]));
        Assert.Contains(result.Notes, note => note.Contains("the cycler counts", StringComparison.Ordinal));
    }

    [Fact]
    public void Pressure_on_the_same_clock_is_that_of_the_rows_with_current()
    {
        CyclerSeries series = Steps((0, 100), (1, 100), (0, 100));
        ImmutableArray<double> pascals = [.. series.ChargingAmperes.Select((current, i) => current > 0 ? 74e6 + (i % 2 * 2e6) : 1e6)];
        HalfCycle half = CyclingAnalysis.Of(series.WithPressure(pascals)).Cycles[0].Charge!;
        Assert.InRange(half.Pressure!.Value.Value, 74.8e6, 75.2e6);
        Assert.Equal(74e6, half.LowestPressurePa, 1.0);
        Assert.Equal(76e6, half.HighestPressurePa, 1.0);
    }

    [Fact]
    public void A_straight_voltage_has_one_slope_and_a_bent_one_its_derivative()
    {
        // V = 3 + 2e-4 Q + 1e-8 Q² at 1 A from 0 to 10 000 C.
        ImmutableArray<double> seconds = [.. Enumerable.Range(0, 2001).Select(i => 5.0 * i)];
        var series = new CyclerSeries(seconds, [.. seconds.Select(q => 3 + (2e-4 * q) + (1e-8 * q * q))], [.. seconds.Select(_ => 1.0)]);
        HalfCycle half = CyclingAnalysis.Of(series).Cycles[0].Charge!;
        ImmutableArray<DifferentialPoint> curve = DifferentialVoltage.Of(series, half, 21, 0.02);
        Assert.Equal(21, curve.Length);
        // Ends see one side only: half a window of curvature, 2 × 1e-8 × 50 C.
        foreach (DifferentialPoint point in curve) Assert.Equal(2e-4 + (2e-8 * point.Coulombs), point.VoltsPerCoulomb, 1.1e-6);
        Assert.Equal(1 / curve[10].VoltsPerCoulomb, curve[10].CoulombsPerVolt, 1e-9);
    }

    [Fact]
    public void The_stated_uncertainty_of_a_slope_is_its_scatter()
    {
        ImmutableArray<double> seconds = [.. Enumerable.Range(0, 4001).Select(i => (double)i)];
        double noise = 1e-3, sum = 0, stated = 0;
        int count = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var series = new CyclerSeries(seconds, [.. seconds.Select(q => 3 + (2e-4 * q) + (noise * ((2 * random.NextDouble()) - 1) * Math.Sqrt(3)))], [.. seconds.Select(_ => 1.0)]);
            foreach (DifferentialPoint point in DifferentialVoltage.Of(series, CyclingAnalysis.Of(series).Cycles[0].Charge!, 11, 0.05))
            {
                sum += (point.VoltsPerCoulomb - 2e-4) * (point.VoltsPerCoulomb - 2e-4);
                stated += point.StandardUncertainty * point.StandardUncertainty;
                count++;
            }
        }

        // 440 slopes: their scatter is known to 1/√880 = 3.4 %; three of that.
        Assert.Equal(1, Math.Sqrt(sum / stated), 0.10);
        Assert.Equal(440, count);
    }

    [Fact]
    public void No_current_is_said_and_no_cycle_is_made_up()
    {
        CyclingResult result = CyclingAnalysis.Of(Steps((0, 1000)));
        Assert.Empty(result.Cycles);
        Assert.Equal("no current flows in any row", Assert.Single(result.Notes));
    }

    [Fact]
    public void A_time_that_goes_back_is_refused() =>
        Assert.Contains("goes back", Assert.Throws<ArgumentException>(() => new CyclerSeries([0, 2, 1], [3, 3, 3], [0, 0, 0])).Message, StringComparison.Ordinal);

    [Fact]
    public void Charge_is_conserved_however_rows_are_cut_into_cycles() => Gen.Select(Gen.Double[-2, 2], Gen.Double[1, 100]).Array[2, 40].Sample(steps =>
    {
        CyclerSeries series = Steps(steps);
        CyclingResult result = CyclingAnalysis.Of(series);
        double net = result.Cycles.Sum(cycle => (cycle.Charge?.Capacity.Value ?? 0) - (cycle.Discharge?.Capacity.Value ?? 0));
        double integral = 0;
        for (int i = 1; i < series.Count; i++) integral += 0.5 * (series.ChargingAmperes[i] + series.ChargingAmperes[i - 1]) * (series.Seconds[i] - series.Seconds[i - 1]);
        // Currents below 2e-5 of the largest count as rest.
        Assert.Equal(integral, net, 1e-9 + (2e-5 * 2 * series.Seconds[^1]));
    }, iter: 300);

    // Steps of constant current with a row every tenth, and a row at the beginning of each.
    private static CyclerSeries Steps(params (double Amperes, double Seconds)[] steps)
    {
        var seconds = ImmutableArray.CreateBuilder<double>();
        var amperes = ImmutableArray.CreateBuilder<double>();
        double at = 0;
        foreach ((double current, double length) in steps)
        {
            for (int i = 0; i <= 10; i++)
            {
                // The last row of a step and the first of the next have one time, to the bit.
                seconds.Add(i == 10 ? at + length : at + (length * i / 10));
                amperes.Add(current);
            }

            at += length;
        }

        return new CyclerSeries(seconds.ToImmutable(), [.. seconds.Select(_ => 3.5)], amperes.ToImmutable());
    }
}
