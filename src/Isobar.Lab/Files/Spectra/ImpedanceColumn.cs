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

    /// <summary>A number that changes from sweep to sweep.</summary>
    Sweep,
}

/// <summary>The meaning of one column: role, unit, sign. SI value = number × <paramref name="Factor"/>, plus the offset.</summary>
/// <param name="Role">What it holds.</param>
/// <param name="Factor">SI units (Hz, Ω or Ω m², rad, s, K, Pa) in one of its unit; negative where the column holds the value with its sign turned.</param>
/// <param name="Unit">Its unit as people write it; empty where the file states none.</param>
internal sealed record ImpedanceColumn(ImpedanceRole Role, double Factor = 1, string Unit = "")
{
    public static ImpedanceColumn Other { get; } = new(ImpedanceRole.Other);

    public double Offset { get; init; }

    /// <summary>Whether the impedance is per area (Ω m² after the factor).</summary>
    public bool PerArea { get; init; }

    /// <summary>Whether the frequency is angular (the factor turns it into Hz).</summary>
    public bool Angular { get; init; }

    /// <summary>Whether the heading states the sign, as "-Im(Z)" does.</summary>
    public bool IsNegated => Factor < 0;

    /// <summary>The meaning of a heading such as "-Im(Z)/Ohm", "Z' (kΩ cm²)", "freq_Hz" or "imaginary_impedance_ohm".</summary>
    public static ImpedanceColumn Of(TableHeading heading)
    {
        string text = HeadingText.Tidy(heading.Text);
        string? unit = heading.Unit is { Length: > 0 } given && ImpedanceUnit.IsUnit(given) ? given : null;
        (string name, unit) = unit is null ? HeadingUnit.SplitOff(text, ImpedanceUnit.IsUnit) : (text, unit);
        bool negated = ImpedanceNames.TakeSign(ref name);
        return ImpedanceNames.RoleOf(name) switch
        {
            (ImpedanceRole.Frequency, bool angular) => Frequency(unit, angular),
            ((ImpedanceRole.Real or ImpedanceRole.Imaginary or ImpedanceRole.Modulus) and var role, _) => Impedance(role, unit, negated),
            (ImpedanceRole.Phase, _) => ImpedanceUnit.Angle(unit) is { } angle ? new ImpedanceColumn(ImpedanceRole.Phase, negated ? -angle : angle, unit ?? "") : Other,
            (ImpedanceRole.Time, _) => ImpedanceUnit.Time(unit) is { } time ? new ImpedanceColumn(ImpedanceRole.Time, time, unit ?? "s") : Other,
            (ImpedanceRole.Temperature, _) => Scaled(ImpedanceRole.Temperature, Isobar.Quantities.Temperature.Dimension, unit),
            ((ImpedanceRole.AppliedPressure or ImpedanceRole.SurfacePressure) and var role, _) => Scaled(role, SamplePressure.Dimension, unit),
            (ImpedanceRole.Sweep, _) => new ImpedanceColumn(ImpedanceRole.Sweep),
            _ => Other,
        };
    }

    /// <summary>A column that a person says to hold the pressure on the sample; in MPa where its heading has no unit.</summary>
    public static ImpedanceColumn Pressure(TableHeading heading)
    {
        (_, string? unit) = heading.Unit is { Length: > 0 } given ? ("", given) : HeadingUnit.SplitOff(HeadingText.Tidy(heading.Text), ImpedanceUnit.IsUnit);
        ImpedanceColumn found = Scaled(ImpedanceRole.AppliedPressure, SamplePressure.Dimension, unit);
        return found.Role == ImpedanceRole.AppliedPressure ? found : new ImpedanceColumn(ImpedanceRole.AppliedPressure, 1e6, "MPa");
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
        : Other;
}
