namespace Isobar.Mechanics;

/// <summary>
/// What the conductivity of a two-phase mixture can be, from the volume shares alone, and closed forms for known arrangements.
/// <para>Conductivities k₁, k₂ of the phases, φ the volume share of phase 1. Wiener: layers across (lower) and along (upper). Hashin-Shtrikman, for
/// isotropic mixtures: k_j + φ_i/(1/(k_i − k_j) + φ_j/(3k_j)) with the better conductor as j for the upper and the worse as j for the lower bound; with an
/// insulating second phase the upper is k₁·2φ/(3 − φ). Bruggeman, differential: (k₂ − k)/(k₂ − k₁)·(k₁/k)^(1/3) = φ for inclusions of phase 2 in phase 1, φ^1.5 for insulating ones;
/// symmetric: Σφ_i(k_i − k)/(k_i + 2k) = 0, (3φ − 1)/2 for an insulating second phase.</para>
/// <para>A measured or modelled conductivity outside Hashin-Shtrikman means that the mixture is not isotropic or a number is wrong.
/// Sources: Z. Hashin, S. Shtrikman, J. Appl. Phys. 33 (1962) 3125, 10.1063/1.1728579; D. A. G. Bruggeman, Ann. Phys. 416 (1935) 636, 10.1002/andp.19354160705;
/// A. S. Sangani, A. Acrivos, Proc. R. Soc. Lond. A 386 (1983) 263, 10.1098/rspa.1983.0036 (cubic arrays).</para>
/// </summary>
public static class EffectiveMediumBounds
{
    /// <summary>Wiener's bounds, lower and upper.</summary>
    /// <param name="firstConductivity">k₁, not negative, any unit.</param>
    /// <param name="secondConductivity">k₂, same unit.</param>
    /// <param name="firstShare">φ, volume share of phase 1.</param>
    public static (double Lower, double Upper) Wiener(double firstConductivity, double secondConductivity, double firstShare)
    {
        Check(firstConductivity, secondConductivity, firstShare);
        double upper = (firstShare * firstConductivity) + ((1 - firstShare) * secondConductivity);
        double denominator = (firstShare * secondConductivity) + ((1 - firstShare) * firstConductivity);
        // 0/0 only when one phase fills everything or nothing conducts: then the upper bound is exact.
        double lower = denominator > 0 ? firstConductivity * secondConductivity / denominator : upper;
        return (lower, upper);
    }

    /// <summary>The bounds of Hashin and Shtrikman for isotropic mixtures, lower and upper.</summary>
    /// <param name="firstConductivity">k₁, not negative, any unit.</param>
    /// <param name="secondConductivity">k₂, same unit.</param>
    /// <param name="firstShare">φ, volume share of phase 1.</param>
    public static (double Lower, double Upper) HashinShtrikman(double firstConductivity, double secondConductivity, double firstShare)
    {
        Check(firstConductivity, secondConductivity, firstShare);
        double one = CoatedSpheres(firstConductivity, secondConductivity, 1 - firstShare);
        double two = CoatedSpheres(secondConductivity, firstConductivity, firstShare);
        return one < two ? (one, two) : (two, one);
    }

    /// <summary>Largest share of a phase's conductivity that an isotropic mixture with insulators can keep: 2φ/(3 − φ).</summary>
    public static double LargestShare(double volumeShare) => 2 * volumeShare / (3 - volumeShare);

    /// <summary>Bruggeman's differential medium: inclusions of phase 2 of all sizes in phase 1, which stays connected.</summary>
    /// <param name="matrixConductivity">k₁ of the connected phase, above zero.</param>
    /// <param name="inclusionConductivity">k₂ of the inclusions, not negative.</param>
    /// <param name="matrixShare">φ, volume share of the connected phase.</param>
    public static double BruggemanDifferential(double matrixConductivity, double inclusionConductivity, double matrixShare)
    {
        Check(matrixConductivity, inclusionConductivity, matrixShare);
        if (matrixShare is 0) return inclusionConductivity;
        if (matrixConductivity == inclusionConductivity) return matrixConductivity;
        double low = Math.Min(matrixConductivity, inclusionConductivity), high = Math.Max(matrixConductivity, inclusionConductivity);
        bool falling = inclusionConductivity < matrixConductivity;
        for (int i = 0; i < 200 && high - low > 1e-15 * high; i++)
        {
            double middle = 0.5 * (low + high);
            double share = (inclusionConductivity - middle) / (inclusionConductivity - matrixConductivity) * Math.Cbrt(matrixConductivity / middle);
            // The implied matrix share moves monotonically from 0 at k₂ to 1 at k₁.
            if (share < matrixShare == falling) low = middle;
            else high = middle;
        }

        return 0.5 * (low + high);
    }

