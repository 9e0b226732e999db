using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Numerics;

namespace Isobar.Planning;

/// <summary>
/// The window of the electrolyte's pre-press. The final density comes from the cathode press, so the pre-press has to do two things:
/// make a coherent layer (at most 25 % pores) that the cathode powder cannot punch through, and leave the face soft enough to give way by
/// at least one cathode particle diameter when the cathode is pressed on it, so that the particles bed in.
/// </summary>
internal static class SeparatorWindow
{
    /// <summary>Porosity below which the layer counts as coherent: well below the poured powder, above the contact-limited range (ε about 0.2).</summary>
    public const double CoherentPorosity = 0.25;

    /// <summary>The geometric mean of the window, or its lower end when it is empty: coherence comes first.</summary>
    public static double Choose(CellEnsemble ensemble, CellPressures pressures, SearchBounds bounds)
    {
        double low = LowPa(ensemble.Best), high = HighPa(ensemble.Best, pressures.CathodePressPa);
        double chosen = high > low ? Math.Sqrt(low * high) : low;
        return Math.Min(chosen, bounds.Highest);
    }

    /// <summary>Pressure at which the separator has <see cref="CoherentPorosity"/>, Pa.</summary>
    public static double LowPa(CellParameters cell) =>
        cell.Gauge.IndicatedPa(SeparatorLayers(cell).Max(layer => layer.Compaction.PressureForPorosity(CoherentPorosity)));

    /// <summary>Pressure above which less than one particle diameter of compaction is left for the cathode press, Pa.</summary>
    public static double HighPa(CellParameters cell, double cathodePressPa)
    {
        double diameter = 2 * cell.Cathode.ParticleRadiusMetres;
        if (YieldMetres(cell, 1e5, cathodePressPa) <= diameter) return 1e5;
        return RootFinder.Bracketed(pressurePa => YieldMetres(cell, pressurePa, cathodePressPa) - diameter, 1e5, cathodePressPa, 1e3);
    }

    /// <summary>How far the separator gives way between the pre-press and the cathode press, m.</summary>
    public static double YieldMetres(CellParameters cell, double pressPa, double cathodePressPa)
    {
        double metres = 0;
        foreach (PowderParameters layer in SeparatorLayers(cell))
        {
            double before = 1 - layer.Compaction.LoadedPorosity(cell.Gauge.TruePa(pressPa));
            double after = 1 - layer.Compaction.LoadedPorosity(cell.Gauge.TruePa(cathodePressPa));
            metres += layer.SolidThicknessMetres * ((1 / before) - (1 / after));
        }

        return metres;
    }

    private static IEnumerable<PowderParameters> SeparatorLayers(CellParameters cell) =>
        cell.Layers.Where((_, i) => cell.Roles[i] == LayerRole.Separator);
}
