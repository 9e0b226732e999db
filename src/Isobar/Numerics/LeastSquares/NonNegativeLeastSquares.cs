namespace Isobar.Numerics.LeastSquares;

/// <summary>
/// The x ≥ 0 that makes ½·xᵀ·G·x − hᵀ·x smallest for a positive definite G, by block principal pivoting (J. Kim, H. Park, SIAM J. Sci. Comput. 33 (2011) 3261,
/// 10.1137/110821172): all wrong signs change sides at once while their number falls. Where it does not, the slower search of C. L. Lawson and R. J. Hanson
/// (Solving Least Squares Problems, 10.1137/1.9781611971217), which goes downhill with every exchange, takes over.
/// Storage is made once; a search may begin from the sides of the last one.
/// </summary>
internal sealed class NonNegativeLeastSquares(int size)
{
    private const int Patience = 6;
    private const int Panel = 4;

    private readonly bool[] _passive = new bool[size];
    private readonly int[] _members = new int[size];
    private readonly double[] _factor = new double[size * size];
    private readonly double[] _solution = new double[size];
    private readonly double[] _slope = new double[size];
    private readonly bool[] _refused = new bool[size];

    /// <summary>How many unknowns are positive.</summary>
    public int PositiveCount { get; private set; }

    /// <summary>Whether an unknown is positive.</summary>
    public bool IsPositive(int i) => _passive[i];

    /// <summary>Solves for a row-major G whose diagonal is of the order of one. False when ten times as many exchanges as unknowns did not end.</summary>
    public bool Solve(ReadOnlySpan<double> gram, ReadOnlySpan<double> right, Span<double> x, bool fromLast)
    {
        if (!fromLast)
        {
            Array.Fill(_passive, true);
            x.Clear();
        }

        double tolerance = 0;
        foreach (double h in right) tolerance = Math.Max(tolerance, Math.Abs(h));
        tolerance *= 1e-12;
        int fewest = size + 1, patience = Patience;
        while (patience > 0)
        {
            SolvePassive(gram, right);
            int wrong = CountWrong(gram, right, tolerance);
            if (wrong == 0)
            {
                _solution.CopyTo(x);
                return true;
            }

            if (wrong < fewest) (fewest, patience) = (wrong, Patience);
            else patience--;
            for (int i = 0; i < size; i++)
            {
                if (IsWrong(i, tolerance)) _passive[i] = !_passive[i];
            }
        }

        // Without an earlier answer the positive part of the last try is a better beginning than nothing.
        for (int i = 0; i < size && !fromLast; i++) x[i] = Math.Max(_solution[i], 0);
        return Descend(gram, right, x, tolerance);
    }

    private bool Descend(ReadOnlySpan<double> gram, ReadOnlySpan<double> right, Span<double> x, double tolerance)
    {
        for (int i = 0; i < size; i++) _passive[i] = x[i] > 0;
        SolvePassive(gram, right);
        while (StepTowards(x)) SolvePassive(gram, right);
        Array.Clear(_refused);
        for (int exchange = 0; exchange < 10 * size; exchange++)
        {
            int steepest = -1;
            double most = -tolerance;
            for (int i = 0; i < size; i++)
            {
                if (_passive[i] || _refused[i]) continue;
                double slope = Simd.Dot(gram.Slice(i * size, size), x) - right[i];
                if (slope < most) (most, steepest) = (slope, i);
            }

            if (steepest < 0) return true;
            _passive[steepest] = true;
            SolvePassive(gram, right);
            if (!(_solution[steepest] > 0))
            {
                // Rounding alone called it: it rests until something else has moved.
                _passive[steepest] = false;
                _refused[steepest] = true;
                continue;
            }

            while (StepTowards(x)) SolvePassive(gram, right);
            Array.Clear(_refused);
        }

        return false;
    }

    // Goes from x towards the solution until the first unknown reaches zero; true while one did.
    private bool StepTowards(Span<double> x)
    {
        double share = 1;
        int first = -1;
        for (int i = 0; i < size; i++)
        {
            if (!_passive[i] || _solution[i] > 0) continue;
            double reach = x[i] / (x[i] - _solution[i]);
            if (reach < share || first < 0) (share, first) = (Math.Min(reach, share), i);
        }

        for (int i = 0; i < size; i++) x[i] += share * (_solution[i] - x[i]);
        if (first < 0) return false;
        for (int i = 0; i < size; i++)
        {
            if (!_passive[i] || (i != first && x[i] > 0)) continue;
            _passive[i] = false;
            x[i] = 0;
        }

        return true;
    }

    private bool IsWrong(int i, double tolerance) => _passive[i] ? _solution[i] < 0 : _slope[i] < -tolerance;

    private int CountWrong(ReadOnlySpan<double> gram, ReadOnlySpan<double> right, double tolerance)
    {
        int wrong = 0;
        for (int i = 0; i < size; i++)
        {
            if (!_passive[i]) _slope[i] = Simd.Dot(gram.Slice(i * size, size), _solution) - right[i];
            if (IsWrong(i, tolerance)) wrong++;
        }

        return wrong;
    }

    // Cholesky over the positive unknowns only; the others stay zero.
    private void SolvePassive(ReadOnlySpan<double> gram, ReadOnlySpan<double> right)
    {
        int n = 0;
        for (int i = 0; i < size; i++)
        {
            if (_passive[i]) _members[n++] = i;
        }

        PositiveCount = n;
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> source = gram.Slice(_members[i] * size, size);
            Span<double> row = _factor.AsSpan(i * size, n);
            for (int j = i; j < n; j++) row[j] = source[_members[j]];
        }

        Array.Clear(_solution);
        Span<double> b = _slope.AsSpan(0, n);
        for (int i = 0; i < n; i++) b[i] = right[_members[i]];
        Factor(n, gram);
        for (int k = 0; k < n; k++)
        {
            b[k] *= _factor[(k * size) + k];
            if (b[k] != 0) Simd.AddScaled(-b[k], Row(k, k + 1, n), b[(k + 1)..]);
        }

        for (int k = n - 1; k >= 0; k--)
        {
            b[k] = (b[k] - Simd.Dot(Row(k, k + 1, n), b[(k + 1)..])) * _factor[(k * size) + k];
            _solution[_members[k]] = b[k];
        }
    }

    // Uᵀ·U with the inverse of the diagonal in its place; four rows are ready before the rows below take them all off at once.
    private void Factor(int n, ReadOnlySpan<double> gram)
    {
        for (int k = 0; k < n; k += Panel)
        {
            int next = Math.Min(k + Panel, n);
            for (int p = k; p < next; p++)
            {
                Span<double> row = Row(p, p, n);
                for (int q = k; q < p; q++) Simd.AddScaled(-_factor[(q * size) + p], Row(q, p, n), row);
                // A pivot lost in rounding belongs to a column that depends on the others: its unknown stays at zero.
                double own = gram[(_members[p] * size) + _members[p]], inverse = row[0] > 1e-14 * own ? 1 / Math.Sqrt(row[0]) : 0;
                for (int j = 1; j < row.Length; j++) row[j] *= inverse;
                row[0] = inverse;
            }

            for (int i = next; i < n; i++)
            {
                if (next - k == Panel) Simd.TakeOff(Row(k, i, n), Row(k + 1, i, n), Row(k + 2, i, n), Row(k + 3, i, n), Row(i, i, n));
                else for (int q = k; q < next; q++) Simd.AddScaled(-_factor[(q * size) + i], Row(q, i, n), Row(i, i, n));
            }
        }
    }

    private Span<double> Row(int row, int from, int to) => _factor.AsSpan((row * size) + from, to - from);
}
