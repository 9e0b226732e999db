using Isobar.Electrochemistry;
using Isobar.Mechanics;

namespace Isobar.Tests.Published;

/// <summary>The pellet of a possible cell (layer 1 of <see cref="PossibleCells"/>) under nominal pressures in Pa; the laboratory's pressure error acts on the way in.</summary>
internal static class Pellet
{
    private const int Layer = 1;
    private const double RoomKelvins = 298.15;

    /// <summary>Porosity at a pressure after the largest one.</summary>
    public static double Porosity(CellParameters cell, double presentPa, double largestPa) =>
        cell.Layers[Layer].Compaction.Porosity(cell.Gauge.TruePa(presentPa), cell.Gauge.TruePa(largestPa));

    /// <summary>Conductivity in S/m with the porosity at the present pressure.</summary>
    public static double Conductivity(CellParameters cell, double presentPa, double largestPa) =>
        Conductivity(cell, presentPa, largestPa, Porosity(cell, presentPa, largestPa));

    /// <summary>Conductivity in S/m as a paper computes it that measures the thickness once, after release.</summary>
    public static double ConductivityByReleasedThickness(CellParameters cell, double presentPa, double largestPa) =>
        Conductivity(cell, presentPa, largestPa, Porosity(cell, 0, largestPa));

    /// <summary>Areal resistance in Ω m².</summary>
    public static double ArealResistance(CellParameters cell, double presentPa, double largestPa)
    {
        double porosity = Porosity(cell, presentPa, largestPa);
        return cell.Layers[Layer].SolidThicknessMetres / (1 - porosity) / Conductivity(cell, presentPa, largestPa, porosity);
    }

    private static double Conductivity(CellParameters cell, double presentPa, double largestPa, double porosity) =>
        cell.Layers[Layer].Conduction.SiemensPerMetre(porosity, new LoadHistory(cell.Gauge.TruePa(presentPa), cell.Gauge.TruePa(largestPa)), RoomKelvins);
}
