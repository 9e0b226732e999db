using Isobar.Quantities;

namespace Isobar.Mechanics.Pellets;

/// <summary>
/// D = D₁₀₀·(P/100 MPa)ⁿ: two constants that interpolate well. The plain law exceeds one at high pressure; from D = 0.95 on it is continued along its
/// tangent in the Heckel plot, ln(1/(1 − D)) linear in P, so that it stays below one.
/// </summary>
internal sealed class PowerPelletLaw() : PelletLaw(
    "power", "power", "D = D₁₀₀·(P/100 MPa)ⁿ up to D = 0.95, then ln(1/(1 − D)) linear in P with the same slope", new Interval(50e6, 400e6),
    "interpolation formula; against V. Miß et al., ACS Appl. Mater. Interfaces 18 (2026) 32830", "10.1021/acsami.6c03789",
    Share("D₁₀₀", "relative density at 100 MPa", 0.02, 0.98), Exponent("n", "exponent", 0.01, 0.6))
{
    private const double ReferencePa = 100e6;
    private const double Highest = 0.95;

    // Slope in P/P* of ln(1/(1 − D)) at D*, over n.
    private const double TangentSlope = Highest / (1 - Highest);

    public override double Density(double pressurePa, ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        double at100 = parameters[0], n = parameters[1];
        double density = at100 * Math.Pow(pressurePa / ReferencePa, n);
        if (density <= Highest)
        {
            if (!gradient.IsEmpty)
            {
                gradient[0] = density / at100;
                gradient[1] = density * Math.Log(pressurePa / ReferencePa);
            }

            return density;
        }

        double depth = Math.Log(Highest / at100);
        double w = pressurePa / (ReferencePa * Math.Exp(depth / n));
        double porosity = (1 - Highest) * Math.Exp(-TangentSlope * n * (w - 1));
        if (!gradient.IsEmpty)
        {
            // w = (P/100 MPa)·(D₁₀₀/D*)^(1/n).
            gradient[0] = porosity * TangentSlope * w / at100;
            gradient[1] = porosity * TangentSlope * (w - 1 + (w * depth / n));
        }

        return 1 - porosity;
    }
}
