using System.Numerics;

namespace Isobar.Impedance.Circuits;

/// <summary>Depressed arcs Z = R/(1 + T) over vectors of frequencies, where |T| = exp(offset + n·ln ω) at the phase n·π/2.</summary>
internal static class DepressedArc
{
    /// <summary>
    /// Writes Z, and ∂Z/∂ln R at the constant <paramref name="offset"/>, ∂Z/∂offset and ∂Z/∂n at the constant offset, each over two arrays of the grid.
    /// </summary>
    public static void Evaluate(FrequencyGrid grid, double resistance, double offset, double n, Span<double> z, Span<double> byResistance, Span<double> byOffset, Span<double> byExponent)
    {
        int padded = grid.Padded;
        (double sine, double cosine) = Math.SinCos(n * Math.PI / 2);
        Lanes one = 1;
        for (int i = 0; i < padded; i += 4)
        {
            Lanes log = Lanes.Load(grid.LogOmega, i), modulus = Lanes.Exp((log * n) + offset);
            Lanes a = modulus * cosine, b = modulus * sine, down = one + a;
            Lanes inverse = one / ((down * down) + (b * b));
            Lanes real = down * inverse * resistance, imaginary = -(b * inverse * resistance);
            real.Store(z, i);
            imaginary.Store(z, padded + i);
            if (byOffset.IsEmpty) continue;
            if (!byResistance.IsEmpty)
            {
                real.Store(byResistance, i);
                imaginary.Store(byResistance, padded + i);
            }

            // ∂Z/∂offset = −Z·T/(1 + T), with T/(1 + T) = 1 − 1/(1 + T).
            Lanes shareReal = one - (down * inverse), shareImaginary = b * inverse;
            Lanes slopeReal = -((real * shareReal) - (imaginary * shareImaginary)), slopeImaginary = -((real * shareImaginary) + (imaginary * shareReal));
            slopeReal.Store(byOffset, i);
            slopeImaginary.Store(byOffset, padded + i);
            if (byExponent.IsEmpty) continue;
            ((slopeReal * log) - (slopeImaginary * (Math.PI / 2))).Store(byExponent, i);
            ((slopeImaginary * log) + (slopeReal * (Math.PI / 2))).Store(byExponent, padded + i);
        }
    }
}

/// <summary>The depressed arc in resistance, time and exponent, which are nearly uncorrelated (K. S. Cole, R. H. Cole, J. Chem. Phys. 9 (1941) 341, 10.1063/1.1750906).</summary>
internal sealed class Zarc() : CircuitElement(
    "Zarc", "depressed arc", "Z = R/(1 + (s·τ)ⁿ)", [ElementParameter.Resistance(), ElementParameter.Time(), ElementParameter.Exponent()], "ZARC")
{
    internal override void Evaluate(FrequencyGrid grid, ReadOnlySpan<double> parameters, Span<double> z, Span<double> columns)
    {
        double n = parameters[2], logTime = Math.Log(parameters[1]);
        int length = 2 * grid.Padded;
        if (columns.IsEmpty)
        {
            DepressedArc.Evaluate(grid, parameters[0], n * logTime, n, z, default, default, default);
            return;
        }

        Span<double> byTime = columns.Slice(length, length), byExponent = columns.Slice(2 * length, length);
        DepressedArc.Evaluate(grid, parameters[0], n * logTime, n, z, columns[..length], byTime, byExponent);
        // offset = n·ln τ: its slope by ln τ is n, and it adds ln τ to the slope by n.
        for (int i = 0; i < length; i++)
        {
            byExponent[i] += logTime * byTime[i];
            byTime[i] *= n;
        }
    }
}

internal sealed class VoigtArc() : CircuitElement("K", "arc of one time", "Z = R/(1 + s·τ)", [ElementParameter.Resistance(), ElementParameter.Time()])
{
    internal override void Evaluate(FrequencyGrid grid, ReadOnlySpan<double> parameters, Span<double> z, Span<double> columns)
    {
        int length = 2 * grid.Padded;
        double logTime = Math.Log(parameters[1]);
        if (columns.IsEmpty) DepressedArc.Evaluate(grid, parameters[0], logTime, 1, z, default, default, default);
        else DepressedArc.Evaluate(grid, parameters[0], logTime, 1, z, columns[..length], columns.Slice(length, length), default);
    }
}

