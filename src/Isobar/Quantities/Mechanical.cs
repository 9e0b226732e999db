namespace Isobar.Quantities;

/// <summary>A force in newtons. It becomes a pressure only through a die or a ram.</summary>
/// <param name="Newtons">The force in N.</param>
public readonly record struct Force(double Newtons) : IQuantity<Force>
{
    /// <summary>Standard gravity, exact by definition (3rd CGPM 1901), m/s².</summary>
    public const double StandardGravity = 9.80665;

    /// <summary>Newtons in one pound-force: 0.45359237 kg (exact) × standard gravity.</summary>
    public const double NewtonsPerPoundForce = 0.45359237 * StandardGravity;

    /// <summary>Newtons in one metric ton-force (1000 kg).</summary>
    public const double NewtonsPerMetricTon = 1000 * StandardGravity;

    /// <summary>Newtons in one US short ton-force (2000 lb).</summary>
    public const double NewtonsPerShortTon = 2000 * NewtonsPerPoundForce;

    /// <summary>Newtons in one UK long ton-force (2240 lb).</summary>
    public const double NewtonsPerLongTon = 2240 * NewtonsPerPoundForce;

    private const string WhichTon =
        "a ton of force can be metric (9.807 kN), US short (8.896 kN) or UK long (9.964 kN); write 't' or 'tonf' (metric), 'short_ton' or 'long_ton'";

    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "force",
        [
            new("N", 1, Printed: true),
            new("mN", 1e-3),
            new("kN", 1e3, Printed: true),
            new("MN", 1e6),
            new("t", NewtonsPerMetricTon, 0, false, "tonf", "metric_ton", "metric ton", "tonne", "tonnes"),
            new("short_ton", NewtonsPerShortTon, 0, false, "short ton", "US ton", "shortton"),
            new("long_ton", NewtonsPerLongTon, 0, false, "long ton", "UK ton", "longton"),
            new("kgf", StandardGravity, 0, false, "kg_f"),
            new("lbf", NewtonsPerPoundForce),
        ],
        [
            new("ton", WhichTon), new("tons", WhichTon), new("T", WhichTon),
            new("kg", "kg is a mass; write 'kgf' for a kilogram of force, or 'kN'"),
            new("lb", "lb is a mass; write 'lbf' for a pound of force, or 'kN'"),
        ]);

    /// <inheritdoc/>
    public double Si => Newtons;

    /// <summary>The force in kN.</summary>
    public double Kilonewtons => Newtons / 1e3;

    /// <summary>The force in metric tons.</summary>
    public double MetricTons => Newtons / NewtonsPerMetricTon;

    /// <inheritdoc/>
    public static Force FromSi(double si) => new(si);

    /// <summary>A force given in kN.</summary>
    public static Force FromKilonewtons(double kilonewtons) => new(kilonewtons * 1e3);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>A stress or a modulus of a material. Not the pressure on a sample (<see cref="SamplePressure"/>) nor of oil (<see cref="OilPressure"/>).</summary>
/// <param name="Pascals">The stress in Pa.</param>
public readonly record struct Pressure(double Pascals) : IQuantity<Pressure>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "stress",
        [new("Pa", 1, Printed: true), new("kPa", 1e3, Printed: true), new("MPa", 1e6, Printed: true), new("GPa", 1e9, Printed: true)]);

    /// <inheritdoc/>
    public double Si => Pascals;

    /// <inheritdoc/>
    public static Pressure FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>The axial pressure on the sample in the die: force over die area.</summary>
