using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>Steps that hold a pressure or a thickness until time and settling are enough.</summary>
internal static class HoldingSteps
{
    // Constant gap through the set-point of the force: dp/dt = M·(h − h₀)/(h₀·T). A powder of modulus M comes back with the time constant T,
    // a stiffer one more slowly; a modulus below the softest powder in use keeps the loop stable on every sample.
    private const double GapModulusPa = 2e9;
    private const double GapSeconds = 2;

    // The thickness to hold is known when the filter has forgotten the ramp before; until then the set-point stands still.
    private const double DatumSeconds = 2;

    public static void OnTick(ref Transition t, in ExecutorEvent input, double dt)
    {
        if (t.Step is AdaptiveStep adaptive) Dwell(ref t, adaptive, dt);
        else Hold(ref t, (HoldStep)t.Step, input.ThicknessMetres, dt);
    }

    /// <summary>Constant gap: the pressure goes where it must, within its limits.</summary>
    public static void OnPosition(ref Transition t, double dt)
    {
        var hold = (HoldPositionStep)t.Step;
        t.State = t.State with { PressureTrend = t.State.PressureTrend.Add(t.State.TimeSeconds, t.State.PressurePa) };
        if (t.InStepSeconds <= DatumSeconds) t.State = t.State with { Datum = t.State.Datum with { ThicknessMetres = t.State.Smooth.ThicknessMetres } };
        double error = t.State.Smooth.ThicknessMetres - t.State.Datum.ThicknessMetres;
        if (double.IsFinite(error) && error != 0)
        {
            double rate = GapModulusPa * error / (t.State.Datum.ThicknessMetres * GapSeconds);
            double target = error > 0 ? hold.Highest.Pascals : hold.Lowest.Pascals;
            t.MoveSetpoint(target, new PressureRate(Math.Min(Math.Abs(rate), hold.Rate.PascalsPerSecond)), dt);
        }

        bool settled = hold.SettleRate is not { } slow || Math.Abs(t.State.PressureTrend.ChangePerSecond) < slow.PascalsPerSecond;
        if (t.InStepSeconds >= hold.Minimum.Seconds - Executor.TimeTolerance && settled)
            StepEntry.End(ref t, $"thickness within {new Length(Math.Abs(error))} of its start at {new SamplePressure(t.State.PressurePa)}");
        else if (t.InStepSeconds >= hold.Maximum.Seconds - Executor.TimeTolerance)
            StepEntry.GiveUp(ref t, $"after {hold.Maximum}: {PressureTrend(t.State)}");
    }

    private static void Hold(ref Transition t, HoldStep hold, double thicknessMetres, double dt)
    {
        t.State = t.State with
        {
            Settling = t.State.Settling.Add(t.State.TimeSeconds, thicknessMetres),
            PressureTrend = t.State.PressureTrend.Add(t.State.TimeSeconds, t.State.PressurePa),
        };
        CountInBand(ref t, hold.Target.Pascals, hold.Band.Value, t.State.Protocol.ReleaseRate, dt);
        bool longEnough = t.State.InBandSeconds >= hold.Minimum.Seconds - Executor.TimeTolerance;
        bool thick = hold.SettleRate is not { } rate || Math.Abs(t.State.Settling.ShrinkPerMinute) < rate.Value;
        bool quiet = hold.SettlePressureRate is not { } slow || Math.Abs(t.State.PressureTrend.ChangePerSecond) < slow.PascalsPerSecond;
        if (longEnough && thick && quiet)
        {
            StepEntry.End(ref t, $"{new Duration(t.State.InBandSeconds)} in band");
            return;
        }

        if (t.InStepSeconds < hold.Maximum.Seconds - Executor.TimeTolerance) return;
        string shrink = double.IsFinite(t.State.Settling.ShrinkPerMinute) ? $"the thickness still {(t.State.Settling.ShrinkPerMinute > 0 ? "shrinks" : "grows")} by {new Fraction(Math.Abs(t.State.Settling.ShrinkPerMinute))} per minute" : "the settling of the thickness is not known";
        StepEntry.GiveUp(ref t, !longEnough
            ? $"after {hold.Maximum}: only {new Duration(t.State.InBandSeconds)} of {hold.Minimum} within ±{hold.Band} of {hold.Target}"
            : $"after {hold.Maximum}: {(thick ? PressureTrend(t.State) : shrink)}");
    }

    // One hold of an adaptive step; its clock starts again with every round.
    private static void Dwell(ref Transition t, AdaptiveStep adaptive, double dt)
    {
        SamplePressure target = adaptive.PressureOf(t.State.Round);
        CountInBand(ref t, target.Pascals, adaptive.Band.Value, adaptive.Rate, dt);
        if (t.State.InBandSeconds >= adaptive.Dwell.Seconds - Executor.TimeTolerance)
            MeasuringSteps.Ask(ref t, MeasuringSteps.AdaptiveQuantities);
        else if (t.InStepSeconds > adaptive.Timeout.Seconds + Executor.TimeTolerance)
            StepEntry.GiveUp(ref t, $"after {adaptive.Timeout}: only {new Duration(t.State.InBandSeconds)} of {adaptive.Dwell} within ±{adaptive.Band} of {target}");
    }

    private static void CountInBand(ref Transition t, double targetPa, double band, PressureRate rate, double dt)
    {
        t.MoveSetpoint(targetPa, rate, dt);
        bool inBand = Math.Abs(t.State.PressurePa - targetPa) <= band * targetPa;
        t.State = t.State with { InBand = inBand, InBandSeconds = t.State.InBandSeconds + (inBand ? dt : 0) };
    }

    private static string PressureTrend(in ExecutorState state) => double.IsFinite(state.PressureTrend.ChangePerSecond)
        ? $"the pressure still changes by {new PressureRate(state.PressureTrend.ChangePerSecond)}"
        : "the settling of the pressure is not known";
}
