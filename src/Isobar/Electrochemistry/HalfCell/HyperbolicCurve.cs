using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// A curve of the form that open-circuit potentials are often fitted with: y = a + b·x + Σ A·tanh(B·(x − C)).
/// </summary>
public sealed class HyperbolicCurve : StoichiometryCurve
{
    private readonly double _constant;
    private readonly double _slope;
    private readonly HyperbolicTerm[] _terms;

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
        _terms = [.. terms];
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(ReadOnlySpan<double> stoichiometries, Span<double> values, Span<double> slopes)
    {
        int width = Vector<double>.Count, count = stoichiometries.Length;
        if (count < width)
        {
            for (int i = 0; i < count; i++) (values[i], slopes[i]) = Single(stoichiometries[i]);
            return;
        }

        // The last block overlaps the one before rather than leaving single points over.
        for (int i = 0; i < count; i += width)
        {
            int at = Math.Min(i, count - width);
            var x = new Vector<double>(stoichiometries[at..]);
            Vector<double> value = new Vector<double>(_constant) + (_slope * x), slope = new(_slope);
            foreach (HyperbolicTerm term in _terms)
            {
                // tanh z = 1 − 2/(e^2z + 1), right at both ends where e^2z overflows or vanishes.
                Vector<double> share = new Vector<double>(2) / (Vector.Exp((x - new Vector<double>(term.Centre)) * (2 * term.Steepness)) + Vector<double>.One);
                value += term.Amplitude * (Vector<double>.One - share);
                slope += term.Amplitude * term.Steepness * share * (new Vector<double>(2) - share);
            }

            value.CopyTo(values[at..]);
            slope.CopyTo(slopes[at..]);
        }
    }

    private (double Value, double Slope) Single(double x)
    {
        double value = _constant + (_slope * x), slope = _slope;
        foreach (HyperbolicTerm term in _terms)
        {
            double share = 2 / (Math.Exp(2 * term.Steepness * (x - term.Centre)) + 1);
            value += term.Amplitude * (1 - share);
            slope += term.Amplitude * term.Steepness * share * (2 - share);
        }

        return (value, slope);
    }
}

/// <summary>One term A·tanh(B·(x − C)).</summary>
/// <param name="Amplitude">A.</param>
/// <param name="Steepness">B.</param>
/// <param name="Centre">C.</param>
public readonly record struct HyperbolicTerm(double Amplitude, double Steepness, double Centre);
