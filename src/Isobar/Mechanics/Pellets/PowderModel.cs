using Isobar.Quantities;

namespace Isobar.Mechanics.Pellets;

/// <summary>
/// Relative density of a powder with one pellet law: first loading, time, temperature and rate, springback. Parameters stand on free scales, those of
/// the law first, then <see cref="SharedCount"/> that are the same for every law:
/// ln M_r (confined modulus at porosity 0.2), b, ln β, α, ln γ.
/// <para>z = ln(D/(1 − D)) of the loaded pellet moves by β·ln(t/t₀) + α·(T − T₀)/10 K − γ·ln(r/r₀), so that D + B·ln(t/t₀) with B = β·D·(1 − D) for
/// small changes and never above one. Unloaded to q the powder recovers elastically: D/(1 + (P − q)/M) with M = M_r·exp(−b·(ε − 0.2)).</para>
/// <para>Plastic densification is never undone: where the elastic recovery would grow faster with P than the density under load, the step has been
/// elastic throughout, so D(q, P) = max over q ≤ p ≤ P of D(p)/(1 + (p − q)/M(D(p))). Soft powders at low pressure need this, where M is small.</para>
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

    // Steps back in pressure in the search for the largest kept density, longer the further down, and how closely the place is then found. Between two
    // steps a hump cannot be seen; it is far below the noise of a pellet.
    private const double SearchStep = 1.1;
    private const double StepGrowth = 1.05;
    private const double LongestStep = 4;
    private const double FarStep = 1.6;
    private const double SearchAccuracy = 1e-6;
    private const double SearchFloor = 1e-8;
    private const double AsPoured = 1e-15;

    /// <summary>Relative density after unloading by <paramref name="unloadedPa"/> from the pressure of <paramref name="load"/>, with its derivatives unless the span is empty.</summary>
    public static double Density(PelletLaw law, in PelletLoad load, double unloadedPa, ReadOnlySpan<double> free, Span<double> gradient)
    {
        if (unloadedPa <= 0) return Loaded(law, load, free, gradient);
        double presentPa = load.PressurePa - unloadedPa;
        double keptPa = KeptPa(law, load, presentPa, free);
        return Released(law, load with { PressurePa = keptPa }, keptPa - presentPa, free, gradient);
    }

    /// <summary>The pressure up to the largest whose plastic densification remains after unloading to <paramref name="presentPa"/>: the largest one, except where the recovery outgrows the densification.</summary>
    internal static double KeptPa(PelletLaw law, in PelletLoad load, double presentPa, ReadOnlySpan<double> free)
    {
        double largestPa = load.PressurePa, floorPa = Math.Max(presentPa, SearchFloor * largestPa), lowestPa = presentPa > 0 ? presentPa : AsPoured * largestPa;
        double bestPa = largestPa, best = Released(law, load, largestPa - presentPa, free, default);
        // Nearly always the powder well below this pressure, even under load, is less dense, and the curve rises up to it.
        if (largestPa / FarStep > presentPa && Loaded(law, load with { PressurePa = largestPa / FarStep }, free, default) <= best && Rises(law, load, presentPa, free, best)) return largestPa;
        double above = largestPa, step = SearchStep, bestStep = SearchStep;
        for (double pa = largestPa / step; above > lowestPa; step = Math.Min(StepGrowth * step, LongestStep), pa /= step)
        {
            // The last step goes to the powder as poured, or to the pressure that is kept.
            double atPa = pa > floorPa ? pa : lowestPa;
            PelletLoad at = load with { PressurePa = atPa };
            // What is released is never denser than under load, and below this pressure that is less already.
            if (Loaded(law, at, free, default) <= best) break;
            double density = Released(law, at, atPa - presentPa, free, default);
            if (density > best) (best, bestPa, bestStep) = (density, atPa, StepGrowth * step);
            above = atPa;
        }

        if (bestPa == largestPa && Rises(law, load, presentPa, free, best)) return largestPa;
        return Highest(law, load, presentPa, free, Math.Max(lowestPa, bestPa / bestStep), Math.Min(largestPa, bestPa * bestStep));
    }

    private static bool Rises(PelletLaw law, in PelletLoad load, double presentPa, ReadOnlySpan<double> free, double density)
    {
        double justBelowPa = Math.Max(presentPa, load.PressurePa * (1 - 1e-4));
        return Released(law, load with { PressurePa = justBelowPa }, justBelowPa - presentPa, free, default) <= density;
    }

    // Golden section in the pressure; both ends count, so that the place is exact where the maximum is at one.
    private static double Highest(PelletLaw law, PelletLoad load, double presentPa, ReadOnlySpan<double> free, double lowPa, double highPa)
    {
        const double Golden = 0.6180339887498949;
        double endPa = Value(law, load, presentPa, free, lowPa) >= Value(law, load, presentPa, free, highPa) ? lowPa : highPa;
        double end = Value(law, load, presentPa, free, endPa);
        double leftPa = highPa - (Golden * (highPa - lowPa)), rightPa = lowPa + (Golden * (highPa - lowPa));
        double left = Value(law, load, presentPa, free, leftPa), right = Value(law, load, presentPa, free, rightPa);
        while (highPa - lowPa > SearchAccuracy * highPa)
        {
            if (left >= right)
            {
                (highPa, rightPa, right) = (rightPa, leftPa, left);
                leftPa = highPa - (Golden * (highPa - lowPa));
                left = Value(law, load, presentPa, free, leftPa);
            }
            else
            {
                (lowPa, leftPa, left) = (leftPa, rightPa, right);
                rightPa = lowPa + (Golden * (highPa - lowPa));
                right = Value(law, load, presentPa, free, rightPa);
            }
        }

        double best = Math.Max(left, right);
        return end >= best ? endPa : left >= right ? leftPa : rightPa;

        static double Value(PelletLaw law, in PelletLoad load, double presentPa, ReadOnlySpan<double> free, double pa) =>
            Released(law, load with { PressurePa = pa }, pa - presentPa, free, default);
    }

    private static double Loaded(PelletLaw law, in PelletLoad load, ReadOnlySpan<double> free, Span<double> gradient)
    {
        int k = law.Parameters.Length;
        double density = law.DensityOfFree(load.PressurePa, free[..k], gradient.IsEmpty ? default : gradient[..k]);
        if (!gradient.IsEmpty) gradient[k..].Clear();
        return load.IsReference ? density : Shift(density, load, free[k..], gradient, k);
    }

    private static double Released(PelletLaw law, in PelletLoad load, double unloadedPa, ReadOnlySpan<double> free, Span<double> gradient)
    {
        double density = Loaded(law, load, free, gradient);
        return unloadedPa > 0 ? Release(density, unloadedPa, free[law.Parameters.Length..], gradient, law.Parameters.Length) : density;
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