/// <summary>
/// A resistor beside a constant-phase element as one element: what <c>p(R,CPE)</c> and <c>(RQ)</c> become. T = R·Q·sⁿ.
/// </summary>
internal sealed class ResistorBesideConstantPhase() : CircuitElement(
    "p(R,CPE)", "resistor beside a constant-phase element", "Z = R/(1 + R·Q·sⁿ)", [ElementParameter.Resistance(), ElementParameter.ConstantPhase(), ElementParameter.Exponent()])
{
    internal override void Evaluate(FrequencyGrid grid, ReadOnlySpan<double> parameters, Span<double> z, Span<double> columns)
    {
        double offset = Math.Log(parameters[0]) + Math.Log(parameters[1]);
        int length = 2 * grid.Padded;
        if (columns.IsEmpty)
        {
            DepressedArc.Evaluate(grid, parameters[0], offset, parameters[2], z, default, default, default);
            return;
        }

        Span<double> byResistance = columns[..length], byQ = columns.Slice(length, length);
        DepressedArc.Evaluate(grid, parameters[0], offset, parameters[2], z, byResistance, byQ, columns.Slice(2 * length, length));
        Isobar.Numerics.Simd.AddScaled(1, byQ, byResistance);
    }
}

/// <summary>A resistor beside a capacitor as one element: what <c>p(R,C)</c> and <c>(RC)</c> become.</summary>
internal class ResistorBesideCapacitor : CircuitElement
{
    public ResistorBesideCapacitor()
        : this("p(R,C)", "resistor beside a capacitor")
    {
    }

    protected ResistorBesideCapacitor(string symbol, string name)
        : base(symbol, name, "Z = R/(1 + s·R·C)", [ElementParameter.Resistance(), ElementParameter.Capacitance()])
    {
    }

    internal override void Evaluate(FrequencyGrid grid, ReadOnlySpan<double> parameters, Span<double> z, Span<double> columns)
    {
        double offset = Math.Log(parameters[0]) + Math.Log(parameters[1]);
        int length = 2 * grid.Padded;
        if (columns.IsEmpty)
        {
            DepressedArc.Evaluate(grid, parameters[0], offset, 1, z, default, default, default);
            return;
        }

        Span<double> byResistance = columns[..length], byCapacitance = columns.Slice(length, length);
        DepressedArc.Evaluate(grid, parameters[0], offset, 1, z, byResistance, byCapacitance, default);
        Isobar.Numerics.Simd.AddScaled(1, byCapacitance, byResistance);
    }
}

/// <summary>
/// Current squeezed through the spots of an imperfect contact: R = 1/(4·σ·a) for each disc of radius a on one side, in parallel over the discs, shorted at high
/// frequency by the capacitance C of the gaps (R. Holm, Electric Contacts, 10.1007/978-3-662-06688-1; J. K. Eckhardt et al., 10.1021/acsami.2c12991).
/// Its arc lies between bulk and interface. A circuit cannot tell it from pores in the bulk.
/// </summary>
internal sealed class Constriction() : ResistorBesideCapacitor("Con", "constriction at spots of contact");

/// <summary>S. Havriliak, S. Negami, Polymer 8 (1967) 161, 10.1016/0032-3861(67)90021-3.</summary>
internal sealed class HavriliakNegami() : PointwiseElement(
    "HN",
    "Havriliak-Negami arc",
    "Z = R/(1 + (s·τ)ⁿ)^β",
    [ElementParameter.Resistance(), ElementParameter.Time(), ElementParameter.Exponent(), ElementParameter.Exponent("β")],
    "H")
{
    protected override Complex At(Complex s, Complex logS, ReadOnlySpan<double> p, Span<Complex> slopes)
    {
        Complex logTime = logS + Math.Log(p[1]), t = Complex.Exp(logTime * p[2]);
        Complex z = p[0] * Complex.Exp(-p[3] * Complex.Log(1 + t)), slope = -p[3] * t / (1 + t) * z;
        slopes[0] = z;
        slopes[1] = p[2] * slope;
        slopes[2] = logTime * slope;
        slopes[3] = -Complex.Log(1 + t) * z;
        return z;
    }
}
