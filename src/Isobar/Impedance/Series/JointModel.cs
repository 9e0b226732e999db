using Isobar.Impedance.Circuits;
using Isobar.Impedance.Fitting;
using Isobar.Numerics.LeastSquares;

namespace Isobar.Impedance.Series;

/// <summary>A resistance that follows a law in a joint fit.</summary>
/// <param name="Coordinate">Its place among the free parameters of the circuit.</param>
/// <param name="Scatter">Standard deviation of ln R about the law beyond the errors of the fits; zero for none.</param>
internal readonly record struct JointLaw(int Coordinate, double Scatter);

/// <summary>
/// Residuals of all spectra of a series in units of their own noise. Coordinates: ln R_∞, ln R₁ and m of each law; the deviation of each resistance from its law, held by its scatter;
/// what is shared; what each spectrum has for itself.
/// </summary>
internal sealed class JointModel : IColumnModel
{
    private const int PerLaw = 3;

    private readonly CircuitModel[] _models;
    private readonly double[] _inverseNoise;
    private readonly double[] _logPressures;
    private readonly JointLaw[] _laws;
    private readonly int[] _rows;
    private readonly int[] _lawOf;
    private readonly int[] _shared;
    private readonly int[] _slope;
    private readonly int[] _own;
    private readonly int _ownFirst;
    private readonly int _ownCount;
    private readonly int[] _deviation;
    private readonly double[] _coordinates;
    private readonly double[] _residuals;
    private readonly double[] _columns;

    public JointModel(CircuitModel[] models, Circuit circuit, double[] noise, double[] megapascals, JointLaw[] laws, JointFitOptions options)
    {
        (_models, _laws) = (models, laws);
        _inverseNoise = [.. noise.Select(each => 1 / each)];
        _logPressures = [.. megapascals.Select(each => Math.Log(each))];
        int free = models[0].ParameterCount;
        (_lawOf, _shared, _slope, _own) = (Fill(free), Fill(free), Fill(free), Fill(free));
        for (int l = 0; l < laws.Length; l++) _lawOf[laws[l].Coordinate] = l;
        int next = PerLaw * laws.Length;
        _deviation = Fill(laws.Length);
        for (int l = 0; l < laws.Length; l++)
        {
            if (!(laws[l].Scatter > 0)) continue;
            _deviation[l] = next;
            next += models.Length;
        }

        DeviationCount = next - (PerLaw * laws.Length);
        for (int j = 0; j < free; j++)
        {
            if (_lawOf[j] >= 0) continue;
            ElementParameter declaration = circuit.Parameters[models[0].Free[j]].Declaration;
            JointTie tie = declaration.ImpedancePower == 1 && declaration.Unit == "Ω" ? JointTie.Free : declaration.Logarithmic ? options.Storage : options.Exponents;
            if (tie == JointTie.Free) _own[j] = _ownCount++;
            else _shared[j] = next++;
            if (tie == JointTie.Scaled) _slope[j] = next++;
        }

        _ownFirst = next;
        ParameterCount = next + (_ownCount * models.Length);
        _rows = new int[models.Length + 1];
        for (int i = 0; i < models.Length; i++) _rows[i + 1] = _rows[i] + models[i].ResidualCount;
        ResidualCount = _rows[^1] + DeviationCount;
        int most = models.Max(model => model.ResidualCount);
        _coordinates = new double[free];
        _residuals = new double[most];
        _columns = new double[most * free];
        (Lower, Upper) = (new double[ParameterCount], new double[ParameterCount]);
        SetLimits(free);
    }

    public int ParameterCount { get; }

    public int ResidualCount { get; }

    /// <summary>How many coordinates are deviations from laws, each with a residual of its own.</summary>
    public int DeviationCount { get; }

    public double[] Lower { get; }

    public double[] Upper { get; }

    /// <summary>Coordinates from separate fits, one row of circuit coordinates for each spectrum, and the laws of their resistances.</summary>
    public double[] Start(double[][] separate, ContactLaw[] laws)
    {
        double[] x = new double[ParameterCount];
        for (int l = 0; l < _laws.Length; l++)
        {
            double least = Math.Exp(separate.Min(each => each[_laws[l].Coordinate]));
            (x[PerLaw * l], x[(PerLaw * l) + 1], x[(PerLaw * l) + 2]) = (Math.Log(Math.Max(laws[l].FinalOhms, 1e-3 * least)), Math.Log(laws[l].OhmsAtOneMegapascal), laws[l].Exponent);
        }

        for (int j = 0; j < _coordinates.Length; j++)
        {
            if (_shared[j] >= 0) x[_shared[j]] = separate.Average(each => each[j]);
            for (int i = 0; i < _models.Length && _own[j] >= 0; i++) x[OwnPlace(i, j)] = separate[i][j];
        }

        for (int k = 0; k < x.Length; k++) x[k] = Math.Clamp(x[k], Lower[k], Upper[k]);
        return x;
    }

