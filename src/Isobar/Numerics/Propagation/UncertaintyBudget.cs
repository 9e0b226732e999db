using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Numerics.Propagation;

/// <summary>One line of an uncertainty budget.</summary>
/// <param name="Input">The input.</param>
/// <param name="Sensitivity">∂f/∂x at the best values.</param>
/// <param name="Contribution">|∂f/∂x|·u(x), in the unit of the result.</param>
/// <param name="VarianceShare">
/// Share of the variance of the result. With correlated inputs each cross term is split evenly between its two inputs,
/// so that the shares add up to one; a share is negative when the correlation reduces the total by more than the input adds.
/// </param>
public sealed record BudgetLine(UncertainInput Input, double Sensitivity, double Contribution, double VarianceShare);

/// <summary>
/// First-order uncertainty budget (JCGM 100:2008, equations 13 and G.2b):
/// u²(y) = Σ c_i²u_i² + 2 Σ c_i c_j u_i u_j r_ij with c_i = ∂f/∂x_i, and the degrees of freedom of Welch and Satterthwaite
/// ν = u⁴/Σ((c_i u_i)⁴/ν_i). Valid where the model is nearly straight within a few u of every input; <see cref="MonteCarloPropagation"/>
/// needs no such assumption.
/// </summary>
/// <param name="Name">What is measured.</param>
/// <param name="UnitText">Unit of the result.</param>
/// <param name="Result">Value, standard uncertainty and effective degrees of freedom.</param>
/// <param name="Lines">One line per input, in the order of the model.</param>
public sealed record UncertaintyBudget(string Name, string UnitText, Estimate Result, ImmutableArray<BudgetLine> Lines)
{
    /// <summary>The input with the largest share of the variance; null when nothing is uncertain.</summary>
    public BudgetLine? Dominant => Result.StandardUncertainty > 0 ? Lines.MaxBy(line => line.VarianceShare) : null;

    /// <summary>Propagates a model to first order.</summary>
    /// <exception cref="ArithmeticException">The model is not finite, or has no finite slope, at the best values.</exception>
    public static UncertaintyBudget Of(MeasurementModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        double y = model.BestValue();
        double[] values = model.Values();
        int n = values.Length;
        var slope = new double[n];
        var signed = new double[n];
        for (int i = 0; i < n; i++)
        {
            slope[i] = model.Sensitivity(i, values);
            signed[i] = slope[i] * model.Inputs[i].StandardUncertainty;
        }

        var part = new double[n];
        double variance = 0, satterthwaite = 0;
        for (int i = 0; i < n; i++)
        {
            part[i] = signed[i] * signed[i];
            for (int j = 0; j < n; j++)
            {
                if (j != i && model.Correlation is { } correlation) part[i] += signed[i] * signed[j] * correlation[i, j];
            }

            variance += part[i];
            satterthwaite += Math.Pow(signed[i], 4) / model.Inputs[i].DegreesOfFreedom;
        }

        // Perfect anticorrelation can leave a variance of zero that rounding has made slightly negative.
        double u = Math.Sqrt(Math.Max(0, variance));
        double freedom = satterthwaite > 0 && u > 0 ? Math.Pow(u, 4) / satterthwaite : double.PositiveInfinity;
        var lines = ImmutableArray.CreateBuilder<BudgetLine>(n);
        for (int i = 0; i < n; i++)
        {
            lines.Add(new BudgetLine(model.Inputs[i], slope[i], Math.Abs(signed[i]), variance > 0 ? part[i] / variance : 0));
        }

        return new UncertaintyBudget(model.Name, model.UnitText, new Estimate(y, u, freedom), lines.MoveToImmutable());
    }

    /// <summary>
    /// Correlation coefficient of two results that share the inputs of this budget, to first order (JCGM 100, F.1.2.3).
    /// </summary>
    /// <exception cref="ArgumentException">The models do not have the same inputs.</exception>
    public static double CorrelationOf(MeasurementModel first, MeasurementModel second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (!first.Inputs.SequenceEqual(second.Inputs)) throw new ArgumentException($"'{first.Name}' and '{second.Name}' have different inputs; the same are expected");
        UncertaintyBudget a = Of(first), b = Of(second);
        double covariance = 0;
        for (int i = 0; i < a.Lines.Length; i++)
        {
            for (int j = 0; j < b.Lines.Length; j++)
            {
                double r = i == j ? 1 : first.Correlation?[i, j] ?? 0;
                covariance += a.Lines[i].Sensitivity * a.Lines[i].Input.StandardUncertainty * r * b.Lines[j].Sensitivity * b.Lines[j].Input.StandardUncertainty;
            }
        }

        return covariance / (a.Result.StandardUncertainty * b.Result.StandardUncertainty);
    }
}
