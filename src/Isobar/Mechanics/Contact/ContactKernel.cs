using Isobar.Numerics;
using Isobar.Numerics.Fourier;

namespace Isobar.Mechanics.Contact;

/// <summary>
/// Displacement under a pressure on one grid, and the approximate inverse that preconditions the search for it.
/// <para>Periodic: u(q) = w(q)·p(q) with w = 2·S(|q|·t)/(E*·|q|), q = 2π·k/extent, k from −N/2 to N/2, the mode q = 0 left out (it only shifts the contact plane).
/// S is 1 on a half-space; for a layer of thickness t bonded to a rigid base (G. Carbone, L. Mangialardi, J. Mech. Phys. Solids 56 (2008) 684,
/// 10.1016/j.jmps.2007.05.009) S(x) = ((3 − 4ν)·sinh 2x − 2x)/((3 − 4ν)·cosh 2x + 2x² + 5 − 12ν + 8ν²).</para>
/// <para>Free: u = Σ K·p with Love's coefficients of a uniformly loaded rectangle (A. E. H. Love, Phil. Trans. R. Soc. A 228 (1929) 377, 10.1098/rsta.1929.0009), exact by padding
/// with zeros to twice the extent; on a layer less what the base takes off (<see cref="LayerCoefficients"/>).</para>
/// <para>The inverse is 1/w of the periodic half-space or layer on the unpadded grid.</para>
/// </summary>
internal sealed class ContactKernel
{
    private readonly RealTransform forward;
    private readonly SingleTransform roughForward;
    private readonly SingleTransform roughInverse;
    private readonly Symbol compliance;
    private readonly Symbol roughCompliance;
    private readonly double widthM;
    private readonly double heightM;
    private readonly ContactMedium medium;
    private Symbol stiffness;

    public ContactKernel(int rows, int columns, double widthM, double heightM, ContactMedium medium, ParallelLoop loop)
    {
        (Rows, Columns, this.widthM, this.heightM, this.medium) = (rows, columns, widthM, heightM, medium);
        RoughUnit = Math.Max(widthM, heightM) / (Math.PI * medium.ModulusPa);
        roughInverse = new SingleTransform(rows, columns, loop);
        stiffness = Inverse(0);
        if (medium.Boundary is ContactBoundary.Periodic)
        {
            forward = new RealTransform(rows, columns, loop);
            roughForward = roughInverse;
            compliance = forward.CreateSymbol((row, column) => row == 0 && column == 0 ? 0 : Compliance(row, column));
            roughCompliance = roughForward.CreateSymbol((row, column) => row == 0 && column == 0 ? 0 : Compliance(row, column) / RoughUnit);
        }
        else
        {
            forward = new RealTransform(RealTransform.NextSmooth(2 * rows), RealTransform.NextSmooth(2 * columns), loop);
            roughForward = new SingleTransform(forward.Rows, forward.Columns, loop);
            double[] table = medium.LayerThicknessM is null
                ? LoveCoefficients.Table(forward.Rows, forward.Columns, widthM / columns, heightM / rows, medium.ModulusPa)
                : LayerCoefficients.Table(forward.Rows, forward.Columns, widthM / columns, heightM / rows, medium);
            Func<int, int, double> symbol = forward.SymbolOf(table);
            compliance = forward.CreateSymbol(symbol);
            roughCompliance = roughForward.CreateSymbol((row, column) => symbol(row, column) / RoughUnit);
        }
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Convolutions done so far, with compliance and inverse alike.</summary>
    public int Convolutions { get; private set; }

    /// <summary>Displacement of the longest wave under 1 Pa, m/Pa: it brings single-precision numbers near 1, whatever the units.</summary>
    public double RoughUnit { get; }

    /// <summary>Displacement of a layer under a uniform pressure of 1 Pa, m/Pa: w(0) = t·(1 − 2ν)/(E*·(1 − ν)²); 0 on a half-space, and with free boundaries, whose displacements hold it already.</summary>
    public double UniformCompliance => medium is { LayerThicknessM: { } thickness, Boundary: ContactBoundary.Periodic }
        ? thickness * (1 - (2 * medium.LayerPoissonRatio)) / (medium.ModulusPa * (1 - medium.LayerPoissonRatio) * (1 - medium.LayerPoissonRatio))
        : 0;

    /// <summary>Displacements, m, from pressures, Pa.</summary>
    public void Displace(double[] pressure, double[] displacement)
    {
        forward.Convolve(pressure, Rows, Columns, compliance, displacement);
        Convolutions++;
    }

    /// <summary>As <see cref="Displace"/> in single precision and in units of <see cref="RoughUnit"/>, for pressures near 1.</summary>
    public void DisplaceRoughly(float[] pressure, float[] displacement)
    {
        roughForward.Convolve(pressure, Rows, Columns, roughCompliance, displacement);
        Convolutions++;
    }

    /// <summary>Pressures that would cause displacements if everything touched, in single precision and units of 1/<see cref="RoughUnit"/>, for displacements near 1.</summary>
    public void Precondition(float[] displacement, float[] pressure)
    {
        roughInverse.Convolve(displacement, Rows, Columns, stiffness, pressure);
        Convolutions++;
    }

    /// <summary>Shapes the inverse for compliance + c, c in m/Pa added on the diagonal.</summary>
    public void SetDiagonal(double diagonal) => stiffness = Inverse(diagonal);

    private Symbol Inverse(double diagonal) => roughInverse.CreateSymbol((row, column) =>
        row == 0 && column == 0 ? (diagonal > 0 ? RoughUnit / diagonal : 0) : RoughUnit / (Compliance(row, column) + diagonal));

    private double Compliance(int row, int column)
    {
        double q = 2 * Math.PI * Math.Sqrt((row / heightM * (row / heightM)) + (column / widthM * (column / widthM)));
        return 2 * (medium.LayerThicknessM is { } thickness ? LayerCoefficients.Factor(q * thickness, medium.LayerPoissonRatio) : 1) / (medium.ModulusPa * q);
    }
}
