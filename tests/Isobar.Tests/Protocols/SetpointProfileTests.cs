using CsCheck;
using Isobar.Protocols;
using Xunit;

namespace Isobar.Tests.Protocols;

/// <summary>The set-point between two pressures: rate and acceleration are limited, the target is reached and never passed.</summary>
public sealed class SetpointProfileTests
{
    private static readonly Gen<(double From, double To, double Rate, double Dt)> s_way =
        Gen.Select(Gen.Double[0, 600e6], Gen.Double[0, 600e6], Gen.Double[1e4, 100e6], Gen.Double[0.01, 0.25]);

    [Fact]
    public void Rate_and_acceleration_stay_within_their_limits_and_the_target_is_not_passed() =>
        s_way.Sample((from, to, rate, dt) =>
        {
            // The last tick takes what is left and may brake by an eighth more.
            double gain = 1.125 * rate / SetpointProfile.AccelerationSeconds * dt * (1 + 1e-9);
            double way = Math.Abs(to - from), present = from, speed = 0;
            int most = (int)Math.Ceiling((way / rate / dt) + (2 * SetpointProfile.AccelerationSeconds / dt) + 3), ticks = 0;
            while (present != to)
            {
                (double next, double faster) = SetpointProfile.Next(present, speed, to, rate, dt);
                Assert.InRange(Math.Abs(next - present), 0, rate * dt * (1 + 1e-9));
                Assert.InRange(Math.Abs(faster) - Math.Abs(speed), -gain - (1e-9 * rate), gain + (1e-9 * rate));
                Assert.InRange(next, Math.Min(from, to), Math.Max(from, to));
                (present, speed) = (next, faster);
                Assert.InRange(++ticks, 0, most);
            }
        }, iter: 300);

    [Fact]
    public void A_ramp_takes_its_way_over_its_rate_and_the_time_in_which_it_gains_it()
    {
        double present = 0, speed = 0;
        int ticks = 0;
        for (; present < 100e6; ticks++) (present, speed) = SetpointProfile.Next(present, speed, 100e6, 5e6, 0.05);
        // 20 s and half a second of it twice at half the rate; a tick at each end.
        Assert.InRange(ticks * 0.05, 20.4, 20.6);
    }

    [Fact]
    public void A_reversal_stands_still_at_once_and_does_not_run_on()
    {
        (double next, double speed) = SetpointProfile.Next(50e6, 5e6, 0, 5e6, 0.05);
        Assert.True(next < 50e6);
        Assert.InRange(speed, -0.5e6 - 1, 0);
    }

    [Fact]
    public void Without_time_nothing_moves() => Assert.Equal((50e6, 0.0), SetpointProfile.Next(50e6, 5e6, 100e6, 5e6, 0));
}
