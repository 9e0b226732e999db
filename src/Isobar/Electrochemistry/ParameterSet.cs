using System.Collections.Immutable;
using Isobar.Materials;
using Isobar.Numerics;
using Isobar.Quantities;

namespace Isobar.Electrochemistry;

/// <summary>An open-circuit voltage as somebody measured or fitted it: a formula of x or points, with the range in which it holds.</summary>
/// <param name="Formula">The formula; null when there are points.</param>
/// <param name="Points">The curve through the points; null when there is a formula.</param>
/// <param name="Range">Stoichiometries between which it holds.</param>
/// <param name="UncertaintyVolts">One standard uncertainty of the whole curve, V; zero when nothing is said.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Doi">DOI of the source, when it has one.</param>
public sealed record OpenCircuitData(Formula? Formula, MonotoneCubic? Points, Interval Range, double UncertaintyVolts, string Source, string? Doi)
{
    /// <summary>The voltage against lithium at a stoichiometry, V.</summary>
    public double VoltsAt(double stoichiometry) => VoltsAt(stoichiometry, out _);

    /// <summary>The voltage against lithium and its slope dU/dx, V.</summary>
    public double VoltsAt(double stoichiometry, out double slope) =>
        Formula is not null ? Formula.At(stoichiometry, out slope) : Points!.At(stoichiometry, out slope);

    /// <summary>The stoichiometry at which a falling curve has a voltage; the nearer end of the range when it never does.</summary>
    public double StoichiometryAt(double volts)
    {
        if (VoltsAt(Range.Low) <= volts) return Range.Low;
        if (VoltsAt(Range.High) >= volts) return Range.High;
        return RootFinder.Bracketed(x => VoltsAt(x) - volts, Range.Low, Range.High, 1e-12);
    }
}

/// <summary>
/// The numbers of one cell model with what is known about each: value, uncertainty, source. Immutable.
/// </summary>
/// <param name="Name">For people.</param>
/// <param name="Constants">A constant per symbol, in the order of <see cref="ModelSymbol.All"/>.</param>
/// <param name="OpenCircuit">The open-circuit voltage of the active material against lithium.</param>
public sealed record ParameterSet(string Name, ImmutableArray<Constant> Constants, OpenCircuitData OpenCircuit)
{
    /// <summary>What is known of one symbol.</summary>
    public Constant this[ModelSymbol symbol] => Constants[ModelSymbol.All.IndexOf(symbol)];

    /// <summary>The best value of one symbol, SI.</summary>
    public double Best(ModelSymbol symbol) => this[symbol].Estimate.Value;

    /// <summary>The same set with one symbol at another value and without uncertainty.</summary>
    public ParameterSet With(ModelSymbol symbol, double value) =>
        this with { Constants = Constants.SetItem(ModelSymbol.All.IndexOf(symbol), new Constant(symbol.Definition, Estimate.Exact(value), null, "given", null)) };
}
