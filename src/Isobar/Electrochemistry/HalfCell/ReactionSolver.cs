namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// Finds the potential difference Δ = φ_s − φ_e and the insertion currents at one moment.
/// <para>Δ'' = −(1/κ + 1/σ)·Σ_c a_c·n_c with Δ'(0) = i/κ, Δ'(L) = −i/σ, and at each node and class
/// Δ = U(x_s) − n·ρ_f − (2RT/F)·asinh(n/(2·θ·j0(x_s))), x_s = P + B·n. Newton in n and Δ together: every node gives up its n, which leaves one scalar
/// tridiagonal system in Δ. Since the charge balance is linear, it holds to round-off after every iteration, whatever is left in the kinetics.</para>
/// <para>Sources: J. Newman, N. P. Balsara, Electrochemical Systems, 4th ed. 2021, chapter 22; E. Numerov, Mon. Not. R. Astron. Soc. 84 (1924) 592,
/// 10.1093/mnras/84.8.592 (weights).</para>
/// </summary>
internal sealed class ReactionSolver
{
    private const int MostIterations = 60;

    private readonly HalfCellParameters _cell;
    private readonly ReactionGrid _grid;
    private readonly int _nodes;
    private readonly int _classes;
    private readonly double[] _contact;
    private readonly double[] _spreadingScale;
    private readonly double[] _twoExchange;
    private readonly double[] _spreading;
    private readonly double[] _exchange;
    private readonly double[] _exchangeSlope;
    private readonly double[] _value;
    private readonly double[] _source;
    private readonly double[] _sourceSlope;
    private readonly double[] _lower;
    private readonly double[] _diagonal;
    private readonly double[] _upper;
    private readonly double[] _right;
    private readonly double[] _perCurrent;
    private readonly double _thermal;

    public ReactionSolver(HalfCellParameters cell, ReadOnlySpan<ParticleClass> classes, ReactionGrid grid)
    {
        _cell = cell;
        _grid = grid;
        _nodes = grid.Cells + 1;
        _classes = classes.Length;
        _thermal = 2 * cell.ThermalVolts;
        Area = new double[_classes];
        _contact = new double[_classes];
        _spreadingScale = new double[_classes];
        _twoExchange = new double[_classes];
        _spreading = new double[_classes];
        for (int c = 0; c < _classes; c++)
        {
            Area[c] = 3 * cell.ActiveFraction * classes[c].VolumeShare * (1 - classes[c].IsolatedFraction) / classes[c].RadiusMetres;
            _contact[c] = classes[c].ContactFraction;
            _spreadingScale[c] = cell.SpreadingInParticles
                ? classes[c].RadiusMetres / (HalfCellParameters.Faraday * cell.DiffusionSquareMetresPerSecond * cell.MaximumMolesPerCubicMetre)
                : 0;
        }

        int entries = _nodes * _classes;
        Insertion = new double[entries];
        Contact = new double[entries];
        Potential = new double[entries];
        PotentialSlope = new double[entries];
        _exchange = new double[entries];
        _exchangeSlope = new double[entries];
        _value = new double[entries];
        InverseSlope = new double[entries];
        Difference = new double[_nodes];
        _source = new double[_nodes];
        _sourceSlope = new double[_nodes];
        _lower = new double[_nodes];
        _diagonal = new double[_nodes];
        _upper = new double[_nodes];
        _right = new double[_nodes];
        _perCurrent = new double[_nodes];
    }

    /// <summary>Δ per node, V: first guess and result.</summary>
    public readonly double[] Difference;

    /// <summary>n per node and class, A/m² of particle area: first guess and result.</summary>
    public readonly double[] Insertion;

    /// <summary>Stoichiometry at the contacts of the particles, spreading included.</summary>
    public readonly double[] Contact;

    /// <summary>U at the contacts, V.</summary>
    public readonly double[] Potential;

    /// <summary>U′ at the contacts, V, at the last evaluation.</summary>
    public readonly double[] PotentialSlope;

    /// <summary>1/(∂Δ/∂n) at the last evaluation, A/(V m²), negative.</summary>
    public readonly double[] InverseSlope;

