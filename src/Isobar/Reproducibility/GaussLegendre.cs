namespace Isobar.Reproducibility;

/// <summary>
/// Composite Gauss-Legendre quadrature, 16 points per panel: smooth integrands of this room are exact to rounding with a dozen panels.
/// Nodes by Newton's method on the Legendre recurrence.
/// </summary>
internal static class GaussLegendre
{
    private const int Points = 16;
    private static readonly (double[] Nodes, double[] Weights) s_rule = Rule();

    /// <summary>∫ f over [low, high] in equal panels.</summary>
    public static double Integrate(Func<double, double> function, double low, double high, int panels)
    {
        (double[] nodes, double[] weights) = s_rule;
        double half = 0.5 * (high - low) / panels, sum = 0;
        for (int panel = 0; panel < panels; panel++)
        {
            double centre = low + (((2 * panel) + 1) * half);
            for (int i = 0; i < Points; i++) sum += weights[i] * function(centre + (half * nodes[i]));
        }

        return half * sum;
    }

    private static (double[] Nodes, double[] Weights) Rule()
    {
        var nodes = new double[Points];
        var weights = new double[Points];
        for (int i = 0; i < Points; i++)
        {
            double x = Math.Cos(Math.PI * (i + 0.75) / (Points + 0.5)), slope = 0;
            for (int step = 0; step < 8; step++)
            {
                double previous = 1, present = x;
                for (int k = 2; k <= Points; k++) (previous, present) = (present, ((((2 * k) - 1) * x * present) - ((k - 1) * previous)) / k);
                slope = Points * ((x * present) - previous) / ((x * x) - 1);
                x -= present / slope;
            }

            nodes[i] = x;
            weights[i] = 2 / ((1 - (x * x)) * slope * slope);
        }

        return (nodes, weights);
    }
}
