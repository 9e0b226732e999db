using Isobar.Cells;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>What a cell file means where it says nothing. Each default is what a usual bench has; write the value to replace it.</summary>
public static class CellDefaults
{
    /// <summary>Standard uncertainty of a mass: the reading of a usual laboratory balance, ±0.1 mg.</summary>
    public static Mass MassUncertainty { get; } = new(1e-7);

    /// <summary>Standard uncertainty of a thickness: the precision of a micrometer screw, ±5 µm.</summary>
    public static Length ThicknessUncertainty { get; } = new(5e-6);

    /// <summary>Standard uncertainty of a die bore: a reamed and worn bore, ±0.02 mm.</summary>
    public static Length DiameterUncertainty { get; } = new(0.02e-3);

    /// <summary>Pressure at which the thickness of a powder layer is meant: 3 t on a 10 mm die, the usual full pressing.</summary>
    public static SamplePressure ThicknessPressure { get; } = new(375e6);

    /// <summary>Relative standard uncertainty of a stiffness given without ±: it comes from a drawing more often than from a measurement.</summary>
    public static Fraction StiffnessUncertainty { get; } = new(0.2);

    /// <summary>Relative standard uncertainty of an rms height given without ±: from field to field of a profilometer. Judgement.</summary>
    public static Fraction RoughnessUncertainty { get; } = new(0.2);

    /// <summary>Relative standard uncertainty of a piston area given without ±: a measured bore.</summary>
    public static Fraction RamUncertainty { get; } = new(0.01);

    /// <summary>Friction between powder and wall: lubricated or polished die, discrete-element and tablet values of 0.1-0.3.</summary>
    public static Estimate<Fraction> WallFriction { get; } = new(new Fraction(0.2), new Fraction(0.06));

    /// <summary>Radial over axial stress in the powder: 0.61 measured on tablets, 0.61-0.71 in particle models of electrolytes.</summary>
    public static Estimate<Fraction> LateralRatio { get; } = new(new Fraction(0.6), new Fraction(0.1));

    /// <summary>
    /// Smallest calibrated force as a share of the capacity: dial gauges are used from a fifth of their scale, load cells are verified
    /// from a fiftieth.
    /// </summary>
    public static Fraction LowestCalibrated(GaugeClassBasis basis) => new(basis == GaugeClassBasis.FullScale ? 0.2 : 0.02);

    /// <summary>Relative standard deviation of reaching the same force again: by hand on a dial 3 %, on a load cell 1 %. Judgement.</summary>
    public static Fraction PressRepeatability(GaugeClassBasis basis) => new(basis == GaugeClassBasis.FullScale ? 0.03 : 0.01);

    /// <summary>
    /// Relative standard deviation of the stack pressure from cell to cell: torque on bolts scatters by 15 %, springs are set to 5 %,
    /// gas pressure to 2 %, a driven fixture to 1 %. Judgement.
    /// </summary>
    public static Fraction FixtureRepeatability(FixtureKind kind) => new(kind switch
    {
        FixtureKind.Rigid => 0.15,
        FixtureKind.Spring => 0.05,
        FixtureKind.Pneumatic => 0.02,
        FixtureKind.Servo => 0.01,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of fixture"),
    });
}
