using System.Collections.Immutable;
using Isobar.Materials;
using Isobar.Numerics;
using Isobar.Quantities;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// The numbers of a half cell with what is known about each: value, uncertainty, source. Immutable.
/// </summary>
/// <param name="Name">For people.</param>
/// <param name="Materials">Ids of the active materials for whose cells the chemistry of this set is taken; often empty.</param>
/// <param name="Best">Every number at its best value.</param>
/// <param name="Constants">What is known of the symbols that the set gives, in the order of <see cref="HalfCellSymbols.All"/>.</param>
/// <param name="OpenCircuit">What is known of the open-circuit curve as a whole: zero with one standard uncertainty in V, source and DOI.</param>
public sealed record ParameterSet(string Name, ImmutableArray<string> Materials, HalfCellParameters Best, ImmutableArray<Constant> Constants, Constant OpenCircuit)
{
    /// <summary>The key of the open-circuit curve among the constants.</summary>
    public const string OpenCircuitKey = "ocp";

    /// <summary>What is known of one symbol; null when the set does not give it.</summary>
    public Constant? Find(string symbol) => Constants.FirstOrDefault(constant => string.Equals(constant.Definition.Key, symbol, StringComparison.Ordinal));

    /// <summary>The half cell with every constant at the value that <paramref name="choose"/> gives.</summary>
    public HalfCellParameters Resolve(Func<Constant, double> choose)
    {
        HalfCellParameters cell = Best;
        foreach (Constant constant in Constants) cell = HalfCellSymbols.Find(constant.Definition.Key)!.With(cell, choose(constant));
        // A curve that lies higher everywhere is the same as an anode that lies lower.
        return cell with { AnodeVolts = cell.AnodeVolts - choose(OpenCircuit) };
    }

    /// <summary>How a symbol is declared as a constant: plain SI numbers with the scale on which their uncertainty is symmetric.</summary>
    public static ConstantDefinition DefinitionOf(HalfCellSymbol symbol) =>
        new ConstantDefinition<Fraction>(symbol.Symbol, symbol.Symbol, symbol.Meaning, symbol.Lowest, symbol.Highest, ScaleOf(symbol));

    /// <summary>What is known of an open-circuit curve as a whole, as a constant.</summary>
    public static Constant OpenCircuitConstant(double uncertaintyVolts, string source, string? doi) => new(
        new ConstantDefinition<Fraction>(OpenCircuitKey, "U(x)", "shift of the open-circuit curve, V", -10, 10, EstimateScale.Linear),
        new Estimate(0, uncertaintyVolts),
        null,
        source,
        doi);

    /// <summary>The stoichiometry at which a falling open-circuit curve has a voltage against lithium; the nearer end of its range when it never does.</summary>
    public static double StoichiometryAt(StoichiometryCurve openCircuit, double volts)
    {
        if (openCircuit.At(openCircuit.Lowest) <= volts) return openCircuit.Lowest;
        if (openCircuit.At(openCircuit.Highest) >= volts) return openCircuit.Highest;
        return RootFinder.Bracketed(x => openCircuit.At(x) - volts, openCircuit.Lowest, openCircuit.Highest, 1e-12);
    }

    // Shares cannot pass zero or one, voltages and temperatures are symmetric, all other quantities are known to a factor.
    private static EstimateScale ScaleOf(HalfCellSymbol symbol) => symbol.Unit switch
    {
        "1" when symbol.Symbol is "x0" or "x_rated" or "eps_r_sep" => EstimateScale.Linear,
        "1" => EstimateScale.Logit,
        "V" or "K" => EstimateScale.Linear,
        _ => EstimateScale.Logarithmic,
    };
}
