using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>What the guard of a step has seen: since when something is wrong, and whether it was told.</summary>
/// <param name="WrongSeconds">How long it has been wrong without a break.</param>
/// <param name="Told">Whether it was acted upon; it is again only after it has been right once.</param>
internal readonly record struct GuardWatch(double WrongSeconds, bool Told)
{
    // A deviation this small is not told from zero, where a share of the set-point means nothing.
    private const double NearZeroPa = 0.25e6;

    /// <summary>Looks at the guard of the present step.</summary>
    public static void OnTick(ref Transition t, double dt)
    {
        if (t.State.StepIndex < 0 || t.Step.Guard is not { } guard) return;
        string? wrong = Wrong(t.State, guard);
        if (wrong is null)
        {
            t.State = t.State with { Guarding = default };
            return;
        }

        GuardWatch watch = t.State.Guarding;
        watch = watch with { WrongSeconds = watch.WrongSeconds + dt };
        t.State = t.State with { Guarding = watch };
        if (watch.Told || watch.WrongSeconds < guard.Patience.Seconds - Executor.TimeTolerance) return;
        t.State = t.State with { Guarding = watch with { Told = true } };
        Act(ref t, guard.Action, $"step '{t.Step.Name}': {wrong}");
    }

    private static void Act(ref Transition t, GuardAction action, string wrong)
    {
        switch (action)
        {
            case GuardAction.Log:
                t.Log(RunEventKind.GuardTripped, wrong);
                break;
            case GuardAction.Warn:
                t.Log(RunEventKind.GuardTripped, "warning: " + wrong);
                break;
            case GuardAction.Hold:
                t.Log(RunEventKind.GuardTripped, wrong);
                Interruptions.Rest(ref t, suspend: false, wrong);
                break;
            case GuardAction.Stop:
                ReleasePolicy.Stop(ref t, RunEventKind.GuardTripped, wrong);
                break;
            default:
                ReleasePolicy.Abort(ref t, RunEventKind.GuardTripped, wrong);
                break;
        }
    }

    // Everything is compared so that a value that is not a number counts as wrong where it was asked for.
    private static string? Wrong(in ExecutorState state, StepGuard guard)
    {
        double pressurePa = state.PressurePa;
        if (guard.Highest is { } highest && !(pressurePa <= highest.Pascals)) return $"{new SamplePressure(pressurePa)} is above {highest}";
        if (guard.Lowest is { } lowest && !(pressurePa >= lowest.Pascals)) return $"{new SamplePressure(pressurePa)} is below {lowest}";
        if (guard.Band is { } band && !(Math.Abs(pressurePa - state.SetpointPa) <= Math.Max(band.Value * state.SetpointPa, NearZeroPa)))
            return $"{new SamplePressure(pressurePa)} is further than {band} from the set-point of {new SamplePressure(state.SetpointPa)}";
        if (guard.Fastest is { } fastest && !(Math.Abs(state.Smooth.PressureRate) <= fastest.PascalsPerSecond))
            return $"the pressure changes by {new PressureRate(state.Smooth.PressureRate)}, at most {fastest} is allowed";
        if (guard.Travel is { } travel && !(Math.Abs(state.DisplacementMetres - state.Datum.DisplacementMetres) <= travel.Metres))
            return $"the travel within the step is {new Length(state.DisplacementMetres - state.Datum.DisplacementMetres)}, at most {travel} is allowed";
        if (guard.Hottest is { } hottest && !(state.TemperatureKelvins <= hottest.Kelvins))
            return $"the platens are at {new Temperature(state.TemperatureKelvins)}, at most {hottest} is allowed";
        return null;
    }
}
