using System.Numerics;
using Isobar.Numerics;
using Isobar.Numerics.LeastSquares;

namespace Isobar.Impedance.Distribution;

/// <summary>
/// The regularised, non-negative linear problem behind a distribution of relaxation times, made ready once for many weights of smoothness and many noisy copies.
/// <para>Unknowns R₀, L, 1/C and the gₖ of Z = R₀ + s·L + 1/(s·C) + Σ gₖ/(1 + s·τₖ), all ≥ 0; rows over the measured modulus; λ·Σ(second difference of g over |Z| at
/// ω = 1/τ)². Columns are scaled to unit length.</para>
/// </summary>
internal sealed class RelaxationProblem
{
    private const double PerDecade = 10;
    private const double DecadesAbove = 0.5;
    private const double DecadesBelow = 3;
    private const int Straight = 3;

    // Neighbouring times are alike to many digits; this keeps the search out of what rounding alone tells apart.
    private const double Ridge = 1e-11;

    private readonly int _points;
    private readonly int _size;
    private readonly double[] _omega;
    private readonly double[] _weight;
    private readonly double[] _columns;
    private readonly double[] _scale;
    private readonly double[] _data;
    private readonly double[] _smooth;
    private readonly double[] _gram;
    private readonly double[] _regularised;
    private readonly double[] _right;
    private readonly double[] _solution;
    private readonly NonNegativeLeastSquares _search;
    private double _square;

    public RelaxationProblem(Spectrum spectrum)
    {
        SpectrumPoint[] points = [.. spectrum.Points.Where(point => !point.LeftOut && point.Weight > 0)];
        if (points.Length < 4) throw new ArgumentException($"a distribution of relaxation times needs at least 4 points; {spectrum.Name} has {points.Length} that are not left out", nameof(spectrum));
        _points = points.Length;
        Hertz = [.. points.Select(point => point.Hertz)];
        Ohms = [.. points.Select(point => point.Ohms)];
        _omega = [.. Hertz.Select(f => 2 * Math.PI * f)];
        _weight = [.. points.Select(point => Math.Sqrt(point.Weight) / point.Ohms.Magnitude)];
        double first = -Math.Log10(_omega[0]) - DecadesAbove, last = -Math.Log10(_omega[^1]) + DecadesBelow;
        int times = (int)Math.Round((last - first) * PerDecade) + 1;
        Times = [.. Enumerable.Range(0, times).Select(k => Math.Pow(10, first + ((last - first) * k / (times - 1))))];
        LogStep = Math.Log(10) * (last - first) / (times - 1);
        _size = times + Straight;
        _scale = new double[_size];
        _columns = Columns();
        _data = new double[2 * _points];
        _right = new double[_size];
        _gram = new double[_size * _size];
        for (int i = 0; i < _size; i++)
        {
            for (int j = 0; j <= i; j++) _gram[(i * _size) + j] = _gram[(j * _size) + i] = Simd.Dot(Column(i), Column(j));
        }

        _smooth = Smoothness();
        _regularised = new double[_size * _size];
        _solution = new double[_size];
        _search = new NonNegativeLeastSquares(_size);
        SetData(Ohms);
    }

    public double[] Hertz { get; }

    public Complex[] Ohms { get; }

    /// <summary>Relaxation times, ascending, even in the logarithm.</summary>
    public double[] Times { get; }

    /// <summary>Distance of the times in ln τ.</summary>
    public double LogStep { get; }

    public double Resistance => Physical(0);

    public double Inductance => Physical(1);

    /// <summary>1/C; zero when nothing blocks.</summary>
    public double Elastance => Physical(2);

    public int PositiveCount => _search.PositiveCount;

    public double Share(int k) => Physical(k + Straight);

    /// <summary>Takes other impedances at the same frequencies, weighted as the measured ones.</summary>
    public void SetData(ReadOnlySpan<Complex> ohms)
    {
        for (int i = 0; i < _points; i++) (_data[i], _data[_points + i]) = (ohms[i].Real * _weight[i], ohms[i].Imaginary * _weight[i]);
        for (int j = 0; j < _size; j++) _right[j] = Simd.Dot(Column(j), _data);
        _square = Simd.Dot(_data, _data);
    }

