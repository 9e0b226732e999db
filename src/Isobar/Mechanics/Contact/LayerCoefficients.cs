using MathNet.Numerics;
using MathNet.Numerics.Integration;

namespace Isobar.Mechanics.Contact;

/// <summary>
/// Displacement of a layer bonded to a rigid base at the centre of one pixel under 1 Pa on another, m/Pa, the layer free around the map.
/// <para>Under a unit force u(r) = (1/πE*)·∫₀^∞ S(qt)·J₀(qr) dq = (1/πE*)·(1/r + D(r/t)/t) with D(ρ) = ∫₀^∞ (S(x) − 1)·J₀(xρ) dx: the half-space less what the base takes off. D is smooth;
/// it is averaged over the loaded pixel by Gauss's rule, and the half-space is Love's closed form. Beyond 40 thicknesses the two cancel to 1e-12 and the displacement is zero.</para>
/// <para>S as in <see cref="ContactKernel"/>, of G. Carbone, L. Mangialardi, J. Mech. Phys. Solids 56 (2008) 684, 10.1016/j.jmps.2007.05.009.</para>
/// </summary>
internal static class LayerCoefficients
{
    /// <summary>Pixels wider than this many thicknesses are refused: the layer under one of them is then a spring of its own, which the average over the pixel does not resolve.</summary>
    public const double WidestPixel = 4;

    private const double Reach = 40, Steps = 100;

    // S − 1 falls as e^(−2x)·x².
    private const double LargestWave = 22;
    private const int Nodes = 192, Panels = 48, PanelOrder = 16;

    /// <summary>S(x): displacement of a wave on a layer over that on a half-space, x = q·t.</summary>
    public static double Factor(double x, double nu)
    {
        double k = 3 - (4 * nu);

        // Divided by e^{2x}/2, so that a thick layer does not overflow.
        double decay = Math.Exp(-2 * x), square = decay * decay;
        double numerator = x < 1e-2
            ? 2 * decay * ((k * Math.Sinh(2 * x)) - (2 * x))
            : (k * (1 - square)) - (4 * x * decay);
        return numerator / ((k * (1 + square)) + (2 * decay * ((2 * x * x) + 5 - (12 * nu) + (8 * nu * nu))));
    }

    /// <summary>Coefficients on a padded grid, wrapped around so that distances run to half of it in each direction.</summary>
    /// <exception cref="ArgumentException">The pixels are much wider than the layer is thick.</exception>
    public static double[] Table(int rows, int columns, double pitchX, double pitchY, ContactMedium medium)
    {
        double thickness = medium.LayerThicknessM!.Value, widest = Math.Max(pitchX, pitchY);
        if (widest > WidestPixel * thickness)
            throw new ArgumentException($"a layer of {thickness:G4} m under pixels of {widest:G4} m: with free boundaries a pixel may be at most {WidestPixel} times as wide as the layer is thick; take a finer map or periodic boundaries");
        double[] table = LoveCoefficients.Table(rows, columns, pitchX, pitchY, medium.ModulusPa), taken = Deficit(medium.LayerPoissonRatio);
        (double[] at, double[] weight) = Gauss(4 + (4 * (int)Math.Ceiling(widest / thickness)));
        double scale = pitchX * pitchY / (Math.PI * medium.ModulusPa * thickness), reach = (Reach * thickness) - widest;
        for (int row = 0; row <= rows / 2; row++)
        {
            for (int column = 0; column <= columns / 2; column++)
            {
                double x = column * pitchX, y = row * pitchY;
                double value = Math.Sqrt((x * x) + (y * y)) < reach ? table[(row * columns) + column] + (scale * Mean(x, y)) : 0;
                foreach (int i in (int[])[row, (rows - row) % rows])
                {
                    table[(i * columns) + column] = value;
                    table[(i * columns) + ((columns - column) % columns)] = value;
                }
            }
        }

        return table;

        double Mean(double x, double y)
        {
            double sum = 0;
            for (int i = 0; i < at.Length; i++)
            {
                double dy = y + (at[i] * pitchY), inner = 0;
                for (int j = 0; j < at.Length; j++)
                {
                    double dx = x + (at[j] * pitchX);
                    inner += weight[j] * Between(taken, Math.Sqrt((dx * dx) + (dy * dy)) / thickness);
                }

                sum += weight[i] * inner;
            }

            return sum;
        }
    }

    // D on an even grid of ρ, from its values at the nodes of Chebyshev, between which it is a polynomial to the last digits.
    private static double[] Deficit(double nu)
    {
        double[] node = new double[Nodes + 1], value = new double[Nodes + 1];
        (double[] x, double[] weight) = Waves(nu);
        for (int i = 0; i <= Nodes; i++)
        {
            node[i] = 0.5 * (Reach + 1) * (1 - Math.Cos(Math.PI * i / Nodes));
            for (int k = 0; k < x.Length; k++) value[i] += weight[k] * SpecialFunctions.BesselJ(0, x[k] * node[i]);
        }

        double[] table = new double[(int)((Reach + 1) * Steps) + 1];
        for (int at = 0; at < table.Length; at++)
        {
            double rho = at / Steps, above = 0, below = 0;
            for (int i = 0; i <= Nodes; i++)
            {
                double apart = rho - node[i];
                if (Math.Abs(apart) < 1e-13)
                {
                    (above, below) = (value[i], 1);
                    break;
                }

                double share = (i is 0 or Nodes ? 0.5 : 1) * (i % 2 == 0 ? 1 : -1) / apart;
                above += share * value[i];
                below += share;
            }

            table[at] = above / below;
        }

        return table;
    }

    // Points x and weights·(S(x) − 1) of the integral over all waves.
    private static (double[] X, double[] Weight) Waves(double nu)
    {
        var rule = new GaussLegendreRule(0, 1, PanelOrder);
        double[] x = new double[Panels * PanelOrder], weight = new double[x.Length];
        for (int panel = 0; panel < Panels; panel++)
        {
            for (int i = 0; i < PanelOrder; i++)
            {
                int k = (panel * PanelOrder) + i;
                x[k] = LargestWave / Panels * (panel + rule.Abscissas[i]);
                weight[k] = LargestWave / Panels * rule.Weights[i] * (Factor(x[k], nu) - 1);
            }
        }

        return (x, weight);
    }

    private static (double[] At, double[] Weight) Gauss(int order)
    {
        var rule = new GaussLegendreRule(-0.5, 0.5, order);
        return (rule.Abscissas, rule.Weights);
    }

    // Cubic through the four neighbours on the even grid; D is even in ρ.
    private static double Between(double[] table, double rho)
    {
        double place = rho * Steps;
        int i = Math.Min((int)place, table.Length - 3);
        double f = place - i, a = table[Math.Abs(i - 1)], b = table[i], c = table[i + 1], d = table[i + 2];
        return (-f * (f - 1) * (f - 2) / 6 * a) + ((f + 1) * (f - 1) * (f - 2) / 2 * b) - ((f + 1) * f * (f - 2) / 2 * c) + ((f + 1) * f * (f - 1) / 6 * d);
    }
}
