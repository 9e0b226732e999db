using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Protocols;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Control;

/// <summary>What stands behind a force reading: calibration, tare, and a partner that lives.</summary>
public sealed class ForceRecordTests
{
    private static readonly Force s_capacity = new(50_000);

    [Fact]
    public void Taring_again_and_again_under_load_is_stopped_by_the_absolute_limit()
    {
        var watcher = new LimitWatcher(new Force(10_000), new Area(1e-4));
        var tare = Tare.None(s_capacity);
        double untared = 0;
        int tarings = 0, refused = 0;
        LimitMemory memory = default;
        while (true)
        {
            // A person asks for 200 N on the display, sees them, tares, and asks for 200 N more.
            untared += 200;
            (ImmutableArray<LimitTrip> trips, memory) = watcher.Judge(new LimitReading(tarings, untared), memory);
            if (!trips.IsEmpty) break;
            (tare, string? refusal) = tare.Zero(tarings++, new Force(untared));
            if (refusal is not null) refused++;
        }

        Assert.Equal(10_200, untared, 1e-9);
        // 0.5 % of 50 kN is 250 N: only the first 200 N could pass for a drift of the zero, the rest was refused as a load.
        Assert.Equal(tarings - 1, refused);
        Assert.Equal(10_000, tare.Net(new Force(untared)).Newtons, 1e-9);
        Assert.Equal(200, Assert.Single(tare.Log).Drift.Newtons, 1e-9);
    }

    [Fact]
    public void The_log_of_taring_says_how_the_zero_drifts()
    {
        var tare = Tare.None(s_capacity);
        foreach (double zero in new[] { 20.0, 35.0, 15.0 }) (tare, _) = tare.Zero(60, new Force(zero));
        Assert.Equal([20.0, 15.0, -20.0], tare.Log.Select(entry => entry.Drift.Newtons));
        Assert.Equal(985, tare.Net(new Force(1000)).Newtons, 1e-9);
        Assert.NotNull(tare.Zero(70, new Force(double.NaN)).Refusal);
    }

    [Fact]
    public void A_bit_that_is_stuck_high_is_silent_and_a_counter_that_skips_has_missed()
    {
        HeartbeatWatch stuck = HeartbeatWatch.Start(0), counting = HeartbeatWatch.Start(0), skipping = HeartbeatWatch.Start(0);
        for (int i = 1; i <= 100; i++)
        {
            stuck = stuck.Hear(0.1 * i, 1);
            counting = counting.Hear(0.1 * i, (uint)i);
            skipping = skipping.Hear(0.1 * i, (uint)(3 * i));
        }

        Assert.True(stuck.IsSilent(10, 0.5));
        Assert.False(counting.IsSilent(10, 0.5));
        Assert.Equal((1, 0), (stuck.Beats, stuck.Missed));
        Assert.Equal((100, 0), (counting.Beats, counting.Missed));
        Assert.Equal((100, 198), (skipping.Beats, skipping.Missed));
    }

    [Theory]
    [InlineData(16, 0xFFFFu)]
    [InlineData(32, 0xFFFFFFFFu)]
    public void A_counter_may_wrap(int bits, uint last)
    {
        HeartbeatWatch watch = HeartbeatWatch.Start(0, last - 1).Hear(1, last, bits).Hear(2, 0, bits).Hear(3, 1, bits);
        Assert.Equal((3, 0, 3.0), (watch.Beats, watch.Missed, watch.BeatSeconds));
    }

    [Fact]
    public void A_calibration_corrects_between_and_beyond_its_points()
    {
        ForceCalibration calibration = Calibration(point => 1.01 * point, 1);
        foreach (double shown in new[] { 0.0, 100, 5050, 12_345, 60_000 }) Assert.Equal(shown / 1.01, calibration.Correct(new Force(shown)).Newtons, 1e-9 * shown);
        ForceCalibration bent = Calibration(point => point <= 10_000 ? point : point + (0.1 * (point - 10_000)), 1);
        Assert.Equal(15_000, bent.Correct(new Force(15_500)).Newtons, 1e-9);
    }

