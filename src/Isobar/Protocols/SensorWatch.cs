namespace Isobar.Protocols;

/// <summary>
/// Finds a force sensor that has frozen while nothing else tells: in a hold the set-point stands still, and so may an honest reading. An
/// honest reading carries noise, though: a sensor that was seen to repeat itself in at most a quarter of its readings while the
/// set-point stood still gives sixty equal ones in a row with a probability below 10⁻³⁶. A coarse or noiseless reading, which repeats itself
/// in health, is not judged. Learns on the run itself; needs no constant of the press.
/// </summary>
/// <param name="LastPa">Last reading.</param>
/// <param name="InARow">How often it has come again without a break.</param>
/// <param name="Readings">Readings learnt from.</param>
/// <param name="Repeats">How many of them were equal to the one before.</param>
internal readonly record struct SensorWatch(double LastPa, int InARow, int Readings, int Repeats)
{
    /// <summary>Equal readings in a row after which a lively sensor is frozen; three seconds at 20 Hz.</summary>
    public const int Frozen = 60;

    private const int Enough = 100;
    private const int Memory = 2000;

    public static SensorWatch Fresh { get; } = new(double.NaN, 0, 0, 0);

    /// <summary>Whether the sensor is known to be lively and repeats itself all the same.</summary>
    public bool IsFrozen => InARow >= Frozen && Readings >= Enough && 4 * Repeats <= Readings && LastPa > Executor.ClearPressure.Pascals;

    /// <summary>One reading of good quality.</summary>
    /// <param name="pressurePa">The reading.</param>
    /// <param name="atRest">Whether the set-point stood still, so that equal readings would say something about the sensor.</param>
    public SensorWatch Add(double pressurePa, bool atRest)
    {
        if (pressurePa.Equals(LastPa)) return this with { InARow = InARow + 1 };

        // A row that was long enough to count as frozen teaches nothing about the sensor in health.
        bool learns = atRest && pressurePa > Executor.ClearPressure.Pascals && InARow < Frozen;
        if (!learns) return this with { LastPa = pressurePa, InARow = 0 };
        int halved = Readings >= Memory ? 2 : 1;
        return new SensorWatch(pressurePa, 0, (Readings / halved) + InARow + 1, (Repeats / halved) + InARow);
    }
}
