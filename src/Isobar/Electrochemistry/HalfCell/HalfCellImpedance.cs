using System.Collections.Immutable;
using System.Numerics;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>Impedance of a half cell split as a reference electrode in the separator would, per electrode area, Ω m².</summary>
/// <param name="Cathode">Composite, collector contact and external resistance.</param>
/// <param name="Separator">Separator.</param>
/// <param name="Anode">Anode with its constriction.</param>
public readonly record struct ImpedanceSplit(Complex Cathode, Complex Separator, Complex Anode)
{
    /// <summary>The whole cell, Ω m².</summary>
    public Complex Total => Cathode + Separator + Anode;
}

/// <summary>Small-signal impedance of the half cell.</summary>
public static class HalfCellImpedance
{
    /// <summary>Closed form at equilibrium, at x0 in every particle.</summary>
    public static ImpedanceSplit AtEquilibrium(HalfCellParameters cell, double hertz) => throw new NotSupportedException();

    /// <summary>Closed form at equilibrium over many frequencies.</summary>
    public static ImmutableArray<ImpedanceSplit> AtEquilibrium(HalfCellParameters cell, ReadOnlySpan<double> hertz) => throw new NotSupportedException();

    /// <summary>Derivatives of the total by every scalar parameter, in the order of <see cref="HalfCellSymbols.All"/>, Ω m² per unit of the parameter.</summary>
    public static ImmutableArray<Complex> Sensitivities(HalfCellParameters cell, double hertz) => throw new NotSupportedException();
}
