namespace Isobar.Mechanics.Contact;

/// <summary>
/// Conduction from contact spots at one potential into a half-space of resistivity ρ: φ(q) = ρ·j(q)/|q|, mean flux 1, no flux outside the spots. The kernel is E*/2 times that of the
/// displacement, so the same solver serves. ℓ_c is the potential drop over ρ. With an areal resistance on each spot (Robin) the drop is
/// (1/|q| + r_ct/ρ)·j.
/// </summary>
internal sealed class SpotConduction(ContactKernel kernel, SetSystem system, double modulusPa)
{
    private const double Tolerance = 1e-10;
    private const int Steps = 400;

    // Digits per round of single precision before the residual is taken afresh.
    private const double RoundDrop = 1e-5;
    private const int Rounds = 12;

    /// <summary>Drop over ρ, m; a bound from above for it from uniform flux; and the largest flux over the mean one in the spots.</summary>
    /// <param name="pressure">Spots are where this is above zero.</param>
    /// <param name="transferM">r_ct/ρ, m.</param>
    /// <param name="cancellation">Ends the search.</param>
    public (double DropM, double UniformDropM, double Focusing) Solve(ReadOnlySpan<double> pressure, double transferM, CancellationToken cancellation)
    {
        int count = 0;
        foreach (double p in pressure) if (p > 0) count++;
        // Contact everywhere constricts nothing, with charge transfer or without.
        if (count == pressure.Length) return (transferM, transferM, 1);
        int[] spots = new int[count];
        for (int i = 0, at = 0; i < pressure.Length; i++) if (pressure[i] > 0) spots[at++] = i;

        // In the units of the displacement kernel: 2·c/E* in m/Pa.
        double diagonal = 2 * transferM / modulusPa;
        system.Diagonal = diagonal;
        system.HoldsSum = true;
        if (diagonal > 0) kernel.SetDiagonal(diagonal);
        try
        {
            double uniform = (double)pressure.Length / count;
            system.Begin(spots, count);
            system.Value.AsSpan(0, count).Fill(uniform);
            double level = system.Evaluate();
            double upper = (system.Work(level) / pressure.Length) + (diagonal * uniform);
            for (int round = 0; system.LargestResidual > Tolerance * level; round++)
            {
                if (round == Rounds) throw new ContactNotConvergedException($"the potential of the contact spots varies by {system.LargestResidual / level:G3} of itself after {Rounds} rounds; expected {Tolerance:G3}");
                system.Solve(RoundDrop, 0.3 * Tolerance * level, Steps, cancellation);
                level = system.Evaluate();
            }

            double largest = 0, flux = 0;
            for (int i = 0; i < count; i++)
            {
                largest = Math.Max(largest, system.Value[i]);
                flux += system.Value[i];
            }

            // Single precision lets the total flux drift in its eighth digit; the problem is linear, so the drop is referred to the flux there is.
            double perFlux = pressure.Length / flux;
            return (0.5 * modulusPa * level * perFlux, 0.5 * modulusPa * upper, largest * perFlux / uniform);
        }
        finally
        {
            if (diagonal > 0) kernel.SetDiagonal(0);
        }
    }
}
