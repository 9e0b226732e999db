namespace Isobar.Impedance.Circuits;

/// <summary>A text that is not a circuit; the message says where, what was found and what was expected.</summary>
/// <param name="circuit">The text.</param>
/// <param name="position">Where in it, from zero.</param>
/// <param name="found">What was found there.</param>
/// <param name="expected">What was expected.</param>
public sealed class CircuitException(string circuit, int position, string found, string expected)
    : FormatException($"circuit '{Shown(circuit)}', column {position + 1}: {found}; {expected}")
{
    /// <summary>The text that is not a circuit.</summary>
    public string Circuit { get; } = circuit;

    /// <summary>Where in the text, from zero.</summary>
    public int Position { get; } = position;

    /// <summary>What was found there.</summary>
    public string Found { get; } = found;

    /// <summary>What was expected there.</summary>
    public string Expected { get; } = expected;

    private static string Shown(string circuit) => circuit.Length <= 120 ? circuit : circuit[..117] + "...";
}
