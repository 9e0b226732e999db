using System.Numerics;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>Small-signal elements that are the same at equilibrium and under current.</summary>
internal static class SmallSignal
{
    /// <summary>ε₀, F/m.</summary>
    public const double VacuumPermittivity = 8.8541878128e-12;

    /// <summary>Admittance of a double layer, S/m²: C·(jω)^α.</summary>
    public static Complex DoubleLayer(double farads, double exponent, double hertz)
    {
        double omega = 2 * Math.PI * hertz;
        return exponent >= 1 ? new Complex(0, omega * farads) : Complex.FromPolarCoordinates(farads * Math.Pow(omega, exponent), 0.5 * Math.PI * exponent);
    }

    /// <summary>A resistance with a capacitance in parallel, given their time constant.</summary>
    public static Complex Arc(double ohms, double seconds, double hertz) => ohms / new Complex(1, 2 * Math.PI * hertz * seconds);

    /// <summary>Separator, Ω m².</summary>
    public static Complex Separator(HalfCellParameters cell, in SeriesElements series, double separatorConductivity, double hertz) =>
        Arc(series.SeparatorOhms, cell.SeparatorPermittivity * VacuumPermittivity / separatorConductivity, hertz);

    /// <summary>Anode with the constriction at its spots, Ω m².</summary>
    public static Complex Anode(HalfCellParameters cell, in SeriesElements series, double contactFraction, double separatorConductivity, double current, double hertz)
    {
        double two = 2 * contactFraction * cell.AnodeExchangeAmperesPerSquareMetre;
        double conductance = Math.Sqrt((two * two) + (current * current)) / (2 * cell.ThermalVolts);
        Complex layer = DoubleLayer(cell.AnodeDoubleLayerFaradsPerSquareMetre ?? cell.DoubleLayerFaradsPerSquareMetre, cell.AnodeDoubleLayerExponent, hertz);
        return (1 / (layer + conductance)) + Arc(series.ConstrictionOhms, cell.SeparatorPermittivity * VacuumPermittivity / separatorConductivity, hertz);
    }

    /// <summary>Collector contact and external resistance, Ω m².</summary>
    public static Complex Collector(HalfCellParameters cell, double collectorOhms, double hertz) =>
        Arc(collectorOhms, collectorOhms * cell.CollectorFaradsPerSquareMetre, hertz) + cell.ExternalOhmSquareMetres;
}
