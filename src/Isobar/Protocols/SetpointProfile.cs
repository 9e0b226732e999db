namespace Isobar.Protocols;

/// <summary>
/// How a set-point moves: at a rate r at most, which it gains and gives up at no more than a = r/T, so that neither begin nor end of a ramp is a
/// step of the rate. The speed is the least of r, of what the speed before and a allow, and of the speed from which a still comes to rest at the
/// target, √(2·a·left) made exact for finite ticks. It never runs past the target. A reversal is not eased: standing still is always safe.
/// </summary>
internal static class SetpointProfile
{
    /// <summary>Time T in which the full rate is gained and given up: what a short way or a coarse tick leaves of it.</summary>
    public const double AccelerationSeconds = 0.5;

    /// <summary>The set-point after a tick and its speed, positive upwards.</summary>
    /// <param name="presentPa">Set-point before.</param>
    /// <param name="speed">Its speed before, Pa/s.</param>
    /// <param name="targetPa">Where it goes.</param>
    /// <param name="rate">Rate r, Pa/s.</param>
    /// <param name="dt">Length of the tick, s.</param>
    public static (double Pascals, double Speed) Next(double presentPa, double speed, double targetPa, double rate, double dt)
    {
        double left = Math.Abs(targetPa - presentPa);
        double gain = rate / AccelerationSeconds * dt;
        if (left == 0 || !(gain * dt > 0)) return (presentPa, 0);
        int direction = Math.Sign(targetPa - presentPa);

        // g·(√(¼ + w) − ½) without the cancellation that would stop short of the target.
        double ways = 2 * left / (gain * dt);
        double braking = gain * ways / (Math.Sqrt(0.25 + ways) + 0.5);
        double next = Math.Min(Math.Min(rate, Math.Max(0, direction * speed) + gain), braking);
        return left <= next * dt ? (targetPa, direction * left / dt) : (presentPa + (direction * next * dt), direction * next);
    }
}
