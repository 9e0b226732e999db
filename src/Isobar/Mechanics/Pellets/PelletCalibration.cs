using System.Collections.Immutable;
using Isobar.Numerics;
using Isobar.Quantities;

namespace Isobar.Mechanics.Pellets;

/// <summary>
/// What is known of a powder after its pellets: six pellet laws with their weights and posteriors, and the conduction. Predictions are mixtures: the
/// band holds the posterior of each law, the spread between the laws and the scatter of a next pellet.
/// </summary>
/// <param name="Points">How many points were used; zero for a material that was never calibrated.</param>
/// <param name="LargestPressurePa">Largest calibrated pressure, Pa; zero when nothing was calibrated.</param>
/// <param name="Noise">Standard deviation of one relative density about the curve of the laboratory.</param>
/// <param name="Laws">The laws; their weights have the sum one.</param>
/// <param name="Conduction">The conduction; null when the material has no conductivity.</param>
public sealed record PelletCalibration(int Points, double LargestPressurePa, double Noise, ImmutableArray<LawPosterior> Laws, ConductionPosterior? Conduction)
{
    /// <summary>A prediction above this multiple of the largest calibrated pressure is marked as extrapolated.</summary>
    public const double ExtrapolationFactor = 1.3;

    internal const double Score95 = 1.6448536269514722;

    // A left-out score is itself an estimate from a handful of pressures; taken at full strength it lets one law win by chance. With a half, and with
    // the variance of the normal approximation widened by a quarter for the curvature that it leaves out, simulated laboratories are covered.
    private const double ScoreTrust = 0.5;
    private const double CurvatureAllowance = 1.25;

    private const double SmallestPorosity = 1e-9;

    // More folds than this change no weight that anybody can see.
    private const int MostFolds = 8;

    // Prior weight, in points, of the stated noise against the scatter that is found.
    private const double NoisePoints = 6;

    private static readonly Interval s_uncalibratedPa = new(CompactionLaw.LowestValidPa, CompactionLaw.HighestValidPa);

    /// <summary>A material that was never calibrated.</summary>
    public static PelletCalibration Of(PelletPrior prior) => Of(prior, PelletSeries.Empty);

    /// <summary>
    /// Calibrates a powder. Every law is fitted to all densities and its prior; its weight is its prior weight times the square root of the density
    /// it predicts for each pressure from the others. When all laws together leave more scatter than the readings explain, noise and posterior grow with it.
    /// </summary>
    /// <param name="prior">What is known without the pellets.</param>
    /// <param name="series">The pellets; none at all gives the prior.</param>
    /// <param name="electrodeContact">Whether the conductivities hold the contact of two bare electrodes, which is then a term of its own.</param>
    public static PelletCalibration Of(PelletPrior prior, PelletSeries series, bool electrodeContact = false)
    {
        double noise = PelletPrior.SampleNoise;
        if (series.SeparatePellets || series.Points.IsEmpty) noise = Math.Sqrt((noise * noise) + (PelletPrior.PelletScatter * PelletPrior.PelletScatter));
        DensityDatum[] data = Densities(series, out int folds);
        ImmutableArray<LawPosterior> laws = prior.Laws;
        if (data.Length > 0) laws = Fit(prior, data, folds, ref noise);
        double largest = data.Length == 0 ? 0 : data.Max(datum => datum.Load.PressurePa);
        var calibration = new PelletCalibration(series.Points.Length, largest, noise, laws, prior.Conduction);
        if (prior.Conduction is not { } known) return calibration;
        ConductionDatum[] conductivities = calibration.Conductivities(series);
        if (conductivities.Length == 0) return calibration;
        return calibration with { Conduction = ConductionFit.Of(electrodeContact ? known.WithElectrode() : known, conductivities, series.SeparatePellets) };
    }

