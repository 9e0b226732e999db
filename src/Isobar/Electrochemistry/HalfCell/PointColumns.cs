namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// What is reported of a solved moment.
/// <para>The voltage is split along the mean of all paths through the composite: ions to ξ, reaction at ξ, electrons from ξ, ξ evenly over the
/// thickness. With Δ̄ the mean of Δ: ions −σ/(κ+σ)·(Δ̄ − Δ(0) + iL/2σ), electrons −iL/2σ + κ/(κ+σ)·(Δ(L) − Δ̄ + iL/2σ), and
/// Δ̄ = U(⟨x⟩) + [mean U(x_s) − U(⟨x⟩)] − film − charge transfer. All parts sum to the terminal voltage.</para>
/// <para>Powers: what the composite loses as heat of conduction is ∫a·n·Δ dξ − i·V_composite (Tellegen).</para>
/// </summary>
internal sealed class PointColumns(HalfCellParameters cell, ParticleClass[] classes, ReactionGrid grid, bool withEnergy)
{
    // Panels of the integral from the start to the mean.
    private const int Long = 24;

    private readonly double[] _points = new double[3 * Long];
    private readonly double[] _values = new double[3 * Long];
    private readonly double[] _valueSlopes = new double[3 * Long];
    private readonly double[] _shares = Shares(classes);
    private readonly double[] _meanPotential = new double[classes.Length * (grid.Cells + 1)];
    private readonly double[] _slopes = new double[classes.Length * (grid.Cells + 1)];

    public void Fill(double[] columns, ReactionSolver solver, ParticleStore particles, double seconds, double current, double charge, double pressure)
    {
        double[] weights = grid.Quadrature, difference = solver.Difference, insertion = solver.Insertion;
        double[] potential = solver.Potential;
        int nodes = weights.Length;
        double length = grid.Nodes[^1], kappa = solver.Ionic, sigma = solver.Electronic;
        double meanDifference = 0, meanPotential = 0, meanInsertion = 0, mean = 0;
        for (int k = 0; k < nodes; k++) meanDifference += weights[k] * difference[k];
        meanDifference /= length;
        for (int c = 0; c < _shares.Length; c++)
        {
            double sumPotential = 0, sumInsertion = 0, sum = 0;
            for (int k = 0, j = c * nodes; k < nodes; k++, j++)
            {
                sumPotential += weights[k] * potential[j];
                sumInsertion += weights[k] * insertion[j];
                sum += weights[k] * particles.Mean[j];
            }

            double share = _shares[c] / length;
            meanPotential += share * sumPotential;
            meanInsertion += share * sumInsertion;
            mean += share * sum;
        }

        SeriesElements series = solver.Series;
        double volts = solver.Volts(current), film = cell.FilmOhmSquareMetres * meanInsertion, open = cell.OpenCircuit.At(mean);
        double half = current * length / (2 * sigma), whole = kappa + sigma, anode = series.AnodeOvervolts(current);
        columns[Columns.Time] = seconds;
        columns[Columns.Volts] = volts;
        columns[Columns.Current] = current;
        columns[Columns.Charge] = charge;
        columns[Columns.Mean] = mean;
        columns[Columns.SurfaceAtSeparator] = solver.Contact[0];
        columns[Columns.SurfaceAtCollector] = solver.Contact[nodes - 1];
        columns[Columns.StackPressure] = pressure;
        columns[Columns.Parts + (int)VoltagePart.OpenCircuit] = open - series.AnodeVolts;
        columns[Columns.Parts + (int)VoltagePart.Concentration] = meanPotential - open;
        columns[Columns.Parts + (int)VoltagePart.CathodeKinetics] = meanDifference - meanPotential + film;
        columns[Columns.Parts + (int)VoltagePart.Film] = -film;
        columns[Columns.Parts + (int)VoltagePart.CathodeIons] = -sigma / whole * (meanDifference - difference[0] + half);
        columns[Columns.Parts + (int)VoltagePart.CathodeElectrons] = (kappa / whole * (difference[^1] - meanDifference + half)) - half;
        columns[Columns.Parts + (int)VoltagePart.Separator] = -current * series.SeparatorOhms;
        columns[Columns.Parts + (int)VoltagePart.AnodeKinetics] = -anode;
        columns[Columns.Parts + (int)VoltagePart.AnodeConstriction] = -current * series.ConstrictionOhms;
        columns[Columns.Parts + (int)VoltagePart.Collector] = -current * series.CollectorOhms;
        columns[Columns.Delivered] = current * volts;
        if (withEnergy) Powers(columns, solver, particles, current, volts, anode);
    }

