using Isobar.Lab.Files.Tables;
using Isobar.Quantities;

namespace Isobar.Lab.Files.Spectra;

/// <summary>What a column of an impedance table is.</summary>
internal enum ImpedanceRole
{
    /// <summary>Nothing that a spectrum needs.</summary>
    Other,
    Frequency,
    Real,
    Imaginary,
    Modulus,
    Phase,
    Time,
    Temperature,
    AppliedPressure,
    SurfacePressure,
    Area,
    Thickness,

    /// <summary>A number that changes from sweep to sweep.</summary>
    Sweep,
}

/// <summary>The meaning of one column: role, unit, sign. SI value = number × <paramref name="Factor"/>, plus the offset.</summary>
/// <param name="Role">What it holds.</param>
/// <param name="Factor">SI units (Hz, Ω or Ω m², rad, s, K, Pa) in one of its unit; negative where the column holds the value with its sign turned.</param>
/// <param name="Unit">Its unit as people write it; empty where the file states none.</param>
internal sealed record ImpedanceColumn(ImpedanceRole Role, double Factor = 1, string Unit = "")
{
    private static readonly string[] s_sample = ["stack", "sample", "applied", "surface"];

    public static ImpedanceColumn Other { get; } = new(ImpedanceRole.Other);

    public double Offset { get; init; }

    /// <summary>Whether the impedance is per area (Ω m² after the factor).</summary>
    public bool PerArea { get; init; }

    /// <summary>What the numbers are powers of: ten where the column holds decimal logarithms; zero where it holds the values themselves.</summary>
    public double LogarithmBase { get; init; }

    /// <summary>Whether it is a resistance or reactance in series, which is the impedance where no other column is.</summary>
    public bool IsSeries { get; init; }

    /// <summary>Why a column whose name is known is not used; null where it is, or where its name is not known.</summary>
    public string? NotUsed { get; init; }

    /// <summary>Whether the frequency is angular (the factor turns it into Hz).</summary>
    public bool Angular { get; init; }

    /// <summary>Whether the heading states the sign, as "-Im(Z)" does.</summary>
    public bool IsNegated => Factor < 0;

    /// <summary>The meaning of a heading such as "-Im(Z)/Ohm", "Z' (kΩ cm²)", "freq_Hz", "log(f/Hz)" or "imaginary_impedance_ohm".</summary>
    public static ImpedanceColumn Of(TableHeading heading)
    {
        string text = HeadingUnit.WithoutLostUnit(HeadingText.Tidy(heading.Text), static name => ImpedanceNames.RoleOf(name.TrimStart('-')).Role != ImpedanceRole.Other);
        if (LogarithmText.TryTake(text, out string inner, out double logarithm))
        {
            ImpedanceColumn of = Of(heading with { Text = inner });
            return of.Role is ImpedanceRole.Frequency or ImpedanceRole.Modulus && !of.IsNegated ? of with { LogarithmBase = logarithm } : Other;
        }

        string? unit = heading.Unit is { Length: > 0 } given ? HeadingText.Tidy(given) : null;
        string name = text;
        if (unit is null || !ImpedanceUnit.IsUnit(unit))
        {
            (name, string? own) = HeadingUnit.SplitOff(text, ImpedanceUnit.IsUnit);
            // A unit of a row below that is not known must not turn into the usual one.
            unit = own ?? (unit is { Length: > 0 } && unit.Any(char.IsLetter) ? unit : null);
        }

        name = ImpedanceNames.WithoutNumber(name);
        bool negated = ImpedanceNames.TakeSign(ref name);
        return ImpedanceNames.RoleOf(name) switch
        {
            (ImpedanceRole.Frequency, bool angular) => Frequency(unit, angular),
            ((ImpedanceRole.Real or ImpedanceRole.Imaginary or ImpedanceRole.Modulus) and var role, _) => Impedance(role, unit, negated),
            (ImpedanceRole.Phase, _) => ImpedanceUnit.Angle(unit) is { } angle ? new ImpedanceColumn(ImpedanceRole.Phase, negated ? -angle : angle, unit ?? "") : Other,
            // "T/°C" is a temperature, "t/s" a time.
            (ImpedanceRole.Time, _) when unit is not null && Isobar.Quantities.Temperature.Dimension.Find(ImpedanceUnit.Spelled(unit)) is not null => Scaled(ImpedanceRole.Temperature, Isobar.Quantities.Temperature.Dimension, unit),
            (ImpedanceRole.Time, _) => ImpedanceUnit.Time(unit) is { } time ? new ImpedanceColumn(ImpedanceRole.Time, time, unit ?? "s") : Unknown(unit, "s, min or h"),
            (ImpedanceRole.Temperature, _) => Scaled(ImpedanceRole.Temperature, Isobar.Quantities.Temperature.Dimension, unit),
            ((ImpedanceRole.AppliedPressure or ImpedanceRole.SurfacePressure) and var role, _) => OnSample(role, text, unit),
            (ImpedanceRole.Area, _) => Scaled(ImpedanceRole.Area, Isobar.Quantities.Area.Dimension, unit),
            (ImpedanceRole.Thickness, _) => Scaled(ImpedanceRole.Thickness, Length.Dimension, unit),
            (ImpedanceRole.Sweep, _) => new ImpedanceColumn(ImpedanceRole.Sweep),
            _ when name is "P" or "p" && unit is not null && SamplePressure.Dimension.Find(ImpedanceUnit.Spelled(unit)) is not null => Scaled(ImpedanceRole.AppliedPressure, SamplePressure.Dimension, unit),
            _ => ImpedanceNames.SeriesRoleOf(name) is var series and not ImpedanceRole.Other ? Impedance(series, unit, false) with { IsSeries = true } : Unread(text),
        };
    }

