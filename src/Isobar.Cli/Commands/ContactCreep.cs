using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Materials;
using Isobar.Mechanics.Contact;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>How the soft side of a contact creeps: by what, when it is looked at, and whether the load is held or a fixture loses it.</summary>
/// <param name="Material">Name of the creeping material.</param>
/// <param name="Creep">Its creep at the temperature.</param>
/// <param name="HardnessPa">Hardness at once, Pa.</param>
/// <param name="Seconds">Times, s, the load being put on at 0.</param>
/// <param name="FixturePaPerM">Stiffness of the fixture over the area, Pa/m; null where the load is held.</param>
/// <param name="Temperature">Temperature.</param>
/// <param name="Notes">What was chosen or assumed.</param>
internal sealed record ContactCreep(
    string Material, SpotCreep Creep, double HardnessPa, ImmutableArray<double> Seconds, double? FixturePaPerM, Temperature Temperature, ImmutableArray<string> Notes)
{
    /// <summary>What the command line says.</summary>
    internal sealed record Request(string Material, string? Times, string? Temperature, string? Fixture, string? Die);

    public static ContactCreep Of(Request request, double? hardnessPa, Surroundings surroundings)
    {
        Temperature temperature = Parse<Temperature>(request.Temperature ?? "25 °C", "--temperature");
        Material material = Find(request.Material, surroundings);
        List<string> notes = [];
        double hardness;
        if (hardnessPa is { } stated) hardness = stated;
        else
        {
            Constant constant = material.Find(MaterialConstants.Hardness) ?? throw new Failure($"{material.Name} has no hardness", "the pressure that a spot holds at once", "add for example --hardness 5MPa", "option --creep");
            hardness = constant.Estimate.Value;
            notes.Add($"hardness at once {Quantity.Format(new Pressure(hardness), 3)}, of {material.Name}; --hardness says otherwise");
        }

        SpotCreep creep = CreepOf(material, temperature);
        double factor = Math.Exp(Estimate.CoverageFactor(0.90, double.PositiveInfinity) * creep.RateSpread);
        notes.Add($"creep of {material.Name} at {temperature}: {Quantity.Number(creep.RateAtOneMegapascalPerSecond, 2)}/s at 1 MPa to the power {Quantity.Number(creep.Exponent, 3)}, measured from {Quantity.Format(new Pressure(creep.ValidFromPa), 3)} to {Quantity.Format(new Pressure(creep.ValidToPa), 3)}; times are known to a factor of {Quantity.Number(factor, 2)} (90 %)");
        return new ContactCreep(material.Name, creep, hardness, TimesOf(request.Times), FixtureOf(request), temperature, [.. notes]);
    }

    /// <summary>Creep faster or slower by what is not known of it, at the ends of a 90 % band.</summary>
    public SpotCreep Shifted(double sign) =>
        Creep with { RateAtOneMegapascalPerSecond = Creep.RateAtOneMegapascalPerSecond * Math.Exp(sign * Estimate.CoverageFactor(0.90, double.PositiveInfinity) * Creep.RateSpread) };

    /// <summary>Refuses a load that closes the contact at once.</summary>
    public void RequireOpen(IEnumerable<double> pressuresPa)
    {
        foreach (double pressure in pressuresPa.Where(pressure => pressure >= CreepingContact.LargestLoadShare * HardnessPa))
        {
            throw new Failure(
                $"a mean pressure of {Quantity.Format(new Pressure(pressure))} on a hardness of {Quantity.Format(new Pressure(HardnessPa))}",
                $"a mean pressure below {Quantity.Number(CreepingContact.LargestLoadShare, 2)} of the hardness; above, the surfaces are closed at once", "lower the pressure, or state another --hardness", "option --pressure");
        }
    }

    private static SpotCreep CreepOf(Material material, Temperature temperature)
    {
        try
        {
            return SpotCreep.Of(material, temperature.Kelvins);
        }
        catch (MissingConstantException missing)
        {
            throw new Failure(
                $"{material.Name} has no '{missing.Definition.Key}' ({missing.Definition.Meaning})", "a material whose creep was measured, such as lithium",
                "give the constant, with its source, in a material file and name that: --creep my-metal.yaml", "option --creep");
        }
    }

    private static Material Find(string name, Surroundings surroundings)
    {
        if (Path.GetExtension(name) is ".yaml" or ".yml") return MaterialFile.Read(surroundings.PathOf(name));
        MaterialLibrary library = BuiltInMaterials.Library;
        return library.All.FirstOrDefault(material => string.Equals(material.Id, name, StringComparison.OrdinalIgnoreCase)) ?? throw new Failure(
            $"'{name}' is not a material", "one of " + string.Join(", ", library.All.Where(material => material.Kind == MaterialKind.SoftMetal).Select(material => material.Id)) + ", or a material file", "correct --creep", "option --creep");
    }

    private static ImmutableArray<double> TimesOf(string? text)
    {
        if (text is null) throw new Failure("--creep without --times", "the times at which the contact is wanted", "add for example --times 1s,10min,1d", "option --creep");
        var times = ImmutableArray.CreateBuilder<double>();
        times.Add(0);
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            double seconds = Parse<Duration>(part, "--times").Seconds;
            if (!(seconds > times[^1])) throw new Failure($"'{part}' does not come after the time before it", "times that rise from zero", "write for example --times 1s,10min,1d", "option --times");
            times.Add(seconds);
        }

        return times.ToImmutable();
    }

    private static double? FixtureOf(Request request)
    {
        if (request.Fixture is null && request.Die is null) return null;
        if (request.Fixture is null || request.Die is null)
        {
            throw new Failure(
                request.Fixture is null ? "--die without --fixture" : "--fixture without --die", "both: the stiffness of the fixture, and the diameter over which its force spreads",
                "add for example --fixture 20kN/mm --die 13mm", request.Fixture is null ? "option --die" : "option --fixture");
        }

        double stiffness = Parse<Stiffness>(request.Fixture, "--fixture").NewtonsPerMetre;
        return stiffness > 0 ? stiffness / Die.AreaOf(Parse<Length>(request.Die, "--die") is { Metres: > 0 } bore ? bore : throw new Failure($"a diameter of '{request.Die}'", "a diameter above zero", "correct --die", "option --die")).SquareMetres
            : throw new Failure($"a stiffness of '{request.Fixture}'", "a stiffness above zero", "leave --fixture and --die out to hold the load", "option --fixture");
    }

    private static T Parse<T>(string text, string option) where T : struct, IQuantity<T> =>
        Quantity.TryParse(text, out T value, out string error) && double.IsFinite(value.Si) ? value : throw new Failure(error, $"a {T.Dimension.Name} with its unit", $"correct {option}", $"option {option}");
}
