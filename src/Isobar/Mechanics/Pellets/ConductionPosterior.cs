using System.Collections.Immutable;
using Isobar.Materials;
using Isobar.Numerics;
using Isobar.Quantities;

namespace Isobar.Mechanics.Pellets;

/// <summary>
/// What is known of the conduction of a pressed powder: σ = σ₀·D^1.5·g·exp(−V_a·P/(R·T)), g = 1 − exp(−(P_eff/P_c)ⁿ), P_eff = P + h·(P_max − P), as a
/// normal distribution on free scales.
/// <para>Validity: 10-500 MPa. Sources: M. Cronau et al., ACS Energy Lett. 6 (2021) 3072, 10.1021/acsenergylett.1c01299; V. Miß et al.,
/// ACS Appl. Mater. Interfaces 18 (2026) 32830, 10.1021/acsami.6c03789.</para>
/// </summary>
/// <param name="Free">ln σ₀ (S/m), ln P_c (Pa), ln n, ln(h/(1 − h)), V_a (cm³/mol), E_a (kJ/mol); with an electrode contact also ln ρ_e (Ω m) at 50 MPa and ln x.</param>
/// <param name="Covariance">Covariance, row-major.</param>
/// <param name="Noise">Relative standard deviation of one conductivity about the model.</param>
/// <param name="LowestPressurePa">Lowest pressure at which a conductivity was calibrated, Pa; zero when nothing was calibrated.</param>
/// <param name="LargestPressurePa">Largest calibrated pressure, Pa; zero when nothing was calibrated.</param>
public sealed record ConductionPosterior(ImmutableArray<double> Free, ImmutableArray<double> Covariance, double Noise, double LowestPressurePa, double LargestPressurePa)
{
    /// <summary>Relative scatter of one reading about the model: bridge, thickness and what the model leaves out.</summary>
    public const double ReadingNoise = 0.04;

    /// <summary>Relative scatter from pellet to pellet in one laboratory.</summary>
    public const double PelletScatter = 0.05;

    /// <summary>How many parameters there are without an electrode contact.</summary>
    public const int ParameterCount = ConductionModel.BaseCount;

    /// <summary>How many parameters there are with an electrode contact.</summary>
    public const int ParameterCountWithElectrode = ConductionModel.BaseCount + ConductionModel.ElectrodeCount;

    private static readonly Interval s_uncalibratedPa = new(10e6, 500e6);

    /// <summary>Whether an electrode contact is part of it.</summary>
    public bool HasElectrode => Free.Length > ConductionModel.BaseCount;

    /// <summary>σ₀ in S/m.</summary>
    public double DenseSiemensPerMetre => Math.Exp(Free[0]);

    /// <summary>P_c in Pa.</summary>
    public double ContactPressurePa => Math.Exp(Free[1]);

    /// <summary>n.</summary>
    public double ContactExponent => Math.Exp(Free[2]);

    /// <summary>h.</summary>
    public double ContactMemory => 1 / (1 + Math.Exp(-Free[3]));

    /// <summary>Standard uncertainty of a parameter on its free scale.</summary>
    public double StandardUncertainty(int parameter) => Math.Sqrt(Covariance[(parameter * Free.Length) + parameter]);

