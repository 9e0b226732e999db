using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Control;

/// <summary>One taring.</summary>
/// <param name="TimeSeconds">When, s.</param>
/// <param name="Offset">Untared force that was taken as zero.</param>
/// <param name="Drift">What it has moved since the taring before; since the calibration for the first.</param>
public readonly record struct TareEntry(double TimeSeconds, Force Offset, Force Drift);

/// <summary>
/// What is shown as zero force, kept apart from the calibration. Taring changes what is displayed and recorded as sample force, never what the
/// <see cref="LimitWatcher"/> judges: it sees the untared force, so that taring again and again under load cannot walk the force upwards. A taring
/// beyond a share of the capacity is a load, not a drift, and is refused.
/// </summary>
/// <param name="Capacity">Largest force of the press.</param>
/// <param name="Log">Every taring, the last one in force.</param>
public sealed record Tare(Force Capacity, ImmutableArray<TareEntry> Log)
{
    /// <summary>Largest zero that may be tared away, a share of the capacity; ISO 7500-1 allows a class 1 chain a zero of 0.1 % of its range.</summary>
    public const double LargestShare = 0.005;

    /// <summary>A press that has not been tared.</summary>
    public static Tare None(Force capacity) => new(capacity, []);

    /// <summary>The untared force that counts as zero.</summary>
    public Force Offset => Log.IsEmpty ? default : Log[^1].Offset;

    /// <summary>What an untared force is shown as.</summary>
    public Force Net(Force untared) => untared - Offset;

    /// <summary>Takes an untared force as zero; or says why not.</summary>
    /// <param name="timeSeconds">When, s.</param>
    /// <param name="untared">The untared force now.</param>
    public (Tare Tare, string? Refusal) Zero(double timeSeconds, Force untared)
    {
        double most = LargestShare * Capacity.Newtons;
        if (!double.IsFinite(untared.Newtons)) return (this, "there is no force reading to tare");
        if (Math.Abs(untared.Newtons) > most)
            return (this, $"{untared} without tare is a load, not a drift of the zero: at most {new Force(most)} ({new Fraction(LargestShare)} of {Capacity}) is tared; take the load off, or have the force calibrated");
        return (this with { Log = Log.Add(new TareEntry(timeSeconds, untared, untared - Offset)) }, null);
    }
}
