using Isobar.Quantities;

namespace Isobar.Numerics.Propagation;

/// <summary>What is known about how an input scatters about its value.</summary>
public enum InputShape
{
    /// <summary>Normal.</summary>
    Normal,

    /// <summary>Anything between two limits, equally likely: a tolerance, a class limit, a resolution.</summary>
    Rectangular,

    /// <summary>Between two limits, the middle more likely.</summary>
    Triangular,

    /// <summary>A mean of few readings: Student's t with the input's degrees of freedom, scaled by the standard uncertainty s/√n (JCGM 101, 6.4.9).</summary>
    StudentT,

    /// <summary>Positive and known to a factor: the value is the median and u/value the standard deviation of the logarithm.</summary>
    LogNormal,
}

/// <summary>An input of a measurement model with what is known about it (JCGM 100, 4).</summary>
/// <param name="Name">What it is, in words.</param>
/// <param name="Symbol">Its symbol in the model.</param>
/// <param name="Value">Best value, in <paramref name="UnitText"/>.</param>
/// <param name="StandardUncertainty">One standard uncertainty, same unit, not negative.</param>
/// <param name="Shape">How it scatters.</param>
/// <param name="DegreesOfFreedom">How well the uncertainty itself is known; infinite when it is taken as given.</param>
/// <param name="UnitText">Unit of value and uncertainty, for tables.</param>
public sealed record UncertainInput(
    string Name,
    string Symbol,
    double Value,
    double StandardUncertainty,
    InputShape Shape = InputShape.Normal,
    double DegreesOfFreedom = double.PositiveInfinity,
    string UnitText = "")
{
    /// <summary>An input anywhere between two limits: u = half width/√3.</summary>
    public static UncertainInput Between(string name, string symbol, double low, double high, string unitText = "") =>
        new(name, symbol, 0.5 * (low + high), 0.5 * (high - low) / Math.Sqrt(3), InputShape.Rectangular, UnitText: unitText);

    /// <summary>The input that an estimate describes; a logarithmic scale becomes a log-normal shape.</summary>
    /// <exception cref="ArgumentException">The estimate is symmetric in its logit, for which no shape exists.</exception>
    public static UncertainInput Of(string name, string symbol, Estimate estimate, string unitText = "")
    {
        InputShape shape = estimate.Scale switch
        {
            EstimateScale.Linear when double.IsPositiveInfinity(estimate.DegreesOfFreedom) => InputShape.Normal,
            EstimateScale.Linear => InputShape.StudentT,
            EstimateScale.Logarithmic => InputShape.LogNormal,
            _ => throw new ArgumentException($"'{name}' is an estimate on the scale {estimate.Scale}; an input is linear or logarithmic", nameof(estimate)),
        };
        return new UncertainInput(name, symbol, estimate.Value, estimate.StandardUncertainty, shape, estimate.DegreesOfFreedom, unitText);
    }

    internal void Validate()
    {
        if (!double.IsFinite(Value)) throw new ArgumentException($"input '{Name}' has the value {Value}; a finite number is expected");
        if (!(StandardUncertainty >= 0) || !double.IsFinite(StandardUncertainty))
        {
            throw new ArgumentException($"input '{Name}' has the standard uncertainty {StandardUncertainty}; a finite number that is not negative is expected");
        }

        if (!(DegreesOfFreedom > 0)) throw new ArgumentException($"input '{Name}' has {DegreesOfFreedom} degrees of freedom; more than zero is expected");
        if (Shape == InputShape.LogNormal && Value <= 0) throw new ArgumentException($"input '{Name}' is log-normal with the value {Value}; a positive value is expected");
        if (Shape == InputShape.StudentT && double.IsPositiveInfinity(DegreesOfFreedom))
        {
            throw new ArgumentException($"input '{Name}' has the shape Student's t without degrees of freedom; give them, or use the normal shape");
        }
    }

    /// <summary>One value the input could have. Every shape takes a fixed number of uniforms, so draws of other inputs never shift.</summary>
    internal double Draw(ref RandomSource random)
    {
        switch (Shape)
        {
            case InputShape.Rectangular:
                return Value + (StandardUncertainty * RootThree * ((2 * random.NextUniform()) - 1));
            case InputShape.Triangular:
                return Value + (StandardUncertainty * RootSix * (random.NextUniform() + random.NextUniform() - 1));
            case InputShape.StudentT:
                return Value + (StandardUncertainty * NextStudent(ref random));
            case InputShape.LogNormal:
                return Value * Math.Exp(StandardUncertainty / Value * random.NextNormal());
            default:
                return Value + (StandardUncertainty * random.NextNormal());
        }
    }

    // Bailey 1994 (10.1090/S0025-5718-1994-1203730-4): the polar form of Box and Muller carried over to Student's t, exact for every ν.
    private double NextStudent(ref RandomSource random)
    {
        double radius = Math.Sqrt(DegreesOfFreedom * (Math.Pow(random.NextUniform(), -2 / DegreesOfFreedom) - 1));
        return radius * Math.Cos(2 * Math.PI * random.NextUniform());
    }

    private static readonly double RootThree = Math.Sqrt(3);
    private static readonly double RootSix = Math.Sqrt(6);
}
