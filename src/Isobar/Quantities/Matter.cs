namespace Isobar.Quantities;

/// <summary>A mass.</summary>
/// <param name="Kilograms">The value in the SI unit that the name says.</param>
public readonly record struct Mass(double Kilograms) : IQuantity<Mass>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "mass",
        [
            new("kg", 1),
            new("g", 1e-3, Printed: true),
            new("mg", 1e-6, Printed: true),
            new("ug", 1e-9, 0, false, "µg"),
        ],
        [new("t", "a ton of powder is not meant; masses are in mg or g")]);

    /// <inheritdoc/>
    public double Si => Kilograms;

    /// <summary>The mass in mg.</summary>
    public double Milligrams => Kilograms / 1e-6;

    /// <inheritdoc/>
    public static Mass FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>Mass per volume.</summary>
/// <param name="KilogramsPerCubicMetre">The value in the SI unit that the name says.</param>
public readonly record struct MassDensity(double KilogramsPerCubicMetre) : IQuantity<MassDensity>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "density",
        [
            new("kg/m3", 1, 0, false, "kg m-3"),
            new("g/cm3", 1e3, 0, true, "g cm-3", "g/cc"),
        ]);

    /// <inheritdoc/>
    public double Si => KilogramsPerCubicMetre;

    /// <summary>The density in g/cm³.</summary>
    public double GramsPerCubicCentimetre => KilogramsPerCubicMetre / 1e3;

    /// <inheritdoc/>
    public static MassDensity FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>Mass per electrode area, an areal loading.</summary>
/// <param name="KilogramsPerSquareMetre">The value in the SI unit that the name says.</param>
public readonly record struct ArealMass(double KilogramsPerSquareMetre) : IQuantity<ArealMass>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "areal loading",
        [
            new("kg/m2", 1, 0, false, "kg m-2"),
            new("mg/cm2", 1e-2, 0, true, "mg cm-2"),
            new("g/m2", 1e-3),
        ]);

    /// <inheritdoc/>
    public double Si => KilogramsPerSquareMetre;

    /// <inheritdoc/>
    public static ArealMass FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>An absolute temperature.</summary>
/// <param name="Kelvins">The value in the SI unit that the name says.</param>
public readonly record struct Temperature(double Kelvins) : IQuantity<Temperature>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "temperature",
        [
            new("K", 1),
            new("degC", 1, 273.15, true, "°C", "C", "deg C"),
            new("degF", 0.5555555555555556, 255.3722222222222, false, "°F", "F"),
        ]);

    /// <inheritdoc/>
    public double Si => Kelvins;

    /// <summary>The temperature in °C.</summary>
    public double Celsius => Kelvins - 273.15;

    /// <inheritdoc/>
    public static Temperature FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>Energy per mole, an activation energy.</summary>
/// <param name="JoulesPerMole">The value in the SI unit that the name says.</param>
public readonly record struct MolarEnergy(double JoulesPerMole) : IQuantity<MolarEnergy>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "molar energy",
        [
            new("J/mol", 1),
            new("kJ/mol", 1e3, Printed: true),
            new("eV", PhysicalConstants.Faraday),
        ]);

    /// <inheritdoc/>
    public double Si => JoulesPerMole;

    /// <inheritdoc/>
    public static MolarEnergy FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>Volume per mole, an activation volume.</summary>
/// <param name="CubicMetresPerMole">The value in the SI unit that the name says.</param>
public readonly record struct MolarVolume(double CubicMetresPerMole) : IQuantity<MolarVolume>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "molar volume",
        [
            new("m3/mol", 1),
            new("cm3/mol", 1e-6, Printed: true),
        ]);

    /// <inheritdoc/>
    public double Si => CubicMetresPerMole;

    /// <inheritdoc/>
    public static MolarVolume FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>Amount per volume.</summary>
/// <param name="MolesPerCubicMetre">The value in the SI unit that the name says.</param>
public readonly record struct MolarConcentration(double MolesPerCubicMetre) : IQuantity<MolarConcentration>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "concentration",
        [
            new("mol/m3", 1, 0, true, "mol m-3"),
            new("mol/L", 1e3, 0, false, "M", "mol/l"),
        ]);

    /// <inheritdoc/>
    public double Si => MolesPerCubicMetre;

    /// <inheritdoc/>
    public static MolarConcentration FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>A diffusion coefficient.</summary>
/// <param name="SquareMetresPerSecond">The value in the SI unit that the name says.</param>
public readonly record struct Diffusivity(double SquareMetresPerSecond) : IQuantity<Diffusivity>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "diffusivity",
        [
            new("m2/s", 1, 0, true, "m2 s-1"),
            new("cm2/s", 1e-4, 0, false, "cm2 s-1"),
        ]);

    /// <inheritdoc/>
    public double Si => SquareMetresPerSecond;

    /// <inheritdoc/>
    public static Diffusivity FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}
