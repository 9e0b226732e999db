using System.Collections.Immutable;
using Isobar.Impedance.Fitting;
using Isobar.Quantities;

namespace Isobar.Impedance.Series;

/// <summary>
/// Conductivity of a pellet from a fitted resistance, σ = d/(R·A), with the uncertainty of all three (JCGM 100:2008): u²(σ)/σ² = u²(R)/R² + u²(d)/d² + u²(A)/A².
/// The thickness is that under the pressure of the sweep.
/// </summary>
/// <param name="Source">The resistances it comes from, for example "R0" or "R0 + R1".</param>
/// <param name="Conductivity">σ.</param>
/// <param name="ResistanceShare">Share of the variance that comes from the resistance.</param>
/// <param name="ThicknessShare">Share that comes from the thickness.</param>
/// <param name="AreaShare">Share that comes from the area.</param>
public sealed record PelletConductivity(string Source, Estimate<Conductivity> Conductivity, double ResistanceShare, double ThicknessShare, double AreaShare)
{
    // Grains and grain boundaries store up to some ten nanofarads; what stores more is a contact or an electrode (J. T. S. Irvine et al., Adv. Mater. 2 (1990) 132,
    // 10.1002/adma.19900020304).
    private const double MostPelletFarads = 3e-8;

    /// <summary>Conductivity of a resistance with its relative standard uncertainty.</summary>
    public static PelletConductivity From(string name, double ohms, double relativeUncertainty, Estimate<Length> thickness, Estimate<Area> area)
    {
        double value = thickness.Value.Metres / (ohms * area.Value.SquareMetres);
        double ofResistance = relativeUncertainty * relativeUncertainty, ofThickness = Math.Pow(thickness.Si.RelativeUncertainty, 2), ofArea = Math.Pow(area.Si.RelativeUncertainty, 2);
        double variance = ofResistance + ofThickness + ofArea;
        return new PelletConductivity(
            name,
            new Estimate<Conductivity>(Estimate.Relative(value, Math.Sqrt(variance))),
            variance > 0 ? ofResistance / variance : 0,
            variance > 0 ? ofThickness / variance : 0,
            variance > 0 ? ofArea / variance : 0);
    }

    /// <summary>Conductivities of the resistances of a fit that can be the pellet's: those in series, and arcs that store less than 30 nF; of their sum too. None where area or thickness are unknown.</summary>
    public static ImmutableArray<PelletConductivity> From(Spectrum spectrum, CircuitFitResult fit)
    {
        if (spectrum.Thickness is not { } thickness || spectrum.Area is not { } area) return [];
        int[] resistances = [.. Enumerable.Range(0, fit.Parameters.Length).Where(i => fit.Circuit.Parameters[i] is { IsFree: true, Declaration: { Unit: "Ω", ImpedancePower: 1 } } && double.IsFinite(fit.Parameters[i].StandardError) && IsPellet(fit, fit.Parameters[i].Name))];
        var found = ImmutableArray.CreateBuilder<PelletConductivity>();
        foreach (int i in resistances) found.Add(From(fit.Parameters[i].Name, fit.Parameters[i].Value, fit.Parameters[i].StandardError / fit.Parameters[i].Value, thickness, area));
        if (resistances.Length < 2) return found.ToImmutable();
        double sum = 0, variance = 0;
        foreach (int i in resistances)
        {
            sum += fit.Parameters[i].Value;
            // Neighbouring resistances are known better together than apart: their errors have opposite signs.
            foreach (int j in resistances) variance += fit.Parameters[i].StandardError * fit.Parameters[j].StandardError * Correlation(fit, i, j);
        }

        found.Add(From(string.Join(" + ", resistances.Select(i => fit.Parameters[i].Name)), sum, Math.Sqrt(Math.Max(0, variance)) / sum, thickness, area));
        return found.ToImmutable();
    }

    private static bool IsPellet(CircuitFitResult fit, string name) => fit.Arcs.FirstOrDefault(arc => arc.Name == name) is not { } arc || arc.Farads < MostPelletFarads;

    private static double Correlation(CircuitFitResult fit, int i, int j) =>
        fit.Correlations[(fit.FreeNames.IndexOf(fit.Parameters[i].Name) * fit.FreeNames.Length) + fit.FreeNames.IndexOf(fit.Parameters[j].Name)];
}
