using Isobar.Cells;
using Isobar.Quantities;

namespace Isobar.Mechanics.Pellets;

/// <summary>
/// What the wall of its die does to a pellet of a calibrated powder: pressure at the far side, density lost there, force to push it out; each with
/// the 90 % band of what is known of wall friction μ, lateral ratio k, residual radial share r and pellet height (log-normal, first order), and of the density drop also the spread
/// between the pellet laws. The equations are those of <see cref="DiePressing"/>.
/// <para>Validity: that of <see cref="DiePressing"/>; a pellet higher than its diameter is marked as extrapolated. Source: H. A. Janssen, Z. Ver. Dtsch. Ing. 39 (1895) 1045.</para>
/// </summary>
/// <param name="FarPressurePa">Axial pressure at the resting punch, or at mid-height when both punches move, Pa.</param>
/// <param name="MeanPressurePa">Mean axial pressure over the height, Pa.</param>
/// <param name="DensityDrop">Relative density at the moving punch less that at the far side, under load.</param>
/// <param name="EjectionNewtons">Force at which the pellet begins to slide out, N; the same for both ways of pressing.</param>
public sealed record PelletInDie(BandedValue FarPressurePa, BandedValue MeanPressurePa, BandedValue DensityDrop, BandedValue EjectionNewtons)
{
    /// <summary>The pellet of a powder in a die.</summary>
    /// <param name="calibration">The powder.</param>
    /// <param name="die">The die, with its friction and lateral ratio.</param>
    /// <param name="denseThickness">Thickness of the pellet without pores.</param>
    /// <param name="pressure">Pressure at the moving punch.</param>
    /// <param name="action">Which punches move.</param>
    /// <param name="hold">How long the pressure is held; null for 120 s.</param>
    /// <param name="temperature">Temperature of pressing; null for 25 °C.</param>
    /// <param name="rate">Rate of pressing; null for 1 MPa/s.</param>
    public static PelletInDie Of(PelletCalibration calibration, Die die, Length denseThickness, SamplePressure pressure, PressAction action, Duration? hold = null, Temperature? temperature = null, PressureRate? rate = null)
    {
        BandedValue density = calibration.RelativeDensity(pressure, pressure, hold, temperature, rate);
        double height = denseThickness.Metres / density.Value;
        double byHeight = Math.Log(density.High90 / density.Low90) / (2 * PelletCalibration.Score95);
        double friction = die.WallFriction.Si.RelativeUncertainty, lateral = die.LateralRatio.Si.RelativeUncertainty;
        DiePressing At(double factor) => new(die.Diameter.Value.Metres, height, factor * die.WallFriction.Value.Value, die.LateralRatio.Value.Value, action);

        // Friction, lateral ratio and height enter the loss as one product.
        double spread = Spread(friction, lateral, byHeight);
        bool tall = height > die.Diameter.Value.Metres;
        DiePressing best = At(1), weak = At(1 / spread), strong = At(spread);
        bool extrapolated = tall || density.Extrapolated;
        double drop = Drop(calibration, PelletLoad.Of(pressure, hold, temperature, rate), best, out double byLaw);
        double dropSpread = Spread(friction, lateral, byHeight, byLaw);
        Materials.Constant residual = StructureConstants.ResidualRadialShare;
        double ejection = best.EjectionNewtons(pressure.Pascals, residual.Estimate.Value);
        double ejectionSpread = Spread(friction, byHeight, residual.Estimate.RelativeUncertainty);
        return new PelletInDie(
            new BandedValue(best.LowestPa(pressure.Pascals), strong.LowestPa(pressure.Pascals), weak.LowestPa(pressure.Pascals), tall),
            new BandedValue(best.MeanPa(pressure.Pascals), strong.MeanPa(pressure.Pascals), weak.MeanPa(pressure.Pascals), tall),
            new BandedValue(drop, drop / dropSpread, drop * dropSpread, extrapolated),
            new BandedValue(ejection, ejection / ejectionSpread, ejection * ejectionSpread, tall));
    }

    // Half-width of the 90 % band of a product of independent log-normal factors, as a factor.
    private static double Spread(params ReadOnlySpan<double> relative)
    {
        double sum = 0;
        foreach (double u in relative) sum += Math.Log(1 + (u * u));
        return Math.Exp(PelletCalibration.Score95 * Math.Sqrt(sum));
    }

    // The drop of the mixture, and how far the laws differ in it, relative.
    private static double Drop(PelletCalibration calibration, in PelletLoad near, DiePressing pressing, out double spread)
    {
        PelletLoad far = near with { PressurePa = pressing.LowestPa(near.PressurePa) };
        double mean = 0, square = 0;
        foreach (LawPosterior law in calibration.Laws)
        {
            double drop = law.Predict(near, 0, out _) - law.Predict(far, 0, out _);
            mean += law.Weight * drop;
            square += law.Weight * drop * drop;
        }

        spread = mean > 0 ? Math.Sqrt(Math.Max(0, square - (mean * mean))) / mean : 0;
        return mean;
    }
}
