using System.Numerics;
using Isobar.Numerics;

namespace Isobar.Mechanics.Contact;

/// <summary>
/// Every pixel an admittance: (1/(σ*·|q|) + 1/y)·J = V over the whole map, σ* = σ + iωε, y = 1/r_ct + iωC in contact and iωε₀ε_g/g over a gap g; Z = V/mean J.
/// <para>Written as (1/|q| + D)·j = 1 with D = σ*/y, so that Z = 1/(σ*·mean j). Limits: ω → 0 gives the constriction with charge transfer, ω → ∞ the gaps as capacitors. D runs over many
/// orders of magnitude, small in contact, large over gaps at low frequency: the preconditioner is |q|/(1 + d|q|) between weights that fade where |D| exceeds d and the pixel, and
/// 1/D where they have faded. The matrix is symmetric but complex: conjugate orthogonal conjugate gradients (H. A. van der Vorst, J. B. M. Melissen, IEEE Trans. Magn. 26 (1990) 706,
/// 10.1109/20.106415), each frequency from the solution of the one before.</para>
/// </summary>
internal sealed class ImpedanceSweep
{
    private const double VacuumPermittivity = 8.8541878188e-12;
    private const double Tolerance = 1e-9;
    private const int MaxSteps = 2000;

    private readonly ContactKernel kernel;
    private readonly ContactElectrics electrics;
    private readonly bool[] contact;
    private readonly double[] gap;
    private readonly double pixel;
    private readonly Complex[] flux;
    private readonly Complex[] diagonal;
    private readonly double[] weight;
    private readonly double[] field;
    private readonly float[] roughField;
    private bool started;

    public ImpedanceSweep(ContactState state, ContactElectrics electrics, ParallelLoop loop)
    {
        if (!(electrics.ConductivitySPerM > 0)) throw new ArgumentException($"the conductivity is {electrics.ConductivitySPerM:G4} S/m; it must be above zero");
        if (!(electrics.ChargeTransferOhmM2 >= 0)) throw new ArgumentException($"the charge-transfer resistance is {electrics.ChargeTransferOhmM2:G4} Ω·m²; it must be zero or more");
        if (!(electrics.DoubleLayerFaradPerM2 >= 0 && electrics.ElectrolytePermittivity >= 0 && electrics.GapPermittivity > 0)) throw new ArgumentException("capacitance and permittivities must not be negative, and that of the gap must be above zero");
        HeightMap map = state.Map;
        this.electrics = electrics;
        int size = map.Rows * map.Columns;
        (gap, contact) = (state.GapM.ToArray(), new bool[size]);
        for (int i = 0; i < size; i++) contact[i] = state.PressurePa[i] > 0;

        // With E* = 2 the displacement kernel 2/(E*·|q|) is that of the potential.
        kernel = new ContactKernel(map.Rows, map.Columns, map.WidthM, map.HeightM, new ContactMedium(2) { Boundary = state.Medium.Boundary }, loop);
        pixel = Math.Sqrt(map.PitchXM * map.PitchYM) / Math.PI;
        (flux, diagonal, weight, field, roughField) = (new Complex[size], new Complex[size], new double[size], new double[size], new float[size]);
    }

    /// <summary>Z, Ω·m², at an angular frequency, 1/s.</summary>
    public Complex At(double omega, CancellationToken cancellation)
    {
        if (!(omega > 0 && double.IsFinite(omega))) throw new ArgumentOutOfRangeException(nameof(omega), omega, "a frequency is above zero");
        var sigma = new Complex(electrics.ConductivitySPerM, omega * VacuumPermittivity * electrics.ElectrolytePermittivity);
        Prepare(omega, sigma);
        Iterate(cancellation);
        Complex sum = Complex.Zero;
        foreach (Complex j in flux) sum += j;
        return flux.Length / (sigma * sum);
    }