    /// <summary>Decrease of free energy of the electrodes since a uniform start, J/m²: ∫U dq over the means of all particles.</summary>
    public double GivenUp(ParticleStore particles, double charge)
    {
        const int Short = 8;
        int nodes = grid.Quadrature.Length;
        double middle = cell.InitialStoichiometry + (charge / cell.ConnectedCoulombsPerSquareMetre);
        // All particles share most of the way.
        double sum = Integral(cell.InitialStoichiometry, middle, Long);
        for (int j = 0; j < _meanPotential.Length; j++)
        {
            sum += _shares[j / nodes] * grid.Quadrature[j % nodes] / grid.Nodes[^1] * Integral(middle, particles.Mean[j], Short);
        }

        return (cell.ConnectedCoulombsPerSquareMetre * sum) - (charge * cell.AnodeVolts);
    }

    // ∫U dx by Gauss-Legendre of three points in panels.
    private double Integral(double from, double to, int panels)
    {
        double width = (to - from) / panels, reach = 0.5 * Math.Sqrt(0.6) * width, sum = 0;
        int count = 3 * panels;
        for (int p = 0; p < panels; p++)
        {
            double middle = from + ((p + 0.5) * width);
            _points[3 * p] = middle - reach;
            _points[(3 * p) + 1] = middle;
            _points[(3 * p) + 2] = middle + reach;
        }

        cell.OpenCircuit.Evaluate(new ReadOnlySpan<double>(_points, 0, count), new Span<double>(_values, 0, count), new Span<double>(_valueSlopes, 0, count));
        for (int p = 0; p < panels; p++) sum += (5 * _values[3 * p]) + (8 * _values[(3 * p) + 1]) + (5 * _values[(3 * p) + 2]);
        return width / 18 * sum;
    }

    private void Powers(double[] columns, ReactionSolver solver, ParticleStore particles, double current, double volts, double anode)
    {
        cell.OpenCircuit.Evaluate(particles.Mean, _meanPotential, _slopes);
        SeriesElements series = solver.Series;
        double[] weights = grid.Quadrature, insertion = solver.Insertion, difference = solver.Difference;
        double[] potential = solver.Potential, area = solver.Area;
        double composite = 0, kinetic = 0, film = 0, diffusive = 0;
        for (int c = 0, j = 0; c < _shares.Length; c++)
        {
            for (int k = 0; k < weights.Length; k++, j++)
            {
                double reaction = area[c] * weights[k] * insertion[j], drop = cell.FilmOhmSquareMetres * insertion[j];
                composite += reaction * difference[k];
                film += reaction * drop;
                kinetic += reaction * (potential[j] - drop - difference[k]);
                diffusive += reaction * (_meanPotential[j] - potential[j]);
            }
        }

        double resistive = current * current * (series.SeparatorOhms + series.ConstrictionOhms + series.CollectorOhms);
        columns[Columns.Ohmic] = composite - (current * (volts + series.Drop(current))) + film + resistive;
        columns[Columns.Kinetic] = kinetic + (current * anode);
        columns[Columns.Diffusive] = diffusive;
    }

    private static double[] Shares(ParticleClass[] classes)
    {
        var shares = new double[classes.Length];
        double whole = 0;
        foreach (ParticleClass each in classes) whole += each.VolumeShare * (1 - each.IsolatedFraction);
        for (int c = 0; c < shares.Length; c++) shares[c] = classes[c].VolumeShare * (1 - classes[c].IsolatedFraction) / whole;
        return shares;
    }
}