    internal static ConductionPosterior? PriorOf(Material material, double widening)
    {
        if (material.Find(MaterialConstants.DenseConductivity) is not { } dense) return null;
        // Active materials conduct electrons; their contacts are those of hard grains and hardly known.
        double scatter = material.Find(MaterialConstants.ConductivityScatter)?.Estimate.Value ?? 0.4;
        double[] mean =
        [
            Math.Log(dense.Estimate.Value),
            Math.Log(material.Find(MaterialConstants.GrainContactPressure)?.Estimate.Value ?? 100e6),
            Math.Log(0.9),
            Logit(material.Find(MaterialConstants.GrainContactMemory)?.Estimate.Value ?? 0.2),
            material.Find(MaterialConstants.ConductivityActivationVolume) is { } volume ? volume.Estimate.Value * 1e6 : 0,
            material.Find(MaterialConstants.ConductivityActivation) is { } activation ? activation.Estimate.Value * 1e-3 : 10,
        ];
        double[] spread =
        [
            widening * Math.Sqrt((scatter * scatter) + (dense.Estimate.RelativeUncertainty * dense.Estimate.RelativeUncertainty)),
            0.5 * widening,
            0.3,
            LogitSpread(material.Find(MaterialConstants.GrainContactMemory)?.Estimate) * widening,
            material.Find(MaterialConstants.ConductivityActivationVolume)?.Estimate.StandardUncertainty * 1e6 ?? 0.3,
            material.Find(MaterialConstants.ConductivityActivation)?.Estimate.StandardUncertainty * 1e-3 ?? 10,
        ];
        return new ConductionPosterior([.. mean], Diagonal(spread), Math.Sqrt((ReadingNoise * ReadingNoise) + (PelletScatter * PelletScatter)), 0, 0);
    }

    /// <summary>The same with an electrode contact of which little is known: a tenth of the bulk at 50 MPa within a factor of three, exponent about one.</summary>
    internal ConductionPosterior WithElectrode()
    {
        if (HasElectrode) return this;
        int n = Free.Length, all = n + ConductionModel.ElectrodeCount;
        double[] covariance = new double[all * all];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++) covariance[(i * all) + j] = Covariance[(i * n) + j];
        }

        covariance[(n * all) + n] = Math.Log(3) * Math.Log(3);
        covariance[((n + 1) * all) + n + 1] = 0.3 * 0.3;
        return this with { Free = [.. Free, Math.Log(0.1) - Free[0], 0], Covariance = [.. covariance] };
    }

    /// <summary>Conductivity of the pellet without electrodes, with the band of a next measurement.</summary>
    /// <param name="density">Relative density at the pressure.</param>
    /// <param name="densityUncertainty">Its standard uncertainty.</param>
    /// <param name="history">Pressure now and largest pressure, Pa.</param>
    /// <param name="kelvins">Temperature.</param>
    internal BandedValue Predict(double density, double densityUncertainty, LoadHistory history, double kelvins)
    {
        Span<double> gradient = stackalloc double[Free.Length];
        double log = ConductionModel.Log(density, history, kelvins, Free.AsSpan(), withElectrode: false, gradient);
        double byDensity = 1.5 * densityUncertainty / density;
        double u = Math.Sqrt(Cholesky.Quadratic(Covariance.AsSpan(), gradient) + (Noise * Noise) + (byDensity * byDensity));
        double spread = Math.Exp(PelletCalibration.Score95 * u);
        return new BandedValue(Math.Exp(log), Math.Exp(log) / spread, Math.Exp(log) * spread, IsExtrapolated(history));
    }

    // Contacts below the lowest pressure are as little known as pores above the largest.
    private bool IsExtrapolated(LoadHistory history)
    {
        if (LargestPressurePa <= 0) return !s_uncalibratedPa.Contains(history.LargestPa) || history.PresentPa < s_uncalibratedPa.Low;
        return history.LargestPa > PelletCalibration.ExtrapolationFactor * LargestPressurePa || PelletCalibration.ExtrapolationFactor * history.PresentPa < LowestPressurePa;
    }

    private static ImmutableArray<double> Diagonal(double[] spread)
    {
        double[] covariance = new double[spread.Length * spread.Length];
        for (int i = 0; i < spread.Length; i++) covariance[(i * spread.Length) + i] = spread[i] * spread[i];
        return [.. covariance];
    }

    private static double Logit(double share) => Math.Log(share / (1 - share));

    private static double LogitSpread(Estimate? memory) => memory is { } known ? known.StandardUncertainty / (known.Value * (1 - known.Value)) : 1;
}
