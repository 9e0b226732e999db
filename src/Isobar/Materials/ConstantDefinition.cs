using Isobar.Quantities;

namespace Isobar.Materials;

/// <summary>
/// The one declaration of a material constant: key in files, symbol in formulas, meaning, dimension, physical limits and the scale
/// of its uncertainty. Files, schema, validation and the reference page read it.
/// </summary>
public abstract class ConstantDefinition
{
    private protected ConstantDefinition(string key, string symbol, string meaning, Dimension dimension, double lowest, double highest, EstimateScale scale)
    {
        Key = key;
        Symbol = symbol;
        Meaning = meaning;
        Dimension = dimension;
        Lowest = lowest;
        Highest = highest;
        Scale = scale;
    }

    /// <summary>Name in files: lower case words joined by underscores.</summary>
    public string Key { get; }

    /// <summary>Symbol in formulas and on the science pages.</summary>
    public string Symbol { get; }

    /// <summary>What it is, in one sentence.</summary>
    public string Meaning { get; }

    /// <summary>Its dimension, which fixes the units a file may use.</summary>
    public Dimension Dimension { get; }

    /// <summary>Lowest physically possible value, SI.</summary>
    public double Lowest { get; }

    /// <summary>Highest physically possible value, SI.</summary>
    public double Highest { get; }

    /// <summary>Scale on which the uncertainty is symmetric.</summary>
    public EstimateScale Scale { get; }
}

/// <summary>A constant whose quantity the compiler knows.</summary>
/// <typeparam name="T">The quantity.</typeparam>
public sealed class ConstantDefinition<T> : ConstantDefinition where T : struct, IQuantity<T>
{
    /// <summary>Declares a constant; the limits are SI values.</summary>
    public ConstantDefinition(string key, string symbol, string meaning, double lowest, double highest, EstimateScale scale = EstimateScale.Logarithmic)
        : base(key, symbol, meaning, T.Dimension, lowest, highest, scale)
    {
    }
}
