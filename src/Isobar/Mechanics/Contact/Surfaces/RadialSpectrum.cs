using System.Collections.Immutable;
using System.Numerics;

namespace Isobar.Mechanics.Contact.Surfaces;

/// <summary>
/// Part of a surface's variance that stands at one wave number.
/// </summary>
/// <param name="WaveNumber">|q|, 1/m: the rms over the waves of the shell, so that Σ q²·variance is the squared gradient.</param>
/// <param name="Variance">Σ|h_q|² over the shell, m².</param>
/// <param name="PowerDensity">Isotropic two-dimensional power spectral density C(q), m⁴.</param>
public readonly record struct SpectrumShell(double WaveNumber, double Variance, double PowerDensity);

/// <summary>
/// Radially averaged power spectrum of a surface. Each shell is as wide as the smallest wave number, 2π/L.
/// <para>C(q) = A·mean|h_q|² over the waves of the shell, h_q = N⁻¹ Σ h·e^{−iqx}, so that ∫C·q dq/(2π) = ⟨h²⟩ (T. D. B. Jacobs, T. Junge, L. Pastewka,
/// Surf. Topogr.: Metrol. Prop. 5 (2017) 013001, 10.1088/2051-672X/aa51f8).</para>
/// <para>A map that does not repeat is levelled by a plane and multiplied by a Hann window first, w = (1 − cos 2πx/L)(1 − cos 2πy/L), and
/// divided by the mean of w²; its variance is then that of the middle of the map.</para>
/// </summary>
public sealed class RadialSpectrum
{
    private RadialSpectrum(ImmutableArray<SpectrumShell> shells) => Shells = shells;

    /// <summary>Shells with variance, by ascending wave number.</summary>
    public ImmutableArray<SpectrumShell> Shells { get; }

    /// <summary>⟨h²⟩^½, m.</summary>
    public double RmsHeight => Math.Sqrt(Moment(0));

    /// <summary>⟨|∇h|²⟩^½.</summary>
    public double RmsGradient => Math.Sqrt(Moment(2));

    /// <summary>⟨(∇²h)²⟩^½, 1/m.</summary>
    public double RmsLaplacian => Math.Sqrt(Moment(4));

    /// <summary>
    /// Bandwidth of Nayak for an isotropic surface, α = m₀m₄/m₂² with the moments of a profile m₂ = ⟨|∇h|²⟩/2, m₄ = 3⟨(∇²h)²⟩/8; 3/2 for one wavelength
    /// (P. R. Nayak, J. Lubr. Technol. 93 (1971) 398, 10.1115/1.3451608).
    /// </summary>
    public double Bandwidth => 1.5 * Moment(0) * Moment(4) / (Moment(2) * Moment(2));

    /// <summary>Σ qⁿ·variance.</summary>
    public double Moment(int order) => Shells.Sum(shell => Math.Pow(shell.WaveNumber, order) * shell.Variance);

    /// <summary>The spectrum with other variances, shell by shell.</summary>
    internal RadialSpectrum Weighted(IReadOnlyList<double> factors) =>
        new([.. Shells.Select((shell, i) => shell with { Variance = factors[i] * shell.Variance, PowerDensity = factors[i] * shell.PowerDensity })]);

    /// <summary>Two independent surfaces pressed together: their spectra add (shells stay apart).</summary>
    public RadialSpectrum Plus(RadialSpectrum other) => new([.. Shells.Concat(other.Shells).OrderBy(shell => shell.WaveNumber)]);