    /// <summary>Solves for a weight of smoothness, beginning from the last solution; gives the weighted sum of squares.</summary>
    /// <exception cref="ArithmeticException">The exchanges did not end, which only numbers of wildly different size can cause.</exception>
    public double Solve(double lambda, bool fromLast = true)
    {
        for (int i = 0; i < _regularised.Length; i++) _regularised[i] = _gram[i] + (lambda * _smooth[i]);
        for (int i = 0; i < _size; i++) _regularised[(i * _size) + i] += Ridge;
        if (!_search.Solve(_regularised, _right, _solution, fromLast) && !_search.Solve(_regularised, _right, _solution, fromLast: false))
        {
            throw new ArithmeticException($"the distribution of relaxation times did not settle at a smoothness of {lambda:G3}");
        }

        double sum = _square;
        for (int i = 0; i < _size; i++)
        {
            if (_solution[i] > 0) sum += _solution[i] * (Simd.Dot(_gram.AsSpan(i * _size, _size), _solution) - (2 * _right[i]));
        }

        return Math.Max(sum, 0);
    }

    /// <summary>Z of the last solution at the frequencies of the points.</summary>
    public Complex[] Impedance()
    {
        var z = new Complex[_points];
        for (int j = 0; j < _size; j++)
        {
            if (_solution[j] == 0) continue;
            ReadOnlySpan<double> column = Column(j);
            for (int i = 0; i < _points; i++) z[i] += new Complex(column[i], column[_points + i]) * (_solution[j] / _weight[i]);
        }

        return z;
    }

    private double Physical(int j) => _solution[j] / _scale[j];

    private ReadOnlySpan<double> Column(int j) => _columns.AsSpan(j * 2 * _points, 2 * _points);

    private double[] Columns()
    {
        double[] columns = new double[_size * 2 * _points];
        for (int j = 0; j < _size; j++)
        {
            Span<double> column = columns.AsSpan(j * 2 * _points, 2 * _points);
            for (int i = 0; i < _points; i++)
            {
                double x = j < Straight ? 0 : _omega[i] * Times[j - Straight];
                (column[i], column[_points + i]) = j switch
                {
                    0 => (_weight[i], 0),
                    1 => (0, _weight[i] * _omega[i]),
                    2 => (0, -_weight[i] / _omega[i]),
                    _ => (_weight[i] / (1 + (x * x)), -_weight[i] * x / (1 + (x * x))),
                };
            }

            _scale[j] = Math.Sqrt(Simd.Dot(column, column));
            for (int i = 0; i < column.Length; i++) column[i] /= _scale[j];
        }

        return columns;
    }

    private double[] Smoothness()
    {
        double[] smooth = new double[_size * _size];
        Span<double> row = stackalloc double[3];
        for (int k = 1; k < Times.Length - 1; k++)
        {
            double modulus = ModulusAt(1 / Times[k]);
            for (int a = 0; a < 3; a++) row[a] = (a == 1 ? -2 : 1) / (modulus * _scale[Straight + k - 1 + a]);
            for (int a = 0; a < 3; a++)
            {
                for (int b = 0; b < 3; b++) smooth[((Straight + k - 1 + a) * _size) + Straight + k - 1 + b] += row[a] * row[b];
            }
        }

        return smooth;
    }

    // Straight in the logarithms between the points; beyond the sweep that of its end.
    public double ModulusAt(double omega)
    {
        if (omega >= _omega[0]) return Ohms[0].Magnitude;
        for (int i = 1; i < _points; i++)
        {
            if (omega < _omega[i]) continue;
            double share = _omega[i - 1] > _omega[i] ? Math.Log(omega / _omega[i]) / Math.Log(_omega[i - 1] / _omega[i]) : 0;
            return Math.Exp((share * Math.Log(Ohms[i - 1].Magnitude)) + ((1 - share) * Math.Log(Ohms[i].Magnitude)));
        }

        return Ohms[^1].Magnitude;
    }
}
