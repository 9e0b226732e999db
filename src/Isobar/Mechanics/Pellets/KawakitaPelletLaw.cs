using Isobar.Quantities;

namespace Isobar.Mechanics.Pellets;

/// <summary>
/// Kawakita: the volume reduction C = 1 − V/V₀ = a·b·P/(1 + b·P). With D = D₀/(1 − C) the density rises from D₀ to D∞ = D₀/(1 − a) ≤ 1, here
/// written with the share s of the way from D₀ to one.
/// </summary>
internal sealed class KawakitaPelletLaw() : PelletLaw(
    "kawakita", "Kawakita", "D = D₀/(1 − C), C = a·P/(P + P_h), a = 1 − D₀/D∞, D∞ = D₀ + s·(1 − D₀)", new Interval(10e6, 400e6),
    "K. Kawakita, K.-H. Lüdde, Powder Technol. 4 (1971) 61", "10.1016/0032-5910(71)80001-3",
    Share("D₀", "relative density of the powder before pressing", 0.02, 0.98), Share("s", "share of the pores that high pressure closes", 0, 1),
    Pressure("P_h", "pressure of half the volume reduction, 1/b", 3e6, 1e9))
{
    public override double Density(double pressurePa, ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        double poured = parameters[0], share = parameters[1], half = parameters[2];
        double final = poured + (share * (1 - poured));
        double a = 1 - (poured / final), y = pressurePa / (pressurePa + half);
        double left = 1 - (a * y), density = poured / left;
        if (!gradient.IsEmpty)
        {
            double byReduction = poured * y / (left * left);
            gradient[0] = (1 / left) - (byReduction * share / (final * final));
            gradient[1] = byReduction * poured * (1 - poured) / (final * final);
            gradient[2] = -poured * a / (left * left) * y / (pressurePa + half);
        }

        return density;
    }
}
