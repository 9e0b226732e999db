using System.Collections.Immutable;

namespace Isobar.Numerics.Propagation;

/// <summary>A measured quantity as a function of its inputs, y = f(x₁ … x_n), in the order of the inputs.</summary>
/// <param name="inputs">The inputs' values.</param>
public delegate double ModelFunction(ReadOnlySpan<double> inputs);

/// <summary>
/// A measurement model: what is measured, its inputs with their uncertainty, how they correlate and the function that joins them.
/// <see cref="UncertaintyBudget"/> propagates it to first order, <see cref="MonteCarloPropagation"/> by drawing.
/// </summary>
public sealed class MeasurementModel
{
    /// <summary>Declares a model.</summary>
    /// <param name="name">What is measured.</param>
    /// <param name="unitText">Unit of the result, for tables.</param>
    /// <param name="inputs">The inputs, in the order in which the function takes them.</param>
    /// <param name="function">The result for given inputs; it must be pure.</param>
    /// <param name="correlation">Correlation coefficients of the inputs; null when they are independent.</param>
    /// <exception cref="ArgumentException">An input or a correlation is impossible; the message names it.</exception>
    public MeasurementModel(string name, string unitText, ImmutableArray<UncertainInput> inputs, ModelFunction function, double[,]? correlation = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (inputs.IsDefaultOrEmpty) throw new ArgumentException($"the model '{name}' has no inputs; at least one is expected", nameof(inputs));
        foreach (UncertainInput input in inputs) input.Validate();
        Name = name;
        UnitText = unitText;
        Inputs = inputs;
        Function = function;
        Correlation = correlation is null ? null : new Correlation(inputs, correlation);
    }

    /// <summary>What is measured.</summary>
    public string Name { get; }

    /// <summary>Unit of the result.</summary>
    public string UnitText { get; }

    /// <summary>The inputs in the order in which the function takes them.</summary>
    public ImmutableArray<UncertainInput> Inputs { get; }

    /// <summary>The function that joins the inputs.</summary>
    public ModelFunction Function { get; }

    internal Correlation? Correlation { get; }

    /// <summary>The result at the inputs' best values.</summary>
    public double BestValue()
    {
        double y = Function(Values());
        return double.IsFinite(y) ? y : throw new ArithmeticException($"'{Name}' is {y} at the best values of its inputs; the model must be defined there");
    }

    internal double[] Values()
    {
        var values = new double[Inputs.Length];
        for (int i = 0; i < values.Length; i++) values[i] = Inputs[i].Value;
        return values;
    }

    /// <summary>∂f/∂x_i at the best values.</summary>
    internal double Sensitivity(int index, double[] values)
    {
        double centre = values[index];
        double u = Inputs[index].StandardUncertainty;
        // A tenth of the uncertainty is the scale on which the model is asked; an exact input is probed on the scale of its value.
        double start = u > 0 ? 0.1 * u : 1e-3 * (centre == 0 ? 1 : Math.Abs(centre));
        double result = Derivative.Central(
            x =>
            {
                values[index] = x;
                return Function(values);
            },
            centre,
            start);
        values[index] = centre;
        return double.IsFinite(result)
            ? result
            : throw new ArithmeticException($"'{Name}' has no finite slope in '{Inputs[index].Name}' at {centre} {Inputs[index].UnitText}");
    }
}
