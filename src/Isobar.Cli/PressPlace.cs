using System.Collections.Immutable;
using System.CommandLine;
using Isobar.Lab.Files;
using Isobar.Lab.Presses;
using Isobar.Quantities;

namespace Isobar.Cli;

/// <summary>Which press a name on the command line means: a built-in simulated one, a press file, or one of the laboratory's press files.</summary>
internal static class PressPlace
{
    /// <summary>The press that is as large as the cell file says.</summary>
    public const string Simulated = "simulated";

    public static Option<string> Option() => new("--press")
    {
        Description = "Press to run on: a name that isobar presses lists, or a press file",
        HelpName = "name or file",
        DefaultValueFactory = _ => Simulated,
    };

    /// <summary>Folders in which press files are looked for.</summary>
    public static ImmutableArray<string> Folders(string? lab, Surroundings surroundings) =>
    [
        Path.Combine(lab is null ? surroundings.LabFolder : surroundings.PathOf(lab), "presses"),
        surroundings.PathOf("presses"),
        surroundings.PathOf(Path.Combine("examples", "presses")),
    ];

    /// <summary>The simulated press of a name; null when it is none.</summary>
    public static SimulatedPreset? Preset(string name) =>
        PressRegister.Presses.FirstOrDefault(preset => preset.Id.Equals(name, StringComparison.OrdinalIgnoreCase) || preset.Plant.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The simulated fixture of a name; null when it is none.</summary>
    public static FixturePreset? Fixture(string name) =>
        PressRegister.Fixtures.FirstOrDefault(preset => preset.Id.Equals(name, StringComparison.OrdinalIgnoreCase) || preset.Fixture.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The press of a file, named by its path or, in the laboratory's folders, by its name.</summary>
    public static PressDescription Described(string name, string? lab, string option, Surroundings surroundings)
    {
        string path = surroundings.PathOf(name);
        if (File.Exists(path)) return PressFile.ReadAny(path);
        ImmutableArray<KnownPress> known = PressRegister.All(Folders(lab, surroundings));
        KnownPress[] found = [.. known.Where(press => press.File is not null && (press.Id.Equals(name, StringComparison.OrdinalIgnoreCase) || press.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))];
        if (found.Length > 0) return PressFile.ReadAny(found[0].File!);
        string[] ids = [Simulated, .. known.Select(press => press.Id)];
        throw new Failure(
            $"there is no press '{name}'",
            Spelling.DidYouMean(name, ids) + "one of " + string.Join(", ", ids.Select(id => $"'{id}'")) + ", or a press file",
            "isobar presses lists them; with a press that Isobar does not drive, print a sheet: isobar sheet protocol.yaml",
            option);
    }
}
