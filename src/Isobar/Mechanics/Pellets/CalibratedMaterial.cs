using Isobar.Materials;
using Isobar.Numerics.LeastSquares;
using Isobar.Quantities;

namespace Isobar.Mechanics.Pellets;

/// <summary>
/// The constants of a material that its pellets have changed, in the forms that every other model uses: ε₀, P₀ and n of the stretched exponential that
/// follows the mixture of laws, b of the springback, σ₀ and P_c of g = 1 − exp(−P_eff/P_c), h, and the scatter that is left within the laboratory.
/// </summary>
public static class CalibratedMaterial
{
    private const int GridCount = 12;

    // Only pellets measured under load and released tell the springback; without them ln M_r stays as uncertain as it was, and b stays the parent's.
    private const double Narrowed = 0.9;

    /// <summary>The material with its calibrated constants replaced; those that the pellets say nothing about stay.</summary>
    /// <param name="parent">The material the calibration began from.</param>
    /// <param name="calibration">The calibration.</param>
    /// <param name="source">Where the pellets are written down, for the source of each constant.</param>
    public static Material Of(Material parent, PelletCalibration calibration, string source)
    {
        Material material = parent;
        void Replace(ConstantDefinition definition, double value, double u)
        {
            // A constant of another form can leave the range of the definition; then that form does not fit and the parent's value stays.
            if (value < definition.Lowest || value > definition.Highest) return;
            material = material.With(new Constant(definition, new Estimate(value, u, Scale: definition.Scale), null, source, null));
        }

        if (calibration.LargestPressurePa > 0) Densification(parent, calibration, Replace);
        if (calibration.Conduction is { LargestPressurePa: > 0 } conduction) Conduction(conduction, Replace);
        return material;
    }

    private static void Densification(Material parent, PelletCalibration calibration, Action<ConstantDefinition, double, double> replace)
    {
        LawPosterior stretched = calibration.Laws.First(law => law.Law == ExponentialPelletLaw.Stretched);
        double[] pressuresPa = Grid(10e6, Math.Max(100e6, PelletCalibration.ExtrapolationFactor * calibration.LargestPressurePa));
        double[] densities = new double[GridCount], spreads = new double[GridCount];
        for (int i = 0; i < GridCount; i++) densities[i] = calibration.Density(new PelletLoad(pressuresPa[i], 0, 0, 0), 0, out spreads[i]).Value;
        LeastSquaresFit fit = LevenbergMarquardt.Solve(new CurveModel(pressuresPa, densities), stretched.Free.AsSpan()[..3]);
        double[] values = new double[3], u = new double[3];
        for (int j = 0; j < 3; j++) (values[j], u[j]) = (stretched.Law.Parameters[j].FromFree(fit.Parameters[j]), stretched.StandardUncertainty(j));

        // The three are correlated in the fit, but a material file states them one by one: narrowed together until, drawn independently, they give the band.
        double ratio = 0;
        Span<double> gradient = stackalloc double[3];
        for (int i = 0; i < GridCount; i++)
        {
            stretched.Law.Density(pressuresPa[i], values, gradient);
            double independent = 0;
            for (int j = 0; j < 3; j++) independent += gradient[j] * u[j] * gradient[j] * u[j];
            ratio += Math.Log(spreads[i] / Math.Sqrt(independent)) / GridCount;
        }

        double narrowing = Math.Min(1, Math.Exp(ratio));
        replace(MaterialConstants.PouredPorosity, values[0], narrowing * u[0]);
        replace(MaterialConstants.CompactionPressure, values[1], narrowing * u[1]);
        replace(MaterialConstants.CompactionExponent, values[2], narrowing * u[2]);
        replace(MaterialConstants.DensityScatter, calibration.Noise, 0.3 * calibration.Noise);

        double dense = CompactionLaw.ConfinedModulus(parent.Get(MaterialConstants.YoungsModulus).Si.Value, parent.Get(MaterialConstants.PoissonRatio).Si.Value);
        double porosity = 1 - calibration.Density(new PelletLoad(calibration.LargestPressurePa, 0, 0, 0), 0, out _).Value;
        double log = 0, variance = 0;
        foreach (LawPosterior law in calibration.Laws)
        {
            int k = law.Law.Parameters.Length, n = law.Free.Length;
            log += law.Weight * (law.Free[k] - (law.Free[k + 1] * (porosity - PowderModel.ReferencePorosity)));
            variance += law.Weight * law.Covariance[(k * n) + k];
        }

        if (Math.Sqrt(variance) > Narrowed * PelletPrior.ModulusSpread) return;
        replace(MaterialConstants.ModulusPorosityExponent, (Math.Log(dense) - log) / porosity, Math.Sqrt(variance) / porosity);
    }

