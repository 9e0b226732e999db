using System.Numerics;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// Impedance about a profile: under current, or after one.
/// <para>At every node δn/δΔ = −y_F with 1/y_F = ρ_f + ∂η/∂n − (U′ − ∂η/∂x)·δx_s/δn, η = (2RT/F)·asinh(n/(2θj0(x))); δx_s/δn is that of a sphere with D at its
/// mean stoichiometry. The charge balance with the weights of <see cref="ReactionGrid"/> is then one complex tridiagonal system per frequency.</para>
/// <para>Validity: linear response about the profile, which is taken as standing still over a period; with D(x) the gradient within a particle is left out.</para>
/// </summary>
internal sealed class BiasedImpedance(HalfCellParameters cell, ParticleClass[] classes, ReactionGrid grid)
{
    private readonly Complex[] _admittance = new Complex[grid.Cells + 1];
    private readonly Complex[] _lower = new Complex[grid.Cells + 1];
    private readonly Complex[] _diagonal = new Complex[grid.Cells + 1];
    private readonly Complex[] _upper = new Complex[grid.Cells + 1];
    private readonly Complex[] _right = new Complex[grid.Cells + 1];

    public ImpedanceSplit At(ReactionSolver solver, ParticleStore particles, in ContactTerms contact, double current, double hertz)
    {
        Admittances(solver, particles, contact, hertz);
        double kappa = contact.CathodeIonicSiemensPerMetre, sigma = contact.CathodeElectronicSiemensPerMetre;
        Solve(kappa, sigma);
        Complex composite = (grid.Nodes[^1] - (sigma * _right[0]) - (kappa * _right[^1])) / (kappa + sigma);
        SeriesElements series = solver.Series;
        return new ImpedanceSplit(
            composite + SmallSignal.Collector(cell, contact.CollectorOhmSquareMetres, hertz),
            SmallSignal.Separator(cell, series, contact.SeparatorSiemensPerMetre, hertz),
            SmallSignal.Anode(cell, series, contact.AnodeContactFraction, contact.SeparatorSiemensPerMetre, current, hertz));
    }

    private void Admittances(ReactionSolver solver, ParticleStore particles, in ContactTerms contact, double hertz)
    {
        int nodes = grid.Cells + 1;
        Complex layer = SmallSignal.DoubleLayer(cell.DoubleLayerFaradsPerSquareMetre, cell.CathodeDoubleLayerExponent, hertz);
        _admittance.AsSpan().Clear();
        for (int c = 0, j = 0; c < classes.Length; c++)
        {
            double theta = Math.Min(1, classes[c].ContactFraction * contact.CathodeContactFactor);
            double radius = classes[c].RadiusMetres, molar = HalfCellParameters.Faraday * cell.MaximumMolesPerCubicMetre;
            double spreading = cell.SpreadingInParticles ? radius * HalfCellParameters.SpreadingShape(theta) / (molar * cell.DiffusionSquareMetresPerSecond) : 0;
            Complex transfer = 0;
            for (int k = 0; k < nodes; k++, j++)
            {
                double diffusion = cell.DiffusionSquareMetresPerSecond * (cell.DiffusionFactor?.At(particles.Mean[j]) ?? 1);
                if (k == 0 || cell.DiffusionFactor is not null)
                {
                    transfer = radius / (molar * diffusion) * SphereImpedance.Transfer(radius * Complex.Sqrt(new Complex(0, 2 * Math.PI * hertz / diffusion))).Value;
                }

                double x = solver.Contact[j], n = solver.Insertion[j];
                double factor = cell.ExchangeFactor?.At(x) ?? (2 * Math.Sqrt(x * (1 - x)));
                double logSlope = cell.ExchangeFactor is { } curve ? curve.SlopeAt(x) / factor : (0.5 - x) / (x * (1 - x));
                double two = 2 * theta * cell.CathodeExchangeAmperesPerSquareMetre * factor;
                double kinetic = 2 * cell.ThermalVolts / Math.Sqrt((two * two) + (n * n));
                Complex impedance = cell.FilmOhmSquareMetres + kinetic - ((solver.PotentialSlope[j] + (kinetic * n * logSlope)) * (transfer + spreading));
                _admittance[k] += solver.Area[c] * (layer + (1 / impedance));
            }
        }
    }

    // Change of Δ per change of current.
    private void Solve(double kappa, double sigma)
    {
        int last = grid.Cells;
        double resistivity = (1 / kappa) + (1 / sigma);
        double[] inverse = grid.InverseSpacing;
        for (int k = 0; k <= last; k++)
        {
            double before = k > 0 ? inverse[k - 1] : 0, after = k < last ? inverse[k] : 0;
            (double own, double left, double right) = k == 0 ? (grid.First.Own, 0, grid.First.Next)
                : k == last ? (grid.Last.Own, grid.Last.Next, 0)
                : (grid.Centre[k], grid.Before[k], grid.After[k]);
            _diagonal[k] = -before - after - (resistivity * own * _admittance[k]);
            _lower[k] = k > 0 ? before - (resistivity * left * _admittance[k - 1]) : 0;
            _upper[k] = k < last ? after - (resistivity * right * _admittance[k + 1]) : 0;
            _right[k] = 0;
        }

        _right[0] = 1 / kappa;
        _right[last] = 1 / sigma;
        Complex first = -resistivity * grid.First.Second * _admittance[2] / _upper[1];
        _diagonal[0] -= first * _lower[1];
        _upper[0] -= first * _diagonal[1];
        Complex end = -resistivity * grid.Last.Second * _admittance[last - 2] / _lower[last - 1];
        _diagonal[last] -= end * _upper[last - 1];
        _lower[last] -= end * _diagonal[last - 1];
        for (int k = 1; k <= last; k++)
        {
            Complex factor = _lower[k] / _diagonal[k - 1];
            _diagonal[k] -= factor * _upper[k - 1];
            _right[k] -= factor * _right[k - 1];
        }

        _right[last] /= _diagonal[last];
        for (int k = last - 1; k >= 0; k--) _right[k] = (_right[k] - (_upper[k] * _right[k + 1])) / _diagonal[k];
    }
}
