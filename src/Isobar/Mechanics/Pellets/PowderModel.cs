using Isobar.Quantities;

namespace Isobar.Mechanics.Pellets;

/// <summary>
/// Relative density of a powder with one pellet law: first loading, time, temperature and rate, springback. Parameters stand on free scales, those of
/// the law first, then <see cref="SharedCount"/> that are the same for every law:
/// ln M_r (confined modulus at porosity 0.2), b, ln β, α, ln γ.
/// <para>z = ln(D/(1 − D)) of the loaded pellet moves by β·ln(t/t₀) + α·(T − T₀)/10 K − γ·ln(r/r₀), so that D + B·ln(t/t₀) with B = β·D·(1 − D) for
/// small changes and never above one. After release D_r = D/(1 + ΔP/M) with M = M_r·exp(−b·(ε − 0.2)).</para>
/// </summary>
internal static class PowderModel
{
    public const int SharedCount = 5;
    public const double ReferencePorosity = 0.2;
    public const double ReferenceHoldSeconds = 120;
    public const double ReferenceKelvins = 298.15;
    public const double ReferenceRatePascalsPerSecond = 1e6;

    /// <summary>Size of the largest law with the shared parameters.</summary>
    public const int LargestCount = 5 + SharedCount;

    public static int CountOf(PelletLaw law) => law.Parameters.Length + SharedCount;

    /// <summary>Relative density after unloading by <paramref name="unloadedPa"/> from the pressure of <paramref name="load"/>, with its derivatives unless the span is empty.</summary>
    public static double Density(PelletLaw law, in PelletLoad load, double unloadedPa, ReadOnlySpan<double> free, Span<double> gradient)
    {
        int k = law.Parameters.Length;
        double density = law.DensityOfFree(load.PressurePa, free[..k], gradient.IsEmpty ? default : gradient[..k]);
        if (!gradient.IsEmpty) gradient[k..].Clear();
        if (load.IsReference && unloadedPa <= 0) return density;
        if (!load.IsReference) density = Shift(density, load, free[k..], gradient, k);
        return unloadedPa > 0 ? Release(density, unloadedPa, free[k..], gradient, k) : density;
    }

    private static double Shift(double density, in PelletLoad load, ReadOnlySpan<double> shared, Span<double> gradient, int k)
    {
        // Without a pore left that a double can tell, nothing moves it any more.
        if (density >= 1) return density;
        double beta = Math.Exp(shared[2]), gamma = Math.Exp(shared[4]);
        double shift = (beta * load.LogHold) + (shared[3] * load.TensOfKelvins) - (gamma * load.LogRate);
        double shifted = density / (density + ((1 - density) * Math.Exp(-shift)));
        if (!gradient.IsEmpty)
        {
            double slope = shifted * (1 - shifted), ratio = slope / (density * (1 - density));
            for (int j = 0; j < k; j++) gradient[j] *= ratio;
            gradient[k + 2] = slope * beta * load.LogHold;
            gradient[k + 3] = slope * load.TensOfKelvins;
            gradient[k + 4] = -slope * gamma * load.LogRate;
        }

        return shifted;
    }

    private static double Release(double density, double unloadedPa, ReadOnlySpan<double> shared, Span<double> gradient, int k)
    {
        double excess = 1 - density - ReferencePorosity;
        double strain = unloadedPa * Math.Exp((shared[1] * excess) - shared[0]);
        double stretch = 1 + strain, released = density / stretch;
        if (!gradient.IsEmpty)
        {
            double byDensity = (stretch + (density * shared[1] * strain)) / (stretch * stretch);
            for (int j = 0; j < gradient.Length; j++) gradient[j] *= byDensity;
            gradient[k] = released * strain / stretch;
            gradient[k + 1] = -released * strain * excess / stretch;
        }

        return released;
    }
}

/// <summary>How a pellet was pressed, in the terms of <see cref="PowderModel"/>.</summary>
/// <param name="PressurePa">Pressure, Pa.</param>
/// <param name="LogHold">ln(t/t₀).</param>
/// <param name="TensOfKelvins">(T − T₀)/10 K.</param>
/// <param name="LogRate">ln(r/r₀).</param>
internal readonly record struct PelletLoad(double PressurePa, double LogHold, double TensOfKelvins, double LogRate)
{
    public bool IsReference => LogHold == 0 && TensOfKelvins == 0 && LogRate == 0;

    public static PelletLoad Of(SamplePressure pressure, Duration? hold, Temperature? temperature, PressureRate? rate) => new(
        pressure.Pascals,
        hold is { } t ? Math.Log(t.Seconds / PowderModel.ReferenceHoldSeconds) : 0,
        temperature is { } at ? (at.Kelvins - PowderModel.ReferenceKelvins) / 10 : 0,
        rate is { } r ? Math.Log(r.PascalsPerSecond / PowderModel.ReferenceRatePascalsPerSecond) : 0);
}
