namespace Isobar.Numerics.LeastSquares;

/// <summary>Residuals and their derivatives column by column: the order in which the solver's inner loops read them.</summary>
internal interface IColumnModel
{
    /// <summary>How many parameters there are.</summary>
    int ParameterCount { get; }

    /// <summary>How many residuals there are.</summary>
    int ResidualCount { get; }

    /// <summary>Writes the residuals r and, at j·ResidualCount + i, ∂r_i/∂x_j. Residuals that are not finite refuse the point.</summary>
    void Evaluate(ReadOnlySpan<double> parameters, Span<double> residuals, Span<double> columns);
}

/// <summary>A model that gives its derivatives row by row, turned for the solver.</summary>
internal sealed class TurnedModel(ILeastSquaresModel model) : IColumnModel
{
    private readonly double[] _rows = new double[model.ParameterCount * model.ResidualCount];

    public int ParameterCount => model.ParameterCount;

    public int ResidualCount => model.ResidualCount;

    public void Evaluate(ReadOnlySpan<double> parameters, Span<double> residuals, Span<double> columns)
    {
        model.Evaluate(parameters, residuals, _rows);
        int n = ParameterCount, m = ResidualCount;
        for (int j = 0; j < n; j++)
        {
            for (int i = 0; i < m; i++) columns[(j * m) + i] = _rows[(i * n) + j];
        }
    }
}
