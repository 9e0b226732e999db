using Isobar.Quantities;

namespace Isobar.Reproducibility;

/// <summary>
/// Straight line y = a + b·x with normal errors in both coordinates (D. York et al., Am. J. Phys. 72 (2004) 367, 10.1119/1.1632486): weights
/// W = ω_x·ω_y/(ω_x + b²·ω_y), b by iteration, standard errors at the adjusted points. Where only the ratio of the error variances is known it is Deming's line.
/// </summary>
/// <param name="Intercept">a.</param>
/// <param name="Slope">b.</param>
/// <param name="InterceptError">Standard error of a from the stated errors.</param>
/// <param name="SlopeError">Standard error of b from the stated errors.</param>
/// <param name="ChiSquared">Σ W(y − a − b·x)²; near its degrees of freedom when the stated errors are right.</param>
/// <param name="Freedom">Points less two.</param>
public sealed record YorkFit(double Intercept, double Slope, double InterceptError, double SlopeError, double ChiSquared, int Freedom)
{
    /// <summary>Probability of a χ² at least as large when the stated errors are right.</summary>
    public double Probability => Distribution.ChiSquaredUpper(ChiSquared, Freedom);

    /// <summary>Interval of the slope by Student's t.</summary>
    public Interval SlopeInterval(double coverage = 0.95)
    {
        double half = Distribution.StudentQuantile(0.5 * (1 + coverage), Freedom) * SlopeError;
        return new Interval(Slope - half, Slope + half);
    }

    /// <summary>Fits with a standard error of each coordinate.</summary>
    /// <exception cref="ArgumentException">There are fewer than three points, or an error is not above zero.</exception>
    /// <exception cref="ArithmeticException">The slope did not settle in 500 steps.</exception>
    public static YorkFit Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> errorX, ReadOnlySpan<double> errorY)
    {
        int n = x.Length;
        if (n < 3) throw new ArgumentException($"{n} points; three are needed for a line and what it leaves", nameof(x));
        for (int i = 0; i < n; i++)
        {
            if (!(errorX[i] > 0) || !(errorY[i] > 0)) throw new ArgumentException($"point {i + 1} has the errors {errorX[i]} and {errorY[i]}; both must be above zero", nameof(errorX));
        }

        double xBar = Moments.Mean(x), yBar = Moments.Mean(y), sxy = 0, sxx = 0;
        for (int i = 0; i < n; i++)
        {
            sxy += (x[i] - xBar) * (y[i] - yBar);
            sxx += (x[i] - xBar) * (x[i] - xBar);
        }

        double slope = sxy / sxx;
        double[] weight = new double[n], beta = new double[n];
        bool settled = false;
        for (int step = 0; step < 500 && !settled; step++)
        {
            double previous = slope;
            (xBar, yBar) = Weigh(x, y, errorX, errorY, slope, weight);
            double above = 0, below = 0;
            for (int i = 0; i < n; i++)
            {
                double u = x[i] - xBar, v = y[i] - yBar;
                beta[i] = weight[i] * ((u * errorY[i] * errorY[i]) + (slope * v * errorX[i] * errorX[i]));
                above += weight[i] * beta[i] * v;
                below += weight[i] * beta[i] * u;
            }

            slope = above / below;
            settled = Math.Abs(slope - previous) <= 1e-15 * Math.Abs(slope) || (step > 50 && Math.Abs(slope - previous) <= 1e-12 * Math.Abs(slope));
        }

        if (!settled) throw new ArithmeticException("the slope did not settle in 500 steps; the errors in x are as large as the range of x");
        (xBar, yBar) = Weigh(x, y, errorX, errorY, slope, weight);
        double sum = 0, mean = 0, squares = 0, chi = 0, intercept = yBar - (slope * xBar);
        for (int i = 0; i < n; i++)
        {
            sum += weight[i];
            mean += weight[i] * (xBar + beta[i]);
            double rest = y[i] - intercept - (slope * x[i]);
            chi += weight[i] * rest * rest;
        }

        mean /= sum;
        for (int i = 0; i < n; i++)
        {
            double u = xBar + beta[i] - mean;
            squares += weight[i] * u * u;
        }

        double slopeError = 1 / Math.Sqrt(squares);
        return new YorkFit(intercept, slope, Math.Sqrt((1 / sum) + (mean * mean * slopeError * slopeError)), slopeError, chi, n - 2);
    }

    /// <summary>
    /// Deming's line: all points alike, the variance of the errors in y a known multiple of that in x. The errors themselves come from what the line leaves.
    /// </summary>
    /// <param name="x">First coordinate.</param>
    /// <param name="y">Second coordinate.</param>
    /// <param name="varianceRatio">Error variance in y over that in x.</param>
    public static YorkFit Deming(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double varianceRatio)
    {
        double[] one = new double[x.Length], other = new double[x.Length];
        Array.Fill(one, 1);
        Array.Fill(other, Math.Sqrt(varianceRatio));
        YorkFit unit = Of(x, y, one, other);
        double scale = Math.Sqrt(unit.ChiSquared / unit.Freedom);
        return unit with { InterceptError = unit.InterceptError * scale, SlopeError = unit.SlopeError * scale, ChiSquared = unit.Freedom };
    }

    /// <summary>
    /// All points alike with a known error u in x and an unknown one in y: b = s_xy/(s_xx − u²), the line whose χ² equals its degrees of freedom, with the standard error of
    /// W. A. Fuller (Measurement Error Models, Wiley 1987, 10.1002/9780470316665, section 1.2), √((s_xx·s_v + b²·u⁴)/(n − 1))/(s_xx − u²). The one from the stated errors
    /// alone would be too small. Null when the points scatter less than u explains, or x varies less than one and a half times u: then the data cannot tell the slope.
    /// </summary>
    public static YorkFit? WithErrorInX(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double errorX)
    {
        int n = x.Length;
        double xBar = Moments.Mean(x), yBar = Moments.Mean(y), sxy = 0, sxx = Moments.SumOfSquares(x, xBar) / (n - 1), known = errorX * errorX;
        if (n < 4 || sxx <= 2.25 * known) return null;
        for (int i = 0; i < n; i++) sxy += (x[i] - xBar) * (y[i] - yBar) / (n - 1);
        double slope = sxy / (sxx - known), left = 0;
        for (int i = 0; i < n; i++)
        {
            double rest = y[i] - yBar - (slope * (x[i] - xBar));
            left += rest * rest / (n - 2);
        }

        if (left <= slope * slope * known) return null;
        double slopeError = Math.Sqrt(((sxx * left) + (slope * slope * known * known)) / (n - 1)) / (sxx - known);
        return new YorkFit(yBar - (slope * xBar), slope, Math.Sqrt((left / n) + (xBar * xBar * slopeError * slopeError)), slopeError, n - 2, n - 2);
    }

    private static (double X, double Y) Weigh(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> errorX, ReadOnlySpan<double> errorY, double slope, double[] weight)
    {
        double sum = 0, xBar = 0, yBar = 0;
        for (int i = 0; i < x.Length; i++)
        {
            weight[i] = 1 / ((errorY[i] * errorY[i]) + (slope * slope * errorX[i] * errorX[i]));
            sum += weight[i];
            xBar += weight[i] * x[i];
            yBar += weight[i] * y[i];
        }

        return (xBar / sum, yBar / sum);
    }
}
