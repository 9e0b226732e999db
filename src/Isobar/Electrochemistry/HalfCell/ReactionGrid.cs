namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// Nodes across the cathode and the weights that turn the reaction at three neighbours into its integral under a hat function.
/// <para>With a hat function φ_k over the nodes k−1, k, k+1 the balance Δ'' = −R·a·n holds exactly in the form
/// (Δ_{k+1} − Δ_k)/h_k − (Δ_k − Δ_{k−1})/h_{k−1} = −R·∫φ_k·a·n dξ. With a·n replaced by the parabola through the three nodes the error falls with the
/// fourth power of the spacing (Numerov's weights 1/12, 10/12, 1/12 where the spacing is even), the matrix stays tridiagonal, and the rows sum to the
/// charge balance of the whole electrode, so that no charge is lost on any grid. At the faces the half hat takes the parabola through the first three nodes.</para>
/// </summary>
internal sealed class ReactionGrid
{
    // 1/√3, the points of the two-point Gauss rule.
    private const double GaussPoint = 0.577350269189625764509;

    /// <summary>Makes a grid.</summary>
    /// <param name="length">L, m.</param>
    /// <param name="cells">Number of cells, at least 4.</param>
    /// <param name="endSpacing">Spacing at the faces over that of an even grid, (0, 1].</param>
    public ReactionGrid(double length, int cells, double endSpacing)
    {
        Cells = cells;
        Nodes = new double[cells + 1];
        InverseSpacing = new double[cells];
        Before = new double[cells + 1];
        Centre = new double[cells + 1];
        After = new double[cells + 1];
        Quadrature = new double[cells + 1];
        double beta = Stretch(endSpacing);
        for (int k = 0; k <= cells; k++)
        {
            double even = (2.0 * k / cells) - 1;
            Nodes[k] = 0.5 * length * (1 + (beta > 0 ? Math.Tanh(beta * even) / Math.Tanh(beta) : even));
        }

        Nodes[0] = 0;
        Nodes[cells] = length;
        for (int k = 0; k < cells; k++) InverseSpacing[k] = 1 / (Nodes[k + 1] - Nodes[k]);
        for (int k = 1; k < cells; k++)
        {
            Before[k] = Half(k - 1, k, k, k - 1) + Half(k, k, k, k - 1);
            Centre[k] = Half(k - 1, k, k, k) + Half(k, k, k, k);
            After[k] = Half(k - 1, k, k, k + 1) + Half(k, k, k, k + 1);
        }

        First = new FaceWeights(Half(0, 0, 1, 0), Half(0, 0, 1, 1), Half(0, 0, 1, 2));
        Last = new FaceWeights(Half(cells - 1, cells, cells - 1, cells), Half(cells - 1, cells, cells - 1, cells - 1), Half(cells - 1, cells, cells - 1, cells - 2));
        for (int k = 1; k < cells; k++)
        {
            Quadrature[k - 1] += Before[k];
            Quadrature[k] += Centre[k];
            Quadrature[k + 1] += After[k];
        }

        Quadrature[0] += First.Own;
        Quadrature[1] += First.Next;
        Quadrature[2] += First.Second;
        Quadrature[cells] += Last.Own;
        Quadrature[cells - 1] += Last.Next;
        Quadrature[cells - 2] += Last.Second;
    }

    public readonly int Cells;

    public readonly double[] Nodes;

    public readonly double[] InverseSpacing;

    /// <summary>Weight of the node before, in the row of a node.</summary>
    public readonly double[] Before;

    /// <summary>Weight of the node itself.</summary>
    public readonly double[] Centre;

    /// <summary>Weight of the node after.</summary>
    public readonly double[] After;

    /// <summary>Weights of the first row: its own node, the next and the second next.</summary>
    public readonly FaceWeights First;

    /// <summary>Weights of the last row, counted inwards.</summary>
    public readonly FaceWeights Last;

    /// <summary>Weights of an integral over the electrode, m: what the rows sum to.</summary>
    public readonly double[] Quadrature;

    // ∫ of the hat of a node times the Lagrange parabola of a node, over the interval from start to start + 1. The parabola goes through middle ± 1.
    private double Half(int start, int hat, int middle, int parabola)
    {
        double low = Nodes[start], high = Nodes[start + 1], centre = 0.5 * (low + high), reach = 0.5 * (high - low), sum = 0;
        for (int side = -1; side <= 1; side += 2)
        {
            double at = centre + (side * GaussPoint * reach);
            double height = hat == start ? (high - at) / (high - low) : (at - low) / (high - low);
            double value = 1;
            for (int other = middle - 1; other <= middle + 1; other++)
            {
                if (other != parabola) value *= (at - Nodes[other]) / (Nodes[parabola] - Nodes[other]);
            }

            sum += reach * height * value;
        }

        return sum;
    }

    // β of the stretching tanh(β·s)/tanh(β), whose slope at the ends is 2β/sinh(2β).
    public static double Stretch(double endSpacing)
    {
        if (endSpacing >= 1) return 0;
        double low = 0, high = 20;
        for (int i = 0; i < 60; i++)
        {
            double beta = 0.5 * (low + high);
            if (2 * beta / Math.Sinh(2 * beta) > endSpacing) low = beta;
            else high = beta;
        }

        return 0.5 * (low + high);
    }
}

/// <summary>Weights in the row of a face.</summary>
internal readonly struct FaceWeights(double own, double next, double second)
{
    /// <summary>Of the node at the face.</summary>
    public readonly double Own = own;

    /// <summary>Of its neighbour.</summary>
    public readonly double Next = next;

    /// <summary>Of the node behind that.</summary>
    public readonly double Second = second;
}
