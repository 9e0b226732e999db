namespace Isobar.Impedance.Circuits;

/// <summary>Declaration of one parameter of a circuit element.</summary>
/// <param name="Symbol">As in the equation, for example <c>R</c>.</param>
/// <param name="Unit">Unit as it is typeset; empty for a plain number.</param>
/// <param name="Lowest">Smallest value a fit may take where the user sets no limit.</param>
/// <param name="Highest">Largest value a fit may take where the user sets no limit.</param>
/// <param name="Default">Value where none is given.</param>
/// <param name="Logarithmic">Whether it is positive and counted in its logarithm; exponents are not.</param>
/// <param name="ImpedancePower">
/// By which power of k the value grows when every impedance of the element grows k-fold: 1 for a resistance, −1 for a capacitance, 0 for a time or an exponent.
/// </param>
public sealed record ElementParameter(string Symbol, string Unit, double Lowest, double Highest, double Default, bool Logarithmic, int ImpedancePower)
{
    internal static ElementParameter Resistance(string symbol = "R", double value = 100) => new(symbol, "Ω", 1e-9, 1e15, value, true, 1);

    internal static ElementParameter Capacitance(string symbol = "C") => new(symbol, "F", 1e-18, 1e6, 1e-6, true, -1);

    internal static ElementParameter Inductance(string symbol = "L", string unit = "H") => new(symbol, unit, 1e-15, 1e3, 1e-7, true, 1);

    internal static ElementParameter ConstantPhase(string symbol = "Q") => new(symbol, "S sⁿ", 1e-18, 1e6, 1e-6, true, -1);

    internal static ElementParameter Exponent(string symbol = "n", double value = 0.9) => new(symbol, "", 0.01, 1, value, false, 0);

    internal static ElementParameter Time(string symbol = "τ") => new(symbol, "s", 1e-15, 1e9, 1e-3, true, 0);
}
