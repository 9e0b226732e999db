using System.Globalization;
using MathNet.Numerics.Distributions;

namespace Isobar.Quantities;

/// <summary>On which scale an uncertainty is symmetric.</summary>
public enum EstimateScale
{
    /// <summary>Symmetric in the value itself.</summary>
    Linear,

    /// <summary>Symmetric in the logarithm: positive quantities known to a factor, such as a conductivity.</summary>
    Logarithmic,

    /// <summary>Symmetric in ln(x/(1 − x)): shares between zero and one, such as a relative density.</summary>
    Logit,
}

/// <summary>An interval that holds the truth with a stated probability.</summary>
/// <param name="Low">Lower end, SI.</param>
/// <param name="High">Upper end, SI.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Whether the value lies inside, ends included.</summary>
    public bool Contains(double value) => value >= Low && value <= High;
}

/// <summary>
/// A value with its standard uncertainty and degrees of freedom, in SI units (JCGM 100:2008).
/// The uncertainty is absolute; <paramref name="Scale"/> says on which scale an interval is symmetric,
/// so that a conductivity never reaches below zero and a relative density never above one.
/// </summary>
/// <param name="Value">Best value, SI.</param>
/// <param name="StandardUncertainty">One standard deviation of the value, SI, not negative.</param>
/// <param name="DegreesOfFreedom">Effective degrees of freedom; infinite when the uncertainty itself is taken as known.</param>
/// <param name="Scale">Scale on which the interval is symmetric.</param>
/// <param name="Extrapolated">Whether a model was asked outside its stated range.</param>
public readonly record struct Estimate(
    double Value,
    double StandardUncertainty,
    double DegreesOfFreedom = double.PositiveInfinity,
    EstimateScale Scale = EstimateScale.Linear,
    bool Extrapolated = false)
{
    /// <summary>Standard uncertainty over value.</summary>
    public double RelativeUncertainty => StandardUncertainty / Math.Abs(Value);

    /// <summary>The 90 % interval, the band Isobar prints.</summary>
    public Interval Band90 => IntervalAt(0.90);

    /// <summary>The interval that holds the truth with the given probability, by Student's t on the estimate's scale.</summary>
    public Interval IntervalAt(double coverage)
    {
        if (coverage is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(coverage), coverage, "a coverage lies between 0 and 1, for example 0.90");
        double k = CoverageFactor(coverage, DegreesOfFreedom);
        switch (Scale)
        {
            case EstimateScale.Logarithmic when Value > 0:
                double spread = Math.Exp(k * RelativeUncertainty);
                return new Interval(Value / spread, Value * spread);
            case EstimateScale.Logit when Value is > 0 and < 1:
                double logit = Math.Log(Value / (1 - Value));
                double half = k * StandardUncertainty / (Value * (1 - Value));
                return new Interval(Logistic(logit - half), Logistic(logit + half));
            default:
                return new Interval(Value - (k * StandardUncertainty), Value + (k * StandardUncertainty));
        }
    }

    /// <summary>The two-sided Student factor for a coverage; the normal factor when the degrees of freedom are infinite.</summary>
    public static double CoverageFactor(double coverage, double degreesOfFreedom)
    {
        double tail = 0.5 * (1 + coverage);
        return double.IsPositiveInfinity(degreesOfFreedom) || degreesOfFreedom > 1e7
            ? Normal.InvCDF(0, 1, tail)
            : StudentT.InvCDF(0, 1, degreesOfFreedom, tail);
    }

    /// <summary>A positive value known to a relative standard uncertainty, symmetric in its logarithm.</summary>
    public static Estimate Relative(double value, double relativeUncertainty) =>
        new(value, Math.Abs(value) * relativeUncertainty, Scale: EstimateScale.Logarithmic);

    /// <summary>A value without uncertainty: a definition or a counted number.</summary>
    public static Estimate Exact(double value) => new(value, 0);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:G6} ± {StandardUncertainty:G2}");

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}

/// <summary>An <see cref="Estimate"/> of a quantity: the same numbers with the unit kept by the compiler.</summary>
/// <typeparam name="T">The quantity.</typeparam>
/// <param name="Si">The estimate in SI units.</param>
public readonly record struct Estimate<T>(Estimate Si) where T : struct, IQuantity<T>
{
    /// <summary>A value with a standard uncertainty, both as quantities.</summary>
    public Estimate(T value, T standardUncertainty, EstimateScale scale = EstimateScale.Linear)
        : this(new Estimate(value.Si, standardUncertainty.Si, Scale: scale))
    {
    }

    /// <summary>The best value.</summary>
    public T Value => T.FromSi(Si.Value);

    /// <summary>One standard deviation. For temperatures a difference, not a point on the scale.</summary>
    public T StandardUncertainty => T.FromSi(Si.StandardUncertainty);

    /// <summary>Lower end of the 90 % interval.</summary>
    public T Low90 => T.FromSi(Si.Band90.Low);

    /// <summary>Upper end of the 90 % interval.</summary>
    public T High90 => T.FromSi(Si.Band90.High);

    /// <summary>Whether a model was asked outside its stated range.</summary>
    public bool Extrapolated => Si.Extrapolated;

    /// <summary>"73.9 MPa (72.1 to 75.8)": the value with its 90 % band in one unit.</summary>
    public override string ToString()
    {
        Unit unit = T.Dimension.PrintUnit(Si.Value);
        Interval band = Si.Band90;
        string low = Quantity.Number(unit.FromSiValue(band.Low), 3);
        string high = Quantity.Number(unit.FromSiValue(band.High), 3);
        return $"{Quantity.Format(Value, unit, 3)} ({low} to {high})";
    }
}
