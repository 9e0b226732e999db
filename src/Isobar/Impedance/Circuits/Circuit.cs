using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Isobar.Impedance.Circuits;

/// <summary>An equivalent circuit with the values, limits and ties of its parameters. Immutable.</summary>
public sealed class Circuit
{
    private Circuit(CircuitNode root, ImmutableArray<CircuitParameter> parameters)
    {
        Root = root;
        Parameters = parameters;
    }

    /// <summary>All parameters, in the order in which the circuit is written.</summary>
    public ImmutableArray<CircuitParameter> Parameters { get; }

    internal CircuitNode Root { get; }

    /// <summary>Reads a circuit in either form: <c>R0-p(R1,CPE1)-W1</c> or <c>R(RQ)([RW]C)</c>, with <c>{R=5/0/10, n=.8F}</c> behind an element.</summary>
    /// <exception cref="CircuitException">The text is not a circuit; the message says where and what was expected.</exception>
    public static Circuit Parse(string text)
    {
        (CircuitNode root, ImmutableArray<CircuitParameter> parameters) = CircuitParser.Parse(text);
        return new Circuit(root, parameters);
    }

    /// <summary>The place of a parameter in <see cref="Parameters"/>.</summary>
    /// <exception cref="ArgumentException">There is no parameter of that name.</exception>
    public int PlaceOf(string name)
    {
        for (int i = 0; i < Parameters.Length; i++)
        {
            if (string.Equals(Parameters[i].Name, name, StringComparison.Ordinal)) return i;
        }

        throw new ArgumentException($"'{name}' is no parameter of {this}; there is {string.Join(", ", Parameters.Select(each => each.Name))}", nameof(name));
    }

    /// <summary>The same circuit with one parameter changed.</summary>
    /// <exception cref="ArgumentException">There is no parameter of that name.</exception>
    public Circuit With(string name, Func<CircuitParameter, CircuitParameter> change)
    {
        int place = PlaceOf(name);
        return new Circuit(Root, Parameters.SetItem(place, change(Parameters[place])));
    }

    /// <summary>The same circuit with other values, one per parameter.</summary>
    /// <exception cref="ArgumentException">The number of values is not the number of parameters.</exception>
    public Circuit WithValues(ReadOnlySpan<double> values)
    {
        if (values.Length != Parameters.Length) throw new ArgumentException($"{values.Length} values are given for the {Parameters.Length} parameters of {this}", nameof(values));
        var changed = ImmutableArray.CreateBuilder<CircuitParameter>(values.Length);
        for (int i = 0; i < values.Length; i++) changed.Add(Parameters[i] with { Value = values[i] });
        return new Circuit(Root, changed.MoveToImmutable());
    }

    /// <summary>Z at the values of the parameters, Ω, one per frequency.</summary>
    public ImmutableArray<Complex> Impedance(ReadOnlySpan<double> hertz)
    {
        if (hertz.IsEmpty) return [];
        var grid = new FrequencyGrid(hertz);
        double[] z = new double[2 * grid.Padded], values = [.. Parameters.Select(parameter => parameter.Value)];
        new CircuitProgram(this, grid).Evaluate(values, z, default);
        return [.. Enumerable.Range(0, hertz.Length).Select(i => FrequencyGrid.At(z, grid.Padded, i))];
    }

    /// <summary>The circuit as <c>R0-p(R1,CPE1)</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Write(Root, text);
        return text.ToString();
    }

    /// <summary>The circuit with its values, so that it can be read back: <c>R0{R=10}-p(R1{R=40},CPE1{Q=1e-06, n=0.9})</c>.</summary>
    public string ToStringWithValues()
    {
        var text = new StringBuilder();
        Write(Root, text, values: true);
        return text.ToString();
    }

    private void Write(CircuitNode node, StringBuilder text, bool values = false)
    {
        switch (node)
        {
            case ElementNode element:
                text.Append(element.Label);
                if (values) text.Append('{').AppendJoin(", ", element.Element.Parameters.Select((declaration, k) => string.Create(CultureInfo.InvariantCulture, $"{declaration.Symbol}={Parameters[element.FirstParameter + k].Value:R}"))).Append('}');
                break;
            case SeriesNode series:
                WriteAll(series.Parts, "-", text, values);
                break;
            case ParallelNode beside:
                text.Append("p(");
                WriteAll(beside.Parts, ",", text, values);
                text.Append(')');
                break;
            default:
                throw new InvalidOperationException($"a circuit has no {node.GetType().Name}");
        }
    }

    private void WriteAll(ImmutableArray<CircuitNode> parts, string between, StringBuilder text, bool values)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            if (i > 0) text.Append(between);
            Write(parts[i], text, values);
        }
    }
}
