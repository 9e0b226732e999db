using Isobar.Numerics;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>A curve over stoichiometry that somebody wrote as a formula of x; beyond its range it goes on straight.</summary>
public sealed class FormulaCurve : StoichiometryCurve
{
    private readonly (double Value, double Slope) _low;
    private readonly (double Value, double Slope) _high;

    /// <summary>A formula that holds between two stoichiometries.</summary>
    /// <param name="formula">The formula of x.</param>
    /// <param name="lowest">Lowest stoichiometry at which it holds.</param>
    /// <param name="highest">Highest stoichiometry at which it holds.</param>
    public FormulaCurve(Formula formula, double lowest, double highest)
        : base(lowest, highest)
    {
        Formula = formula;
        _low = (formula.At(lowest, out double low), low);
        _high = (formula.At(highest, out double high), high);
    }

    /// <summary>The formula.</summary>
    public Formula Formula { get; }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> stoichiometries, Span<double> values, Span<double> slopes)
    {
        for (int i = 0; i < stoichiometries.Length; i++)
        {
            double x = stoichiometries[i];
            if (x >= Lowest && x <= Highest)
            {
                values[i] = Formula.At(x, out slopes[i]);
                continue;
            }

            // An iteration looks beyond the range before a run finds where it ends; a formula may have a pole there.
            ((double value, slopes[i]), double end) = x < Lowest ? (_low, Lowest) : (_high, Highest);
            values[i] = value + (slopes[i] * (x - end));
        }
    }
}

/// <summary>A curve over stoichiometry through points, without overshoot; beyond them it goes on straight.</summary>
public sealed class PointCurve : StoichiometryCurve
{
    /// <summary>A curve through points that holds between two stoichiometries.</summary>
    /// <param name="points">The curve through the points.</param>
    /// <param name="lowest">Lowest stoichiometry at which it holds.</param>
    /// <param name="highest">Highest stoichiometry at which it holds.</param>
    public PointCurve(MonotoneCubic points, double lowest, double highest)
        : base(lowest, highest) => Points = points;

    /// <summary>The curve through the points.</summary>
    public MonotoneCubic Points { get; }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> stoichiometries, Span<double> values, Span<double> slopes)
    {
        for (int i = 0; i < stoichiometries.Length; i++) values[i] = Points.At(stoichiometries[i], out slopes[i]);
    }
}
