namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// The linearised charge balance Δ'' = −(1/κ + 1/σ)·(source + slope·δΔ) with Δ'(0) = i/κ, Δ'(L) = −i/σ on a grid: one scalar tridiagonal system for the
/// changes of Δ.
/// </summary>
internal sealed class ChargeBalance
{
    private readonly ReactionGrid _grid;
    private readonly double[] _lower;
    private readonly double[] _diagonal;
    private readonly double[] _upper;

    public ChargeBalance(ReactionGrid grid)
    {
        _grid = grid;
        int nodes = grid.Cells + 1;
        Source = new double[nodes];
        SourceSlope = new double[nodes];
        _lower = new double[nodes];
        _diagonal = new double[nodes];
        _upper = new double[nodes];
        Change = new double[nodes];
        PerCurrent = new double[nodes];
    }

    /// <summary>Reaction per volume at the present Δ, A/m³.</summary>
    public readonly double[] Source;

    /// <summary>Its derivative by Δ, A/(V m³).</summary>
    public readonly double[] SourceSlope;

    /// <summary>Change of Δ per node, V: the result.</summary>
    public readonly double[] Change;

    /// <summary>Change of Δ per current, Ω m²: a result where it is asked for, 0 elsewhere.</summary>
    public readonly double[] PerCurrent;

    /// <summary>Solves for the changes of Δ. False: the system is singular.</summary>
    public bool Solve(double[] difference, double ionic, double electronic, double current, bool withCurrent)
    {
        Assemble(difference, ionic, electronic, current);
        if (withCurrent)
        {
            Array.Clear(PerCurrent);
            PerCurrent[0] = 1 / ionic;
            PerCurrent[^1] = 1 / electronic;
        }

        return Eliminate(withCurrent);
    }

    private void Assemble(double[] difference, double ionic, double electronic, double current)
    {
        ReactionGrid grid = _grid;
        int last = grid.Cells;
        double resistivity = (1 / ionic) + (1 / electronic);
        double[] inverse = grid.InverseSpacing, slope = SourceSlope, source = Source, right = Change;
        double gradient = (difference[1] - difference[0]) * inverse[0];
        _diagonal[0] = -inverse[0] + (resistivity * grid.First.Own * slope[0]);
        _upper[0] = inverse[0] + (resistivity * grid.First.Next * slope[1]);
        right[0] = (current / ionic) - gradient - (resistivity * ((grid.First.Own * source[0]) + (grid.First.Next * source[1]) + (grid.First.Second * source[2])));
        for (int k = 1; k < last; k++)
        {
            double next = (difference[k + 1] - difference[k]) * inverse[k];
            _lower[k] = inverse[k - 1] + (resistivity * grid.Before[k] * slope[k - 1]);
            _diagonal[k] = -inverse[k - 1] - inverse[k] + (resistivity * grid.Centre[k] * slope[k]);
            _upper[k] = inverse[k] + (resistivity * grid.After[k] * slope[k + 1]);
            right[k] = gradient - next - (resistivity * ((grid.Before[k] * source[k - 1]) + (grid.Centre[k] * source[k]) + (grid.After[k] * source[k + 1])));
            gradient = next;
        }

        _lower[last] = inverse[last - 1] + (resistivity * grid.Last.Next * slope[last - 1]);
        _diagonal[last] = -inverse[last - 1] + (resistivity * grid.Last.Own * slope[last]);
        right[last] = (current / electronic) + gradient - (resistivity * ((grid.Last.Own * source[last]) + (grid.Last.Next * source[last - 1]) + (grid.Last.Second * source[last - 2])));

        // The rows at the faces reach two nodes inwards; a multiple of their neighbour takes that entry away.
        double first = resistivity * grid.First.Second * slope[2] / _upper[1];
        _diagonal[0] -= first * _lower[1];
        _upper[0] -= first * _diagonal[1];
        right[0] -= first * right[1];
        double end = resistivity * grid.Last.Second * slope[last - 2] / _lower[last - 1];
        _diagonal[last] -= end * _upper[last - 1];
        _lower[last] -= end * _diagonal[last - 1];
        right[last] -= end * right[last - 1];
    }

    // Thomas elimination; the diagonal is left with the inverse pivots.
    private bool Eliminate(bool withCurrent)
    {
        int last = _grid.Cells;
        double[] lower = _lower, diagonal = _diagonal, upper = _upper, right = Change;
        double inverse = 1 / diagonal[0], before = right[0];
        diagonal[0] = inverse;
        for (int k = 1; k <= last; k++)
        {
            double factor = lower[k] * inverse;
            inverse = 1 / (diagonal[k] - (factor * upper[k - 1]));
            diagonal[k] = inverse;
            before = right[k] - (factor * before);
            right[k] = before;
            if (withCurrent) PerCurrent[k] -= factor * PerCurrent[k - 1];
        }

        if (!double.IsFinite(inverse)) return false;
        double after = 0;
        for (int k = last; k >= 0; k--)
        {
            after = (right[k] - (upper[k] * after)) * diagonal[k];
            right[k] = after;
        }

        if (!withCurrent) return true;
        after = 0;
        for (int k = last; k >= 0; k--)
        {
            after = (PerCurrent[k] - (upper[k] * after)) * diagonal[k];
            PerCurrent[k] = after;
        }

        return true;
    }
}
