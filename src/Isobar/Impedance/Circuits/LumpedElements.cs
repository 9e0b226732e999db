using System.Numerics;

namespace Isobar.Impedance.Circuits;

internal sealed class Resistor() : CircuitElement("R", "resistor", "Z = R", [ElementParameter.Resistance()])
{
    internal override void Evaluate(FrequencyGrid grid, ReadOnlySpan<double> parameters, Span<double> z, Span<double> columns)
    {
        z[..grid.Padded].Fill(parameters[0]);
        z.Slice(grid.Padded, grid.Padded).Clear();
        if (!columns.IsEmpty) z[..(2 * grid.Padded)].CopyTo(columns);
    }
}

internal sealed class Inductor() : CircuitElement("L", "inductor", "Z = s·L", [ElementParameter.Inductance()])
{
    internal override void Evaluate(FrequencyGrid grid, ReadOnlySpan<double> parameters, Span<double> z, Span<double> columns)
    {
        z[..grid.Padded].Clear();
        for (int i = 0; i < grid.Padded; i++) z[grid.Padded + i] = grid.Omega[i] * parameters[0];
        if (!columns.IsEmpty) z[..(2 * grid.Padded)].CopyTo(columns);
    }
}

internal sealed class Capacitor() : CircuitElement("C", "capacitor", "Z = 1/(s·C)", [ElementParameter.Capacitance()])
{
    internal override void Evaluate(FrequencyGrid grid, ReadOnlySpan<double> parameters, Span<double> z, Span<double> columns)
    {
        z[..grid.Padded].Clear();
        for (int i = 0; i < grid.Padded; i++) z[grid.Padded + i] = -1 / (grid.Omega[i] * parameters[0]);
        for (int i = 0; i < 2 * grid.Padded && !columns.IsEmpty; i++) columns[i] = -z[i];
    }
}

/// <summary>Z = 1/(Q·sⁿ). |Z| = 1/(Q·ωⁿ) at the constant phase −n·π/2.</summary>
internal sealed class ConstantPhaseElement() : CircuitElement("CPE", "constant-phase element", "Z = 1/(Q·sⁿ)", [ElementParameter.ConstantPhase(), ElementParameter.Exponent()], "Q")
{
    internal override void Evaluate(FrequencyGrid grid, ReadOnlySpan<double> parameters, Span<double> z, Span<double> columns)
    {
        int padded = grid.Padded;
        double n = parameters[1], logQ = Math.Log(parameters[0]);
        (double sine, double cosine) = Math.SinCos(n * Math.PI / 2);
        for (int i = 0; i < padded; i += 4)
        {
            Lanes modulus = Lanes.Exp(Lanes.Load(grid.LogOmega, i) * -n - logQ);
            Lanes real = modulus * cosine, imaginary = modulus * -sine;
            real.Store(z, i);
            imaginary.Store(z, padded + i);
            if (columns.IsEmpty) continue;
            (-real).Store(columns, i);
            (-imaginary).Store(columns, padded + i);
            Lanes log = Lanes.Load(grid.LogOmega, i);
            ((imaginary * (Math.PI / 2)) - (real * log)).Store(columns, (2 * padded) + i);
            (-((real * (Math.PI / 2)) + (imaginary * log))).Store(columns, (3 * padded) + i);
        }
    }
}

internal sealed class LossyInductor() : PointwiseElement(
    "La", "lossy inductor", "Z = L·sᵃ", [ElementParameter.Inductance("L", "H sᵃ⁻¹"), ElementParameter.Exponent("a")])
{
    protected override Complex At(Complex s, Complex logS, ReadOnlySpan<double> p, Span<Complex> slopes)
    {
        Complex z = p[0] * Complex.Exp(logS * p[1]);
        slopes[0] = z;
        slopes[1] = z * logS;
        return z;
    }
}