    /// <summary>A column that a person says to hold the pressure on the sample; in MPa where its heading has no unit. Null where its unit is not one of pressure.</summary>
    public static ImpedanceColumn? Pressure(TableHeading heading, out string unit)
    {
        string text = HeadingText.Tidy(heading.Text);
        string? stated = heading.Unit is { Length: > 0 } given ? HeadingText.Tidy(given) : HeadingUnit.Stated(text) ?? HeadingUnit.SplitOff(text, ImpedanceUnit.IsUnit).Unit;
        unit = stated ?? "";
        if (stated is null) return new ImpedanceColumn(ImpedanceRole.AppliedPressure, 1e6, "MPa");
        ImpedanceColumn found = OnSample(ImpedanceRole.AppliedPressure, text, stated);
        return found.Role == ImpedanceRole.AppliedPressure ? found : null;
    }

    // "Pressure (psi)" and "thickness (thou)": what the column is, is known, and its unit is not.
    private static ImpedanceColumn Unread(string text)
    {
        if (HeadingUnit.Stated(text) is not { } unit) return Other;
        string name = text[..text.LastIndexOf(unit, StringComparison.Ordinal)].TrimEnd('(', '[', '{', '<', '/', ' ');
        return (ImpedanceNames.RoleOf(name).Role, name) switch
        {
            (ImpedanceRole.Time, _) => Unknown(unit, "s, min or h"),
            (ImpedanceRole.Temperature, _) => Scaled(ImpedanceRole.Temperature, Isobar.Quantities.Temperature.Dimension, unit),
            (ImpedanceRole.AppliedPressure or ImpedanceRole.SurfacePressure, _) or (_, "P" or "p") when SamplePressure.Dimension.FindRefused(unit) is not null || name.Length > 1 => OnSample(ImpedanceRole.AppliedPressure, text, unit),
            (ImpedanceRole.Area, _) => Scaled(ImpedanceRole.Area, Isobar.Quantities.Area.Dimension, unit),
            (ImpedanceRole.Thickness, _) => Scaled(ImpedanceRole.Thickness, Length.Dimension, unit),
            _ => Other,
        };
    }

    // Bar and psi are what gauges of oil show, and are refused, unless the heading itself says that the pressure is that of the stack.
    private static ImpedanceColumn OnSample(ImpedanceRole role, string heading, string? unit)
    {
        bool said = Array.Exists(s_sample, word => heading.Contains(word, StringComparison.OrdinalIgnoreCase));
        return said && unit is not null && SamplePressure.Dimension.Find(ImpedanceUnit.Spelled(unit)) is null && OilPressure.Dimension.Find(unit) is { } known
            ? new ImpedanceColumn(role, known.ToSi, unit)
            : Scaled(role, SamplePressure.Dimension, unit);
    }

    private static ImpedanceColumn Frequency(string? unit, bool angularName)
    {
        if (unit is null) return new ImpedanceColumn(ImpedanceRole.Frequency, angularName ? 1 / (2 * Math.PI) : 1) { Angular = angularName };
        if (ImpedanceUnit.Frequency(unit) is { } factor) return angularName ? Other : new ImpedanceColumn(ImpedanceRole.Frequency, factor, unit);
        return ImpedanceUnit.AngularFrequency(unit, angularName) is { } angular ? new ImpedanceColumn(ImpedanceRole.Frequency, angular / (2 * Math.PI), unit) { Angular = true } : Other;
    }

    private static ImpedanceColumn Impedance(ImpedanceRole role, string? unit, bool negated)
    {
        if (unit is null) return new ImpedanceColumn(role, negated ? -1 : 1);
        if (ImpedanceUnit.Impedance(unit) is not { } ohms) return Other;
        return new ImpedanceColumn(role, negated ? -ohms.Factor : ohms.Factor, unit) { PerArea = ohms.PerArea };
    }

    private static ImpedanceColumn Scaled(ImpedanceRole role, Dimension dimension, string? unit) => unit is not null && dimension.Find(ImpedanceUnit.Spelled(unit)) is { } known
        ? new ImpedanceColumn(role, known.ToSi, unit) { Offset = known.Offset }
        : Unknown(unit, dimension.FindRefused(unit ?? "")?.Reason ?? string.Join(", ", dimension.Units.Take(6).Select(each => each.Symbol)));

    private static ImpedanceColumn Unknown(string? unit, string expected) => Other with { NotUsed = unit is null ? $"no unit is stated ({expected})" : $"its unit '{unit}' is not known ({expected})" };
}