    private void Prepare(double omega, Complex sigma)
    {
        Complex touching = sigma * electrics.ChargeTransferOhmM2 / new Complex(1, omega * electrics.ChargeTransferOhmM2 * electrics.DoubleLayerFaradPerM2);
        double typical = Complex.Abs(touching);
        kernel.SetDiagonal(typical);
        Complex perMetre = sigma / new Complex(0, omega * VacuumPermittivity * electrics.GapPermittivity);
        for (int i = 0; i < flux.Length; i++)
        {
            Complex next = contact[i] ? touching : perMetre * Math.Max(gap[i], 0);
            weight[i] = double.IsNaN(gap[i]) ? 0 : Math.Min(1, (typical + pixel) / Math.Max(Complex.Abs(next), double.Epsilon));

            // Where the pixel itself sets its flux, the flux follows its admittance from one frequency to the next.
            if (started && weight[i] < 0.5 && next != Complex.Zero) flux[i] *= diagonal[i] / next;
            diagonal[i] = next;
        }

        started = true;
    }

    private void Iterate(CancellationToken cancellation)
    {
        int size = flux.Length;
        var residual = new Complex[size];
        var turned = new Complex[size];
        var direction = new Complex[size];
        var image = new Complex[size];
        Apply(flux, image);
        for (int i = 0; i < size; i++) residual[i] = double.IsNaN(gap[i]) ? Complex.Zero : 1 - image[i];
        Complex product = Complex.Zero;
        for (int step = 0; step < MaxSteps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            double norm = 0;
            foreach (Complex r in residual) norm += (r.Real * r.Real) + (r.Imaginary * r.Imaginary);
            if (norm <= Tolerance * Tolerance * size) return;
            Precondition(residual, turned);
            Complex next = Complex.Zero;
            for (int i = 0; i < size; i++) next += residual[i] * turned[i];
            Complex factor = step == 0 ? Complex.Zero : next / product;
            product = next;
            for (int i = 0; i < size; i++) direction[i] = turned[i] + (factor * direction[i]);
            Apply(direction, image);
            Complex curvature = Complex.Zero;
            for (int i = 0; i < size; i++) curvature += direction[i] * image[i];
            Complex length = product / curvature;
            for (int i = 0; i < size; i++)
            {
                flux[i] += length * direction[i];
                residual[i] -= length * image[i];
            }
        }

        throw new ContactNotConvergedException($"the impedance did not settle within {MaxSteps} steps; a contact that covers nearly everything with almost no charge-transfer resistance has none to be found");
    }

    private void Apply(Complex[] from, Complex[] to)
    {
        for (int part = 0; part < 2; part++)
        {
            for (int i = 0; i < field.Length; i++) field[i] = part == 0 ? from[i].Real : from[i].Imaginary;
            kernel.Displace(field, field);
            for (int i = 0; i < field.Length; i++) to[i] = part == 0 ? field[i] : new Complex(to[i].Real, field[i]);
        }

        for (int i = 0; i < field.Length; i++) to[i] = double.IsNaN(gap[i]) ? Complex.Zero : to[i] + (diagonal[i] * from[i]);
    }

    private void Precondition(Complex[] from, Complex[] to)
    {
        double largest = 0;
        foreach (Complex value in from) largest = Math.Max(largest, Math.Max(Math.Abs(value.Real), Math.Abs(value.Imaginary)));
        double unit = largest / kernel.RoughUnit;
        for (int part = 0; part < 2; part++)
        {
            for (int i = 0; i < field.Length; i++) roughField[i] = (float)(weight[i] / largest * (part == 0 ? from[i].Real : from[i].Imaginary));
            kernel.Precondition(roughField, roughField);
            for (int i = 0; i < field.Length; i++) to[i] = part == 0 ? weight[i] * unit * roughField[i] : new Complex(to[i].Real, weight[i] * unit * roughField[i]);
        }

        for (int i = 0; i < field.Length; i++) if (weight[i] is > 0 and < 1) to[i] += (1 - weight[i]) * from[i] / diagonal[i];
    }
}
