using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>Steps that move or keep the temperature of the platens; the pressure stays where it is.</summary>
internal static class HeatingSteps
{
    // The set-point waits for platens that lag by more than this: no windup that ends in an overshoot.
    private const double LagKelvins = 5;

    public static void OnTick(ref Transition t, double dt)
    {
        if (!double.IsFinite(t.State.TemperatureKelvins))
        {
            ReleasePolicy.Leave(ref t, RunOutcome.Aborted, RunEventKind.Fault, $"step '{t.Step.Name}': the press no longer tells the temperature of its platens");
            return;
        }

        if (t.Step is HeatStep heat) Heat(ref t, heat, dt);
        else Soak(ref t, (SoakStep)t.Step, dt);
    }

    private static void Heat(ref Transition t, HeatStep heat, double dt)
    {
        double actual = t.State.TemperatureKelvins, present = t.State.TemperatureSetpointKelvins;
        bool lags = Math.Abs(present - actual) > Math.Max(LagKelvins, 2 * heat.Band.Kelvins);
        double most = heat.Rate.KelvinsPerSecond * dt;
        double next = lags ? present : present + Math.Clamp(heat.Target.Kelvins - present, -most, most);
        Send(ref t, next);
        if (next.Equals(heat.Target.Kelvins) && Math.Abs(actual - heat.Target.Kelvins) <= heat.Band.Kelvins)
            StepEntry.End(ref t, $"at {new Temperature(actual)}");
        else if (t.InStepSeconds > heat.Timeout.Seconds + Executor.TimeTolerance)
            ReleasePolicy.Leave(ref t, RunOutcome.Aborted, RunEventKind.Fault, $"step '{heat.Name}': {new Temperature(actual)} after {heat.Timeout}, {heat.Target} was asked for");
    }

    private static void Soak(ref Transition t, SoakStep soak, double dt)
    {
        Send(ref t, soak.Target.Kelvins);
        bool inBand = Math.Abs(t.State.TemperatureKelvins - soak.Target.Kelvins) <= soak.Band.Kelvins;
        t.State = t.State with { InBand = inBand, InBandSeconds = t.State.InBandSeconds + (inBand ? dt : 0) };
        if (t.State.InBandSeconds >= soak.Minimum.Seconds - Executor.TimeTolerance)
            StepEntry.End(ref t, $"{new Duration(t.State.InBandSeconds)} in band");
        else if (t.InStepSeconds >= soak.Maximum.Seconds - Executor.TimeTolerance)
            StepEntry.GiveUp(ref t, $"after {soak.Maximum}: only {new Duration(t.State.InBandSeconds)} of {soak.Minimum} within ±{soak.Band} of {soak.Target}");
    }

    private static void Send(ref Transition t, double kelvins)
    {
        if (kelvins.Equals(t.State.TemperatureSetpointKelvins)) return;
        t.State = t.State with { TemperatureSetpointKelvins = kelvins };
        t.Emit(new SetTemperature(kelvins));
    }
}
