using System.Numerics;

namespace Isobar.Impedance.Circuits;

/// <summary>
/// What lies between the rails of a transmission line: Zs = Rct/(1 + Rct·Q·sⁿ) for the whole electrode, with the slopes of ln(1/Zs).
/// </summary>
internal readonly struct RailCoupling
{
    public RailCoupling(Complex logS, double chargeTransfer, double q, double n)
    {
        Complex t = chargeTransfer * q * Complex.Exp(logS * n), share = t / (1 + t);
        Admittance = (1 + t) / chargeTransfer;
        ByChargeTransfer = -1 / (1 + t);
        ByQ = share;
        ByExponent = share * logS;
    }

    public Complex Admittance { get; }

    public Complex ByChargeTransfer { get; }

    public Complex ByQ { get; }

    public Complex ByExponent { get; }
}

/// <summary>
/// A porous electrode whose ion path resists and whose electrons move freely, nothing reacting: Z = √(Ri·Zs)·coth√(Ri/Zs), Zs = 1/(Q·sⁿ)
/// (R. de Levie, Electrochim. Acta 8 (1963) 751, 10.1016/0013-4686(63)80042-0). At low frequency its real part is Ri/3.
/// </summary>
internal sealed class BlockingLine() : PointwiseElement(
    "Tb", "transmission line, blocking", "Z = √(Ri·Zs)·coth√(Ri/Zs), Zs = 1/(Q·sⁿ)", [ElementParameter.Resistance("Ri"), ElementParameter.ConstantPhase(), ElementParameter.Exponent()])
{
    protected override Complex At(Complex s, Complex logS, ReadOnlySpan<double> p, Span<Complex> slopes)
    {
        var h = new Hyperbolic(Complex.Sqrt(p[0] * p[1] * Complex.Exp(logS * p[2])));
        Complex shape = h.Coth / h.V, byRatio = -0.5 * p[0] * ((h.InverseSinh * h.InverseSinh) + shape), z = p[0] * shape;
        slopes[0] = z + byRatio;
        slopes[1] = byRatio;
        slopes[2] = byRatio * logS;
        return z;
    }
}

/// <summary>The same with a reaction on the pore wall: Zs = Rct/(1 + Rct·Q·sⁿ). For Rct ≫ Ri it tends to Ri/3 + Rct at low frequency.</summary>
internal sealed class ReactingLine() : PointwiseElement(
    "Tr",
    "transmission line, reacting",
    "Z = √(Ri·Zs)·coth√(Ri/Zs), Zs = Rct/(1 + Rct·Q·sⁿ)",
    [ElementParameter.Resistance("Ri"), ElementParameter.Resistance("Rct"), ElementParameter.ConstantPhase(), ElementParameter.Exponent()])
{
    protected override Complex At(Complex s, Complex logS, ReadOnlySpan<double> p, Span<Complex> slopes)
    {
        var coupling = new RailCoupling(logS, p[1], p[2], p[3]);
        var h = new Hyperbolic(Complex.Sqrt(p[0] * coupling.Admittance));
        Complex shape = h.Coth / h.V, byRatio = -0.5 * p[0] * ((h.InverseSinh * h.InverseSinh) + shape), z = p[0] * shape;
        slopes[0] = z + byRatio;
        slopes[1] = byRatio * coupling.ByChargeTransfer;
        slopes[2] = byRatio * coupling.ByQ;
        slopes[3] = byRatio * coupling.ByExponent;
        return z;
    }
}

