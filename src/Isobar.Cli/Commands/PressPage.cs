using System.Collections.Immutable;
using System.Globalization;
using Isobar.Cells;
using Isobar.Lab.Presses;
using Isobar.Lab.Presses.Modbus;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>One press with all that a person should know before a run.</summary>
internal static class PressPage
{
    public static void Write(string name, string? lab, Output output, Surroundings surroundings)
    {
        SimulatedPreset? preset = PressPlace.Preset(name);
        PressDescription? described = preset is null ? PressPlace.Described(name, lab, "argument press", surroundings) : null;
        PressInstrument instrument = described?.Instrument ?? preset!.Plant.Instrument;
        string identity = PressStation.Identity(preset, described)!;
        using LabDatabase database = LabPlace.Open(lab, surroundings);
        LeaseState? lease = PressLease.StateOf(database, identity, surroundings.Time);
        ImmutableArray<TareRecord> tarings = TareLog.Of(database, identity);
        var profile = described as PressProfile;
        PressLimits limits = profile?.Limits ?? new PressLimits();
        string? calibration = preset is null ? CalibrationPlace.Describe(instrument.Name, lab, surroundings) : null;
        var facts = new PressShown(
            identity,
            instrument.Name,
            instrument.Capacity.Kilonewtons,
            limits.Force?.Kilonewtons,
            limits.Travel?.Si * 1e3,
            limits.Hottest?.Celsius,
            described?.Stop ?? StopPolicy.Release,
            profile?.Watchdog?.Timeout.Seconds,
            profile?.Watchdog?.Behaviour.ToString().ToLowerInvariant(),
            profile?.Watchdog?.Proven,
            profile?.MonitorOnly,
            lease is { IsHeld: true } ? lease.Who : null,
            lease?.Blocked,
            calibration,
            [.. tarings.Select(TareCommand.Facts)]);
        output.Answer(facts, page =>
        {
            Prose.Write(page, $"{instrument.Name}, {identity}: up to {Quantity.Format(instrument.Capacity, 3)}", 2);
            PlanPage.Note(page, "  stop", facts.Stop == StopPolicy.Hold ? "locks the pressure; a second stop releases it, abort lets the press dump it" : "takes the pressure away at the release rate of the protocol; abort lets the press dump it");
            foreach (string limit in Limits(limits)) PlanPage.Note(page, "  limit", limit);
            if (profile?.Watchdog is { } watchdog) PlanPage.Note(page, "  watchdog", Words(watchdog));
            if (profile?.MonitorOnly is { } only) PlanPage.Note(page, "  watched only", only);
            if (preset is null) PlanPage.Note(page, "  calibration", calibration ?? "none is recorded");
            if (lease is { IsHeld: true }) PlanPage.Note(page, "  in use", $"by {lease.Who}");
            if (lease?.Blocked is { } blocked) PlanPage.Note(page, "  waits", blocked);
            TareCommand.Write(page, identity, tarings);
        });
    }

    private static IEnumerable<string> Limits(PressLimits limits)
    {
        if (limits.Force is { } force) yield return $"{Quantity.Format(force, 3)}, aborts";
        if (limits.Travel is { } travel) yield return $"{Quantity.Format(travel, 3)} of travel, stops";
        if (limits.Hottest is { } hottest) yield return $"{hottest}, aborts";
    }

    private static string Words(PressWatchdog watchdog)
    {
        string proven = watchdog.Proven is { } day ? string.Create(CultureInfo.InvariantCulture, $"proven {day:yyyy-MM-dd}") : "never proven";
        return $"{(watchdog.Behaviour == WatchdogBehaviour.Hold ? "locks its force" : "releases")} {Quantity.Format(watchdog.Timeout, 3)} after the last heartbeat, {proven}";
    }

    private sealed record PressShown(
        string Press,
        string Name,
        double CapacityKilonewtons,
        double? ForceLimitKilonewtons,
        double? TravelLimitMillimetres,
        double? TemperatureLimitCelsius,
        StopPolicy Stop,
        double? WatchdogSeconds,
        string? WatchdogBehaviour,
        DateOnly? WatchdogProven,
        string? MonitorOnly,
        string? HeldBy,
        string? Blocked,
        string? Calibration,
        TareFacts[] Tarings);
}
