namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// Eigenvalues of diffusion in a sphere with a given flux: the positive roots of tan λ = λ.
/// <para>Under a flux g (in units of D·c_max·F/R_p) the surface exceeds the mean by Σ y_k with y_k' = −λ_k²·y_k + 2g, time in units of R_p²/D.
/// Σ 2/λ_k² = 1/5 and Σ 2/λ_k⁴ = 1/175 over all k (H. S. Carslaw, J. C. Jaeger, Conduction of Heat in Solids, 2nd ed. 1959, section 9.7).</para>
/// </summary>
internal static class SphereModes
{
    /// <summary>Number of eigenvalues tabulated.</summary>
    public const int Count = 2048;

    /// <summary>λ_k², k from 0.</summary>
    public static readonly double[] Squares = new double[Count];

    /// <summary>Σ 2/λ² over the modes from an index on.</summary>
    public static readonly double[] SecondFrom = new double[Count + 1];

    /// <summary>Σ 2/λ⁴ over the modes from an index on.</summary>
    public static readonly double[] FourthFrom = new double[Count + 1];

    static SphereModes() => Tabulate(Squares, SecondFrom, FourthFrom);

    private static void Tabulate(double[] squares, double[] second, double[] fourth)
    {
        second[0] = 1.0 / 5;
        fourth[0] = 1.0 / 175;
        for (int k = 0; k < Count; k++)
        {
            // Newton on sin λ − λ·cos λ, whose derivative is λ·sin λ, from the asymptote, of which the next term is −13/(15·q⁵).
            double asymptote = (k + 1.5) * Math.PI, inverse = 1 / asymptote, root = asymptote - inverse - (2.0 / 3 * inverse * inverse * inverse);
            for (int i = k < 16 ? 3 : 1; i > 0; i--)
            {
                (double sin, double cos) = Math.SinCos(root);
                root -= (sin - (root * cos)) / (root * sin);
            }

            squares[k] = root * root;
            second[k + 1] = second[k] - (2 / squares[k]);
            fourth[k + 1] = fourth[k] - (2 / (squares[k] * squares[k]));
        }
    }
}
