using System.Numerics;

namespace Isobar.Impedance.Fitting;

/// <summary>
/// Huber's weights by repeated fits (P. J. Huber, Ann. Math. Stat. 35 (1964) 73, 10.1214/aoms/1177703732): a point whose complex residual is beyond 1.345 robust standard deviations
/// counts in inverse proportion to its distance.
/// </summary>
internal static class RobustWeights
{
    private const double Bend = 1.345;
    private const int MostRounds = 15;
    private const double Settled = 1e-4;

    public static void Refine(CircuitSearch search)
    {
        double[] weights = new double[search.PointCount], before = new double[search.PointCount], sizes = new double[search.PointCount];
        Array.Fill(weights, 1);
        int padded = search.Model.Weight.Length / 2;
        for (int round = 0; round < MostRounds; round++)
        {
            weights.CopyTo(before, 0);
            for (int i = 0; i < sizes.Length; i++)
            {
                // Residuals without the factor that the last round gave the point.
                Complex residual = new(search.Residuals[i], search.Residuals[padded + i]);
                sizes[i] = residual.Magnitude / Math.Max(before[i], 1e-6);
            }

            double[] sorted = [.. sizes.Order()];
            // The median modulus of a complex normal with unit parts is 1.1774.
            double spread = sorted[sorted.Length / 2] / 1.1774;
            if (!(spread > 0)) return;
            double change = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] = Math.Sqrt(Math.Min(1, Bend * spread / Math.Max(sizes[i] / Math.Sqrt(2), 1e-300)));
                change = Math.Max(change, Math.Abs(weights[i] - before[i]));
            }

            if (change < Settled) return;
            search.SetData(search.Ohms, weights);
            double[] from = search.Coordinates.ToArray();
            search.From(from);
        }
    }
}
