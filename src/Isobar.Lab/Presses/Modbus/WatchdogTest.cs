using Isobar.Quantities;

namespace Isobar.Lab.Presses.Modbus;

/// <summary>What the test of a watchdog needs of a press: heartbeats without motion, and readings that are no heartbeat.</summary>
internal interface IWatchdogBench
{
    /// <summary>Commands no motion, with the next heartbeat.</summary>
    ValueTask BeatAsync(CancellationToken cancellation);

    /// <summary>Reads the press: the force and whether its watchdog has tripped.</summary>
    ValueTask<(double ForceNewtons, bool Tripped)> LookAsync(CancellationToken cancellation);
}

/// <summary>
/// Shows before a run that the watchdog works: at zero force the heartbeat is given for longer than the watchdog waits, and it must not trip; then it is
/// held back, and it must trip in its time; then it is given again, and the device must take commands again. Nothing moves meanwhile.
/// </summary>
/// <param name="name">What the press is called.</param>
/// <param name="watchdog">What its profile promises.</param>
/// <param name="zeroNewtons">Force up to which the press counts as empty.</param>
/// <param name="time">The clock.</param>
internal sealed class WatchdogTest(string name, PressWatchdog watchdog, double zeroNewtons, TimeProvider time)
{
    // The test looks this often, and gives the device as long again for its own loop and the way.
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);
    private const double SlackSeconds = 0.1;

    public async ValueTask<WatchdogProof> RunAsync(IWatchdogBench bench, CancellationToken cancellation)
    {
        long begun = time.GetTimestamp();
        double limit = watchdog.Timeout.Seconds + SlackSeconds;
        bool tripped = true;
        while (Since(begun) <= 2 * limit)
        {
            await bench.BeatAsync(cancellation);
            await Task.Delay(Period, time, cancellation);
            tripped = await LookAsync(bench, cancellation);
            if (tripped && Since(begun) > limit) break;
        }

        if (tripped) throw Refused($"it reads tripped although heartbeats come in; acknowledge it at the press, or correct the register 'tripped'");
        await bench.BeatAsync(cancellation);
        long last = time.GetTimestamp();
        double silent = 0;
        while (!tripped && silent <= limit)
        {
            await Task.Delay(Period, time, cancellation);
            tripped = await LookAsync(bench, cancellation);
            silent = Since(last);
        }

        if (!tripped) throw Refused($"it has not tripped {new Duration(silent)} after the last heartbeat, {watchdog.Timeout} is what its profile promises; do not use this press before its controller is put right");
        var proof = new WatchdogProof(name, time.GetUtcNow(), new Duration(silent), watchdog.Timeout);
        begun = time.GetTimestamp();
        while (tripped && Since(begun) <= 2 * limit)
        {
            await bench.BeatAsync(cancellation);
            await Task.Delay(Period, time, cancellation);
            tripped = await LookAsync(bench, cancellation);
        }

        return tripped ? throw Refused("it stays tripped although heartbeats come in again; acknowledge it at the press") : proof;
    }

    private async ValueTask<bool> LookAsync(IWatchdogBench bench, CancellationToken cancellation)
    {
        (double force, bool tripped) = await bench.LookAsync(cancellation);
        return Math.Abs(force) <= zeroNewtons
            ? tripped
            : throw Refused($"it is tested without force only, and the press reads {new Force(force)}; take the pressure away at the press first");
    }

    private double Since(long timestamp) => time.GetElapsedTime(timestamp).TotalSeconds;

    private PressException Refused(string why) => new($"{name}: its watchdog is not proven: {why}. Nothing was moved");
}
