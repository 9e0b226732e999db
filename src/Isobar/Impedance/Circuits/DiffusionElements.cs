using System.Numerics;

namespace Isobar.Impedance.Circuits;

/// <summary>Semi-infinite diffusion. σ here is Warburg's coefficient; with Y as in Z = 1/(Y·√s), σ = 1/(Y·√2).</summary>
internal sealed class Warburg() : PointwiseElement(
    "W", "semi-infinite diffusion", "Z = σ·(1 − j)/√ω", [new ElementParameter("σ", "Ω s^−½", 1e-12, 1e12, 10, true, 1)])
{
    protected override Complex At(Complex s, Complex logS, ReadOnlySpan<double> p, Span<Complex> slopes)
    {
        double part = p[0] / Math.Sqrt(s.Imaginary);
        return slopes[0] = new Complex(part, -part);
    }
}

/// <summary>Diffusion over a finite length, v = (s·τ)ⁿ, τ = L²/D.</summary>
internal abstract class FiniteDiffusion(string symbol, string name, string equation, bool generalised, bool open) : PointwiseElement(
    symbol,
    name,
    equation,
    generalised ? [ElementParameter.Resistance(), ElementParameter.Time(), new ElementParameter("n", "", 0.01, 0.65, 0.5, false, 0)] : [ElementParameter.Resistance(), ElementParameter.Time()])
{
    protected sealed override Complex At(Complex s, Complex logS, ReadOnlySpan<double> p, Span<Complex> slopes)
    {
        double n = generalised ? p[2] : 0.5;
        Complex logTime = logS + Math.Log(p[1]), v = Complex.Exp(logTime * n);
        var h = new Hyperbolic(v);
        Complex shape = (open ? h.Coth : h.Tanh) / v;
        Complex byLogV = open ? -(h.InverseSinh * h.InverseSinh) - shape : 1 - (h.Tanh * h.Tanh) - shape;
        Complex z = p[0] * shape;
        slopes[0] = z;
        slopes[1] = p[0] * byLogV * n;
        if (generalised) slopes[2] = p[0] * byLogV * logTime;
        return z;
    }
}

internal sealed class OpenWarburg() : FiniteDiffusion("Wo", "diffusion before a wall (open)", "Z = R·coth(√(s·τ))/√(s·τ)", generalised: false, open: true);

internal sealed class ShortWarburg() : FiniteDiffusion("Ws", "diffusion to a reservoir (short)", "Z = R·tanh(√(s·τ))/√(s·τ)", generalised: false, open: false);

internal sealed class GeneralisedOpenWarburg() : FiniteDiffusion("Wog", "generalised diffusion before a wall", "Z = R·coth((s·τ)ⁿ)/(s·τ)ⁿ", generalised: true, open: true);

internal sealed class GeneralisedShortWarburg() : FiniteDiffusion("Wsg", "generalised diffusion to a reservoir", "Z = R·tanh((s·τ)ⁿ)/(s·τ)ⁿ", generalised: true, open: false);

/// <summary>Diffusion with a reaction on the way (H. Gerischer, Z. Phys. Chem. 198 (1951) 286).</summary>
internal sealed class Gerischer() : PointwiseElement("G", "Gerischer element", "Z = R/√(1 + s·τ)", [ElementParameter.Resistance(), ElementParameter.Time()])
{
    protected override Complex At(Complex s, Complex logS, ReadOnlySpan<double> p, Span<Complex> slopes)
    {
        Complex t = s * p[1], z = p[0] / Complex.Sqrt(1 + t);
        slopes[0] = z;
        slopes[1] = -0.5 * t / (1 + t) * z;
        return z;
    }
}
