using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>Steps that move the set-point: approach, ramp, densify, release.</summary>
internal static class MovingSteps
{
    // A punch that is to open by the gap is there within this.
    private const double GapTolerance = 0.02;

    // What a press that lags still brings after its set-point has arrived.
    private const double AtHighestSeconds = 5;

    public static void OnTick(ref Transition t, in ExecutorEvent input, double dt)
    {
        switch (t.Step)
        {
            case ApproachStep approach:
                Approach(ref t, approach, dt);
                break;
            case RampStep ramp:
                if (t.FollowTo(ramp.Target.Pascals, ramp.Rate, dt)) StepEntry.End(ref t, At(t.State));
                break;
            case ReleaseStep release:
                Release(ref t, release, dt);
                break;
            case DensifyStep densify:
                Densify(ref t, densify, input.ThicknessMetres, dt);
                break;
            case AdaptiveStep adaptive:
                if (t.FollowTo(adaptive.PressureOf(t.State.Round).Pascals, adaptive.Rate, dt))
                    t.State = t.State with { Phase = RunPhase.Holding, StepStartedSeconds = t.State.TimeSeconds, InBandSeconds = 0, StalledSeconds = 0 };
                break;
            default:
                throw new InvalidOperationException($"step '{t.Step.Name}' of kind {t.Step.GetType().Name} does not move the set-point");
        }
    }

    /// <summary>The pressure is gone and the punch is on its way back.</summary>
    public static void OnOpening(ref Transition t, double dt)
    {
        double wanted = t.State.GapMetres * (1 - GapTolerance);
        if (t.State.DisplacementMetres <= -wanted) StepEntry.End(ref t, $"open by {new Length(-t.State.DisplacementMetres)}");
        else t.Stall(0, dt);
    }

    /// <summary>Takes the pressure away before a prompt.</summary>
    public static void OnClearing(ref Transition t, double dt)
    {
        t.MoveSetpoint(0, t.State.Protocol.ReleaseRate, dt);
        if (t.State.SetpointPa > 0) return;
        if (t.State.PressurePa > Executor.ClearPressure.Pascals)
        {
            t.Stall(0, dt);
            return;
        }

        t.State = t.State with { Phase = RunPhase.Prompting };
        Ask(ref t);
    }

    /// <summary>Shows the prompt of the present step.</summary>
    public static void Ask(ref Transition t)
    {
        var prompt = (PromptStep)t.Step;
        t.Log(RunEventKind.Prompted, prompt.Text);
        t.Emit(new ShowPrompt(t.State.StepIndex, prompt.Text, prompt.Adds));
    }

    private static void Approach(ref Transition t, ApproachStep approach, double dt)
    {
        t.MoveSetpoint(approach.Contact.Pascals, approach.Rate, dt);
        if (t.State.PressurePa >= approach.Contact.Pascals - Transition.Tolerance(approach.Contact.Pascals))
            StepEntry.End(ref t, $"contact at {new SamplePressure(t.State.PressurePa)}");
        else if (t.InStepSeconds > approach.Timeout.Seconds + Executor.TimeTolerance)
            ReleasePolicy.Leave(ref t, RunOutcome.Aborted, RunEventKind.Fault, $"step '{approach.Name}': no contact within {approach.Timeout}, {new SamplePressure(t.State.PressurePa)} of {approach.Contact}");
    }

    private static void Release(ref Transition t, ReleaseStep release, double dt)
    {
        if (!t.FollowTo(release.Target.Pascals, release.Rate, dt)) return;
        if (release.Gap is not { } gap)
        {
            StepEntry.End(ref t, At(t.State));
            return;
        }

        t.State = t.State with { Phase = RunPhase.Opening, GapMetres = gap.Metres, StalledSeconds = 0 };
        t.Emit(new OpenGap(gap.Metres));
    }

    private static void Densify(ref Transition t, DensifyStep densify, double thicknessMetres, double dt)
    {
        double density = densify.SolidThickness.Metres / thicknessMetres;
        if (density >= densify.Density.Value)
        {
            StepEntry.End(ref t, $"density {new Fraction(density)} {At(t.State)}");
            return;
        }

        if (!t.FollowTo(densify.Highest.Pascals, densify.Rate, dt)) return;
        t.State = t.State with { InBandSeconds = t.State.InBandSeconds + dt };
        if (t.State.InBandSeconds > AtHighestSeconds)
            StepEntry.GiveUp(ref t, $"density {(double.IsFinite(density) ? new Fraction(density).ToString() : "unknown")} {At(t.State)}, {densify.Density} was asked for; {densify.Highest} is not exceeded for it");
    }

    private static string At(in ExecutorState state) => $"at {new SamplePressure(state.PressurePa)}";
}
