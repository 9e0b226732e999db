namespace Isobar.Quantities;

/// <summary>An electric current; positive discharges the cell.</summary>
/// <param name="Amperes">The value in the SI unit that the name says.</param>
public readonly record struct Current(double Amperes) : IQuantity<Current>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "current",
        [
            new("A", 1, Printed: true),
            new("mA", 1e-3, Printed: true),
            new("uA", 1e-6, 0, true, "µA"),
        ]);

    /// <inheritdoc/>
    public double Si => Amperes;

    /// <inheritdoc/>
    public static Current FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>Current per area.</summary>
/// <param name="AmperesPerSquareMetre">The value in the SI unit that the name says.</param>
public readonly record struct CurrentDensity(double AmperesPerSquareMetre) : IQuantity<CurrentDensity>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "current density",
        [
            new("A/m2", 1, 0, false, "A m-2"),
            new("mA/cm2", 10, 0, true, "mA cm-2"),
            new("uA/cm2", 1e-2, 0, true, "µA/cm2", "uA cm-2"),
        ]);

    /// <inheritdoc/>
    public double Si => AmperesPerSquareMetre;

    /// <summary>The current density in mA/cm².</summary>
    public double MilliamperesPerSquareCentimetre => AmperesPerSquareMetre / 10;

    /// <inheritdoc/>
    public static CurrentDensity FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>An electric potential difference.</summary>
/// <param name="Volts">The value in the SI unit that the name says.</param>
public readonly record struct Voltage(double Volts) : IQuantity<Voltage>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "voltage",
        [
            new("V", 1, Printed: true),
            new("mV", 1e-3, Printed: true),
            new("uV", 1e-6, 0, false, "µV"),
        ]);

    /// <inheritdoc/>
    public double Si => Volts;

    /// <inheritdoc/>
    public static Voltage FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>An electric resistance of a whole object.</summary>
/// <param name="Ohms">The value in the SI unit that the name says.</param>
public readonly record struct Resistance(double Ohms) : IQuantity<Resistance>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "resistance",
        [
            new("ohm", 1, 0, true, "Ω"),
            new("mohm", 1e-3, 0, false, "mΩ"),
            new("kohm", 1e3, 0, true, "kΩ"),
            new("Mohm", 1e6, 0, true, "MΩ"),
        ]);

    /// <inheritdoc/>
    public double Si => Ohms;

    /// <inheritdoc/>
    public static Resistance FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>Resistance times area.</summary>
/// <param name="OhmSquareMetres">The value in the SI unit that the name says.</param>
public readonly record struct ArealResistance(double OhmSquareMetres) : IQuantity<ArealResistance>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "areal resistance",
        [
            new("ohm m2", 1, 0, false, "Ω m2"),
            new("ohm cm2", 1e-4, 0, true, "Ω cm2"),
        ],
        [new("ohm", "a resistance needs its area to compare cells; give ohm cm2")]);

    /// <inheritdoc/>
    public double Si => OhmSquareMetres;

    /// <summary>The areal resistance in Ω cm².</summary>
    public double OhmSquareCentimetres => OhmSquareMetres / 1e-4;

    /// <inheritdoc/>
    public static ArealResistance FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>Electric or ionic conductivity.</summary>
/// <param name="SiemensPerMetre">The value in the SI unit that the name says.</param>
public readonly record struct Conductivity(double SiemensPerMetre) : IQuantity<Conductivity>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "conductivity",
        [
            new("S/m", 1, 0, false, "S m-1"),
            new("S/cm", 100, 0, false, "S cm-1"),
            new("mS/cm", 0.1, 0, true, "mS cm-1"),
        ]);

    /// <inheritdoc/>
    public double Si => SiemensPerMetre;

    /// <summary>The conductivity in mS/cm.</summary>
    public double MillisiemensPerCentimetre => SiemensPerMetre / 0.1;

    /// <inheritdoc/>
    public static Conductivity FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>Electric charge that a cell stores.</summary>
/// <param name="Coulombs">The value in the SI unit that the name says.</param>
public readonly record struct Capacity(double Coulombs) : IQuantity<Capacity>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "capacity",
        [
            new("C", 1, 0, false, "A s"),
            new("Ah", 3600, 0, false, "A h"),
            new("mAh", 3.6, 0, true, "mA h"),
        ]);

    /// <inheritdoc/>
    public double Si => Coulombs;

    /// <inheritdoc/>
    public static Capacity FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>Charge per electrode area.</summary>
/// <param name="CoulombsPerSquareMetre">The value in the SI unit that the name says.</param>
public readonly record struct ArealCapacity(double CoulombsPerSquareMetre) : IQuantity<ArealCapacity>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "areal capacity",
        [
            new("C/m2", 1),
            new("mAh/cm2", 36000, 0, true, "mAh cm-2"),
        ]);

    /// <inheritdoc/>
    public double Si => CoulombsPerSquareMetre;

    /// <inheritdoc/>
    public static ArealCapacity FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>Charge per mass of active material.</summary>
/// <param name="CoulombsPerKilogram">The value in the SI unit that the name says.</param>
public readonly record struct SpecificCapacity(double CoulombsPerKilogram) : IQuantity<SpecificCapacity>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "specific capacity",
        [
            new("C/kg", 1),
            new("mAh/g", 3600, 0, true, "mAh g-1"),
            new("Ah/kg", 3600),
        ]);

    /// <inheritdoc/>
    public double Si => CoulombsPerKilogram;

    /// <inheritdoc/>
    public static SpecificCapacity FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>Capacitance per area, of a double layer.</summary>
/// <param name="FaradsPerSquareMetre">The value in the SI unit that the name says.</param>
public readonly record struct ArealCapacitance(double FaradsPerSquareMetre) : IQuantity<ArealCapacitance>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "areal capacitance",
        [
            new("F/m2", 1, 0, true, "F m-2"),
            new("uF/cm2", 1e-2, 0, false, "µF/cm2"),
        ]);

    /// <inheritdoc/>
    public double Si => FaradsPerSquareMetre;

    /// <inheritdoc/>
    public static ArealCapacitance FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}
