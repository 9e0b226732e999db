using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Presses.Hand;

/// <summary>What a person at a hand press is told in each state of a run.</summary>
internal sealed class HandWords(Protocol protocol, double areaSquareMetres)
{
    public HandQuestion Question(in ExecutorState state)
    {
        string name = state.Step?.Name ?? "";
        switch (state.Phase)
        {
            case RunPhase.Holding when state.Step is HoldStep hold:
                return At(name, state.Phase, "hold it, pump up when it sinks, and type the reading", hold.Target.Pascals, hold.Band.Value, new Duration(Math.Max(0, hold.Minimum.Seconds - state.InBandSeconds)));
            case RunPhase.Holding when state.Step is AdaptiveStep adaptive:
                return At(name, state.Phase, "hold it and type the reading", state.SetpointPa, adaptive.Band.Value, new Duration(Math.Max(0, adaptive.Dwell.Seconds - state.InBandSeconds)));
            case RunPhase.Moving or RunPhase.Resuming:
                return Moving(name, state);
            case RunPhase.Held or RunPhase.Suspended:
                return new HandQuestion(name, state.Phase, "the run is at rest: type 'resume' and the reason, or 'stop'", null, null, null, null);
            case RunPhase.HoldingPosition:
                return new HandQuestion(name, state.Phase, "leave the punch where it is and type the reading", null, null, null, null);
            default:
                return At(name, state.Phase, "let the pressure down evenly and type the reading", 0, 0, new Duration(Math.Ceiling(state.PressurePa / protocol.ReleaseRate.PascalsPerSecond)));
        }
    }

    private HandQuestion Moving(string name, in ExecutorState state)
    {
        (double target, double rate) = state.Step switch
        {
            ApproachStep s => (s.Contact.Pascals, s.Rate.PascalsPerSecond),
            RampStep s => (s.Target.Pascals, s.Rate.PascalsPerSecond),
            ReleaseStep s => (s.Target.Pascals, s.Rate.PascalsPerSecond),
            AdaptiveStep s => (s.PressureOf(state.Round).Pascals, s.Rate.PascalsPerSecond),
            DensifyStep s => (s.Highest.Pascals, s.Rate.PascalsPerSecond),
            _ => (state.SetpointPa, protocol.ReleaseRate.PascalsPerSecond),
        };
        string way = target < state.PressurePa ? "let the pressure down evenly and type the reading" : state.Step is ApproachStep ? "close the press slowly until it carries load and type the reading" : "pump evenly and type the reading";
        return At(name, state.Phase, way, target, 0.05, new Duration(Math.Ceiling(Math.Abs(target - state.PressurePa) / rate)));
    }

    private HandQuestion At(string name, RunPhase phase, string text, double targetPa, double band, Duration time) => new(
        name,
        phase,
        text,
        new Force(targetPa * areaSquareMetres),
        new Force(targetPa * (1 - band) * areaSquareMetres),
        new Force(targetPa * (1 + band) * areaSquareMetres),
        time);
}