    // n is one in the form that other models use; σ₀ and P_c are those that follow the calibrated curve best from 10 to 400 MPa.
    private static void Conduction(ConductionPosterior conduction, Action<ConstantDefinition, double, double> replace)
    {
        double[] pressuresPa = Grid(10e6, 400e6);
        double[] logs = [.. pressuresPa.Select(pressure => conduction.Free[0] + Math.Log(-double.ExpM1(-Math.Pow(pressure / conduction.ContactPressurePa, conduction.ContactExponent))))];
        LeastSquaresFit fit = LevenbergMarquardt.Solve(new ContactModel(pressuresPa, logs), [conduction.Free[0], conduction.Free[1]]);
        double misfit = Math.Sqrt(fit.SumOfSquares / GridCount);
        double dense = Math.Exp(fit.Parameters[0]), contact = Math.Exp(fit.Parameters[1]), memory = conduction.ContactMemory;
        replace(MaterialConstants.DenseConductivity, dense, dense * Math.Sqrt((misfit * misfit) + Math.Pow(conduction.StandardUncertainty(0), 2)));
        replace(MaterialConstants.GrainContactPressure, contact, contact * Math.Sqrt((misfit * misfit) + Math.Pow(conduction.StandardUncertainty(1), 2)));
        replace(MaterialConstants.GrainContactMemory, memory, memory * (1 - memory) * conduction.StandardUncertainty(3));
        replace(MaterialConstants.ConductivityActivationVolume, conduction.Free[4] * 1e-6, conduction.StandardUncertainty(4) * 1e-6);
        replace(MaterialConstants.ConductivityScatter, conduction.Noise, 0.3 * conduction.Noise);
    }

    private static double[] Grid(double lowPa, double highPa) => [.. Enumerable.Range(0, GridCount).Select(i => lowPa * Math.Pow(highPa / lowPa, i / (GridCount - 1.0)))];

    private sealed class CurveModel(double[] pressuresPa, double[] densities) : ILeastSquaresModel
    {
        public int ParameterCount => 3;

        public int ResidualCount => GridCount;

        public void Evaluate(ReadOnlySpan<double> parameters, Span<double> residuals, Span<double> jacobian)
        {
            for (int i = 0; i < GridCount; i++)
            {
                residuals[i] = ExponentialPelletLaw.Stretched.DensityOfFree(pressuresPa[i], parameters, jacobian.IsEmpty ? default : jacobian.Slice(3 * i, 3)) - densities[i];
            }
        }
    }

    private sealed class ContactModel(double[] pressuresPa, double[] logs) : ILeastSquaresModel
    {
        public int ParameterCount => 2;

        public int ResidualCount => GridCount;

        public void Evaluate(ReadOnlySpan<double> parameters, Span<double> residuals, Span<double> jacobian)
        {
            for (int i = 0; i < GridCount; i++)
            {
                double q = pressuresPa[i] / Math.Exp(parameters[1]), contacts = -double.ExpM1(-q);
                residuals[i] = parameters[0] + Math.Log(contacts) - logs[i];
                if (jacobian.IsEmpty) continue;
                jacobian[2 * i] = 1;
                jacobian[(2 * i) + 1] = -q * Math.Exp(-q) / contacts;
            }
        }
    }
}