    /// <summary>The spectrum of a map without missing pixels.</summary>
    /// <param name="map">The map.</param>
    /// <param name="periodic">Whether the map repeats, as a recipe does; a measured map does not.</param>
    /// <exception cref="ArgumentException">The map has missing pixels.</exception>
    public static RadialSpectrum Of(HeightMap map, bool periodic)
    {
        Complex[] amplitudes = SurfaceTransform.Amplitudes(map, periodic);
        double stepX = 2 * Math.PI / map.WidthM, stepY = 2 * Math.PI / map.HeightM, step = Math.Max(stepX, stepY);
        int shells = 1 + (int)Math.Ceiling(Math.Sqrt(Math.Pow(stepX * (map.Columns / 2), 2) + Math.Pow(stepY * (map.Rows / 2), 2)) / step);
        Sums sums = new(shells + 1, step);
        for (int row = 0; row < map.Rows; row++)
        {
            double qy = stepY * (row <= map.Rows / 2 ? row : row - map.Rows);
            for (int column = 0; column < map.Columns; column++)
            {
                double qx = stepX * (column <= map.Columns / 2 ? column : column - map.Columns);
                Complex h = amplitudes[(row * map.Columns) + column];
                if (row != 0 || column != 0) sums.Add((qx * qx) + (qy * qy), (h.Real * h.Real) + (h.Imaginary * h.Imaginary), 1);
            }
        }

        return sums.Spectrum(map.WidthM * map.HeightM);
    }

    /// <summary>
    /// An isotropic self-affine surface without a map: C ∝ q^−2(1+H) between two wavelengths, in shells of one and the same ratio, each with the variance and the squared gradient of its waves.
    /// </summary>
    internal static RadialSpectrum SelfAffine(double longestM, double shortestM, double hurst, double rmsHeightM, int shells = 32)
    {
        double low = 2 * Math.PI / longestM, ratio = Math.Pow(longestM / shortestM, 1.0 / shells), sum = 0;
        var parts = new (double Variance, double Gradient)[shells];
        for (int i = 0; i < shells; i++)
        {
            double from = low * Math.Pow(ratio, i), to = from * ratio;
            parts[i] = (Power(from, to, -2 * hurst), Power(from, to, 2 - (2 * hurst)));
            sum += parts[i].Variance;
        }

        double scale = rmsHeightM * rmsHeightM / sum;
        return new RadialSpectrum([.. parts.Select(part =>
        {
            double q = Math.Sqrt(part.Gradient / part.Variance);
            return new SpectrumShell(q, scale * part.Variance, 2 * Math.PI * scale * Math.Pow(q, -2 - (2 * hurst)));
        })]);

        // ∫ q^(n − 1) dq.
        static double Power(double from, double to, double n) => Math.Abs(n) < 1e-9 ? Math.Log(to / from) : (Math.Pow(to, n) - Math.Pow(from, n)) / n;
    }

    internal static RadialSpectrum Of(SelfAffineModes modes)
    {
        double step = modes.WaveNumber(new SurfaceMode(1, 0, 0, 0));
        double highest = modes.All.Max(modes.WaveNumber);
        Sums sums = new(2 + (int)Math.Ceiling(highest / step), step);
        foreach (SurfaceMode mode in modes.All)
        {
            double q = modes.WaveNumber(mode);
            sums.Add(q * q, 2 * mode.Amplitude * mode.Amplitude, 2);
        }

        return sums.Spectrum(4 * Math.PI * Math.PI / (step * step));
    }

    private sealed class Sums(int count, double step)
    {
        private readonly double[] _variance = new double[count], _gradient = new double[count];
        private readonly int[] _waves = new int[count];

        public void Add(double square, double variance, int waves)
        {
            int shell = Math.Min(count - 1, (int)Math.Round(Math.Sqrt(square) / step));
            _variance[shell] += variance;
            _gradient[shell] += square * variance;
            _waves[shell] += waves;
        }

        public RadialSpectrum Spectrum(double area)
        {
            var shells = ImmutableArray.CreateBuilder<SpectrumShell>();
            for (int i = 0; i < count; i++)
            {
                if (_variance[i] > 0) shells.Add(new SpectrumShell(Math.Sqrt(_gradient[i] / _variance[i]), _variance[i], area * _variance[i] / _waves[i]));
            }

            return new RadialSpectrum(shells.ToImmutable());
        }
    }
}
