namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// A function of the stoichiometry x of the active material, with its derivative and the range in which it was established: an open-circuit
/// potential, a factor on the diffusion coefficient or a factor on the exchange current. Immutable and free of side effects.
/// </summary>
public abstract class StoichiometryCurve
{
    /// <summary>A curve that holds between two stoichiometries.</summary>
    /// <param name="lowest">Lowest stoichiometry of the data behind it.</param>
    /// <param name="highest">Highest stoichiometry of the data behind it.</param>
    protected StoichiometryCurve(double lowest, double highest)
    {
        if (!(lowest >= 0 && lowest < highest && highest <= 1))
        {
            throw new ArgumentException(FormattableString.Invariant($"a curve over stoichiometry holds from {lowest} to {highest}; needed is 0 ≤ lowest < highest ≤ 1"));
        }

        Lowest = lowest;
        Highest = highest;
    }

    /// <summary>Lowest stoichiometry at which the curve holds. A run that leaves the range of its open-circuit curve ends and says so.</summary>
    public double Lowest { get; }

    /// <summary>Highest stoichiometry at which the curve holds.</summary>
    public double Highest { get; }

    /// <summary>
    /// Values and slopes at many points. Between 0 and 1 both are finite, outside the range of validity too: an iteration looks there before a run
    /// finds where the range ends.
    /// </summary>
    /// <param name="stoichiometries">x.</param>
    /// <param name="values">Receives the values.</param>
    /// <param name="slopes">Receives the derivatives by x.</param>
    public abstract void Evaluate(ReadOnlySpan<double> stoichiometries, Span<double> values, Span<double> slopes);

    /// <summary>Value at one point.</summary>
    public double At(double stoichiometry)
    {
        double value = 0, slope = 0;
        Evaluate(new ReadOnlySpan<double>(in stoichiometry), new Span<double>(ref value), new Span<double>(ref slope));
        return value;
    }

    /// <summary>Derivative at one point.</summary>
    public double SlopeAt(double stoichiometry)
    {
        double value = 0, slope = 0;
        Evaluate(new ReadOnlySpan<double>(in stoichiometry), new Span<double>(ref value), new Span<double>(ref slope));
        return slope;
    }
}
