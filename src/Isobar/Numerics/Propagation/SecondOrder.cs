namespace Isobar.Numerics.Propagation;

/// <summary>
/// What a curved model adds to a first-order budget (JCGM 100:2008, 5.1.2, note): Σ Σ (½·f_ij² + f_i·f_ijj)·u_i²·u_j² for independent inputs that scatter
/// symmetrically. Where it matters, <see cref="MonteCarloPropagation"/> is the better answer.
/// </summary>
public static class SecondOrder
{
    /// <summary>Standard uncertainty with the terms of the next order.</summary>
    /// <exception cref="ArgumentException">Inputs are correlated.</exception>
    public static double StandardUncertainty(MeasurementModel model)
    {
        if (model.Correlation is not null) throw new ArgumentException($"the inputs of '{model.Name}' are correlated; the terms of second order are known for independent inputs", nameof(model));
        double[] x = model.Values();
        int n = x.Length;
        double variance = 0;
        for (int i = 0; i < n; i++)
        {
            double u = model.Inputs[i].StandardUncertainty;
            double slope = model.Sensitivity(i, x);
            variance += slope * slope * u * u;
            for (int j = 0; j < n; j++)
            {
                double v = model.Inputs[j].StandardUncertainty;
                if (u == 0 || v == 0) continue;
                double bend = i == j ? Second(model, x, i, u) : Mixed(model, x, i, u, j, v);
                variance += ((0.5 * bend * bend) + (slope * Third(model, x, i, u, j, v))) * u * u * v * v;
            }
        }

        return Math.Sqrt(Math.Max(0, variance));
    }

    private static double At(MeasurementModel model, double[] x, int i, double di, int j = 0, double dj = 0)
    {
        (double xi, double xj) = (x[i], x[j]);
        x[j] += dj;
        x[i] += di;
        double y = model.Function(x);
        (x[j], x[i]) = (xj, xi);
        return y;
    }

    private static double Second(MeasurementModel model, double[] x, int i, double h) => (At(model, x, i, h) - (2 * model.Function(x)) + At(model, x, i, -h)) / (h * h);

    private static double Mixed(MeasurementModel model, double[] x, int i, double h, int j, double k) =>
        (At(model, x, i, h, j, k) - At(model, x, i, h, j, -k) - At(model, x, i, -h, j, k) + At(model, x, i, -h, j, -k)) / (4 * h * k);

    // ∂³f/∂x_i∂x_j², from the second difference in j taken on both sides in i.
    private static double Third(MeasurementModel model, double[] x, int i, double h, int j, double k)
    {
        if (i == j) return (At(model, x, i, 2 * h) - (2 * At(model, x, i, h)) + (2 * At(model, x, i, -h)) - At(model, x, i, -2 * h)) / (2 * h * h * h);
        double Bend(double d) => At(model, x, i, d, j, k) - (2 * At(model, x, i, d)) + At(model, x, i, d, j, -k);
        return (Bend(h) - Bend(-h)) / (2 * h * k * k);
    }
}
