namespace Isobar.Electrochemistry.HalfCell;

/// <summary>Which particles a run takes: eigenmodes where D is constant, polynomials where it is not or where the options ask for them.</summary>
internal static class ParticleChoice
{
    public static ParticleStore For(HalfCellParameters cell, HalfCellOptions options, ParticleClass[] classes, double[] areas, int nodes, double largestCurrent, EigenmodeParticles? reusable)
    {
        if (options.Particles == ParticleMethod.Spectral || (options.Particles == ParticleMethod.Automatic && cell.DiffusionFactor is not null))
        {
            return Spectral(cell, options, classes, nodes);
        }

        if (cell.DiffusionFactor is not null) throw NeedsConstantDiffusion();
        double area = 0, radius = 0;
        for (int c = 0; c < classes.Length; c++)
        {
            area += areas[c];
            radius = Math.Max(radius, classes[c].RadiusMetres);
        }

        double insertion = largestCurrent / (area * cell.CathodeThicknessMetres);
        int modes = EigenmodeParticles.ModesFor(cell, radius, insertion, cell.OpenCircuit.SlopeAt(cell.InitialStoichiometry), options.Modes);
        EigenmodeParticles particles = reusable is not null && reusable.Fits(classes.Length, nodes, modes) ? reusable : new EigenmodeParticles(classes.Length, nodes, modes);
        particles.Become(classes, cell.DiffusionSquareMetresPerSecond, cell.MaximumMolesPerCubicMetre);
        return particles;
    }

    // By itself, so that a run with eigenmodes does not load the polynomials.
    private static SpectralParticles Spectral(HalfCellParameters cell, HalfCellOptions options, ParticleClass[] classes, int nodes) =>
        new(classes, cell, nodes, new RadialBasis(options.RadialNodes));

    private static HalfCellException NeedsConstantDiffusion() => new(
        HalfCellFailure.Parameter,
        "eigenmodes need a constant diffusion coefficient, but D(x) is given. Choose the automatic or the spectral particle, or leave D(x) out");
}
