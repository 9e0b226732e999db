using Isobar.Quantities;

namespace Isobar.Mechanics.Pellets;

/// <summary>
/// A parameter of a pellet law. Fits move freely on a scale on which it has no ends: the logarithm of pressures and exponents,
/// ln((p − low)/(high − p)) of shares; the bounds hold whatever the fit does.
/// </summary>
/// <param name="Symbol">Symbol in the equation.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Unit">SI unit; empty for a plain number.</param>
/// <param name="Lower">Lower bound of a share; for a parameter on the logarithmic scale the lower end of plausible values.</param>
/// <param name="Upper">Upper bound, likewise.</param>
/// <param name="Scale">The scale on which it is free: logarithmic or logit.</param>
public sealed record LawParameter(string Symbol, string Meaning, string Unit, double Lower, double Upper, EstimateScale Scale)
{
    /// <summary>The parameter at a place on the free scale.</summary>
    public double FromFree(double free) => Scale switch
    {
        EstimateScale.Logarithmic => Math.Exp(free),
        EstimateScale.Logit => Lower + ((Upper - Lower) / (1 + Math.Exp(-free))),
        _ => free,
    };

    /// <summary>The place of a value on the free scale.</summary>
    public double ToFree(double value) => Scale switch
    {
        EstimateScale.Logarithmic => Math.Log(value),
        EstimateScale.Logit => Math.Log((value - Lower) / (Upper - value)),
        _ => value,
    };

    /// <summary>Derivative of the parameter on the free scale.</summary>
    public double Slope(double value) => Scale switch
    {
        EstimateScale.Logarithmic => value,
        EstimateScale.Logit => (value - Lower) * (Upper - value) / (Upper - Lower),
        _ => 1,
    };

    /// <summary>A typical value: the middle of the plausible ones on the free scale.</summary>
    public double Typical => Scale == EstimateScale.Logarithmic ? Math.Sqrt(Lower * Upper) : 0.5 * (Lower + Upper);
}
