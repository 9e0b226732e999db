using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Isobar.Lab.Files;
using Isobar.Lab.Reports;
using Isobar.Materials;
using Isobar.Quantities;

namespace Isobar.Cli;

/// <summary>What the commands about pellets share: masses, dies, materials by name or file, figures.</summary>
internal static class PelletArguments
{
    public static Option<string?> Mass(string description) => new("--mass") { Description = description, HelpName = "80mg or '80mg ± 0.2mg'" };

    public static Option<string?> Die(string description) => new("--die") { Description = description, HelpName = "10mm or '10mm ± 0.01mm'" };

    public static Option<string?> Plot() => new("--plot")
    {
        Description = "Draw the curves with their bands and the points: density into this file, conductivity beside it",
        HelpName = "out.svg or out.png",
    };

    /// <summary>A value with ± from an option; without ± it has the given uncertainty.</summary>
    public static Estimate<T>? Measured<T>(string? text, T unstated, string option) where T : struct, IQuantity<T>
    {
        if (text is null) return null;
        if (!Quantities.Measured.TryParse(text, out Measured<T> measured, out string error)) throw new Failure(error, $"a {T.Dimension.Name} with its unit", $"correct {option}", $"option {option}");
        return measured.Value.Si > 0 ? measured.OrUnstated(unstated) : throw new Failure($"'{text}' is not possible", $"a {T.Dimension.Name} above zero", $"correct {option}", $"option {option}");
    }

    /// <summary>A material of the library by its name, or a material file by its path.</summary>
    public static CalibratedPowder Powder(string nameOrPath, Surroundings surroundings)
    {
        if (BuiltInMaterials.Library.TryFind(nameOrPath) is { } known) return new CalibratedPowder(known, null, []);
        string path = surroundings.PathOf(nameOrPath);
        if (File.Exists(path)) return MaterialFile.ReadPowder(path);
        throw new Failure(
            $"'{nameOrPath}' is neither a material nor a file", Spelling.DidYouMean(nameOrPath, BuiltInMaterials.Library.Ids) + "the materials are " + string.Join(", ", BuiltInMaterials.Library.Ids),
            "name one of them, or the file that isobar calibrate wrote", "option --material");
    }

    /// <summary>Refuses a material without a pellet law, which nothing can be said about.</summary>
    public static void RequirePelletLaw(Material material)
    {
        if (material.Find(MaterialConstants.PouredPorosity) is not null && material.Find(MaterialConstants.ModulusPorosityExponent) is not null) return;
        IEnumerable<string> others = BuiltInMaterials.Library.All.Where(each => each.Find(MaterialConstants.PouredPorosity) is not null).Select(each => each.Id);
        throw new Failure($"{material.Name} has no pellet law", "a material with one: " + string.Join(", ", others), "name a powder like it, or its class: isobar calibrate --class active", "option --material");
    }

    /// <summary>Pressures in one list, "20,30,40MPa": the last unit stands for those without.</summary>
    public static ImmutableArray<SamplePressure> Pressures(string text, string option)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        string last = parts[^1];
        int digits = 0;
        while (digits < last.Length && (char.IsAsciiDigit(last[digits]) || last[digits] is '.' or '+' or '-')) digits++;
        string unit = last[digits..];
        var pressures = ImmutableArray.CreateBuilder<SamplePressure>();
        foreach (string part in parts)
        {
            string whole = double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? part + unit : part;
            if (!Quantity.TryParse(whole, out SamplePressure pressure, out string error)) throw new Failure(error, "pressures such as 20,30,40MPa", $"correct {option}", $"option {option}");
            if (pressure.Pascals is not (> 0 and <= 5e9)) throw new Failure($"'{part}' is not a pressure that a pellet sees", "pressures above zero and up to 5 GPa", $"correct {option}", $"option {option}");
            pressures.Add(pressure);
        }

        return pressures.ToImmutable();
    }

    /// <summary>Density and, where there is one, conductivity as files to write.</summary>
    /// <param name="path">Where density goes; conductivity goes beside it. Null for no figure.</param>
    /// <param name="powder">What is drawn.</param>
    /// <param name="pressures">Pressures that the figures must hold.</param>
    public static ImmutableArray<(string Path, byte[] Bytes)> Figures(string? path, CalibratedPowder powder, ImmutableArray<SamplePressure> pressures)
    {
        if (path is null) return [];
        (string, byte[]) density = (path, FigureFile.Bytes(path, PelletFigure.Density(powder, pressures)));
        if (PelletFigure.Conductivity(powder, pressures) is not { } conductivity) return [density];
        string beside = FigureFile.Beside(path, "-conductivity");
        return [density, (beside, FigureFile.Bytes(beside, conductivity))];
    }
}
