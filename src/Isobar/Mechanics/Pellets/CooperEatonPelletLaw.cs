using Isobar.Quantities;

namespace Isobar.Mechanics.Pellets;

/// <summary>
/// Cooper-Eaton: pores close in two steps, rearrangement (k₁, tens of MPa) and flow or fracture (k₂, hundreds), each when the pressure reaches
/// what a pore of its kind needs: V* = (1/D₀ − 1/D)/(1/D₀ − 1) = f·[s·exp(−k₁/P) + (1 − s)·exp(−k₂/P)].
/// </summary>
internal sealed class CooperEatonPelletLaw() : PelletLaw(
    "cooper-eaton", "Cooper-Eaton", "1/D = 1/D₀ − (1/D₀ − 1)·f·[s·exp(−k₁/P) + (1 − s)·exp(−k₂/P)]", new Interval(10e6, 400e6),
    "A. R. Cooper, L. E. Eaton, J. Am. Ceram. Soc. 45 (1962) 97", "10.1111/j.1151-2916.1962.tb11092.x",
    Share("D₀", "relative density of the powder before pressing", 0.02, 0.98), Share("f", "share of the pore volume that both steps close", 0, 1),
    Share("s", "share of it that closes by rearrangement", 0, 1),
    Pressure("k₁", "pressure of rearrangement", 1e6, 100e6), Pressure("k₂", "pressure of flow or fracture", 30e6, 2e9))
{
    public override double Density(double pressurePa, ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        double poured = parameters[0], all = parameters[1], share = parameters[2];
        double first = Math.Exp(-parameters[3] / pressurePa), second = Math.Exp(-parameters[4] / pressurePa);
        double mixed = (share * first) + ((1 - share) * second), closed = all * mixed;
        double left = 1 - ((1 - poured) * closed), density = poured / left;
        if (!gradient.IsEmpty)
        {
            double byClosed = poured * (1 - poured) / (left * left);
            gradient[0] = (1 / left) - (poured * closed / (left * left));
            gradient[1] = byClosed * mixed;
            gradient[2] = byClosed * all * (first - second);
            gradient[3] = -byClosed * all * share * first / pressurePa;
            gradient[4] = -byClosed * all * (1 - share) * second / pressurePa;
        }

        return density;
    }
}