    /// <summary>Relative density at a pressure after the largest pressure ever; with equal pressures under load, with zero after release.</summary>
    /// <param name="present">Pressure now; at most <paramref name="largest"/>.</param>
    /// <param name="largest">Largest pressure, above zero.</param>
    /// <param name="hold">How long the largest pressure was held; null for 120 s.</param>
    /// <param name="temperature">Temperature of pressing; null for 25 °C.</param>
    /// <param name="rate">Rate of pressing; null for 1 MPa/s.</param>
    public BandedValue RelativeDensity(SamplePressure present, SamplePressure largest, Duration? hold = null, Temperature? temperature = null, PressureRate? rate = null)
    {
        Require(present, largest);
        return Density(PelletLoad.Of(largest, hold, temperature, rate), largest.Pascals - present.Pascals, out _);
    }

    /// <summary>Conductivity in S/m at a pressure after the largest pressure ever, without electrode contact; null when the material has no conductivity.</summary>
    /// <param name="present">Pressure now; above zero and at most <paramref name="largest"/>.</param>
    /// <param name="largest">Largest pressure.</param>
    /// <param name="temperature">Temperature of pressing and measurement; null for 25 °C.</param>
    /// <param name="hold">How long the largest pressure was held; null for 120 s.</param>
    /// <param name="rate">Rate of pressing; null for 1 MPa/s.</param>
    public BandedValue? ConductivityAt(SamplePressure present, SamplePressure largest, Temperature? temperature = null, Duration? hold = null, PressureRate? rate = null)
    {
        Require(present, largest);
        if (Conduction is null) return null;
        BandedValue density = Density(PelletLoad.Of(largest, hold, temperature, rate), largest.Pascals - present.Pascals, out double uncertainty);
        return Conduction.Predict(density.Value, uncertainty, new LoadHistory(present.Pascals, largest.Pascals), temperature?.Kelvins ?? PowderModel.ReferenceKelvins);
    }

    internal static double Inflation(double chiSquared, int count) => Math.Max(1, (NoisePoints + chiSquared) / (NoisePoints + count));

    internal BandedValue Density(in PelletLoad load, double unloadedPa, out double uncertainty)
    {
        Span<double> weights = stackalloc double[Laws.Length], means = stackalloc double[Laws.Length], deviations = stackalloc double[Laws.Length];
        double value = 0, square = 0, variances = 0;
        for (int k = 0; k < Laws.Length; k++)
        {
            double density = Laws[k].Predict(load, unloadedPa, out double variance);
            variance *= CurvatureAllowance;
            weights[k] = Laws[k].Weight;
            value += weights[k] * density;
            square += weights[k] * density * density;
            variances += weights[k] * variance;
            // On the logit scale a band cannot leave (0, 1). Pores below 1e-9 are told alike: far beyond every measurement a law may leave none.
            double porosity = Math.Max(1 - density, SmallestPorosity);
            means[k] = Math.Log(density / porosity);
            deviations[k] = Math.Sqrt(variance + (Noise * Noise)) / (density * porosity);
        }

        uncertainty = Math.Sqrt(variances + Math.Max(0, square - (value * value)));
        double low = NormalMixture.Quantile(0.05, weights, means, deviations, -Score95), high = NormalMixture.Quantile(0.95, weights, means, deviations, Score95);
        bool extrapolated = LargestPressurePa > 0 ? load.PressurePa > ExtrapolationFactor * LargestPressurePa : !s_uncalibratedPa.Contains(load.PressurePa);
        return new BandedValue(value, 1 / (1 + Math.Exp(-low)), 1 / (1 + Math.Exp(-high)), extrapolated);
    }

    private static ImmutableArray<LawPosterior> Fit(PelletPrior prior, DensityDatum[] data, int folds, ref double noise)
    {
        DensityFit[] fits = [.. prior.Laws.Select(law => new DensityFit(law, data))];
        double[] logWeights = new double[fits.Length];
        for (int k = 0; k < fits.Length; k++)
        {
            fits[k].Run(folds);
            logWeights[k] = Math.Log(prior.Laws[k].Weight) + (ScoreTrust * fits[k].LeftOutLogDensity);
        }

        double best = logWeights.Max(), total = logWeights.Sum(log => Math.Exp(log - best)), chi = 0;
        for (int k = 0; k < fits.Length; k++) chi += Math.Exp(logWeights[k] - best) / total * fits[k].ChiSquared;
        double inflation = Inflation(chi, data.Length);
        noise *= Math.Sqrt(inflation);
        return
        [
            .. fits.Select((fit, k) => fit.Posterior with
            {
                Weight = Math.Exp(logWeights[k] - best) / total,
                Covariance = [.. fit.Posterior.Covariance.Select(element => element * inflation)],
            }),
        ];
    }

