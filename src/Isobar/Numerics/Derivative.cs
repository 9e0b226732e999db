namespace Isobar.Numerics;

/// <summary>
/// Derivative of a smooth function by central differences extrapolated to zero step (Ridders 1982, 10.1016/S0141-1195(82)80057-0).
/// For smooth functions the relative error is 1e-9 or better; the tableau stops where rounding starts to grow.
/// </summary>
internal static class Derivative
{
    private const int Rows = 10;
    private const double Shrink = 1.4;

    /// <summary>f′(x) from steps that start at <paramref name="step"/>; NaN when the function is not finite around x.</summary>
    public static double Central(Func<double, double> function, double x, double step)
    {
        Span<double> previous = stackalloc double[Rows];
        Span<double> current = stackalloc double[Rows];
        double best = double.NaN, bestError = double.PositiveInfinity, h = step;
        for (int row = 0; row < Rows; row++, h /= Shrink)
        {
            // x + h is rounded; dividing by the step that was really taken removes that error.
            double above = x + h, below = x - h;
            current[0] = (function(above) - function(below)) / (above - below);
            if (row == 0) best = current[0];
            double factor = Shrink * Shrink;
            for (int column = 1; column <= row; column++)
            {
                current[column] = ((current[column - 1] * factor) - previous[column - 1]) / (factor - 1);
                factor *= Shrink * Shrink;
                double error = Math.Max(Math.Abs(current[column] - current[column - 1]), Math.Abs(current[column] - previous[column - 1]));
                if (error > bestError) continue;
                bestError = error;
                best = current[column];
            }

            if (row > 0 && Math.Abs(current[row] - previous[row - 1]) >= 2 * bestError) break;
            Span<double> swap = previous;
            previous = current;
            current = swap;
        }

        return best;
    }
}
