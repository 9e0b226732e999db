using System.Collections.Immutable;
using System.Numerics;
using Isobar.Numerics;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// A curve of the form that open-circuit potentials are often fitted with: y = a + b·x + Σ A·tanh(B·(x − C)).
/// </summary>
public sealed class HyperbolicCurve : StoichiometryCurve
{
    private readonly double _constant;
    private readonly double _slope;
    private readonly double[] _terms;

    /// <summary>The curve a + b·x + Σ A·tanh(B·(x − C)).</summary>
    /// <param name="constant">a.</param>
    /// <param name="slope">b.</param>
    /// <param name="terms">The terms A, B, C.</param>
    /// <param name="lowest">Lowest stoichiometry at which it holds.</param>
    /// <param name="highest">Highest stoichiometry at which it holds.</param>
    public HyperbolicCurve(double constant, double slope, ImmutableArray<HyperbolicTerm> terms, double lowest, double highest)
        : base(lowest, highest)
    {
        _constant = constant;
        _slope = slope;
        _terms = new double[3 * terms.Length];
        for (int t = 0; t < terms.Length; t++) (_terms[3 * t], _terms[(3 * t) + 1], _terms[(3 * t) + 2]) = terms[t];
    }

    /// <summary>
    /// LiNi₀.₈Mn₀.₁Co₀.₁O₂ against lithium as fitted by C.-H. Chen et al., J. Electrochem. Soc. 167 (2020) 080534, 10.1149/1945-7111/ab9050
    /// (0.25 &lt; x &lt; 0.92). The fit lacks the steep end towards x = 1; it is the curve of the reference tables.
    /// </summary>
    public static HyperbolicCurve Chen2020 { get; } = new(
        4.4875,
        -0.8090,
        [new(-0.0428, 18.5138, 0.5542), new(-17.7326, 15.7890, 0.3117), new(17.5842, 15.9308, 0.3120)],
        0.02,
        0.98);

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> stoichiometries, Span<double> values, Span<double> slopes)
    {
        int width = Vector<double>.Count, count = stoichiometries.Length;
        if (count < width)
        {
            for (int i = 0; i < count; i++) values[i] = One(stoichiometries[i], out slopes[i]);
            return;
        }

        // Room for every result, once; the last vector overlaps the one before it.
        values = values[..count];
        slopes = slopes[..count];
        for (int i = 0; i < count; i += width) Several(Math.Min(i, count - width), stoichiometries, values, slopes);
    }

    private double One(double x, out double slope)
    {
        double value = _constant + (_slope * x);
        slope = _slope;
        for (int t = 0; t < _terms.Length; t += 3)
        {
            // tanh z = 1 − 2/(e^2z + 1), right at both ends where e^2z overflows or vanishes.
            double share = 2 / (Math.Exp(2 * _terms[t + 1] * (x - _terms[t + 2])) + 1);
            value += _terms[t] * (1 - share);
            slope += _terms[t] * _terms[t + 1] * share * (2 - share);
        }

        return value;
    }

    private void Several(int at, ReadOnlySpan<double> stoichiometries, Span<double> values, Span<double> slopes)
    {
        Vector<double> x = Vector.LoadUnsafe(in stoichiometries[at]), slope = new(_slope), value = new Vector<double>(_constant) + (slope * x), two = new(2);
        for (int t = 0; t < _terms.Length; t += 3)
        {
            Vector<double> share = two / (Lanes.Exp(new Vector<double>(2 * _terms[t + 1]) * (x - new Vector<double>(_terms[t + 2]))) + Vector<double>.One);
            value += new Vector<double>(_terms[t]) * (Vector<double>.One - share);
            slope += new Vector<double>(_terms[t] * _terms[t + 1]) * share * (two - share);
        }

        value.StoreUnsafe(ref values[at]);
        slope.StoreUnsafe(ref slopes[at]);
    }
}

/// <summary>One term A·tanh(B·(x − C)).</summary>
/// <param name="Amplitude">A.</param>
/// <param name="Steepness">B.</param>
/// <param name="Centre">C.</param>
public readonly record struct HyperbolicTerm(double Amplitude, double Steepness, double Centre);
