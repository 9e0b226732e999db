using System.Collections.Immutable;
using System.Globalization;
using Isobar.Impedance;
using Isobar.Lab.Files.Surfaces;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>How the numbers of a contact are shown: in MPa and µm, or as plain numbers in a problem of reduced units.</summary>
/// <param name="PressurePa">One shown unit of pressure in the unit of the calculation.</param>
/// <param name="LengthM">One shown unit of length in the unit of the calculation.</param>
/// <param name="Pressure">Name of the unit of pressure; empty for plain numbers.</param>
/// <param name="Length">Name of the unit of length; empty for plain numbers.</param>
internal sealed record ContactScale(double PressurePa, double LengthM, string Pressure, string Length)
{
    public static ContactScale Si { get; } = new(1e6, 1e-6, "MPa", "µm");

    public static ContactScale Reduced { get; } = new(1, 1, "", "");

    public bool IsReduced => Pressure.Length == 0;

    public string Stiffness => Pressure.Length == 0 ? "" : $"{Pressure}/{Length}";

    /// <summary>"mean gap µm", or the name alone.</summary>
    public static string Heading(string name, string unit) => unit.Length == 0 ? name : $"{name} {unit}";
}

/// <summary>Numbers of the contact command, with units or plain.</summary>
internal static class ContactArguments
{
    /// <summary>A pressure with its unit, or a plain number.</summary>
    public static (double Pa, bool Plain) Modulus(string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double plain)) return (Above(plain, text, "--modulus"), true);
        return Quantity.TryParse(text, out Pressure pressure, out string error)
            ? (Above(pressure.Pascals, text, "--modulus"), false)
            : throw new Failure(error, "a contact modulus with its unit, or a plain number for reduced units", "write for example --modulus 20GPa or --modulus 1", "option --modulus");
    }

    /// <summary>A quantity, or a plain number in a problem of reduced units; above zero.</summary>
    public static double? Number<T>(string? text, bool reduced, string option) where T : struct, IQuantity<T>
    {
        if (text is null) return null;
        bool plain = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        if (reduced)
        {
            return plain ? Above(number, text, option) : throw new Failure($"'{text}' has a unit and the modulus has none", "plain numbers throughout, or units throughout", $"write {option} as a plain number, or --modulus with its unit", $"option {option}");
        }

        return Quantity.TryParse(text, out T value, out string error) ? Above(value.Si, text, option) : throw new Failure(error, $"a {T.Dimension.Name} with its unit", $"correct {option}", $"option {option}");
    }

    /// <summary>Pressures in one list, "1,5,25,74MPa", in the order in which they are applied; plain numbers in a problem of reduced units.</summary>
    public static ImmutableArray<double> Pressures(string text, bool reduced)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        // The last unit stands for those without.
        string unit = reduced ? "" : parts[^1].TrimStart([.. "0123456789.+-"]);
        return [.. parts.Select(part => Number<Pressure>(double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? part + unit : part, reduced, "--pressure")!.Value)];
    }

    /// <summary>Frequencies "1mHz..10MHz", four per decade, from high to low.</summary>
    public static ImmutableArray<double> Frequencies(string? text)
    {
        if (text is null) return [];
        string[] ends = text.Split("..");
        const string example = "write for example --frequency 1mHz..10MHz";
        if (ends.Length != 2) throw new Failure($"'{text}' is not a range of frequencies", "two frequencies with '..' between them", example, "option --frequency");
        double[] hertz = [.. ends.Select(end => Quantity.TryParse(end, out Frequency frequency, out string error) ? Above(frequency.Si, end, "--frequency") : throw new Failure(error, "a frequency with its unit", example, "option --frequency"))];
        if (hertz[0] >= hertz[1]) throw new Failure($"'{text}' ends below where it begins", "the low frequency first", example, "option --frequency");
        if (hertz[1] / hertz[0] > 1e15) throw new Failure($"'{text}' spans more than 15 decades", "a range that can be measured", example, "option --frequency");
        return Spectrum.LogFrequencies(hertz[1], hertz[0], 4);
    }

    /// <summary>What becomes of missing pixels.</summary>
    public static MissingChoice Missing(string? text) => text switch
    {
        null or "refuse" => MissingChoice.Refuse,
        "fill" => MissingChoice.Fill,
        "mask" => MissingChoice.Mask,
        _ => throw new Failure($"'{text}' does not say what becomes of missing pixels", "refuse, fill or mask", "write --missing fill", "option --missing"),
    };

    /// <summary>Degree of the form that is taken out, −1 for none.</summary>
    public static int Level(string? text, int unstated) => text switch
    {
        null => unstated,
        "none" => -1,
        "mean" => 0,
        "plane" => 1,
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int degree) && degree is >= 0 and <= 8 => degree,
        _ => throw new Failure($"'{text}' is not a way to level", "none, mean, plane, or the degree of a polynomial from 2 to 8", "write --level plane", "option --level"),
    };

    private static double Above(double number, string text, string option) =>
        number > 0 && double.IsFinite(number) ? number : throw new Failure($"'{text}' is not possible", "a number above zero", $"correct {option}", $"option {option}");
}
