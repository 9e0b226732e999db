using System.Collections.Immutable;

namespace Isobar.Impedance.Validity;

/// <summary>
/// The modulus rebuilt from the phase: ln|Z(ω₀)| ≈ c + (2/π)·∫ φ d ln ω − (π/6)·dφ/d ln ω (W. Ehm et al., Electrochim. Acta 46 (2000) 305, 10.1016/S0013-4686(00)00584-9).
/// <para>The phase of a point is known within its own period, the modulus also from what the sample did before: where the two part at low frequency, the sample drifted. The constant is set in
/// the middle half of the sweep.</para>
/// </summary>
/// <param name="LogRatio">ln of the measured over the rebuilt modulus, one per point, frequency descending.</param>
/// <param name="LowFrequencyDeparture">Mean over the lowest decade, as a share of the modulus: positive where the sample grew more resistive.</param>
public sealed record ZHit(ImmutableArray<double> LogRatio, double LowFrequencyDeparture)
{
    private const double SlopeFactor = -Math.PI / 6;

    /// <summary>Rebuilds the modulus of a sweep.</summary>
    /// <exception cref="ArgumentException">There are fewer than eight points, or they repeat a frequency.</exception>
    public static ZHit Of(Spectrum spectrum)
    {
        int n = spectrum.Count;
        if (n < 8) throw new ArgumentException($"{n} points are too few to integrate a phase; eight are needed", nameof(spectrum));
        double[] log = [.. spectrum.Hertz.Select(f => Math.Log(2 * Math.PI * f))], phase = [.. spectrum.Ohms.Select(z => z.Phase)];
        for (int i = 1; i < n; i++)
        {
            if (log[i] >= log[i - 1]) throw new ArgumentException($"the frequency {spectrum.Hertz[i]:G6} Hz is there twice; take one sweep", nameof(spectrum));
        }

        double[] rebuilt = new double[n];
        for (int i = 1; i < n; i++) rebuilt[i] = rebuilt[i - 1] + (1 / Math.PI * (phase[i] + phase[i - 1]) * (log[i] - log[i - 1]));
        double[] ratio = new double[n];
        for (int i = 0; i < n; i++) ratio[i] = Math.Log(spectrum.Ohms[i].Magnitude) - (rebuilt[i] + (SlopeFactor * Slope(log, phase, i)));
        double[] middle = [.. ratio[(n / 4)..(n - (n / 4))].Order()];
        for (int i = 0; i < n; i++) ratio[i] -= middle[middle.Length / 2];
        double departure = Enumerable.Range(0, n).Where(i => spectrum.Hertz[i] <= 10 * spectrum.Hertz[^1]).Average(i => ratio[i]);
        return new ZHit([.. ratio], departure);
    }

    // The slope of a straight line through a point and two neighbours on each side.
    private static double Slope(double[] x, double[] y, int at)
    {
        int from = Math.Max(0, at - 2), to = Math.Min(x.Length - 1, at + 2);
        double meanX = 0, meanY = 0, above = 0, below = 0;
        for (int i = from; i <= to; i++) (meanX, meanY) = (meanX + (x[i] / (to - from + 1)), meanY + (y[i] / (to - from + 1)));
        for (int i = from; i <= to; i++) (above, below) = (above + ((x[i] - meanX) * (y[i] - meanY)), below + ((x[i] - meanX) * (x[i] - meanX)));
        return above / below;
    }
}
