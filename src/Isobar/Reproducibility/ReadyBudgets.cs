using Isobar.Numerics.Propagation;
using Isobar.Quantities;

namespace Isobar.Reproducibility;

/// <summary>
/// Measurement models that every laboratory needs, ready for <see cref="UncertaintyBudget"/> and <see cref="MonteCarloPropagation"/>; results in MPa and mS/cm.
/// </summary>
public static class ReadyBudgets
{
    /// <summary>
    /// Pressure on the sample, p = (F + ΔF)·(1 − f)/(π·d²/4): force with its relative part, an error of the indication anywhere within ±, the share f that the wall takes. The
    /// diameter counts twice.
    /// </summary>
    /// <param name="force">Force with its standard uncertainty.</param>
    /// <param name="indication">Half width of the error of the indication.</param>
    /// <param name="diameter">Inner diameter of the die.</param>
    /// <param name="wallLossLow">Least share that the wall takes.</param>
    /// <param name="wallLossHigh">Largest share that the wall takes.</param>
    public static MeasurementModel SamplePressure(Estimate<Force> force, Force indication, Estimate<Length> diameter, Fraction wallLossLow, Fraction wallLossHigh) => new(
        "pressure on the sample",
        "MPa",
        [
            UncertainInput.Of("force", "F", force.Si, "N"),
            UncertainInput.Between("indication", "ΔF", -indication.Newtons, indication.Newtons, "N"),
            UncertainInput.Of("diameter", "d", diameter.Si, "m"),
            UncertainInput.Between("wall loss", "f", wallLossLow.Value, wallLossHigh.Value),
        ],
        static x => (x[0] + x[1]) * (1 - x[3]) / (Math.PI / 4 * x[2] * x[2]) / 1e6);

    /// <summary>
    /// Pressure of a bolted cell, p = n·T/(K·d_s)/(π·d²/4). The nut factor K of a screw that was not lubricated scatters by 35 % between its limits, lubricated by 25 %
    /// (10.1007/s11668-019-00693-z), and outweighs everything else: use a load cell where it matters.
    /// </summary>
    /// <param name="torqueNewtonMetres">Torque on each screw with its standard uncertainty, N m.</param>
    /// <param name="screws">Number of screws.</param>
    /// <param name="screwDiameter">Nominal diameter of the thread.</param>
    /// <param name="nutFactor">K, 0.2 for dry steel.</param>
    /// <param name="preloadLimit">Half width of the scatter of the preload over the preload, 0.35 dry or 0.25 lubricated.</param>
    /// <param name="diameter">Diameter of the sample.</param>
    public static MeasurementModel BoltedPressure(Estimate torqueNewtonMetres, int screws, Length screwDiameter, double nutFactor, Fraction preloadLimit, Estimate<Length> diameter) => new(
        "pressure of the bolted cell",
        "MPa",
        [
            UncertainInput.Of("torque", "T", torqueNewtonMetres, "N m"),
            UncertainInput.Between("preload of a torque", "c", 1 - preloadLimit.Value, 1 + preloadLimit.Value),
            UncertainInput.Of("diameter", "d", diameter.Si, "m"),
        ],
        x => screws * x[0] * x[1] / (nutFactor * screwDiameter.Metres) / (Math.PI / 4 * x[2] * x[2]) / 1e6);

    /// <summary>Conductivity of a pellet, σ = L/(R·π·d²/4), with the thickness under the load of the measurement.</summary>
    /// <param name="resistance">Resistance of the pellet.</param>
    /// <param name="thickness">Its thickness while the resistance was measured.</param>
    /// <param name="diameter">Its diameter.</param>
    public static MeasurementModel Conductivity(Estimate<Resistance> resistance, Estimate<Length> thickness, Estimate<Length> diameter) => new(
        "conductivity",
        "mS/cm",
        [
            UncertainInput.Of("resistance", "R", resistance.Si, "Ω"),
            UncertainInput.Of("thickness under load", "L", thickness.Si, "m"),
            UncertainInput.Of("diameter", "d", diameter.Si, "m"),
        ],
        static x => 10 * x[1] / (x[0] * Math.PI / 4 * x[2] * x[2]));
}
