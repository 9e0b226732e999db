using Isobar.Lab.Presses;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Runs;

/// <summary>What came of taring.</summary>
/// <param name="Taken">The taring; null when it was refused.</param>
/// <param name="Refusal">Why it was refused; null when it was not.</param>
/// <param name="Untared">Mean of the untared readings.</param>
/// <param name="Readings">How many readings.</param>
public sealed record TareResult(TareRecord? Taken, string? Refusal, Force Untared, int Readings);

/// <summary>
/// Tares a press: the mean of a second of untared readings counts as zero from then on, under a lease so that no run is under way. Nothing is written to the
/// press, and what the limits judge stays untared.
/// </summary>
public static class PressTare
{
    private const int Readings = 20;
    private const int FewestReadings = 5;
    private static readonly Duration s_between = new(0.05);

    /// <summary>Tares.</summary>
    /// <param name="lab">The laboratory whose log it goes into.</param>
    /// <param name="identity">Identity of the press.</param>
    /// <param name="capacity">Largest force of the press.</param>
    /// <param name="press">The press, not yet connected.</param>
    /// <param name="who">Who tares.</param>
    /// <param name="reason">Why.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Leaves it; nothing is tared.</param>
    /// <exception cref="PressBusyException">A run is under way, or the press waits for a person.</exception>
    /// <exception cref="PressException">The press gives no fresh readings.</exception>
    public static async Task<TareResult> TakeAsync(LabDatabase lab, string identity, Force capacity, IPress press, string who, string reason, TimeProvider time, CancellationToken cancellation)
    {
        using PressLease lease = PressLease.Take(lab, identity, who, null, time);
        try
        {
            await press.ConnectAsync(cancellation);
            (Force mean, int count) = await ReadAsync(press, time, cancellation);
            (TareRecord? taken, string? refusal) = TareLog.Zero(lab, identity, capacity, mean, who, reason, time);
            return new TareResult(taken, refusal, mean, count);
        }
        finally
        {
            lease.Release(null);
        }
    }

    private static async Task<(Force Mean, int Count)> ReadAsync(IPress press, TimeProvider time, CancellationToken cancellation)
    {
        double sum = 0;
        int fresh = 0;
        long sequence = -1;
        for (int i = 0; i < Readings; i++)
        {
            if (press is IVirtualPress simulated) simulated.Advance(s_between);
            else await Task.Delay(TimeSpan.FromSeconds(s_between.Seconds), time, cancellation);
            PressSample sample = await press.ReadAsync(cancellation);
            if (sample.Sequence == sequence || sample.Quality == SampleQuality.Bad || !double.IsFinite(sample.ForceNewtons)) continue;
            sequence = sample.Sequence;
            sum += sample.ForceNewtons;
            fresh++;
        }

        return fresh >= FewestReadings
            ? (new Force(sum / fresh), fresh)
            : throw new PressException($"{press.Name} gave {fresh} fresh readings in {new Duration(Readings * s_between.Seconds)}; {FewestReadings} are needed to tare");
    }
}