    private static DensityDatum[] Densities(PelletSeries series, out int folds)
    {
        double[] pressures = Pressures(series);
        List<DensityDatum> data = [];
        foreach (PelletPoint point in series.Points)
        {
            if (point.Loaded is null && point.Released is null) continue;
            PelletLoad load = PelletLoad.Of(point.Pressure, point.Hold, point.Temperature, point.Rate);
            int fold = Array.FindIndex(pressures, known => IsSame(known, load.PressurePa)) % MostFolds;
            if (point.Loaded is { } loaded) data.Add(new DensityDatum(load, 0, loaded.Value.Value, NoiseOf(loaded, series), fold));
            if (point.Released is { } released) data.Add(new DensityDatum(load, load.PressurePa, released.Value.Value, NoiseOf(released, series), fold));
        }

        folds = Math.Min(pressures.Length, MostFolds);
        return [.. data];
    }

    // The 0.006 of repeated pellets holds a usual micrometer; what the reading says counts where it is coarser.
    private static double NoiseOf(Estimate<Fraction> density, PelletSeries series)
    {
        double reading = Math.Max(PelletPrior.SampleNoise, density.Si.StandardUncertainty);
        return series.SeparatePellets ? Math.Sqrt((reading * reading) + (PelletPrior.PelletScatter * PelletPrior.PelletScatter)) : reading;
    }

    // In ascending order, so that a fold of many pressures holds some of everywhere.
    private static double[] Pressures(PelletSeries series)
    {
        List<double> pressures = [];
        foreach (double pressure in series.Points.Where(point => point.Loaded is not null || point.Released is not null).Select(point => point.Pressure.Pascals).Order())
        {
            if (pressures.Count == 0 || !IsSame(pressures[^1], pressure)) pressures.Add(pressure);
        }

        return [.. pressures];
    }

    // Readings of a gauge within one per cent mean the same pressure.
    private static bool IsSame(double onePa, double otherPa) => Math.Abs(onePa - otherPa) <= 0.01 * onePa;

    private ConductionDatum[] Conductivities(PelletSeries series)
    {
        List<double> pellets = [];
        List<ConductionDatum> data = [];
        foreach (PelletPoint point in series.Points)
        {
            if (point.Conductivity is not { } sigma) continue;
            double present = (point.Stack ?? point.Pressure).Pascals, largest = Math.Max(present, point.Pressure.Pascals);
            PelletLoad load = PelletLoad.Of(new SamplePressure(largest), point.Hold, point.Temperature, point.Rate);
            double density = Density(load, largest - present, out _).Value;
            int pellet = pellets.FindIndex(known => IsSame(known, point.Pressure.Pascals));
            if (pellet < 0)
            {
                pellet = pellets.Count;
                pellets.Add(point.Pressure.Pascals);
            }

            data.Add(new ConductionDatum(Math.Log(sigma.SiemensPerMetre), density, new LoadHistory(present, largest), point.Temperature?.Kelvins ?? PowderModel.ReferenceKelvins, pellet));
        }

        return [.. data];
    }

    private static void Require(SamplePressure present, SamplePressure largest)
    {
        if (!(largest.Pascals > 0) || !double.IsFinite(largest.Pascals)) throw new ArgumentOutOfRangeException(nameof(largest), largest, "a pellet has seen a pressure above zero");
        if (!(present.Pascals >= 0) || present.Pascals > largest.Pascals) throw new ArgumentOutOfRangeException(nameof(present), present, "the pressure now lies between zero and the largest pressure");
    }
}
