using System.Runtime.InteropServices;

namespace Isobar.Lab.Presses.RealTime;

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TimeSpec(long Seconds, long Nanoseconds);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SchedulingParameters(int Priority);

/// <summary>What the systems offer for waiting and priority.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Interoperability", "SYSLIB1054", Justification = "Every argument is blittable; generated marshalling would need unsafe code.")]
internal static class NativeMethods
{
    [DllImport("libc", EntryPoint = "clock_nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int ClockNanosleep(int clock, int flags, in TimeSpec deadline, IntPtr remaining);

    [DllImport("libc", EntryPoint = "sched_setscheduler", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int SetScheduler(int thread, int policy, in SchedulingParameters parameters);

    [DllImport("kernel32", EntryPoint = "CreateWaitableTimerExW", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern IntPtr CreateWaitableTimerEx(IntPtr attributes, IntPtr name, uint flags, uint access);

    [DllImport("kernel32", EntryPoint = "SetWaitableTimer", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool SetWaitableTimer(IntPtr timer, in long due, int period, IntPtr routine, IntPtr argument, [MarshalAs(UnmanagedType.Bool)] bool resume);

    [DllImport("kernel32", EntryPoint = "WaitForSingleObject", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static extern uint WaitForSingleObject(IntPtr handle, uint milliseconds);

    [DllImport("kernel32", EntryPoint = "CloseHandle", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static extern bool CloseHandle(IntPtr handle);
}
