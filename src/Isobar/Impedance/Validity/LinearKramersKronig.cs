using System.Numerics;
using Isobar.Numerics.LeastSquares;

namespace Isobar.Impedance.Validity;

/// <summary>
/// The linear Kramers-Kronig fit: a ladder that obeys the relations by construction, solved in one linear least-squares problem.
/// <para>Z = R + s·L + 1/(s·C) + Σ Rₖ/(1 + s·τₖ), or the same form for Y, all of either sign, with three τ per decade from half a decade beyond each end of the sweep, every
/// row over the measured modulus (B. A. Boukamp, J. Electrochem. Soc. 142 (1995) 1885, 10.1149/1.2044210). A spectrum of few points gets fewer τ, so that at
/// least a third of the numbers are left over to judge by.</para>
/// <para>With a clock the ladder gets a second, coarser one whose terms grow with the time since the sweep began: what a sample that changes adds.</para>
/// </summary>
internal sealed class LinearKramersKronig
{
    private const double Beyond = 0.5;
    private const double GrowingPerDecade = 1;
    private const int Straight = 3;

    private readonly int _points;
    private readonly int _unknowns;
    private readonly double[] _times;
    private readonly double[] _growingTimes;
    private readonly double[] _clock;
    private readonly double[] _omega;
    private readonly double[] _columns;
    private readonly double[] _right;
    private readonly double[] _solution;
    private readonly ColumnQr _qr;

    /// <summary>A ladder for a sweep. A clock, the share of the sweep that has passed at each point, adds the growing terms.</summary>
    public LinearKramersKronig(ReadOnlySpan<double> hertz, double perDecade, ReadOnlySpan<double> clock = default)
    {
        _points = hertz.Length;
        double highest = double.NegativeInfinity, lowest = double.PositiveInfinity;
        foreach (double f in hertz) (highest, lowest) = (Math.Max(highest, f), Math.Min(lowest, f));
        double first = Math.Log10(1 / (2 * Math.PI * highest)) - Beyond, decades = Math.Log10(highest / lowest) + (2 * Beyond);
        int most = Math.Max(1, (2 * 2 * _points / 3) - Straight);
        _times = Times(first, decades, Math.Min((int)Math.Ceiling(perDecade * decades) + 1, most));
        _clock = clock.ToArray();
        _growingTimes = clock.IsEmpty ? [] : Times(first, decades, (int)Math.Ceiling(GrowingPerDecade * decades) + 1);
        _unknowns = _times.Length + Straight + (clock.IsEmpty ? 0 : _growingTimes.Length + 1);
        _omega = new double[_points];
        for (int i = 0; i < _points; i++) _omega[i] = 2 * Math.PI * hertz[i];
        _columns = new double[_unknowns * 2 * _points];
        _right = new double[2 * _points];
        _solution = new double[_unknowns];
        _qr = new ColumnQr(2 * _points, _unknowns);
    }

    /// <summary>How many unknowns the ladder has.</summary>
    public int Unknowns => _unknowns;

    /// <summary>How many relaxation times the ladder has.</summary>
    public int TimeCount => _times.Length;

    /// <summary>
    /// Fits immittances with a weight for each and writes what the ladder gives; the weighted sum of squares over the modulus. Weights of zero leave a point out.
    /// </summary>
    public double Fit(ReadOnlySpan<Complex> values, ReadOnlySpan<double> weights, Span<Complex> ladder)
    {
        int rows = 2 * _points;
        // With frequencies over the geometric mean the straight columns are of one size.
        double middle = 1 / Math.Sqrt(_times[0] * _times[^1]);
        for (int i = 0; i < _points; i++)
        {
            double scale = Math.Sqrt(weights[i]) / values[i].Magnitude, omega = _omega[i];
            (_right[i], _right[_points + i]) = (values[i].Real * scale, values[i].Imaginary * scale);
            (_columns[i], _columns[_points + i]) = (scale, 0);
            (_columns[rows + i], _columns[rows + _points + i]) = (0, scale * omega / middle);
            (_columns[(2 * rows) + i], _columns[(2 * rows) + _points + i]) = (0, -scale * middle / omega);
            for (int k = 0; k < _times.Length; k++)
            {
                double x = omega * _times[k], real = scale / (1 + (x * x));
                (_columns[((k + Straight) * rows) + i], _columns[((k + Straight) * rows) + _points + i]) = (real, -x * real);
            }
        }

        Grow(rows, weights, values);
        double sum = _qr.Solve(_columns, _unknowns, _right, _solution);
        for (int i = 0; i < _points; i++)
        {
            double real = _solution[0], imaginary = (_solution[1] * _omega[i] / middle) - (_solution[2] * middle / _omega[i]);
            for (int k = 0; k < _times.Length; k++)
            {
                double x = _omega[i] * _times[k], share = _solution[k + Straight] / (1 + (x * x));
                real += share;
                imaginary -= x * share;
            }

            ladder[i] = new Complex(real, imaginary);
        }

        return sum;
    }

    private void Grow(int rows, ReadOnlySpan<double> weights, ReadOnlySpan<Complex> values)
    {
        int first = _times.Length + Straight;
        for (int i = 0; i < _points && _clock.Length > 0; i++)
        {
            double scale = Math.Sqrt(weights[i]) / values[i].Magnitude * _clock[i];
            (_columns[(first * rows) + i], _columns[(first * rows) + _points + i]) = (scale, 0);
            for (int k = 0; k < _growingTimes.Length; k++)
            {
                double x = _omega[i] * _growingTimes[k], real = scale / (1 + (x * x));
                int at = (first + 1 + k) * rows;
                (_columns[at + i], _columns[at + _points + i]) = (real, -x * real);
            }
        }
    }

    private static double[] Times(double first, double decades, int count) =>
        [.. Enumerable.Range(0, count).Select(k => Math.Pow(10, first + (count == 1 ? decades / 2 : decades * k / (count - 1))))];
}