    public void Evaluate(ReadOnlySpan<double> parameters, Span<double> residuals, Span<double> columns)
    {
        columns.Clear();
        residuals.Clear();
        int free = _coordinates.Length;
        for (int i = 0; i < _models.Length; i++)
        {
            for (int j = 0; j < free; j++) _coordinates[j] = CoordinateOf(i, j, parameters);
            int rows = _models[i].ResidualCount;
            _models[i].Evaluate(_coordinates, _residuals.AsSpan(0, rows), _columns.AsSpan(0, rows * free));
            for (int r = 0; r < rows; r++) residuals[_rows[i] + r] = _inverseNoise[i] * _residuals[r];
            for (int j = 0; j < free; j++) Spread(i, j, parameters, _columns.AsSpan(j * rows, rows), columns);
        }

        for (int l = 0, row = _rows[^1]; l < _laws.Length; l++)
        {
            for (int i = 0; i < _models.Length && _deviation[l] >= 0; i++, row++)
            {
                residuals[row] = parameters[_deviation[l] + i] / _laws[l].Scatter;
                columns[((_deviation[l] + i) * ResidualCount) + row] = 1 / _laws[l].Scatter;
            }
        }
    }

    private static int[] Fill(int count)
    {
        int[] places = new int[count];
        Array.Fill(places, -1);
        return places;
    }

    private int OwnPlace(int spectrum, int j) => _ownFirst + (spectrum * _ownCount) + _own[j];

    private double CoordinateOf(int i, int j, ReadOnlySpan<double> x)
    {
        if (_lawOf[j] is >= 0 and var law)
        {
            double ohms = Math.Exp(x[PerLaw * law]) + Math.Exp(x[(PerLaw * law) + 1] - (x[(PerLaw * law) + 2] * _logPressures[i]));
            return Math.Log(ohms) + (_deviation[law] >= 0 ? x[_deviation[law] + i] : 0);
        }

        if (_own[j] >= 0) return x[OwnPlace(i, j)];
        double value = x[_shared[j]] + (_slope[j] >= 0 ? x[_slope[j]] * (_logPressures[i] - MiddlePressure) : 0);
        // A straight line may leave what an exponent can be.
        return Math.Clamp(value, _models[i].Lower[j], _models[i].Upper[j]);
    }

    private double MiddlePressure => 0.5 * (_logPressures[0] + _logPressures[^1]);

    // The chain rule: the slope of the residuals by one circuit coordinate goes to all joint ones that it follows.
    private void Spread(int i, int j, ReadOnlySpan<double> x, ReadOnlySpan<double> slopes, Span<double> columns)
    {
        if (_lawOf[j] is >= 0 and var law)
        {
            int first = PerLaw * law;
            double final = Math.Exp(x[first]), falling = Math.Exp(x[first + 1] - (x[first + 2] * _logPressures[i])), share = falling / (final + falling);
            AddTo(columns, first, i, 1 - share, slopes);
            AddTo(columns, first + 1, i, share, slopes);
            AddTo(columns, first + 2, i, -share * _logPressures[i], slopes);
            if (_deviation[law] >= 0) AddTo(columns, _deviation[law] + i, i, 1, slopes);
            return;
        }

        if (_own[j] >= 0)
        {
            AddTo(columns, OwnPlace(i, j), i, 1, slopes);
            return;
        }

        AddTo(columns, _shared[j], i, 1, slopes);
        if (_slope[j] >= 0) AddTo(columns, _slope[j], i, _logPressures[i] - MiddlePressure, slopes);
    }

    private void AddTo(Span<double> columns, int place, int spectrum, double by, ReadOnlySpan<double> slopes) =>
        Isobar.Numerics.Simd.AddScaled(by * _inverseNoise[spectrum], slopes, columns.Slice((place * ResidualCount) + _rows[spectrum], slopes.Length));

    private void SetLimits(int free)
    {
        const double Wide = 700, SteepestSlope = 5;
        for (int k = 0; k < ParameterCount; k++) (Lower[k], Upper[k]) = (-Wide, Wide);
        for (int l = 0; l < _laws.Length; l++)
        {
            (Lower[PerLaw * l], Upper[PerLaw * l]) = (Math.Log(1e-9), Math.Log(1e15));
            (Lower[(PerLaw * l) + 1], Upper[(PerLaw * l) + 1]) = (Math.Log(1e-9), Math.Log(1e15));
            (Lower[(PerLaw * l) + 2], Upper[(PerLaw * l) + 2]) = (ContactLawFit.LeastExponent, ContactLawFit.MostExponent);
        }

        for (int j = 0; j < free; j++)
        {
            if (_shared[j] >= 0) (Lower[_shared[j]], Upper[_shared[j]]) = (_models[0].Lower[j], _models[0].Upper[j]);
            if (_slope[j] >= 0) (Lower[_slope[j]], Upper[_slope[j]]) = (-SteepestSlope, SteepestSlope);
            for (int i = 0; i < _models.Length && _own[j] >= 0; i++) (Lower[OwnPlace(i, j)], Upper[OwnPlace(i, j)]) = (_models[i].Lower[j], _models[i].Upper[j]);
        }
    }
}
