using Isobar.Quantities;

namespace Isobar.Cells;

/// <summary>
/// What confines the pellet: it turns force into sample pressure, p = F·(1 − φ)/(π d²/4), where φ is the share of the force
/// that the wall carries. The diameter counts twice in the relative uncertainty.
/// </summary>
/// <param name="Diameter">Inner diameter d with its standard uncertainty.</param>
/// <param name="MaterialName">What the die or sleeve is made of, for example PEEK or steel.</param>
/// <param name="Limit">Largest sample pressure that die and punches may see.</param>
/// <param name="WallFriction">Coefficient of friction μ between powder and wall.</param>
/// <param name="LateralRatio">Radial over axial stress k in the powder.</param>
public sealed record Die(
    Estimate<Length> Diameter,
    string MaterialName,
    SamplePressure Limit,
    Estimate<Fraction> WallFriction,
    Estimate<Fraction> LateralRatio)
{
    /// <summary>Die area π d²/4.</summary>
    public Area Area => AreaOf(Diameter.Value);

    /// <summary>The nominal sample pressure of a force: force over area, wall friction not subtracted.</summary>
    public SamplePressure PressureOf(Force force) => new(force.Newtons / Area.SquareMetres);

    /// <summary>The force that makes a nominal sample pressure.</summary>
    public Force ForceFor(SamplePressure pressure) => new(pressure.Pascals * Area.SquareMetres);

    /// <summary>Area of a round die of a given diameter.</summary>
    public static Area AreaOf(Length diameter) => new(Math.PI / 4 * diameter.Metres * diameter.Metres);

    /// <summary>A die of which only the diameter is known: ±0.02 mm, the wall friction of a lubricated powder die.</summary>
    public static Die OfDiameter(Length diameter, SamplePressure? limit = null) => new(
        new Estimate<Length>(diameter, new Length(0.02e-3)),
        "steel",
        limit ?? SamplePressure.FromMegapascals(750),
        new Estimate<Fraction>(new Fraction(0.2), new Fraction(0.06)),
        new Estimate<Fraction>(new Fraction(0.6), new Fraction(0.1)));
}

/// <summary>The piston of a hydraulic press: it turns oil pressure into force, F = p_oil·A.</summary>
/// <param name="Area">Piston area with its standard uncertainty.</param>
public sealed record Ram(Estimate<Area> Area)
{
    /// <summary>The force of an oil pressure.</summary>
    public Force ForceOf(OilPressure pressure) => new(pressure.Pascals * Area.Value.SquareMetres);

    /// <summary>The oil pressure that makes a force.</summary>
    public OilPressure PressureFor(Force force) => new(force.Newtons / Area.Value.SquareMetres);
}
