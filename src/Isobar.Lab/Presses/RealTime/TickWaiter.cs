using System.Runtime.InteropServices;

namespace Isobar.Lab.Presses.RealTime;

/// <summary>Waits until a moment of the monotonic clock, on the thread that calls it and without spinning.</summary>
internal abstract class TickWaiter : IDisposable
{
    /// <summary>How it waits, for the record.</summary>
    public abstract string Name { get; }

    /// <summary>The finest waiting that this system and clock offer.</summary>
    public static TickWaiter For(TimeProvider time)
    {
        if (!ReferenceEquals(time, TimeProvider.System)) return new ProviderWaiter(time);
        if (OperatingSystem.IsLinux()) return new LinuxWaiter();
        return OperatingSystem.IsWindows() ? new WindowsWaiter() : new ProviderWaiter(time);
    }

    /// <summary>Returns at a timestamp of the clock, or at once when it has passed.</summary>
    public abstract void Until(long timestamp);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        // Most ways of waiting own nothing.
    }

    // Timestamps of the system clock are CLOCK_MONOTONIC in ns on Linux, so that the deadline of a tick is the deadline of the kernel's timer.
    private sealed class LinuxWaiter : TickWaiter
    {
        private const int Monotonic = 1;
        private const int AbsoluteTime = 1;
        private const int Interrupted = 4;
        private const long NanosecondsPerSecond = 1_000_000_000;

        public override string Name => "clock_nanosleep, absolute";

        public override void Until(long timestamp)
        {
            var deadline = new TimeSpec(timestamp / NanosecondsPerSecond, timestamp % NanosecondsPerSecond);
            int error;
            do error = NativeMethods.ClockNanosleep(Monotonic, AbsoluteTime, in deadline, IntPtr.Zero);
            while (error == Interrupted);
            if (error != 0) throw new InvalidOperationException($"clock_nanosleep failed with error {error}");
        }
    }

    private sealed class WindowsWaiter : TickWaiter
    {
        private const uint HighResolution = 2;
        private const uint AllAccess = 0x1F0003;
        private const long UnitsPerSecond = 10_000_000;
        private readonly IntPtr _timer = NativeMethods.CreateWaitableTimerEx(IntPtr.Zero, IntPtr.Zero, HighResolution, AllAccess);

        public override string Name => "high-resolution waitable timer";

        public override void Until(long timestamp)
        {
            long left = (long)((timestamp - TimeProvider.System.GetTimestamp()) * ((double)UnitsPerSecond / TimeProvider.System.TimestampFrequency));
            if (left <= 0) return;
            long due = -left;
            if (!NativeMethods.SetWaitableTimer(_timer, in due, 0, IntPtr.Zero, IntPtr.Zero, false)) throw new InvalidOperationException($"the waitable timer cannot be set: error {Marshal.GetLastPInvokeError()}");
            _ = NativeMethods.WaitForSingleObject(_timer, uint.MaxValue);
        }

        public override void Dispose()
        {
            NativeMethods.CloseHandle(_timer);
            base.Dispose();
        }
    }

    private sealed class ProviderWaiter(TimeProvider time) : TickWaiter
    {
        public override string Name => "timer of the clock";

        public override void Until(long timestamp)
        {
            TimeSpan left = TimeSpan.FromSeconds((timestamp - time.GetTimestamp()) / (double)time.TimestampFrequency);
            if (left > TimeSpan.Zero) Task.Delay(left, time).GetAwaiter().GetResult();
        }
    }
}
