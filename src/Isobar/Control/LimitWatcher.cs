using Isobar.Quantities;

namespace Isobar.Control;

/// <summary>
/// Watches the untared force, independent of the executor: asked on every tick in every state, it answers from the level alone,
/// so that a trip cannot be missed between two steps and taring cannot walk the force upwards.
/// </summary>
/// <param name="Limit">Largest force.</param>
/// <param name="Area">Area of the die, to say what the force means for the sample.</param>
public sealed record LimitWatcher(Force Limit, Area Area)
{
    /// <summary>Whether a force exceeds the limit.</summary>
    public bool Trips(double forceNewtons) => Math.Abs(forceNewtons) > Limit.Newtons;

    /// <summary>What to say about it.</summary>
    public string Describe(double forceNewtons)
    {
        var force = new Force(forceNewtons);
        return $"{force} ({new SamplePressure(forceNewtons / Area.SquareMetres)} on the sample) exceeds the limit of {Limit} ({new SamplePressure(Limit.Newtons / Area.SquareMetres)})";
    }
}