    /// <summary>Bruggeman's symmetric medium: grains of both phases, either can percolate (threshold one third).</summary>
    /// <param name="firstConductivity">k₁, not negative, any unit.</param>
    /// <param name="secondConductivity">k₂, same unit.</param>
    /// <param name="firstShare">φ, volume share of phase 1.</param>
    public static double BruggemanSymmetric(double firstConductivity, double secondConductivity, double firstShare)
    {
        Check(firstConductivity, secondConductivity, firstShare);
        double half = 0.25 * ((((3 * firstShare) - 1) * firstConductivity) + ((2 - (3 * firstShare)) * secondConductivity));
        return half + Math.Sqrt((half * half) + (0.5 * firstConductivity * secondConductivity));
    }

    /// <summary>
    /// A simple cubic array of equal spheres in a matrix, conductivity over that of the matrix. The expansion agrees with multipole values within
    /// 0.4 % for insulating spheres up to contact, and within 0.1 % for perfectly conducting ones up to a share of 0.38; close to contact of perfect conductors
    /// (share 0.49) it is 7 % low.
    /// </summary>
    /// <param name="sphereConductivity">Conductivity of the spheres over that of the matrix; infinite for a perfect conductor.</param>
    /// <param name="sphereShare">Volume share of the spheres, at most π/6.</param>
    public static double SimpleCubic(double sphereConductivity, double sphereShare)
    {
        if (!(sphereConductivity >= 0)) throw new ArgumentOutOfRangeException(nameof(sphereConductivity), sphereConductivity, "a conductivity is not negative");
        if (sphereShare is not (>= 0 and <= Math.PI / 6)) throw new ArgumentOutOfRangeException(nameof(sphereShare), sphereShare, "spheres of a simple cubic array touch at a share of π/6");
        if (sphereShare is 0 || sphereConductivity is 1) return 1;
        double f = sphereShare, third = Math.Cbrt(f);
        double f7 = f * f * third, f10 = f * f7, f11 = f10 * third, f14 = f7 * f7, f18 = f * f * f * f * f * f, f22 = f11 * f11;
        double denominator = -(1 / Contrast(1)) + f
            + (1.305 * Contrast(2) * f10 * (1 + (0.153 * Contrast(3) * f11)) / (1 - (0.231 * Contrast(2) * f7)))
            + (0.405 * Contrast(3) * f14)
            + (0.0723 * Contrast(4) * f18)
            + (0.0105 * Contrast(5) * f22);
        return 1 - (3 * f / denominator);

        double Contrast(int order) => double.IsPositiveInfinity(sphereConductivity)
            ? 1
            : (sphereConductivity - 1) / (sphereConductivity + (2.0 * order / ((2 * order) - 1)));
    }

    // Spheres of the inclusion, each coated with the shell phase: attains one of the two bounds.
    private static double CoatedSpheres(double shell, double inclusion, double inclusionShare)
    {
        if (inclusionShare is 1) return inclusion;
        double numerator = (2 * shell) + inclusion + (2 * inclusionShare * (inclusion - shell));
        double denominator = (2 * shell) + inclusion - (inclusionShare * (inclusion - shell));
        return denominator > 0 ? shell * numerator / denominator : 0;
    }

    private static void Check(double first, double second, double share)
    {
        if (!(first >= 0 && second >= 0)) throw new ArgumentOutOfRangeException(nameof(first), (first, second), "conductivities are not negative");
        if (share is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "a volume share lies between 0 and 1");
    }
}