/// <summary>
/// Both rails resist and the current enters on the ion rail and leaves on the electron rail, as in a cathode composite between separator and collector. With
/// v = √((Ri + Re)/Zs): Z = Ri·Re/(Ri + Re)·(1 + 2/(v·sinh v)) + (Ri² + Re²)/(Ri + Re)·coth v/v.
/// </summary>
internal sealed class TwoRailsThrough() : PointwiseElement(
    "Tie",
    "two rails, ions in and electrons out",
    "Z = Ri·Re/(Ri+Re)·(1 + 2/(v·sinh v)) + (Ri²+Re²)/(Ri+Re)·coth v/v, v = √((Ri+Re)/Zs), Zs = Rct/(1 + Rct·Q·sⁿ)",
    [ElementParameter.Resistance("Ri"), ElementParameter.Resistance("Re", 1), ElementParameter.Resistance("Rct"), ElementParameter.ConstantPhase(), ElementParameter.Exponent()])
{
    protected override Complex At(Complex s, Complex logS, ReadOnlySpan<double> p, Span<Complex> slopes)
    {
        double ion = p[0], electron = p[1], sum = ion + electron, beside = ion * electron / sum, own = ((ion * ion) + (electron * electron)) / sum;
        var coupling = new RailCoupling(logS, p[2], p[3], p[4]);
        var h = new Hyperbolic(Complex.Sqrt(sum * coupling.Admittance));
        Complex coth = h.Coth, across = h.InverseSinh / h.V, along = coth / h.V;
        Complex byRatio = (-beside * across * (1 + (h.V * coth))) - (0.5 * own * ((h.InverseSinh * h.InverseSinh) + along));
        slopes[0] = (beside * electron / sum * (1 + (2 * across))) + (ion * ((2 * ion) - own) / sum * along) + (byRatio * ion / sum);
        slopes[1] = (beside * ion / sum * (1 + (2 * across))) + (electron * ((2 * electron) - own) / sum * along) + (byRatio * electron / sum);
        slopes[2] = byRatio * coupling.ByChargeTransfer;
        slopes[3] = byRatio * coupling.ByQ;
        slopes[4] = byRatio * coupling.ByExponent;
        return (beside * (1 + (2 * across))) + (own * along);
    }
}

/// <summary>
/// Both rails resist and the current enters and leaves on the electron rail, as in a composite between ion-blocking contacts:
/// Z = Ri·Re/(Ri + Re) + 2·Re²/(Ri + Re)·tanh(v/2)/v. It tends to Re at low and to Ri beside Re at high frequency. Between electron-blocking contacts read Ri for Re.
/// </summary>
internal sealed class TwoRailsOneSide() : PointwiseElement(
    "Tee",
    "two rails, electrons in and out",
    "Z = Ri·Re/(Ri+Re) + 2·Re²/(Ri+Re)·tanh(v/2)/v, v = √((Ri+Re)/Zs), Zs = Rct/(1 + Rct·Q·sⁿ)",
    [ElementParameter.Resistance("Ri"), ElementParameter.Resistance("Re", 1), ElementParameter.Resistance("Rct"), ElementParameter.ConstantPhase(), ElementParameter.Exponent()])
{
    protected override Complex At(Complex s, Complex logS, ReadOnlySpan<double> p, Span<Complex> slopes)
    {
        double ion = p[0], electron = p[1], sum = ion + electron, beside = ion * electron / sum, own = 2 * electron * electron / sum;
        var coupling = new RailCoupling(logS, p[2], p[3], p[4]);
        Complex v = Complex.Sqrt(sum * coupling.Admittance);
        var half = new Hyperbolic(0.5 * v);
        Complex shape = half.Tanh / v, byRatio = 0.5 * own * ((0.5 * (1 - (half.Tanh * half.Tanh))) - shape);
        slopes[0] = (beside * electron / sum) - (own * ion / sum * shape) + (byRatio * ion / sum);
        slopes[1] = (beside * ion / sum) + (own * (2 - (electron / sum)) * shape) + (byRatio * electron / sum);
        slopes[2] = byRatio * coupling.ByChargeTransfer;
        slopes[3] = byRatio * coupling.ByQ;
        slopes[4] = byRatio * coupling.ByExponent;
        return beside + (own * shape);
    }
}
