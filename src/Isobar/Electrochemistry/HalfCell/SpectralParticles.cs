using System.Numerics;
using System.Runtime.InteropServices;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// Spherical particles with a diffusion coefficient that depends on the stoichiometry, as even polynomials in the radius.
/// <para>M·dx/dt = −K(D)·x/R_p² + e_surface·n/(F·c_max·R_p), M and K of <see cref="RadialBasis"/>; second-order backward differences in time with D at
/// the stoichiometry extrapolated to the end of the step, so that each particle is one small symmetric system per step, eliminated on the spot.</para>
/// </summary>
internal sealed class SpectralParticles : ParticleStore
{
    private readonly RadialBasis _basis;
    private readonly int _nodes;
    private readonly int _stride;
    private readonly double[] _radii;
    private readonly double _diffusion;
    private readonly double _maximumMoles;
    private readonly StoichiometryCurve? _factor;
    private readonly double[] _now;
    private readonly double[] _before;
    private readonly double[] _known;
    private readonly double[] _response;
    private readonly double[] _extrapolated;
    private readonly double[] _factors;
    private readonly double[] _slopes;
    private readonly double[] _matrix;
    private readonly double[] _lower;
    private readonly double[] _inversePivots;
    private readonly double[] _derivative;
    private double _seconds;
    private double _secondsBefore;
    private double _lastCharge;
    private double _pendingCharge;

    public SpectralParticles(ReadOnlySpan<ParticleClass> classes, HalfCellParameters cell, int nodes, RadialBasis basis)
        : base(classes.Length * nodes)
    {
        _basis = basis;
        _nodes = nodes;
        _radii = new double[classes.Length];
        for (int c = 0; c < classes.Length; c++) _radii[c] = classes[c].RadiusMetres;
        _diffusion = cell.DiffusionSquareMetresPerSecond;
        _maximumMoles = cell.MaximumMolesPerCubicMetre;
        _factor = cell.DiffusionFactor;
        // Rows are padded with zeros to whole vectors of the widest kind.
        _stride = (basis.Nodes + 7) & ~7;
        int all = classes.Length * nodes * basis.Nodes;
        _now = new double[all];
        _before = new double[all];
        _known = new double[all];
        _response = new double[all];
        _extrapolated = new double[all];
        _factors = new double[all];
        _slopes = new double[all];
        _matrix = new double[basis.Nodes * _stride];
        _lower = new double[basis.Nodes * basis.Nodes];
        _inversePivots = new double[basis.Nodes];
        _derivative = new double[basis.Nodes * _stride];
        for (int i = 0; i < basis.Nodes; i++) basis.Derivative.AsSpan(i * basis.Nodes, basis.Nodes).CopyTo(_derivative.AsSpan(i * _stride));
    }

    // Backward differences of second order lose their stability at a ratio of 1 + √2.
    public override double LargestGrowth => 2;

    /// <summary>Stoichiometry over the radius of one particle, at the nodes of the basis.</summary>
    public ReadOnlySpan<double> Profile(int entry) => _now.AsSpan(entry * _basis.Nodes, _basis.Nodes);

    public override void Reset(double stoichiometry)
    {
        Array.Fill(Mean, stoichiometry);
        Array.Fill(Surface, stoichiometry);
        Array.Fill(_now, stoichiometry);
        Array.Fill(_before, stoichiometry);
        _secondsBefore = double.PositiveInfinity;
    }

    public override void Jump()
    {
        Surface.CopyTo(Known, 0);
        Array.Clear(Response);
        Array.Clear(MeanResponse);
        _secondsBefore = double.PositiveInfinity;
    }

    public override void StartFrom(double[] insertion)
    {
    }

    public override void Begin(double seconds, double endWeight)
    {
        _seconds = seconds;
        double ratio = seconds / _secondsBefore;
        double older = ratio * ratio / (1 + (2 * ratio)), share = (1 + ratio) / (1 + (2 * ratio)), step = share * seconds;
        if (_factor is not null)
        {
            for (int i = 0; i < _now.Length; i++) _extrapolated[i] = Math.Clamp(_now[i] + (ratio * (_now[i] - _before[i])), 0, 1);
            _factor.Evaluate(_extrapolated, _factors, _slopes);
        }

        int n = _basis.Nodes;
        double[] mass = _basis.Mass;
        for (int j = 0; j < Known.Length; j++)
        {
            double radius = _radii[j / _nodes];
            int at = j * n;
            Assemble(_factors.AsSpan(at, n), 4 * _diffusion / (radius * radius), 1 / step);
            Span<double> known = _known.AsSpan(at, n), response = _response.AsSpan(at, n);
            for (int i = 0; i < n; i++) known[i] = mass[i] * (((1 + older) * _now[at + i]) - (older * _before[at + i])) / step;
            response.Clear();
            response[n - 1] = 1 / (HalfCellParameters.Faraday * _maximumMoles * radius);
            Factorise(n);
            Solve(known);
            // Only the last entry is not zero, and the forward sweep leaves it alone.
            Back(response);
            Known[j] = known[n - 1];
            Response[j] = response[n - 1];
            MeanResponse[j] = 3 * step / (HalfCellParameters.Faraday * _maximumMoles * radius);
        }
    }

