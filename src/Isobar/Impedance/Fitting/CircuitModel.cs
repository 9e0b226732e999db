using System.Numerics;
using Isobar.Impedance.Circuits;
using Isobar.Numerics.LeastSquares;

namespace Isobar.Impedance.Fitting;

/// <summary>
/// Residuals (Z − Zₘ)·w of a circuit over the coordinates of its free parameters, with what is known before as further residuals. Evaluations allocate nothing.
/// </summary>
internal sealed class CircuitModel : IColumnModel
{
    private readonly Circuit _circuit;
    private readonly CircuitProgram _program;
    private readonly int _padded;
    private readonly int[] _free;
    private readonly int[] _owner;
    private readonly double[] _factor;
    private readonly int[] _priors;
    private readonly bool _plain;
    private readonly double[] _z;
    private readonly double[] _columns;
    private readonly double[] _measured;
    private readonly double[] _weight;

    public CircuitModel(Circuit circuit, FrequencyGrid grid)
    {
        _circuit = circuit;
        _program = new CircuitProgram(circuit, grid);
        _padded = grid.Padded;
        int count = circuit.Parameters.Length;
        _free = [.. Enumerable.Range(0, count).Where(i => circuit.Parameters[i].IsFree)];
        _owner = new int[count];
        _factor = new double[count];
        for (int i = 0; i < count; i++)
        {
            CircuitParameter parameter = circuit.Parameters[i];
            int source = parameter.Tie is { } tie ? circuit.PlaceOf(tie.Other) : i;
            _owner[i] = Array.IndexOf(_free, source);
            _factor[i] = parameter.Tie?.Factor ?? 1;
        }

        _priors = [.. _free.Where(i => circuit.Parameters[i].Prior is not null)];
        _plain = _free.Length == count && _priors.Length == 0;
        _z = new double[2 * _padded];
        _columns = _plain ? [] : new double[count * 2 * _padded];
        _measured = new double[2 * _padded];
        _weight = new double[2 * _padded];
        Values = [.. circuit.Parameters.Select(parameter => parameter.Value)];
        ResidualCount = (2 * _padded) + _priors.Length;
        Lower = [.. _free.Select(i => circuit.Parameters[i].Coordinate(circuit.Parameters[i].Lowest))];
        Upper = [.. _free.Select(i => circuit.Parameters[i].Coordinate(circuit.Parameters[i].Highest))];
        FixTies();
    }

    public int ParameterCount => _free.Length;

    public int ResidualCount { get; }

    /// <summary>Places of the free parameters in the circuit.</summary>
    public ReadOnlySpan<int> Free => _free;

    /// <summary>How many of the residuals come from what is known before.</summary>
    public int PriorCount => _priors.Length;

    public double[] Lower { get; }

    public double[] Upper { get; }

    /// <summary>Values of all parameters at the last evaluation.</summary>
    public double[] Values { get; }

    /// <summary>Z at the last evaluation: real parts, then imaginary parts.</summary>
    public ReadOnlySpan<double> Impedance => _z;

    public CircuitProgram Program => _program;

    /// <summary>Measured parts over the grid.</summary>
    public ReadOnlySpan<double> Measured => _measured;

    /// <summary>Weights of the residuals over the grid; zero in what fills it up.</summary>
    public ReadOnlySpan<double> Weight => _weight;

    /// <summary>Takes impedances and the factors of their real and imaginary residuals.</summary>
    public void SetData(ReadOnlySpan<Complex> ohms, ReadOnlySpan<double> realWeights, ReadOnlySpan<double> imaginaryWeights)
    {
        for (int i = 0; i < ohms.Length; i++)
        {
            (_measured[i], _measured[_padded + i]) = (ohms[i].Real, ohms[i].Imaginary);
            (_weight[i], _weight[_padded + i]) = (realWeights[i], imaginaryWeights[i]);
        }
    }

    public void Coordinates(ReadOnlySpan<double> values, Span<double> coordinates)
    {
        for (int k = 0; k < _free.Length; k++) coordinates[k] = _circuit.Parameters[_free[k]].Coordinate(values[_free[k]]);
    }

    /// <summary>Sets the values of all parameters from the coordinates of the free ones.</summary>
    public void SetValues(ReadOnlySpan<double> coordinates)
    {
        for (int k = 0; k < _free.Length; k++) Values[_free[k]] = _circuit.Parameters[_free[k]].FromCoordinate(coordinates[k]);
        if (!_plain) FixTies();
    }

    public void Evaluate(ReadOnlySpan<double> parameters, Span<double> residuals, Span<double> columns)
    {
        SetValues(parameters);
        _program.Evaluate(Values, _z, _plain ? columns : columns.IsEmpty ? default : _columns);
        int length = 2 * _padded;
        for (int i = 0; i < length; i += 4) ((Lanes.Load(_z, i) - Lanes.Load(_measured, i)) * Lanes.Load(_weight, i)).Store(residuals, i);
        if (!columns.IsEmpty)
        {
            if (!_plain) Gather(columns);
            for (int k = 0; k < _free.Length; k++) Isobar.Numerics.Simd.Scale(_weight, columns.Slice(k * ResidualCount, length));
        }

        for (int q = 0; q < _priors.Length; q++) AddPrior(q, residuals, columns);
    }

    private void FixTies()
    {
        for (int i = 0; i < Values.Length; i++)
        {
            if (_circuit.Parameters[i].Tie is { } tie) Values[i] = tie.Factor * Values[_circuit.PlaceOf(tie.Other)];
        }
    }

    // Columns of the free parameters, with those of the parameters tied to them.
    private void Gather(Span<double> columns)
    {
        int length = 2 * _padded;
        columns[..(_free.Length * ResidualCount)].Clear();
        for (int i = 0; i < _owner.Length; i++)
        {
            if (_owner[i] < 0) continue;
            // On the logarithmic scale a factor is a shift and leaves the slope alone.
            double slope = _circuit.Parameters[i].Declaration.Logarithmic ? 1 : _factor[i];
            Isobar.Numerics.Simd.AddScaled(slope, _columns.AsSpan(i * length, length), columns.Slice(_owner[i] * ResidualCount, length));
        }
    }

    private void AddPrior(int q, Span<double> residuals, Span<double> columns)
    {
        CircuitParameter parameter = _circuit.Parameters[_priors[q]];
        ParameterPrior prior = parameter.Prior!;
        double spread = parameter.Declaration.Logarithmic ? prior.StandardUncertainty / prior.Value : prior.StandardUncertainty;
        double scale = PriorScale / spread;
        residuals[(2 * _padded) + q] = scale * (parameter.Coordinate(Values[_priors[q]]) - parameter.Coordinate(prior.Value));
        if (!columns.IsEmpty) columns[(Array.IndexOf(_free, _priors[q]) * ResidualCount) + (2 * _padded) + q] = scale;
    }

    /// <summary>Size of a usual residual, so that what is known before counts as one measurement of its own uncertainty.</summary>
    public double PriorScale { get; set; } = 1;
}