    /// <summary>Particle area per volume of each connected class, 1/m.</summary>
    public readonly double[] Area;

    public SeriesElements Series;

    public double Ionic;

    public double Electronic;

    /// <summary>Newton iterations so far.</summary>
    public int Iterations;

    /// <summary>
    /// Change of Δ, V, below which the linearised kinetics are good enough: what is left is about change²·F/(4RT), 0.1 µV at 0.1 mV.
    /// </summary>
    public double SettledVolts = 1e-7;

    /// <summary>Where the last failure was, in words of the model; empty while there is none.</summary>
    public (int Entry, double Stoichiometry) Trouble { get; private set; }

    /// <summary>Takes over a state of contact.</summary>
    public void Apply(in ContactTerms contact)
    {
        Ionic = contact.CathodeIonicSiemensPerMetre;
        Electronic = contact.CathodeElectronicSiemensPerMetre;
        Series = new SeriesElements(_cell, contact);
        for (int c = 0; c < _classes; c++)
        {
            double theta = Math.Min(1, _contact[c] * contact.CathodeContactFactor);
            _twoExchange[c] = 2 * theta * _cell.CathodeExchangeAmperesPerSquareMetre;
            _spreading[c] = _spreadingScale[c] * HalfCellParameters.SpreadingShape(theta);
        }
    }

    /// <summary>A first guess of Δ.</summary>
    public void Guess(double volts)
    {
        for (int k = 0; k < Difference.Length; k++) Difference[k] = volts;
    }

    /// <summary>A first guess where nothing is known yet: the current evenly over all particles.</summary>
    public void Spread(double current)
    {
        double area = 0;
        foreach (double each in Area) area += each;
        double even = current / (area * _grid.Nodes[^1]);
        for (int j = 0; j < Insertion.Length; j++) Insertion[j] = even;
    }

    /// <summary>Takes guesses back that would overfill or overdraw a particle.</summary>
    public void KeepInside(ParticleStore particles)
    {
        // Half of what is left between the particle without current and its limit.
        const double Share = 0.5;
        double[] known = particles.Known, response = particles.Response;
        for (int c = 0, j = 0; c < _classes; c++)
        {
            for (int k = 0; k < _nodes; k++, j++)
            {
                double gain = response[j] + _spreading[c], x = known[j] + (gain * Insertion[j]);
                if (x is > 0 and < 1) continue;
                double start = Math.Clamp(known[j], 1e-9, 1 - 1e-9);
                double target = x >= 1 ? start + (Share * (1 - start)) : Share * start;
                Insertion[j] = (target - known[j]) / gain;
            }
        }
    }

    /// <summary>Terminal voltage at a current for the present Δ, V.</summary>
    public double Volts(double current) =>
        (((Electronic * Difference[0]) + (Ionic * Difference[^1]) - (current * _grid.Nodes[^1])) / (Ionic + Electronic)) - Series.Drop(current);

    /// <summary>Solves at a current. False: no convergence; the guesses are then spoiled.</summary>
    public bool SolveCurrent(ParticleStore particles, double current)
    {
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            Iterations++;
            Linearise(particles);
            Balance(current, false);
            if (!Eliminate(false)) return false;
            double share = Damping(particles, 0, out double change);
            if (!double.IsFinite(change)) return false;
            Update(particles, share, 0);
            if (share >= 1 && change < SettledVolts) return true;
        }