    public override double Charge(double currentBefore, double currentAfter)
    {
        double ratio = _seconds / _secondsBefore;
        _pendingCharge = (ratio > 0 ? ratio * ratio / (1 + (2 * ratio)) * _lastCharge : 0) + ((1 + ratio) / (1 + (2 * ratio)) * _seconds * currentAfter);
        return _pendingCharge;
    }

    public override void Commit(double[] insertion)
    {
        int n = _basis.Nodes;
        double[] mass = _basis.Mass;
        _now.CopyTo(_before, 0);
        for (int j = 0; j < insertion.Length; j++)
        {
            int at = j * n;
            double sum = 0;
            for (int i = 0; i < n; i++)
            {
                double value = _known[at + i] + (_response[at + i] * insertion[j]);
                _now[at + i] = value;
                sum += mass[i] * value;
            }

            Mean[j] = 3 * sum;
            Surface[j] = _now[at + n - 1];
        }

        _secondsBefore = _seconds;
        _lastCharge = _pendingCharge;
    }

    // A = M/step + Gᵀ·diag(4·D·s·w/R²)·G.
    private void Assemble(ReadOnlySpan<double> factors, double scale, double inverseStep)
    {
        int n = _basis.Nodes;
        Span<Vector<double>> matrix = MemoryMarshal.Cast<double, Vector<double>>(_matrix.AsSpan());
        ReadOnlySpan<Vector<double>> derivative = MemoryMarshal.Cast<double, Vector<double>>(_derivative.AsSpan());
        int width = matrix.Length / n;
        matrix.Clear();
        for (int m = 0; m < n; m++)
        {
            double weight = scale * _basis.Squares[m] * _basis.Mass[m] * (_factor is null ? 1 : factors[m]);
            ReadOnlySpan<Vector<double>> row = derivative.Slice(m * width, width);
            for (int i = 0; i < n; i++)
            {
                var lead = new Vector<double>(weight * _derivative[(m * _stride) + i]);
                Span<Vector<double>> target = matrix.Slice(i * width, width);
                for (int v = 0; v < row.Length; v++) target[v] += lead * row[v];
            }
        }

        for (int i = 0; i < n; i++) _matrix[(i * _stride) + i] += _basis.Mass[i] * inverseStep;
    }

    // A = L·D·Lᵀ: whole rows are eliminated at once, what is left of the diagonal means nothing. L and the inverse of D are kept apart.
    private void Factorise(int n)
    {
        Span<Vector<double>> matrix = MemoryMarshal.Cast<double, Vector<double>>(_matrix.AsSpan());
        int width = matrix.Length / n;
        for (int j = 0; j < n; j++)
        {
            double pivot = 1 / _matrix[(j * _stride) + j];
            _inversePivots[j] = pivot;
            Span<Vector<double>> lead = matrix.Slice(j * width, width);
            for (int i = j + 1; i < n; i++)
            {
                double factor = _matrix[(j * _stride) + i] * pivot;
                _lower[(i * n) + j] = factor;
                var share = new Vector<double>(factor);
                Span<Vector<double>> row = matrix.Slice(i * width, width);
                for (int v = i / Vector<double>.Count; v < row.Length; v++) row[v] -= share * lead[v];
            }
        }
    }

    private void Solve(Span<double> x)
    {
        int n = x.Length;
        for (int i = 1; i < n; i++)
        {
            ReadOnlySpan<double> row = _lower.AsSpan(i * n, i);
            double sum = x[i];
            for (int k = 0; k < row.Length; k++) sum -= row[k] * x[k];
            x[i] = sum;
        }

        Back(x);
    }

    private void Back(Span<double> x)
    {
        int n = x.Length;
        for (int i = 0; i < n; i++) x[i] *= _inversePivots[i];
        for (int k = n - 1; k > 0; k--)
        {
            ReadOnlySpan<double> row = _lower.AsSpan(k * n, k);
            double lead = x[k];
            for (int i = 0; i < row.Length; i++) x[i] -= row[i] * lead;
        }
    }
}
