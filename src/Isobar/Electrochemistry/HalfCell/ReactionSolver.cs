using System.Numerics;
using Isobar.Numerics;

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

    // A current that would lose more than this share of itself, or turn round, is changed along its overvoltage.
    private const double Reversal = 0.9;

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
    private readonly double[] _change;
    private readonly ChargeBalance _balance;
    private readonly double _thermal;
    private double _dropCurrent;
    private double _drop;
    private bool _reverses;

    public ReactionSolver(HalfCellParameters cell, ParticleClass[] classes, ReactionGrid grid)
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
        _change = new double[entries];
        _balance = new ChargeBalance(grid);
        InverseSlope = new double[entries];
        Difference = new double[_nodes];
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

    /// <summary>Entry at which the last failure was.</summary>
    public int TroubleEntry;

    /// <summary>Stoichiometry there; 0 while there was none.</summary>
    public double TroubleStoichiometry;

    /// <summary>Takes over a state of contact.</summary>
    public void Apply(in ContactTerms contact)
    {
        Ionic = contact.CathodeIonicSiemensPerMetre;
        Electronic = contact.CathodeElectronicSiemensPerMetre;
        Series = new SeriesElements(_cell, contact);
        _dropCurrent = double.NaN;
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

    /// <summary>A first guess from which every current can be reached in steps: none flows, and Δ is the mean open-circuit potential of the surfaces.</summary>
    public void Rest(ParticleStore particles)
    {
        Array.Clear(Insertion);
        _cell.OpenCircuit.Evaluate(particles.Known, Potential, PotentialSlope);
        double sum = 0;
        foreach (double each in Potential) sum += each;
        Guess(sum / Potential.Length);
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
        (((Electronic * Difference[0]) + (Ionic * Difference[^1]) - (current * _grid.Nodes[^1])) / (Ionic + Electronic)) - Drop(current);

    // The anode's inverse sine is asked for several times at one current.
    private double Drop(double current)
    {
        if (!current.Equals(_dropCurrent)) (_dropCurrent, _drop) = (current, Series.Drop(current));
        return _drop;
    }

    /// <summary>Solves at a current. False: no convergence; the guesses are then spoiled.</summary>
    public bool SolveCurrent(ParticleStore particles, double current)
    {
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            Iterations++;
            Linearise(particles);
            if (!_balance.Solve(Difference, Ionic, Electronic, current, false)) return false;
            double share = Damping(particles, 0, out double change);
            if (!double.IsFinite(change)) return false;
            Update(particles, share, 0);
            if (share >= 1 && change < SettledVolts && !_reverses) return true;
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
            if (!_balance.Solve(Difference, Ionic, Electronic, current, true)) break;
            // V is linear in Δ and i but for the anode.
            double atZero = Volts(current) + (((Electronic * _balance.Change[0]) + (Ionic * _balance.Change[^1])) / whole);
            double perCurrent = (((Electronic * _balance.PerCurrent[0]) + (Ionic * _balance.PerCurrent[^1]) - _grid.Nodes[^1]) / whole) - Series.Slope(current);
            double more = (volts - atZero) / perCurrent;
            double share = Damping(particles, more, out double change);
            if (!double.IsFinite(change) || !double.IsFinite(more)) break;
            Update(particles, share, more);
            current += share * more;
            if (share >= 1 && change < SettledVolts && !_reverses && Math.Abs(Volts(current) - volts) < 1e-9) return true;
        }

        Array.Clear(_balance.PerCurrent);
        return false;
    }

    /// <summary>Evaluates U, kinetics and their slopes at the present n.</summary>
    public void Linearise(ParticleStore particles)
    {
        int width = Vector<double>.Count;
        double[] known = particles.Known, response = particles.Response;
        for (int c = 0; c < _classes; c++)
        {
            Vector<double> spreading = new(_spreading[c]);
            for (int k = 0; k < _nodes; k += width)
            {
                // The last vector overlaps the one before it.
                int j = (c * _nodes) + Math.Min(k, _nodes - width);
                (Vector.LoadUnsafe(ref known[j]) + ((Vector.LoadUnsafe(ref response[j]) + spreading) * Vector.LoadUnsafe(ref Insertion[j]))).StoreUnsafe(ref Contact[j]);
            }
        }

        _cell.OpenCircuit.Evaluate(Contact, Potential, PotentialSlope);
        _cell.ExchangeFactor?.Evaluate(Contact, _exchange, _exchangeSlope);
        for (int k = 0; k < _nodes; k += width)
        {
            int node = Math.Min(k, _nodes - width);
            Vector<double> source = default, slope = default, difference = Vector.LoadUnsafe(ref Difference[node]);
            for (int c = 0; c < _classes; c++)
            {
                int j = (c * _nodes) + node;
                Kinetics(c, j, response);
                Vector<double> area = new(Area[c]), weight = area * Vector.LoadUnsafe(ref InverseSlope[j]);
                slope += weight;
                source += (area * Vector.LoadUnsafe(ref Insertion[j])) + (weight * (difference - Vector.LoadUnsafe(ref _value[j])));
            }

            source.StoreUnsafe(ref _balance.Source[node]);
            slope.StoreUnsafe(ref _balance.SourceSlope[node]);
        }
    }

    // Δ(n) and the inverse of its slope at a vector of nodes of one class.
    private void Kinetics(int c, int j, double[] response)
    {
        Vector<double> one = Vector<double>.One, film = new(_cell.FilmOhmSquareMetres), thermal = new(_thermal);
        Vector<double> n = Vector.LoadUnsafe(ref Insertion[j]), x = Vector.LoadUnsafe(ref Contact[j]), gain = Vector.LoadUnsafe(ref response[j]) + new Vector<double>(_spreading[c]);
        Vector<double> exchange, logSlope;
        if (_cell.ExchangeFactor is null)
        {
            Vector<double> product = x * (one - x);
            exchange = 2 * Vector.SquareRoot(product);
            logSlope = (new Vector<double>(0.5) - x) / product;
        }
        else
        {
            exchange = Vector.LoadUnsafe(ref _exchange[j]);
            logSlope = Vector.LoadUnsafe(ref _exchangeSlope[j]) / exchange;
        }

        exchange *= new Vector<double>(_twoExchange[c]);
        Vector<double> magnitude = Vector.Abs(n) / exchange, root = Vector.SquareRoot(one + (magnitude * magnitude));
        // asinh of the magnitude; its absolute error is that of the logarithm, which is what a potential needs.
        Vector<double> overvolts = thermal * Lanes.Log(magnitude + root);
        overvolts = Vector.ConditionalSelect(Vector.LessThan(n, Vector<double>.Zero), -overvolts, overvolts);
        (Vector.LoadUnsafe(ref Potential[j]) - (n * film) - overvolts).StoreUnsafe(ref _value[j]);
        (one / ((gain * Vector.LoadUnsafe(ref PotentialSlope[j])) - film - (thermal / (exchange * root) * (one - (n * gain * logSlope))))).StoreUnsafe(ref InverseSlope[j]);
    }

    // The changes of n, the share of them that keeps every surface between empty and full, and the largest change of Δ or of the kinetics that they ask for.
    private double Damping(ParticleStore particles, double more, out double change)
    {
        // A surface may go nine tenths of the way to its limit in one iteration.
        const double Reach = 0.9;
        double[] response = particles.Response, right = _balance.Change, perCurrent = _balance.PerCurrent;
        double film = _cell.FilmOhmSquareMetres, reach = 0;
        change = 0;
        _reverses = false;
        for (int c = 0, j = 0; c < _classes; c++)
        {
            double spreading = _spreading[c];
            for (int k = 0; k < _nodes; k++, j++)
            {
                double delta = right[k] + (more * perCurrent[k]), value = _value[j], before = Insertion[j];
                double n = (Difference[k] + delta - value) * InverseSlope[j], x = Contact[j], moved = (response[j] + spreading) * n;
                reach = Math.Max(reach, moved > 0 ? moved / (1 - x) : -moved / x);
                // What the linearisation of asinh and of U spans. Math.Max hands a NaN on.
                change = Math.Max(change, Math.Max(Math.Abs(delta), Math.Abs(moved * PotentialSlope[j])));
                if (n * before < -Reversal * before * before) _reverses |= Math.Abs(Potential[j] - (film * before) - value) > _thermal;
                _change[j] = n;
            }
        }

        if (reach <= Reach) return 1;
        Locate(response, reach);
        return Reach / reach;
    }

    private void Locate(double[] response, double reach)
    {
        for (int j = 0; j < _change.Length; j++)
        {
            double moved = (response[j] + _spreading[j / _nodes]) * _change[j], room = moved > 0 ? 1 - Contact[j] : Contact[j];
            if (Math.Abs(moved) / room < reach) continue;
            TroubleEntry = j;
            TroubleStoichiometry = Contact[j];
        }
    }

    private void Update(ParticleStore particles, double share, double more)
    {
        double[] response = particles.Response, slope = PotentialSlope, change = _change, right = _balance.Change, perCurrent = _balance.PerCurrent;
        if (_reverses) Soften();
        for (int c = 0, j = 0; c < _classes; c++)
        {
            double spreading = _spreading[c];
            for (int k = 0; k < _nodes; k++, j++)
            {
                double n = share * change[j], moved = (response[j] + spreading) * n;
                Insertion[j] += n;
                Contact[j] += moved;
                Potential[j] += moved * slope[j];
            }
        }

        for (int k = 0; k < _nodes; k++) Difference[k] += share * (right[k] + (more * perCurrent[k]));
    }

    // asinh is flat far from zero, and its tangent there leads far beyond zero. Such a current changes as its overvoltage would along the same tangent.
    private void Soften()
    {
        for (int j = 0; j < _change.Length; j++)
        {
            double n = Insertion[j], y = Math.Abs(Potential[j] - (n * _cell.FilmOhmSquareMetres) - _value[j]) / _thermal;
            if (y <= 1 || _change[j] * n >= -Reversal * n * n) continue;
            double along = _change[j] / n * Math.Tanh(y);
            // Far out the sines are exponentials, and would overflow.
            double share = y > 300 ? Math.Exp(along) : Math.Sinh(y + along) / Math.Sinh(y);
            _change[j] = n * (Math.Max(share, -1) - 1);
        }
    }
}
