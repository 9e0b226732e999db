using MathNet.Numerics.Integration;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// Even polynomials in the radius of a unit sphere, by their values at Gauss-Radau-Jacobi points in s = r²: exact to degree 2N−2 in s for ∫ f·r² dr, so
/// that the mass matrix is diagonal, the stiffness symmetric, and ∫c·r² dr changes by the surface flux alone.
/// </summary>
internal sealed class RadialBasis
{
    /// <summary>A basis of a number of nodes, the last at the surface.</summary>
    public RadialBasis(int nodes)
    {
        Nodes = nodes;
        Squares = Points(nodes);
        Mass = new double[nodes];
        Derivative = new double[nodes * nodes];
        var barycentric = new double[nodes];
        for (int i = 0; i < nodes; i++)
        {
            double product = 1;
            for (int j = 0; j < nodes; j++)
            {
                if (j != i) product *= 4 * (Squares[i] - Squares[j]);
            }

            barycentric[i] = 1 / product;
        }

        for (int i = 0; i < nodes; i++)
        {
            double diagonal = 0;
            for (int j = 0; j < nodes; j++)
            {
                if (j == i) continue;
                double entry = barycentric[j] / barycentric[i] / (Squares[i] - Squares[j]);
                Derivative[(i * nodes) + j] = entry;
                diagonal -= entry;
            }

            Derivative[(i * nodes) + i] = diagonal;
        }

        var rule = new GaussLegendreRule(0, 1, nodes + 2);
        for (int p = 0; p < rule.Order; p++)
        {
            double r = rule.GetAbscissa(p), weight = rule.GetWeight(p) * r * r, sum = 0;
            for (int j = 0; j < nodes; j++) sum += barycentric[j] / ((r * r) - Squares[j]);
            for (int i = 0; i < nodes; i++) Mass[i] += weight * barycentric[i] / ((r * r) - Squares[i]) / sum;
        }
    }

    public int Nodes { get; }

    /// <summary>s = r² of the nodes, ascending to 1.</summary>
    public double[] Squares { get; }

    /// <summary>Weights of ∫ f·r² dr; they sum to 1/3.</summary>
    public double[] Mass { get; }

    /// <summary>d/ds at node i of the basis function of node j, row by row.</summary>
    public double[] Derivative { get; }

    // Zeros of the Jacobi polynomial of weight (1 − t)·(1 + t)^½ on [−1, 1], by Newton with the found zeros divided out, and the surface.
    private static double[] Points(int nodes)
    {
        int degree = nodes - 1;
        var zeros = new double[nodes];
        for (int i = 0; i < degree; i++)
        {
            double t = Math.Cos(Math.PI * (degree - i - 0.25) / (degree + 0.75));
            for (int iteration = 0; iteration < 100; iteration++)
            {
                (double value, double slope) = Jacobi(degree, t);
                double divided = 0;
                for (int j = 0; j < i; j++) divided += 1 / (t - ((2 * zeros[j]) - 1));
                double step = value / (slope - (divided * value));
                t -= step;
                if (Math.Abs(step) < 1e-15) break;
            }

            zeros[i] = 0.5 * (1 + t);
        }

        zeros[degree] = 1;
        return zeros;
    }

    private static (double Value, double Slope) Jacobi(int degree, double t)
    {
        const double Alpha = 1, Beta = 0.5;
        double before = 1, value = 0.5 * (Alpha - Beta + ((Alpha + Beta + 2) * t)), beforeSlope = 0, slope = 0.5 * (Alpha + Beta + 2);
        if (degree == 0) return (1, 0);
        for (int n = 1; n < degree; n++)
        {
            double c = (2 * n) + Alpha + Beta;
            double a1 = 2 * (n + 1) * (n + Alpha + Beta + 1) * c;
            double a2 = (c + 1) * ((Alpha * Alpha) - (Beta * Beta));
            double a3 = c * (c + 1) * (c + 2);
            double a4 = 2 * (n + Alpha) * (n + Beta) * (c + 2);
            double next = (((a2 + (a3 * t)) * value) - (a4 * before)) / a1;
            double nextSlope = (((a2 + (a3 * t)) * slope) + (a3 * value) - (a4 * beforeSlope)) / a1;
            (before, value, beforeSlope, slope) = (value, next, slope, nextSlope);
        }

        return (value, slope);
    }
}
