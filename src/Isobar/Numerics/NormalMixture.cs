namespace Isobar.Numerics;

/// <summary>A weighted mixture of normal distributions: distribution function and quantiles, without allocation.</summary>
internal static class NormalMixture
{
    private const double InverseRootTwoPi = 0.3989422804014327;

    // Components below this weight move a 5 % quantile by less than anybody can read.
    private const double Negligible = 1e-5;

    /// <summary>
    /// The quantile of probability <paramref name="probability"/>, by Newton's method on the distribution function kept inside a bracket;
    /// relative to the spread it is exact to 1e-6.
    /// </summary>
    /// <param name="probability">Between 0 and 1.</param>
    /// <param name="weights">Weights with sum one.</param>
    /// <param name="means">Means.</param>
    /// <param name="deviations">Standard deviations, above zero.</param>
    /// <param name="score">The quantile of the standard normal distribution for the same probability.</param>
    public static double Quantile(double probability, ReadOnlySpan<double> weights, ReadOnlySpan<double> means, ReadOnlySpan<double> deviations, double score)
    {
        // Every component has its own quantile on one side of that of the mixture: the lowest and the highest enclose it.
        double low = double.PositiveInfinity, high = double.NegativeInfinity, mean = 0, square = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            if (weights[k] < Negligible) continue;
            double own = means[k] + (score * deviations[k]);
            low = Math.Min(low, own);
            high = Math.Max(high, own);
            mean += weights[k] * means[k];
            square += weights[k] * ((means[k] * means[k]) + (deviations[k] * deviations[k]));
        }

        double spread = Math.Sqrt(Math.Max(0, square - (mean * mean)));
        double x = Math.Clamp(mean + (score * spread), low, high), tolerance = 1e-6 * spread;
        for (int i = 0; i < 60 && high - low > tolerance; i++)
        {
            double excess = -probability, slope = 0;
            for (int k = 0; k < weights.Length; k++)
            {
                if (weights[k] < Negligible) continue;
                double t = (x - means[k]) / deviations[k];
                excess += weights[k] * 0.5 * MathNet.Numerics.SpecialFunctions.Erfc(-t * 0.7071067811865476);
                slope += weights[k] * InverseRootTwoPi * Math.Exp(-0.5 * t * t) / deviations[k];
            }

            if (excess > 0) high = x;
            else low = x;
            double next = x - (excess / slope);
            if (!(next > low && next < high)) next = 0.5 * (low + high);
            if (Math.Abs(next - x) <= tolerance) return next;
            x = next;
        }

        return x;
    }
}
