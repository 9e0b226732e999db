using System.Collections.Immutable;
using Isobar.Control;
using Isobar.Lab.Files;
using Isobar.Lab.Presses.Modbus;
using Isobar.Quantities;

namespace Isobar.Lab.Presses;

/// <summary>A simulated press by its short name.</summary>
/// <param name="Id">Short name.</param>
/// <param name="Plant">The press.</param>
/// <param name="Describes">What kind it is, in words.</param>
public sealed record SimulatedPreset(string Id, PressPlantParameters Plant, string Describes);

/// <summary>A simulated fixture with a load cell under a finished cell, by its short name.</summary>
/// <param name="Id">Short name.</param>
/// <param name="Fixture">The fixture.</param>
/// <param name="Describes">What kind it is, in words.</param>
public sealed record FixturePreset(string Id, StackFixtureParameters Fixture, string Describes);

/// <summary>A press that a laboratory can name.</summary>
/// <param name="Id">What to call it on the command line.</param>
/// <param name="Kind">simulated, fixture, modbus, hand, or unreadable.</param>
/// <param name="Name">Its own name.</param>
/// <param name="Capacity">Largest force; null for a fixture.</param>
/// <param name="Describes">What kind it is, in words.</param>
/// <param name="File">File that describes it; null when it is built in.</param>
/// <param name="MonitorOnly">Why it is only watched; null when protocols may be run on it.</param>
public sealed record KnownPress(string Id, string Kind, string Name, Force? Capacity, string Describes, string? File, string? MonitorOnly);

/// <summary>The presses that are built in, and those of a laboratory's files.</summary>
public static class PressRegister
{
    private const string FixtureOnly = "a fixture holds a finished cell and takes no protocol; log its load cell with isobar monitor";

    /// <summary>The simulated presses.</summary>
    public static ImmutableArray<SimulatedPreset> Presses { get; } =
    [
        new("5t", PressPlantParameters.Hydraulic5t, "5 t hydraulic, proportional valve"),
        new("24t", PressPlantParameters.Hydraulic24t, "24 t hydraulic, proportional valve"),
        new("5t-on-off", PressPlantParameters.OnOffPump5t, "5 t hydraulic, pump runs or stands"),
        new("24t-on-off", PressPlantParameters.OnOffPump24t, "24 t hydraulic, pump runs or stands"),
        new("servo", PressPlantParameters.ServoScrew, "ball screw with servo drive"),
        new("pneumatic", PressPlantParameters.PneumaticStackCell, "pneumatic cylinder, 63 mm bore at 0.6 MPa"),
    ];

    /// <summary>The simulated fixtures.</summary>
    public static ImmutableArray<FixturePreset> Fixtures { get; } =
    [
        new("spring-fixture", StackFixtureParameters.Spring, "frame with springs, 1.5 N/µm"),
        new("rigid-fixture", StackFixtureParameters.Rigid, "bolted frame, 75 N/µm"),
        new("pneumatic-fixture", StackFixtureParameters.Pneumatic, "pneumatic cylinder with regulator"),
        new("servo-fixture", StackFixtureParameters.ServoScrew, "servo screw over a disc spring"),
    ];

    /// <summary>Every press: built in, then the press files (*.yaml) of the folders, in order. A file that cannot be read is listed with its fault.</summary>
    public static ImmutableArray<KnownPress> All(IEnumerable<string> folders) =>
    [
        .. Presses.Select(preset => new KnownPress(preset.Id, "simulated", preset.Plant.Name, new Force(preset.Plant.CapacityNewtons), preset.Describes, null, null)),
        .. Fixtures.Select(preset => new KnownPress(preset.Id, "fixture", preset.Fixture.Name, null, preset.Describes, null, FixtureOnly)),
        .. folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal)).Distinct(StringComparer.Ordinal).Select(OfFile),
    ];

    private static KnownPress OfFile(string path)
    {
        string id = Path.GetFileNameWithoutExtension(path);
        try
        {
            PressDescription press = PressFile.ReadAny(path);
            return press is PressProfile profile
                ? new KnownPress(id, "modbus", press.Instrument.Name, press.Instrument.Capacity, profile.Identity, path, profile.MonitorOnly)
                : new KnownPress(id, "hand", press.Instrument.Name, press.Instrument.Capacity, press is HandPressDescription { Indicator: not null } ? "pumped by a person, " + press.Identity : "pumped by a person, readings typed", path, null);
        }
        catch (IsobarFileException fault)
        {
            return new KnownPress(id, "unreadable", id, null, $"line {fault.Line}: {fault.Found}", path, "its file cannot be read");
        }
    }
}
