namespace Isobar.Numerics.LeastSquares;

/// <summary>
/// A·P = Q·R by Householder reflections (G. H. Golub, Numer. Math. 7 (1965) 206, 10.1007/BF01436075), with the largest remaining column
/// taken first when pivoting. Storage is made once and used for many matrices of at most the given size.
/// </summary>
internal sealed class HouseholderQr(int largestRows, int largestColumns)
{
    private readonly double[] _a = new double[largestRows * largestColumns];
    private readonly double[] _diagonal = new double[largestColumns];
    private readonly double[] _norms = new double[largestColumns];
    private readonly int[] _order = new int[largestColumns];
    private int _rows;
    private int _columns;

    /// <summary>The column of the given matrix that stands in each place.</summary>
    public ReadOnlySpan<int> Order => _order.AsSpan(0, _columns);

    /// <summary>Element of R on or above the diagonal.</summary>
    public double R(int row, int column) => row == column ? _diagonal[row] : _a[(row * _columns) + column];

    /// <summary>How many diagonal elements stand above the rounding of the largest one.</summary>
    public int Rank { get; private set; }

    /// <summary>Decomposes a row-major matrix with at least as many rows as columns, and applies Qᵀ to <paramref name="right"/>.</summary>
    public void Decompose(ReadOnlySpan<double> matrix, int rows, int columns, Span<double> right, bool pivot)
    {
        if (rows < columns) throw new ArgumentException($"a decomposition of {rows} × {columns} needs at least as many rows as columns", nameof(rows));
        (_rows, _columns) = (rows, columns);
        matrix[..(rows * columns)].CopyTo(_a);
        for (int j = 0; j < columns; j++)
        {
            _order[j] = j;
            _norms[j] = ColumnNorm(j, 0);
        }

        for (int k = 0; k < columns; k++)
        {
            if (pivot) TakeLargest(k);
            Reflect(k, right);
        }

        double largest = columns == 0 ? 0 : Math.Abs(_diagonal[0]);
        for (int k = 1; k < columns; k++) largest = Math.Max(largest, Math.Abs(_diagonal[k]));
        double negligible = largest * Math.Max(rows, columns) * 2.2e-16;
        Rank = 0;
        for (int k = 0; k < columns; k++)
        {
            if (Math.Abs(_diagonal[k]) > negligible) Rank++;
        }
    }

    /// <summary>Solves R·y = c, written in the order of the given matrix. R has full rank.</summary>
    public void Solve(ReadOnlySpan<double> c, Span<double> solution)
    {
        Span<double> y = _norms.AsSpan(0, _columns);
        for (int i = _columns - 1; i >= 0; i--)
        {
            double sum = c[i];
            for (int j = i + 1; j < _columns; j++) sum -= _a[(i * _columns) + j] * y[j];
            y[i] = sum / _diagonal[i];
        }

        for (int i = 0; i < _columns; i++) solution[_order[i]] = y[i];
    }

    /// <summary>(AᵀA)⁻¹ = P·R⁻¹·R⁻ᵀ·Pᵀ, row-major. R has full rank.</summary>
    public double[] InverseGram()
    {
        int n = _columns;
        double[] inverse = new double[n * n], gram = new double[n * n];
        for (int j = 0; j < n; j++)
        {
            inverse[(j * n) + j] = 1 / _diagonal[j];
            for (int i = j - 1; i >= 0; i--)
            {
                double sum = 0;
                for (int k = i + 1; k <= j; k++) sum -= _a[(i * n) + k] * inverse[(k * n) + j];
                inverse[(i * n) + j] = sum / _diagonal[i];
            }
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int k = i; k < n; k++) sum += inverse[(i * n) + k] * inverse[(j * n) + k];
                gram[(_order[i] * n) + _order[j]] = gram[(_order[j] * n) + _order[i]] = sum;
            }
        }

        return gram;
    }

    // Norms are taken anew for each place: the columns are few, and downdated norms lose digits just where the rank is decided.
    private void TakeLargest(int k)
    {
        int best = k;
        for (int j = k; j < _columns; j++)
        {
            _norms[j] = ColumnNorm(j, k);
            if (_norms[j] > _norms[best]) best = j;
        }

        if (best == k) return;
        (_order[k], _order[best]) = (_order[best], _order[k]);
        for (int i = 0; i < _rows; i++) (_a[(i * _columns) + k], _a[(i * _columns) + best]) = (_a[(i * _columns) + best], _a[(i * _columns) + k]);
    }

    private void Reflect(int k, Span<double> right)
    {
        double norm = ColumnNorm(k, k);
        if (norm == 0)
        {
            _diagonal[k] = 0;
            return;
        }

        if (_a[(k * _columns) + k] > 0) norm = -norm;
        // v = x/(−r) + e₁ lies in the column below R, as in LINPACK: H = 1 − v·vᵀ/v₁.
        for (int i = k; i < _rows; i++) _a[(i * _columns) + k] /= -norm;
        double first = _a[(k * _columns) + k] += 1;
        for (int j = k + 1; j < _columns; j++)
        {
            double sum = 0;
            for (int i = k; i < _rows; i++) sum += _a[(i * _columns) + k] * _a[(i * _columns) + j];
            sum /= first;
            for (int i = k; i < _rows; i++) _a[(i * _columns) + j] -= sum * _a[(i * _columns) + k];
        }

        double dot = 0;
        for (int i = k; i < _rows; i++) dot += _a[(i * _columns) + k] * right[i];
        dot /= first;
        for (int i = k; i < _rows; i++) right[i] -= dot * _a[(i * _columns) + k];
        _diagonal[k] = norm;
    }

    // Squares of very large or very small elements overflow or vanish: then they are summed again over the largest.
    private double ColumnNorm(int column, int fromRow)
    {
        double sum = 0;
        for (int i = fromRow; i < _rows; i++)
        {
            double element = _a[(i * _columns) + column];
            sum += element * element;
        }

        if (sum is > 1e-280 and < 1e280) return Math.Sqrt(sum);
        double largest = 0;
        for (int i = fromRow; i < _rows; i++) largest = Math.Max(largest, Math.Abs(_a[(i * _columns) + column]));
        if (largest == 0 || !double.IsFinite(largest)) return largest;
        sum = 0;
        for (int i = fromRow; i < _rows; i++)
        {
            double scaled = _a[(i * _columns) + column] / largest;
            sum += scaled * scaled;
        }

        return largest * Math.Sqrt(sum);
    }
}
