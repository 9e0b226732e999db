using System.Collections.Immutable;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Control;

/// <summary>What a limit is about.</summary>
public enum LimitKind
{
    /// <summary>The untared force.</summary>
    Force,

    /// <summary>How fast the force changes.</summary>
    ForceRate,

    /// <summary>The displacement.</summary>
    Displacement,

    /// <summary>The temperature of the platens.</summary>
    Temperature,
}

/// <summary>One untared reading of the press; what it cannot tell is not a number.</summary>
/// <param name="TimeSeconds">Time of the reading, s.</param>
/// <param name="ForceNewtons">Force, never tared.</param>
/// <param name="DisplacementMetres">Displacement.</param>
/// <param name="TemperatureKelvins">Temperature of the platens.</param>
public readonly record struct LimitReading(double TimeSeconds, double ForceNewtons, double DisplacementMetres = double.NaN, double TemperatureKelvins = double.NaN);

/// <summary>What the watcher keeps between two readings, for the rate alone; a level needs no memory.</summary>
/// <param name="TimeSeconds">Time of the last reading.</param>
/// <param name="SmoothNewtons">Force behind a filter of half a second.</param>
/// <param name="HasReading">Whether there was one.</param>
public readonly record struct LimitMemory(double TimeSeconds, double SmoothNewtons, bool HasReading);

/// <summary>A limit that is exceeded now.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Action">What is to be done.</param>
/// <param name="Text">What was found and what was allowed.</param>
public readonly record struct LimitTrip(LimitKind Kind, GuardAction Action, string Text)
{
    /// <summary>What the executor is to be told; null for an action that only goes into the record.</summary>
    public ExecutorEvent? Input(double timeSeconds) => Action switch
    {
        GuardAction.Hold => ExecutorEvent.Hold(timeSeconds, Text),
        GuardAction.Stop => ExecutorEvent.Stop(timeSeconds, Text),
        GuardAction.Abort => ExecutorEvent.LimitTripped(timeSeconds, Text),
        _ => null,
    };
}

/// <summary>
/// Watches the untared press, independent of the executor: asked on every reading in every state, it answers from the level alone,
/// so that a trip cannot be missed between two steps and taring cannot walk the force upwards. The force always aborts; the other limits
/// act as they are told, and are not watched when they are not given.
/// </summary>
/// <param name="Limit">Largest force.</param>
/// <param name="Area">Area of the die, to say what the force means for the sample.</param>
public sealed record LimitWatcher(Force Limit, Area Area)
{
    private const double RateSeconds = 0.5;

    /// <summary>Fastest change of the sample pressure, either way, over half a second.</summary>
    public PressureRate? Fastest { get; init; }

    /// <summary>What is done when the force changes faster.</summary>
    public GuardAction FastestAction { get; init; } = GuardAction.Hold;

    /// <summary>Largest displacement, either way: the end of the stroke, or the thickness that a die can lose.</summary>
    public Length? Travel { get; init; }

    /// <summary>What is done beyond it.</summary>
    public GuardAction TravelAction { get; init; } = GuardAction.Stop;

    /// <summary>Highest temperature.</summary>
    public Temperature? Hottest { get; init; }

    /// <summary>What is done above it.</summary>
    public GuardAction HottestAction { get; init; } = GuardAction.Abort;

    /// <summary>Whether a force exceeds the limit.</summary>
    public bool Trips(double forceNewtons) => Math.Abs(forceNewtons) > Limit.Newtons;

    /// <summary>What to say about it.</summary>
    public string Describe(double forceNewtons)
    {
        var force = new Force(forceNewtons);
        return $"{force} ({new SamplePressure(forceNewtons / Area.SquareMetres)} on the sample) exceeds the limit of {Limit} ({new SamplePressure(Limit.Newtons / Area.SquareMetres)})";
    }

    /// <summary>
    /// Every limit that is exceeded by a reading. What is not a number does not trip: a missing reading is the business of <see cref="StalePolicy"/>.
    /// </summary>
    public (ImmutableArray<LimitTrip> Trips, LimitMemory Memory) Judge(in LimitReading reading, in LimitMemory memory)
    {
        LimitMemory next = Follow(reading, memory);
        ImmutableArray<LimitTrip> trips = [];
        if (Trips(reading.ForceNewtons)) trips = trips.Add(new LimitTrip(LimitKind.Force, GuardAction.Abort, Describe(reading.ForceNewtons)));
        var rate = new PressureRate(next.HasReading ? (reading.ForceNewtons - next.SmoothNewtons) / (RateSeconds * Area.SquareMetres) : double.NaN);
        if (Fastest is { } fastest && Math.Abs(rate.PascalsPerSecond) > fastest.PascalsPerSecond)
            trips = trips.Add(new LimitTrip(LimitKind.ForceRate, FastestAction, $"the sample pressure changes by {rate}, at most {fastest} is allowed"));
        if (Travel is { } travel && Math.Abs(reading.DisplacementMetres) > travel.Metres)
            trips = trips.Add(new LimitTrip(LimitKind.Displacement, TravelAction, $"the displacement is {new Length(reading.DisplacementMetres)}, at most {travel} is allowed"));
        if (Hottest is { } hottest && reading.TemperatureKelvins > hottest.Kelvins)
            trips = trips.Add(new LimitTrip(LimitKind.Temperature, HottestAction, $"the platens are at {new Temperature(reading.TemperatureKelvins)}, at most {hottest} is allowed"));
        return (trips, next);
    }

    private static LimitMemory Follow(in LimitReading reading, in LimitMemory memory)
    {
        if (!double.IsFinite(reading.ForceNewtons)) return memory;
        if (!memory.HasReading) return new LimitMemory(reading.TimeSeconds, reading.ForceNewtons, true);
        double dt = Math.Max(0, reading.TimeSeconds - memory.TimeSeconds);
        double smooth = memory.SmoothNewtons + ((reading.ForceNewtons - memory.SmoothNewtons) * (dt / (dt + RateSeconds)));
        return new LimitMemory(reading.TimeSeconds, smooth, true);
    }
}
