namespace Isobar.Mechanics.Contact.Surfaces;

/// <summary>One wave of a recipe: 2A·cos(2π(kₓx + k_y y)/L + φ).</summary>
internal readonly record struct SurfaceMode(int Kx, int Ky, double Amplitude, double Phase);

/// <summary>The waves of a <see cref="SurfaceRecipe"/>, with exact sums over them.</summary>
internal sealed class SelfAffineModes
{
    private readonly SurfaceRecipe _recipe;

    private SelfAffineModes(SurfaceRecipe recipe, SurfaceMode[] modes)
    {
        _recipe = recipe;
        All = modes;
    }

    /// <summary>Every wave, by k_y and then kₓ.</summary>
    public SurfaceMode[] All { get; }

    /// <summary>Exact rms height of the continuous surface, in the unit of the size.</summary>
    public double RmsHeight => Math.Sqrt(Sum(static _ => 1));

    /// <summary>Exact rms gradient.</summary>
    public double RmsGradient => Math.Sqrt(Sum(static q => q * q));

    /// <summary>Exact rms of the Laplacian, 1/m.</summary>
    public double RmsLaplacian => Math.Sqrt(Sum(static q => q * q * q * q));

    public static SelfAffineModes Of(SurfaceRecipe recipe)
    {
        if (recipe.Fault() is { } fault) throw new ArgumentException($"the recipe has {fault.Found}; {fault.Expected} is needed");
        double stretch = Math.Sqrt(recipe.Anisotropy), cosine = Math.Cos(recipe.LayRadians), sine = Math.Sin(recipe.LayRadians);
        int reach = (int)Math.Floor(recipe.KHigh * stretch);
        double lowest = recipe.KLow * recipe.KLow, highest = recipe.KHigh * recipe.KHigh;
        var modes = new List<SurfaceMode>();
        for (int ky = 0; ky <= reach; ky++)
        {
            for (int kx = ky == 0 ? 1 : -reach; kx <= reach; kx++)
            {
                double square = Square(kx, ky);
                if (square < lowest || square > highest) continue;
                double amplitude = Math.Pow(Math.Max(Math.Sqrt(square), recipe.KRolloff), -(1 + recipe.Hurst));
                modes.Add(new SurfaceMode(kx, ky, amplitude, Phase(recipe.Seed, kx, ky)));
            }
        }

        if (modes.Count == 0) throw new ArgumentException("the recipe has no wave between kLow and kHigh; widen the band");
        SelfAffineModes unscaled = new(recipe, [.. modes]);
        double scale = recipe.Amount / (recipe.Roughness == RecipeRoughness.Gradient ? unscaled.RmsGradient : unscaled.RmsHeight);
        return new SelfAffineModes(recipe, Array.ConvertAll(unscaled.All, mode => mode with { Amplitude = scale * mode.Amplitude }));

        double Square(int kx, int ky)
        {
            if (recipe.Anisotropy == 1) return ((double)kx * kx) + ((double)ky * ky);
            double along = ((kx * cosine) + (ky * sine)) * stretch, across = ((ky * cosine) - (kx * sine)) / stretch;
            return (along * along) + (across * across);
        }
    }

    /// <summary>Σ 2A²·f(|q|) over all waves, |q| = 2π|k|/L in 1/m.</summary>
    public double Sum(Func<double, double> ofWaveNumber)
    {
        double sum = 0;
        foreach (SurfaceMode mode in All) sum += 2 * mode.Amplitude * mode.Amplitude * ofWaveNumber(WaveNumber(mode));
        return sum;
    }

    /// <summary>|q| of a wave, 1/m.</summary>
    public double WaveNumber(SurfaceMode mode) => 2 * Math.PI * Math.Sqrt(((double)mode.Kx * mode.Kx) + ((double)mode.Ky * mode.Ky)) / _recipe.Size;

    /// <summary>
    /// φ = 2πu, with u from a 64-bit mixing of the counter (kₓ + 32768)·65536 + (k_y + 32768) and the seed, wrapping around
    /// (the finaliser of SplitMix64, G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014, 10.1145/2660193.2660195).
    /// </summary>
    private static double Phase(ulong seed, int kx, int ky)
    {
        unchecked
        {
            ulong z = seed + (0x9E3779B97F4A7C15UL * (ulong)(((kx + 32768L) * 65536L) + (ky + 32768L)));
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            z ^= z >> 31;
            return 2 * Math.PI * ((z >> 11) * (1.0 / (1UL << 53)));
        }
    }
}
