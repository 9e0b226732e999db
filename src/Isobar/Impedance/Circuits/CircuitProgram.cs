using System.Collections.Immutable;

namespace Isobar.Impedance.Circuits;

/// <summary>
/// A circuit made ready for one grid of frequencies: storage is made once, and a resistor beside a constant-phase element or a capacitor is one
/// step. The derivatives of a part stand where its parameters stand, so that series need no work and parts side by side are scaled in place.
/// </summary>
internal sealed class CircuitProgram
{
    private readonly FrequencyGrid _grid;
    private readonly Step _root;
    private readonly int _length;

    public CircuitProgram(Circuit circuit, FrequencyGrid grid)
    {
        _grid = grid;
        _length = 2 * grid.Padded;
        _root = Prepare(circuit.Root);
        TopLevel = [.. (_root.Parts.IsEmpty || _root.Beside ? [_root] : _root.Parts).Select(step => (step.FirstParameter, step.ParameterCount))];
    }

    /// <summary>First parameter and number of parameters of the parts that stand in series at the top.</summary>
    public ImmutableArray<(int First, int Count)> TopLevel { get; }

    /// <summary>Writes Z, and unless <paramref name="columns"/> is empty the derivatives by every parameter's coordinate.</summary>
    public void Evaluate(ReadOnlySpan<double> parameters, Span<double> z, Span<double> columns) => Evaluate(_root, parameters, z, columns);

    /// <summary>Writes Z of one of the parts at the top.</summary>
    public void EvaluatePart(int part, ReadOnlySpan<double> parameters, Span<double> z) =>
        Evaluate(_root.Parts.IsEmpty || _root.Beside ? _root : _root.Parts[part], parameters, z, default);

    private void Evaluate(Step step, ReadOnlySpan<double> parameters, Span<double> z, Span<double> columns)
    {
        if (step.Element is { } element)
        {
            Span<double> own = columns.IsEmpty ? default : columns.Slice(step.FirstParameter * _length, step.ParameterCount * _length);
            element.Evaluate(_grid, parameters.Slice(step.FirstParameter, step.ParameterCount), z, own);
        }
        else if (step.Beside)
        {
            EvaluateBeside(step, parameters, z, columns);
        }
        else
        {
            Evaluate(step.Parts[0], parameters, z, columns);
            for (int k = 1; k < step.Parts.Length; k++)
            {
                Span<double> part = step.Storage[k];
                Evaluate(step.Parts[k], parameters, part, columns);
                Isobar.Numerics.Simd.AddScaled(1, part, z[.._length]);
            }
        }
    }

    // 1/Z = Σ 1/Zₖ, and ∂Z/∂u = (Z/Zₖ)²·∂Zₖ/∂u.
    private void EvaluateBeside(Step step, ReadOnlySpan<double> parameters, Span<double> z, Span<double> columns)
    {
        int padded = _grid.Padded;
        z.Clear();
        for (int k = 0; k < step.Parts.Length; k++)
        {
            Span<double> part = step.Storage[k];
            Evaluate(step.Parts[k], parameters, part, columns);
            for (int i = 0; i < padded; i++)
            {
                double real = part[i], imaginary = part[padded + i], square = (real * real) + (imaginary * imaginary);
                (part[i], part[padded + i]) = (real / square, -imaginary / square);
                z[i] += part[i];
                z[padded + i] += part[padded + i];
            }
        }

        for (int i = 0; i < padded; i++)
        {
            double real = z[i], imaginary = z[padded + i], square = (real * real) + (imaginary * imaginary);
            (z[i], z[padded + i]) = (real / square, -imaginary / square);
        }

        for (int k = 0; k < step.Parts.Length && !columns.IsEmpty; k++) Scale(step.Parts[k], step.Storage[k], z, columns);
    }

    private void Scale(Step part, ReadOnlySpan<double> admittance, ReadOnlySpan<double> z, Span<double> columns)
    {
        int padded = _grid.Padded;
        for (int i = 0; i < padded; i++)
        {
            double real = (z[i] * admittance[i]) - (z[padded + i] * admittance[padded + i]);
            double imaginary = (z[i] * admittance[padded + i]) + (z[padded + i] * admittance[i]);
            (real, imaginary) = ((real * real) - (imaginary * imaginary), 2 * real * imaginary);
            for (int j = part.FirstParameter; j < part.FirstParameter + part.ParameterCount; j++)
            {
                int at = (j * _length) + i;
                double slopeReal = columns[at], slopeImaginary = columns[at + padded];
                columns[at] = (real * slopeReal) - (imaginary * slopeImaginary);
                columns[at + padded] = (real * slopeImaginary) + (imaginary * slopeReal);
            }
        }
    }

    private Step Prepare(CircuitNode node) => node switch
    {
        ElementNode element => new Step(element.Element, false, [], [], element.FirstParameter, element.ParameterCount),
        ParallelNode { Parts: [ElementNode { Element: Resistor }, ElementNode { Element: ConstantPhaseElement }] } =>
            new Step(new ResistorBesideConstantPhase(), false, [], [], node.FirstParameter, 3),
        ParallelNode { Parts: [ElementNode { Element: Resistor }, ElementNode { Element: Capacitor }] } =>
            new Step(new ResistorBesideCapacitor(), false, [], [], node.FirstParameter, 2),
        ParallelNode beside => Of(beside.Parts, true, node),
        SeriesNode series => Of(series.Parts, false, node),
        _ => throw new InvalidOperationException($"a circuit has no {node.GetType().Name}"),
    };

    private Step Of(ImmutableArray<CircuitNode> parts, bool beside, CircuitNode node) =>
        new(null, beside, [.. parts.Select(Prepare)], [.. parts.Select(_ => new double[_length])], node.FirstParameter, node.ParameterCount);

    private sealed record Step(CircuitElement? Element, bool Beside, ImmutableArray<Step> Parts, ImmutableArray<double[]> Storage, int FirstParameter, int ParameterCount);
}