        return false;
    }

    /// <summary>Solves at a terminal voltage and finds the current. False: no convergence.</summary>
    public bool SolveVoltage(ParticleStore particles, double volts, ref double current)
    {
        double whole = Ionic + Electronic;
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            Iterations++;
            Linearise(particles);
            Balance(current, true);
            if (!Eliminate(true)) break;
            // V is linear in Δ and i but for the anode.
            double atZero = Volts(current) + (((Electronic * _right[0]) + (Ionic * _right[^1])) / whole);
            double perCurrent = (((Electronic * _perCurrent[0]) + (Ionic * _perCurrent[^1]) - _grid.Nodes[^1]) / whole) - Series.Slope(current);
            double more = (volts - atZero) / perCurrent;
            double share = Damping(particles, more, out double change);
            if (!double.IsFinite(change) || !double.IsFinite(more)) break;
            Update(particles, share, more);
            current += share * more;
            if (share >= 1 && change < SettledVolts && Math.Abs(Volts(current) - volts) < 1e-9) return true;
        }

        _perCurrent.AsSpan().Clear();
        return false;
    }

    /// <summary>Evaluates U, kinetics and their slopes at the present n.</summary>
    public void Linearise(ParticleStore particles)
    {
        double[] known = particles.Known, response = particles.Response;
        for (int c = 0, j = 0; c < _classes; c++)
        {
            for (int k = 0; k < _nodes; k++, j++) Contact[j] = known[j] + ((response[j] + _spreading[c]) * Insertion[j]);
        }

        _cell.OpenCircuit.Evaluate(Contact, Potential, PotentialSlope);
        _cell.ExchangeFactor?.Evaluate(Contact, _exchange, _exchangeSlope);
        for (int c = 0; c < _classes; c++) Kinetics(c, response);
        _source.AsSpan().Clear();
        _sourceSlope.AsSpan().Clear();
        for (int c = 0, j = 0; c < _classes; c++)
        {
            double area = Area[c];
            for (int k = 0; k < _nodes; k++, j++)
            {
                double weight = area * InverseSlope[j];
                _sourceSlope[k] += weight;
                _source[k] += (area * Insertion[j]) + (weight * (Difference[k] - _value[j]));
            }
        }
    }

    // Δ(n) and the inverse of its slope for one class.
    private void Kinetics(int c, double[] response)
    {
        int from = c * _nodes;
        double film = _cell.FilmOhmSquareMetres, thermal = _thermal, twoExchange = _twoExchange[c], spreading = _spreading[c];
        bool tabulated = _cell.ExchangeFactor is not null;
        for (int j = from; j < from + _nodes; j++)
        {
            double n = Insertion[j], x = Contact[j], gain = response[j] + spreading, product = x * (1 - x);
            double exchange = tabulated ? _exchange[j] : 2 * Math.Sqrt(product);
            double logSlope = tabulated ? _exchangeSlope[j] / exchange : (0.5 - x) / product;
            exchange *= twoExchange;
            double magnitude = Math.Abs(n) / exchange, root = Math.Sqrt(1 + (magnitude * magnitude));
            // asinh of the magnitude; its absolute error is that of the logarithm, which is what a potential needs.
            double eta = Math.CopySign(thermal * Math.Log(magnitude + root), n);
            _value[j] = Potential[j] - (n * film) - eta;
            InverseSlope[j] = 1 / ((gain * PotentialSlope[j]) - film - (thermal / (exchange * root) * (1 - (n * gain * logSlope))));
        }
    }

    // The linearised charge balance: matrix and what is missing.
    private void Balance(double current, bool withCurrent)
    {
        ReactionGrid grid = _grid;
        int last = grid.Cells;
        double resistivity = (1 / Ionic) + (1 / Electronic);
        double[] inverse = grid.InverseSpacing, slope = _sourceSlope, source = _source;
        double gradient = (Difference[1] - Difference[0]) * inverse[0];
        _diagonal[0] = -inverse[0] + (resistivity * grid.First.Own * slope[0]);
        _upper[0] = inverse[0] + (resistivity * grid.First.Next * slope[1]);
        _right[0] = (current / Ionic) - gradient - (resistivity * ((grid.First.Own * source[0]) + (grid.First.Next * source[1]) + (grid.First.Second * source[2])));
        for (int k = 1; k < last; k++)
        {
            double next = (Difference[k + 1] - Difference[k]) * inverse[k];
            _lower[k] = inverse[k - 1] + (resistivity * grid.Before[k] * slope[k - 1]);
            _diagonal[k] = -inverse[k - 1] - inverse[k] + (resistivity * grid.Centre[k] * slope[k]);
            _upper[k] = inverse[k] + (resistivity * grid.After[k] * slope[k + 1]);
            _right[k] = gradient - next - (resistivity * ((grid.Before[k] * source[k - 1]) + (grid.Centre[k] * source[k]) + (grid.After[k] * source[k + 1])));
            gradient = next;
        }

        _lower[last] = inverse[last - 1] + (resistivity * grid.Last.Next * slope[last - 1]);
        _diagonal[last] = -inverse[last - 1] + (resistivity * grid.Last.Own * slope[last]);
        _right[last] = (current / Electronic) + gradient - (resistivity * ((grid.Last.Own * source[last]) + (grid.Last.Next * source[last - 1]) + (grid.Last.Second * source[last - 2])));
        if (withCurrent)
        {
            _perCurrent.AsSpan().Clear();
            _perCurrent[0] = 1 / Ionic;
            _perCurrent[last] = 1 / Electronic;
        }

        // The rows at the faces reach two nodes inwards; a multiple of their neighbour takes that entry away.
        double first = resistivity * grid.First.Second * slope[2] / _upper[1];
        _diagonal[0] -= first * _lower[1];
        _upper[0] -= first * _diagonal[1];
        _right[0] -= first * _right[1];
        double end = resistivity * grid.Last.Second * slope[last - 2] / _lower[last - 1];
        _diagonal[last] -= end * _upper[last - 1];
        _lower[last] -= end * _diagonal[last - 1];
        _right[last] -= end * _right[last - 1];
    }

    // Thomas elimination; the changes of Δ end up in the right-hand sides.
    private bool Eliminate(bool withCurrent)
    {
        int last = _grid.Cells;
        double pivot = _diagonal[0];
        for (int k = 1; k <= last; k++)
        {
            double factor = _lower[k] / pivot;
            pivot = _diagonal[k] - (factor * _upper[k - 1]);
            _diagonal[k] = pivot;
            _right[k] -= factor * _right[k - 1];
            if (withCurrent) _perCurrent[k] -= factor * _perCurrent[k - 1];
        }

        if (!(Math.Abs(pivot) > 0)) return false;
        _right[last] /= pivot;
        if (withCurrent) _perCurrent[last] /= pivot;
        for (int k = last - 1; k >= 0; k--)
        {
            double inverse = 1 / _diagonal[k];
            _right[k] = (_right[k] - (_upper[k] * _right[k + 1])) * inverse;
            if (withCurrent) _perCurrent[k] = (_perCurrent[k] - (_upper[k] * _perCurrent[k + 1])) * inverse;
        }

        return true;
    }

    // The share of the step that keeps every surface between empty and full, and the largest change of Δ or of the kinetics that it asks for.
    private double Damping(ParticleStore particles, double more, out double change)
    {
        // A surface may go nine tenths of the way to its limit in one iteration.
        const double Reach = 0.9;
        double share = 1;
        change = 0;
        double[] response = particles.Response;
        for (int c = 0, j = 0; c < _classes; c++)
        {
            for (int k = 0; k < _nodes; k++, j++)
            {
                double delta = _right[k] + (more * _perCurrent[k]);
                double n = (Difference[k] + delta - _value[j]) * InverseSlope[j];
                double x = Contact[j], moved = (response[j] + _spreading[c]) * n;
                double room = moved > 0 ? 1 - x : x;
                if (share * Math.Abs(moved) > Reach * room)
                {
                    share = Reach * room / Math.Abs(moved);
                    Trouble = (j, x);
                }

                // What the linearisation of asinh and of U spans.
                double span = Math.Max(Math.Abs(delta), Math.Abs(moved * PotentialSlope[j]));
                // A NaN must not get lost in a comparison.
                change = span <= change ? change : span;
            }
        }

        return share;
    }

    private void Update(ParticleStore particles, double share, double more)
    {
        double[] response = particles.Response;
        for (int c = 0, j = 0; c < _classes; c++)
        {
            for (int k = 0; k < _nodes; k++, j++)
            {
                double change = share * (Difference[k] + _right[k] + (more * _perCurrent[k]) - _value[j]) * InverseSlope[j];
                double moved = (response[j] + _spreading[c]) * change;
                Insertion[j] += change;
                Contact[j] += moved;
                Potential[j] += moved * PotentialSlope[j];
            }
        }

        for (int k = 0; k < _nodes; k++) Difference[k] += share * (_right[k] + (more * _perCurrent[k]));
    }
}
