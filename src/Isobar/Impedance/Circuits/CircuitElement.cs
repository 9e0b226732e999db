using System.Collections.Immutable;
using System.Numerics;

namespace Isobar.Impedance.Circuits;

/// <summary>
/// A kind of circuit element, declared once: how it is written, its parameters with units and limits, its equation, its impedance and the
/// derivatives. Parsing, fits, tables and pages read this declaration.
/// </summary>
public abstract class CircuitElement
{
    private protected CircuitElement(string symbol, string name, string equation, ImmutableArray<ElementParameter> parameters, params ImmutableArray<string> aliases)
    {
        Symbol = symbol;
        Name = name;
        Equation = equation;
        Parameters = parameters;
        Aliases = aliases;
    }

    /// <summary>How it is written in a circuit, for example <c>CPE</c>.</summary>
    public string Symbol { get; }

    /// <summary>Other spellings that are read as this element.</summary>
    public ImmutableArray<string> Aliases { get; }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>Its impedance as an equation, with s = jω.</summary>
    public string Equation { get; }

    /// <summary>Its parameters, in the order in which they are written.</summary>
    public ImmutableArray<ElementParameter> Parameters { get; }

    /// <summary>
    /// Writes Z over the grid and, unless <paramref name="columns"/> is empty, ∂Z/∂u of every parameter one after the other, where u is the logarithm of a
    /// logarithmic parameter and the value of another.
    /// </summary>
    internal abstract void Evaluate(FrequencyGrid grid, ReadOnlySpan<double> parameters, Span<double> z, Span<double> columns);
}

/// <summary>An element whose equation is written for one frequency.</summary>
internal abstract class PointwiseElement(string symbol, string name, string equation, ImmutableArray<ElementParameter> parameters, params ImmutableArray<string> aliases)
    : CircuitElement(symbol, name, equation, parameters, aliases)
{
    /// <summary>Z at s = jω, and ∂Z/∂u into <paramref name="slopes"/>. <paramref name="logS"/> is ln s = ln ω + jπ/2.</summary>
    protected abstract Complex At(Complex s, Complex logS, ReadOnlySpan<double> p, Span<Complex> slopes);

    internal sealed override void Evaluate(FrequencyGrid grid, ReadOnlySpan<double> parameters, Span<double> z, Span<double> columns)
    {
        Span<Complex> slopes = stackalloc Complex[Parameters.Length];
        int padded = grid.Padded;
        for (int i = 0; i < padded; i++)
        {
            Complex value = At(new Complex(0, grid.Omega[i]), new Complex(grid.LogOmega[i], Math.PI / 2), parameters, slopes);
            (z[i], z[padded + i]) = (value.Real, value.Imaginary);
            for (int k = 0; k < slopes.Length && !columns.IsEmpty; k++)
            {
                (columns[(2 * k * padded) + i], columns[(2 * k * padded) + padded + i]) = (slopes[k].Real, slopes[k].Imaginary);
            }
        }
    }
}