    [Fact]
    public void The_verified_range_begins_where_error_spread_and_resolution_allow()
    {
        // 1 % too much everywhere: no class 0.5; class 1 from 200 steps of 1 N on, and the first point above is 500 N.
        ForceCalibration calibration = Calibration(point => 1.009 * point, 1);
        Assert.Null(calibration.VerifiedFrom(ForceClass.Half));
        Assert.Equal(500, calibration.VerifiedFrom(ForceClass.One)!.Value.Newtons);
        Assert.Equal(ForceClass.One, calibration.ClassAt(new Force(20_000)));
        Assert.Null(calibration.ClassAt(new Force(499)));
        Assert.Null(calibration.ClassAt(new Force(50_001)));
        // A display in steps of 25 N: class 1 from 5 kN, class 3 from 1.675 kN, so from the points at 5 kN and 2.5 kN.
        ForceCalibration coarse = Calibration(point => point, 25);
        Assert.Equal(10_000, coarse.VerifiedFrom(ForceClass.Half)!.Value.Newtons);
        Assert.Equal(5_000, coarse.VerifiedFrom(ForceClass.One)!.Value.Newtons);
        Assert.Equal(2_500, coarse.VerifiedFrom(ForceClass.Three)!.Value.Newtons);
    }

    [Fact]
    public void A_calibration_has_its_time()
    {
        ForceCalibration calibration = Calibration(point => point, 1);
        Assert.Equal(CalibrationStanding.NotYet, calibration.StandingOn(new DateOnly(2026, 2, 28)));
        Assert.Equal(CalibrationStanding.Valid, calibration.StandingOn(new DateOnly(2027, 3, 1)));
        Assert.Equal(CalibrationStanding.Overdue, calibration.StandingOn(new DateOnly(2027, 3, 2)));
    }

    [Fact]
    public void Past_its_date_it_is_a_warning_and_where_proof_is_required_a_refusal()
    {
        ForceCalibration calibration = Calibration(point => point, 1);
        Assert.Null(calibration.Finding(new DateOnly(2026, 6, 1), Verification.Required));
        Assert.Equal(FindingSeverity.Warning, calibration.Finding(new DateOnly(2028, 1, 1), Verification.Wanted)!.Severity);
        ProtocolFinding refused = calibration.Finding(new DateOnly(2028, 1, 1), Verification.Required)!;
        Assert.Equal(FindingSeverity.Error, refused.Severity);
        Assert.Contains("K-17 was due on 2027-03-01", refused.Text, StringComparison.Ordinal);
        Assert.Equal(FindingSeverity.Error, calibration.Finding(new DateOnly(2025, 1, 1), Verification.Wanted)!.Severity);
    }

    [Fact]
    public void Validation_sees_the_class_and_range_that_the_points_support()
    {
        PressInstrument press = PressPlantParameters.Hydraulic5t.Instrument with { GaugeClass = new Fraction(0.03) };
        PressInstrument fine = Calibration(point => point, 25).Apply(press, new Force(12_000));
        Assert.Equal((0.005, 10_000, 25), (fine.GaugeClass.Value, fine.LowestCalibrated.Newtons, fine.Resolution.Newtons));
        PressInstrument low = Calibration(point => point, 25).Apply(press, new Force(6_000));
        Assert.Equal((0.01, 5_000), (low.GaugeClass.Value, low.LowestCalibrated.Newtons));
        // Nothing reaches down to 100 N: the widest range there is, and validation says that 100 N are below it.
        Assert.Equal(2_500, Calibration(point => point, 25).Apply(press, new Force(100)).LowestCalibrated.Newtons);
        Assert.Equal(50_000, Calibration(point => 1.05 * point, 25).Apply(press, new Force(100)).LowestCalibrated.Newtons);
    }

    [Fact]
    public void Points_that_are_no_calibration_are_refused()
    {
        Assert.Contains("too few", Assert.Throws<ArgumentException>(() => Of([1, 2, 3, 4], point => point, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("must rise", Assert.Throws<ArgumentException>(() => Of([1, 2, 3, 4, 5], point => point == 4 ? 2 : point, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("above zero", Assert.Throws<ArgumentException>(() => Of([0, 2, 3, 4, 5], point => point, 1)).Message, StringComparison.Ordinal);
    }

    private static ForceCalibration Calibration(Func<double, double> shown, double resolution) => Of([500, 1000, 2500, 5000, 10_000, 20_000, 30_000, 40_000, 50_000], shown, resolution);

    private static ForceCalibration Of(double[] forces, Func<double, double> shown, double resolution) => new(
        forces.Select(force => new CalibrationPoint(new Force(force), new Force(shown(force)), new Force(0.001 * force))),
        new Force(resolution), new DateOnly(2026, 3, 1), new DateOnly(2027, 3, 1), "K-17", "Ada");
}
