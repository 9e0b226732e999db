using System.Runtime.InteropServices;

namespace Isobar.Lab.Presses.RealTime;

/// <summary>Real-time rights of the thread of a loop, where the system grants them.</summary>
internal static class ThreadRights
{
    private const int Fifo = 1;

    // Above ordinary programs, below the interrupt threads of the kernel, which have 50 where they are threads.
    private const int Priority = 40;

    /// <summary>Asks for them on the calling thread; says what it has now.</summary>
    public static string Raise()
    {
        if (OperatingSystem.IsLinux())
        {
            var parameters = new SchedulingParameters(Priority);
            return NativeMethods.SetScheduler(0, Fifo, in parameters) == 0
                ? $"real-time, SCHED_FIFO {Priority}"
                : $"normal: SCHED_FIFO is not allowed (error {Marshal.GetLastPInvokeError()})";
        }

        Thread.CurrentThread.Priority = ThreadPriority.Highest;
        return "highest priority of ordinary threads";
    }
}
