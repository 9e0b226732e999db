using System.Collections.Immutable;

namespace Isobar.Impedance.Circuits;

/// <summary>A part of a circuit: an element, or parts in series or side by side. Its parameters stand together in the circuit's list.</summary>
/// <param name="FirstParameter">Place of its first parameter.</param>
/// <param name="ParameterCount">How many parameters it has.</param>
internal abstract record CircuitNode(int FirstParameter, int ParameterCount);

internal sealed record ElementNode(CircuitElement Element, string Label, int FirstParameter) : CircuitNode(FirstParameter, Element.Parameters.Length);

internal sealed record SeriesNode(ImmutableArray<CircuitNode> Parts) : CircuitNode(Parts[0].FirstParameter, Parts.Sum(part => part.ParameterCount));

internal sealed record ParallelNode(ImmutableArray<CircuitNode> Parts) : CircuitNode(Parts[0].FirstParameter, Parts.Sum(part => part.ParameterCount));