/// <param name="Pascals">The pressure in Pa.</param>
public readonly record struct SamplePressure(double Pascals) : IQuantity<SamplePressure>
{
    private const string Gauge =
        "this is how a hydraulic gauge is marked, and oil pressure is not the pressure on the sample; give MPa on the sample, or a force";

    private const string Tons = "a ton is a force; write the pressure in MPa, or convert it first: isobar convert 1t --die 10mm";

    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "sample pressure",
        [new("Pa", 1), new("kPa", 1e3), new("MPa", 1e6, Printed: true), new("GPa", 1e9), new("N/mm2", 1e6, 0, false, "N/mm²")],
        [
            new("bar", Gauge), new("psi", Gauge), new("kpsi", Gauge), new("kgf/cm2", Gauge), new("atm", Gauge),
            new("t", Tons), new("ton", Tons), new("tons", Tons), new("kN", "kN is a force; a sample pressure needs MPa, or a die to convert with"),
        ]);

    /// <inheritdoc/>
    public double Si => Pascals;

    /// <summary>The pressure in MPa.</summary>
    public double Megapascals => Pascals / 1e6;

    /// <inheritdoc/>
    public static SamplePressure FromSi(double si) => new(si);

    /// <summary>A pressure given in MPa.</summary>
    public static SamplePressure FromMegapascals(double megapascals) => new(megapascals * 1e6);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>The pressure of the oil in a hydraulic press, as its gauge shows it. It becomes a force only through a ram.</summary>
/// <param name="Pascals">The gauge pressure in Pa.</param>
public readonly record struct OilPressure(double Pascals) : IQuantity<OilPressure>
{
    /// <summary>Pascals in one pound-force per square inch (0.0254 m exact).</summary>
    public const double PascalsPerPsi = Force.NewtonsPerPoundForce / (0.0254 * 0.0254);

    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "oil pressure",
        [
            new("Pa", 1), new("kPa", 1e3), new("MPa", 1e6, Printed: true), new("bar", 1e5), new("psi", PascalsPerPsi),
            new("kpsi", 1e3 * PascalsPerPsi, 0, false, "ksi"), new("kgf/cm2", Force.StandardGravity * 1e4),
        ]);

    /// <inheritdoc/>
    public double Si => Pascals;

    /// <inheritdoc/>
    public static OilPressure FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>How fast a sample pressure changes.</summary>
/// <param name="PascalsPerSecond">The rate in Pa/s.</param>
public readonly record struct PressureRate(double PascalsPerSecond) : IQuantity<PressureRate>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "pressure rate",
        [new("Pa/s", 1), new("MPa/s", 1e6, Printed: true), new("MPa/min", 1e6 / 60), new("kPa/s", 1e3)]);

    /// <inheritdoc/>
    public double Si => PascalsPerSecond;

    /// <inheritdoc/>
    public static PressureRate FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>How fast a ram moves.</summary>
/// <param name="MetresPerSecond">The speed in m/s.</param>
public readonly record struct Speed(double MetresPerSecond) : IQuantity<Speed>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "speed",
        [new("m/s", 1), new("mm/s", 1e-3, Printed: true), new("um/s", 1e-6, 0, true, "µm/s"), new("mm/min", 1e-3 / 60)]);

    /// <inheritdoc/>
    public double Si => MetresPerSecond;

    /// <inheritdoc/>
    public static Speed FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>Stiffness of a fixture or a press: force per displacement.</summary>
/// <param name="NewtonsPerMetre">The stiffness in N/m.</param>
public readonly record struct Stiffness(double NewtonsPerMetre) : IQuantity<Stiffness>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "stiffness",
        [new("N/m", 1), new("N/mm", 1e3), new("kN/mm", 1e6), new("N/um", 1e6, 0, true, "N/µm"), new("kN/um", 1e9, 0, false, "kN/µm")]);

    /// <inheritdoc/>
    public double Si => NewtonsPerMetre;

    /// <inheritdoc/>
    public static Stiffness FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}

/// <summary>Resistance of a material to a growing crack, K_Ic.</summary>
/// <param name="PascalRootMetres">The toughness in Pa·√m.</param>
public readonly record struct FractureToughness(double PascalRootMetres) : IQuantity<FractureToughness>
{
    /// <inheritdoc/>
    public static Dimension Dimension { get; } = new(
        "fracture toughness",
        [new("Pa m^0.5", 1, 0, false, "Pa √m"), new("MPa m^0.5", 1e6, 0, true, "MPa √m", "MPa√m")]);

    /// <inheritdoc/>
    public double Si => PascalRootMetres;

    /// <inheritdoc/>
    public static FractureToughness FromSi(double si) => new(si);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(this);
}
