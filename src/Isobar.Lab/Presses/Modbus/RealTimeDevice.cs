using Isobar.Quantities;

namespace Isobar.Lab.Presses.Modbus;

/// <summary>Lets a simulated device live in life's own time, in periods of 10 ms with absolute deadlines.</summary>
public sealed class RealTimeDevice : IAsyncDisposable
{
    private const double PeriodSeconds = 0.01;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _living;

    /// <summary>Starts at once.</summary>
    /// <param name="device">The device.</param>
    /// <param name="time">The clock.</param>
    public RealTimeDevice(SimulatedPressDevice device, TimeProvider time)
    {
        _living = LiveAsync(device, time);
    }

    /// <summary>Stops the time of the device.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _living;
        _stop.Dispose();
    }

    private async Task LiveAsync(SimulatedPressDevice device, TimeProvider time)
    {
        long started = time.GetTimestamp();
        long lived = 0;
        try
        {
            while (true)
            {
                TimeSpan left = TimeSpan.FromSeconds((lived + 1) * PeriodSeconds) - time.GetElapsedTime(started);
                if (left > TimeSpan.Zero) await Task.Delay(left, time, _stop.Token);
                _stop.Token.ThrowIfCancellationRequested();
                // After a pause of the whole computer the device catches up step by step, as its watchdog would have seen it.
                long due = (long)(time.GetElapsedTime(started).TotalSeconds / PeriodSeconds);
                for (; lived < due; lived++) device.Advance(new Duration(PeriodSeconds));
            }
        }
        catch (OperationCanceledException)
        {
            // The device is switched off.
        }
    }
}
