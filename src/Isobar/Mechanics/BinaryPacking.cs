namespace Isobar.Mechanics;

/// <summary>One of the two kinds of particles of a mixture.</summary>
/// <param name="SolidShare">Volume share of the solid; the two shares of a mixture are taken relative to their sum.</param>
/// <param name="DiameterMetres">Particle diameter, m.</param>
/// <param name="ClusterSize">Diameter over which these particles stay together, in particle diameters; 1 when mixed ideally.</param>
/// <param name="ContactDamping">Odds of a neighbour of its own kind over those of a random mixture; below 1 for stiff particles whose gaps soft ones fill.</param>
public readonly record struct PackedParticles(double SolidShare, double DiameterMetres, double ClusterSize = 1, double ContactDamping = 1);

/// <summary>
/// Contacts and percolation in a random mixture of two sizes of particles.
/// <para>With number fractions n and mean coordination Z: Z_i = 3 + (Z − 3)·r_i²/⟨r²⟩ and Z_ij = n_j·Z_i·Z_j/Z. The share of a kind that belongs to
/// the spanning cluster is P_i = (1 − ((4.236 − Z_ii)/2.472)^2.5)^0.4, zero below Z_ii = 1.764 and one above 4.236.</para>
/// <para>Against discrete-element compaction at D = 0.784 with 50 vol% of 5 µm in 2 µm particles (5.2 soft-soft, 20.9 stiff-soft, 2.9 stiff-stiff) the plain
/// form gives 5.2, 19.6, 4.8: good for the soft phase and for the shared area, 65 % too many stiff-stiff contacts, hence the damping. Damping takes
/// contacts away and gives none back to the other kind: the sum of the contacts of a damped particle is low by that much.</para>
/// <para>Clusters act like larger particles. The formula is meant for cluster diameters up to 1.3 times those of the other kind; beyond,
/// few large clusters would percolate better again, which is an artefact and marked as extrapolated.</para>
/// <para>Validity: size ratio 1 to 8, mean coordination 4 to 10. Sources: M. Suzuki, T. Oshima, Powder Technol. 35 (1983) 159;
/// P. Costamagna, P. Costa, V. Antonucci, Electrochim. Acta 43 (1998) 375, 10.1016/S0013-4686(97)00063-7.</para>
/// </summary>
/// <param name="FirstFirst">Contacts of a particle of the first kind with its own kind.</param>
/// <param name="FirstSecond">Contacts of a particle of the first kind with the second.</param>
/// <param name="SecondFirst">Contacts of a particle of the second kind with the first.</param>
/// <param name="SecondSecond">Contacts of a particle of the second kind with its own kind.</param>
/// <param name="Extrapolated">Whether size ratio, cluster or coordination lie outside the range.</param>
public readonly record struct BinaryPacking(
    double FirstFirst, double FirstSecond, double SecondFirst, double SecondSecond, bool Extrapolated)
{
    /// <summary>Contacts with the own kind below which no cluster spans the mixture.</summary>
    public const double Threshold = 1.764;

    /// <summary>Mean contacts per particle at and below which particles do not hold each other.</summary>
    public const double LeastCoordination = 3;

    private const double AllConnected = 4.236;

    /// <summary>P, share of the first kind in the spanning cluster.</summary>
    public double FirstConnected => Connected(FirstFirst);

    /// <summary>P, share of the second kind in the spanning cluster.</summary>
    public double SecondConnected => Connected(SecondSecond);

    /// <summary>Share of the first kind that touches the spanning cluster of the second: 1 − (1 − P)^Z with its Z contacts.</summary>
    public double FirstReachingSecond => 1 - Math.Pow(1 - SecondConnected, FirstSecond);

    /// <summary>Share of the second kind that touches the spanning cluster of the first.</summary>
    public double SecondReachingFirst => 1 - Math.Pow(1 - FirstConnected, SecondFirst);

    /// <summary>The contacts of a mixture.</summary>
    /// <param name="first">The first kind.</param>
    /// <param name="second">The second kind.</param>
    /// <param name="meanCoordination">Z, mean contacts per particle, more than 3.</param>
    public static BinaryPacking Of(PackedParticles first, PackedParticles second, double meanCoordination)
    {
        if (!(meanCoordination > LeastCoordination)) throw new ArgumentOutOfRangeException(nameof(meanCoordination), meanCoordination, "a packing of touching particles has more than 3 contacts per particle");
        double firstSize = Size(first, nameof(first)), secondSize = Size(second, nameof(second));
        double total = first.SolidShare + second.SolidShare;
        if (!(total > 0)) throw new ArgumentException("a mixture needs a volume share above zero of at least one of its two kinds", nameof(second));
        double ratio = secondSize / firstSize, firstShare = first.SolidShare / total, secondShare = second.SolidShare / total;
        (double firstCount, double secondCount, double ofFirst, double ofSecond) = Mixture(firstShare, secondShare, ratio, meanCoordination);
        double cross = ofFirst * ofSecond / meanCoordination;
        return new BinaryPacking(
            OwnContacts(firstShare, secondShare, ratio, meanCoordination, first.ContactDamping),
            secondCount * cross,
            firstCount * cross,
            OwnContacts(secondShare, firstShare, 1 / ratio, meanCoordination, second.ContactDamping),
            Beyond(first, second) || Beyond(second, first) || ratio is < 1.0 / 8 or > 8 || meanCoordination is < 4 or > 10);
    }

    /// <summary>Share of a kind in its spanning cluster, from its contacts with its own kind.</summary>
    public static double Connected(double contacts)
    {
        if (contacts <= Threshold) return 0;
        return contacts >= AllConnected ? 1 : Math.Pow(1 - Math.Pow((AllConnected - contacts) / (AllConnected - Threshold), 2.5), 0.4);
    }

    /// <summary>
    /// Mean contacts per particle of a pressed mixture: Z = 6.4 + 14.7(D − 0.7) − 17.3(D − 0.7)². It follows discrete-element
    /// compaction (6.4, 7.1, 7.7, 8.2, 8.6, 9.0 at D = 0.70 to 0.95 in steps of 0.05) within 0.06; the closed form for equal frictionless spheres lies 1.1 to 2 higher.
    /// </summary>
    public static double MeanCoordination(double relativeDensity)
    {
        double above = relativeDensity - 0.7;
        return 6.4 + (14.7 * above) - (17.3 * above * above);
    }

    /// <summary>Solid share of the first kind at which it begins to span the mixture; null when it never does.</summary>
    public static double? ThresholdOfFirst(PackedParticles first, PackedParticles second, double meanCoordination)
    {
        // Contacts with the own kind rise with the own share, so the threshold is bracketed by halving.
        double low = 0, high = 1;
        if (Contacts(high) <= Threshold) return null;
        while (high - low > 1e-12)
        {
            double middle = 0.5 * (low + high);
            if (Contacts(middle) < Threshold) low = middle;
            else high = middle;
        }

        return high;

        double Contacts(double share) => Of(first with { SolidShare = share }, second with { SolidShare = 1 - share }, meanCoordination).FirstFirst;
    }

    // Number fractions and coordinations of both kinds; sizes relative to the first keep cubed micrometres from underflowing.
    private static (double FirstCount, double SecondCount, double OfFirst, double OfSecond) Mixture(double firstShare, double secondShare, double ratio, double mean)
    {
        double first = firstShare, second = secondShare / (ratio * ratio * ratio), counts = first + second;
        first /= counts;
        second /= counts;
        double meanSquare = first + (second * ratio * ratio);
        return (first, second, 3 + ((mean - 3) / meanSquare), 3 + ((mean - 3) * ratio * ratio / meanSquare));
    }

    private static double OwnContacts(double ownShare, double otherShare, double ratio, double mean, double damping)
    {
        (double count, _, double own, _) = Mixture(damping * ownShare, otherShare, ratio, mean);
        return count * own * own / mean;
    }

    private static bool Beyond(PackedParticles clustered, PackedParticles other) =>
        clustered.ClusterSize > 1 && clustered.ClusterSize * clustered.DiameterMetres > 1.3 * other.ClusterSize * other.DiameterMetres;

    private static double Size(PackedParticles particles, string name)
    {
        if (!(particles.DiameterMetres > 0 && particles.ClusterSize >= 1 && particles.SolidShare >= 0 && particles.ContactDamping is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(name, particles, "particles need a diameter above zero, a cluster size of at least 1, a volume share of at least 0 and a contact damping above 0 and at most 1");
        }

        return particles.DiameterMetres * particles.ClusterSize;
    }
}
