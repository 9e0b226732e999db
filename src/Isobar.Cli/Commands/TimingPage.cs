using System.Globalization;
using Isobar.Lab.Store;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>How punctual a loop was, in one line.</summary>
internal static class TimingPage
{
    public static string Words(RunTiming timing)
    {
        string missed = timing.Missed == 0 ? "none left out" : string.Create(CultureInfo.InvariantCulture, $"{timing.Missed} left out");
        return $"{Quantity.Number(1 / timing.PeriodSeconds)} Hz, late by {Micro(timing.P50Microseconds)} (median), {Micro(timing.P99Microseconds)} (99 %), {Micro(timing.MaxMicroseconds)} (worst); "
            + string.Create(CultureInfo.InvariantCulture, $"{timing.Ticks} ticks, {missed}; {timing.Waiting}; priority {timing.Priority}{Heartbeats(timing)}");
    }

    private static string Heartbeats(RunTiming timing) => timing.Heartbeats is not { } heard ? ""
        : string.Create(CultureInfo.InvariantCulture, $"; {heard} heartbeats echoed, {(timing.MissedHeartbeats is 0 or null ? "none" : timing.MissedHeartbeats)} missed");

    private static string Micro(double microseconds) => Quantity.Format(new Duration(microseconds * 1e-6), 3);
}
