namespace Isobar.Impedance.Circuits;

/// <summary>A parameter that follows another: value = Factor · value of the other.</summary>
/// <param name="Other">Name of the other parameter.</param>
/// <param name="Factor">Positive factor.</param>
public sealed record ParameterTie(string Other, double Factor = 1);

/// <summary>What is known of a parameter before the fit: a value and its standard uncertainty, relative for a logarithmic parameter.</summary>
/// <param name="Value">Expected value.</param>
/// <param name="StandardUncertainty">One standard uncertainty in the unit of the value.</param>
public sealed record ParameterPrior(double Value, double StandardUncertainty);

/// <summary>One parameter of a circuit.</summary>
/// <param name="Name">Name in the circuit, for example <c>R1</c> or <c>CPE1.Q</c>.</param>
/// <param name="Declaration">Symbol, unit and scale.</param>
public sealed record CircuitParameter(string Name, ElementParameter Declaration)
{
    /// <summary>Value: given, default, or fitted.</summary>
    public double Value { get; init; } = Declaration.Default;

    /// <summary>Smallest value a fit may take.</summary>
    public double Lowest { get; init; } = Declaration.Lowest;

    /// <summary>Largest value a fit may take.</summary>
    public double Highest { get; init; } = Declaration.Highest;

    /// <summary>Whether the value was written in the circuit, so that fits also start there.</summary>
    public bool Given { get; init; }

    /// <summary>Whether fits leave the value alone.</summary>
    public bool Fixed { get; init; }

    /// <summary>The parameter that this one follows; null when it is its own.</summary>
    public ParameterTie? Tie { get; init; }

    /// <summary>What is known before the fit; null for nothing.</summary>
    public ParameterPrior? Prior { get; init; }

    /// <summary>Whether a fit may change it on its own.</summary>
    public bool IsFree => !Fixed && Tie is null;

    // The number in which fits count: the logarithm of what is positive, else the value.
    internal double Coordinate(double value) => Declaration.Logarithmic ? Math.Log(value) : value;

    internal double FromCoordinate(double coordinate) => Declaration.Logarithmic ? Math.Exp(coordinate) : coordinate;
}
