namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// Takes one cell through a schedule. Each time step is one solution of <see cref="ReactionSolver"/>; its length follows from how far the potentials
/// miss the parabola through the last points, and how far the insertion currents bend within the step. Where a step crosses an end of the cycler
/// step, its length is found by bracketing. Nothing is allocated once the engine stands, but for the ends of cycler steps.
/// </summary>
internal sealed class RunEngine
{
    // A step is refused where its error passes the tolerance by this factor; a little more than asked for is cheaper to keep.
    private const double Refuse = 2;

    private const double ShortestSeconds = 1e-10;
    private const double ShortestFirstSeconds = 1e-15;
    private const double LongestFirstSeconds = 1;

    // Rounding leaves some 1e-14 of the host's capacity; anything larger is a fault of the program.
    private const double LithiumTolerance = 1e-10;

    private readonly HalfCellParameters _cell;
    private readonly HalfCellOptions _options;
    private readonly IContactFeedback? _feedback;
    private readonly RunTrace _trace;
    private readonly ReactionGrid _grid;
    private readonly ReactionSolver _solver;
    private readonly ParticleStore _particles;
    private readonly PointColumns _points;
    private readonly StepHistory _history;
    private readonly double[] _predicted;
    private readonly double[] _predictedInsertion;
    private readonly double[] _middle;
    private readonly double _capacity;
    private BiasedImpedance? _impedance;
    private ContactTerms _contact;
    private double _time;
    private double _stepStart;
    private double _elapsed;
    private double _charge;
    private double _current;
    private double _trialSeconds;
    private double _trialCurrent;
    private double _trialCharge;
    private double _marginBefore;
    private double _carried = 1;
    private double _stiffness;
    private double _endWeight;
    private double _worstLithium;
    private int _steps;
    private int _refused;

    public RunEngine(HalfCellParameters cell, HalfCellOptions options, double largestCurrent, double highestHertz, IContactFeedback? feedback, RunRecorder recorder, EigenmodeParticles? reusable)
    {
        _cell = cell;
        _options = options;
        _feedback = feedback;
        ParticleClass[] classes = cell.ClassArray();
        _capacity = cell.ConnectedCoulombsPerSquareMetre;
        _grid = GridChoice.For(cell, classes, largestCurrent, highestHertz, options.Cells);
        int nodes = _grid.Cells + 1, entries = classes.Length * nodes;
        _solver = new ReactionSolver(cell, classes, _grid);
        _particles = ParticleChoice.For(cell, options, classes, _solver.Area, nodes, largestCurrent, reusable);
        _points = new PointColumns(cell, classes, _grid, options.EnergyBalance);
        _history = new StepHistory(entries, nodes);
        _trace = new RunTrace(recorder, _history, options.VoltageToleranceVolts, _capacity);
        _predicted = new double[nodes];
        _predictedInsertion = new double[entries];
        _middle = new double[entries];
        _particles.Reset(cell.InitialStoichiometry);
        _solver.Guess(cell.OpenCircuit.At(cell.InitialStoichiometry));
        _contact = ContactTerms.Of(cell, 0);
        _solver.Apply(_contact);
    }

    /// <summary>Work space that a later run of the same solver may take over.</summary>
    public EigenmodeParticles? Reusable => _particles as EigenmodeParticles;

    public RunEffort Effort => new(_grid.Cells, _steps, _refused, _solver.Iterations, _worstLithium);

    public EnergyBalance? Energy => _options.EnergyBalance ? _trace.Energy(_points.GivenUp(_particles, _charge)) : null;

    /// <summary>Runs all steps. A step that finds the electrode exhausted or out of range ends the run.</summary>
    public void Run(CyclerSchedule schedule, RunRecorder recorder)
    {
        foreach (CyclerStep step in schedule.Steps)
        {
            int start = recorder.Count;
            double charge = _charge, delivered = _trace.Delivered;
            EndReason reason = Run(StepRule.Of(step, _cell));
            recorder.Add(new CyclerStepResult(
                step,
                _cell,
                start,
                recorder.Count - start,
                reason,
                End(recorder, reason),
                _charge - charge,
                _trace.Delivered - delivered));
            if (reason is EndReason.OpenCircuitRange or EndReason.SurfaceExhausted) return;
        }
    }

    private StepEnd End(RunRecorder recorder, EndReason reason)
    {
        var end = new StepEnd(recorder.Last(Columns.Volts), _current, _time, recorder.Last(Columns.SurfaceAtSeparator), recorder.Last(Columns.SurfaceAtCollector));
        return reason == EndReason.CurrentNotCarried ? WithLoss(end, recorder) : end;
    }

    private StepEnd WithLoss(in StepEnd end, RunRecorder recorder)
    {
        VoltagePart largest = VoltagePart.Concentration;
        double loss = 0;
        for (VoltagePart part = VoltagePart.Concentration; part <= VoltagePart.Collector; part++)
        {
            double volts = -Math.Sign(_current) * recorder.Last(Columns.Parts + (int)part);
            if (volts > loss) (largest, loss) = (part, volts);
        }

        return end with { WorstMetres = _grid.Nodes[_solver.TroubleEntry % _grid.Nodes.Length], LargestPart = largest, LargestVolts = loss };
    }

    /// <summary>Impedance about the present state, at the current that flows now.</summary>
    public ImpedanceSplit ImpedanceNow(double hertz)
    {
        _impedance ??= new BiasedImpedance(_cell, _cell.ClassArray(), _grid);
        return _impedance.At(_solver, _particles, _contact, _current, hertz);
    }

    /// <summary>One cycler step.</summary>
    public EndReason Run(in StepRule rule)
    {
        Jump(rule);
        if (_carried < 1) return EndReason.CurrentNotCarried;
        if (rule.EndsAtStart(_solver.Volts(_current), _current, out EndReason early)) return early;
        if (Margin(rule, out EndReason beyond) < 0) return beyond;
        double first = FirstSeconds(), next = first;
        for (int taken = 0; taken < _options.MostSteps; taken++)
        {
            double left = rule.Seconds - _elapsed, seconds = Math.Min(next, left);
            // Two equal steps rather than a long one and a sliver.
            if (seconds < left && seconds > 0.5 * left) seconds = 0.5 * left;
            bool last = seconds >= left;
            if (!Try(rule, seconds))
            {
                _refused++;
                next = 0.25 * seconds;
                if (next < ShortestSeconds) return Exhausted();
                continue;
            }

            double error = Error(rule.HoldsVoltage);
            if (error > Refuse && seconds > first)
            {
                _refused++;
                next = seconds * Math.Max(0.2, 0.9 / Math.Cbrt(error));
                continue;
            }

            double margin = Margin(rule, out EndReason crossed);
            if (margin < 0)
            {
                crossed = Find(rule, seconds, margin, crossed);
                Commit(rule);
                return crossed;
            }

            Commit(rule);
            if (last) return EndReason.Time;
            next = seconds * Math.Clamp(0.9 / Math.Cbrt(error), 0.2, _particles.LargestGrowth);
            // A current that is linear over the step rings where a particle fills faster than half a step; the end of the step then counts for more.
            double ring = _stiffness * next;
            _endWeight = ring > 1 ? 1 - (1 / ring) : 0;
        }

        throw RunFaults.TooManySteps(_options.MostSteps, _time, _solver.Volts(_current));
    }

    // The first moment of a cycler step: the current jumps, the particles have not moved yet. The currents before the jump are kept aside.
    private void Jump(in StepRule rule)
    {
        bool fresh = _steps == 0 && _history.Count == 0;
        _stepStart = _time;
        _elapsed = 0;
        _history.Clear();
        _endWeight = 0;
        _particles.Jump();
        _solver.Insertion.CopyTo(_middle, 0);
        if (!rule.HoldsVoltage) _current = rule.Current;
        if (fresh) _solver.Spread(_current);
        Follow(_time, _charge, _current);
        // There is no good guess yet, and what is left now would stay for the whole step.
        _solver.SettledVolts = 1e-7;
        _solver.KeepInside(_particles);
        bool solved = rule.HoldsVoltage ? _solver.SolveVoltage(_particles, rule.Volts, ref _current) : _solver.SolveCurrent(_particles, _current);
        _carried = solved ? 1 : Approach(rule);
        if (_carried < 1 && rule.HoldsVoltage) throw NotConverged("at the first moment of the step");
        _solver.SettledVolts = Math.Min(2e-4, _options.VoltageToleranceVolts);
        _particles.StartFrom(_solver.Insertion);
        if (_feedback is not null) Settle(_feedback);
        Push(0);
        _trace.Start();
        _trialCurrent = _current;
        _marginBefore = Margin(rule, out _);
    }

    // Where no solution is found from the last state at once: from rest, in steps, to the current or the voltage. The share of the way that can be gone.
    private double Approach(in StepRule rule)
    {
        const double Shortest = 1e-3;
        _solver.Rest(_particles);
        _current = 0;
        if (!_solver.SolveCurrent(_particles, 0)) throw NotConverged("at the first moment, without any current");
        double start = _solver.Volts(0), reached = 0, stride = 1;
        while (reached < 1 && stride > Shortest)
        {
            _solver.Difference.CopyTo(_predicted, 0);
            _solver.Insertion.CopyTo(_predictedInsertion, 0);
            double next = Math.Min(1, reached + stride), current = rule.HoldsVoltage ? _current : next * rule.Current;
            if (rule.HoldsVoltage ? _solver.SolveVoltage(_particles, start + (next * (rule.Volts - start)), ref current) : _solver.SolveCurrent(_particles, current))
            {
                reached = next;
                _current = current;
                continue;
            }

            _predicted.CopyTo(_solver.Difference, 0);
            _predictedInsertion.CopyTo(_solver.Insertion, 0);
            stride *= 0.5;
        }

        // What is shown of this moment belongs to the current that is carried.
        if (reached < 1 && !_solver.SolveCurrent(_particles, _current)) throw NotConverged("at the largest current that is carried");
        return reached;
    }

    // The first step after a jump is so short that the surfaces move by twice the tolerance: Δx = (2Δn/(F·c_max))·√(t/(πD)).
    private double FirstSeconds()
    {
        double flux = 0, steepest = 0;
        double[] slope = _solver.PotentialSlope;
        for (int j = 0; j < slope.Length; j++)
        {
            flux = Math.Max(flux, Math.Abs(_solver.Insertion[j] - _middle[j]));
            steepest = Math.Max(steepest, Math.Abs(slope[j]));
        }

        double surface = HalfCellParameters.Faraday * _cell.MaximumMolesPerCubicMetre * 2 * _options.VoltageToleranceVolts / (2 * flux * steepest);
        double seconds = Math.PI * _cell.DiffusionSquareMetresPerSecond * surface * surface;
        // Without a jump or a slope there is nothing to resolve.
        return seconds < LongestFirstSeconds ? Math.Max(seconds, ShortestFirstSeconds) : LongestFirstSeconds;
    }

    private bool Try(in StepRule rule, double seconds)
    {
        double root = Math.Sqrt(_elapsed + seconds);
        _particles.Begin(seconds, _endWeight);
        _history.Predict(root, _solver.Insertion, _solver.Difference);
        _solver.Difference.CopyTo(_predicted, 0);
        _solver.Insertion.CopyTo(_predictedInsertion, 0);
        _solver.KeepInside(_particles);
        _trialSeconds = seconds;
        _trialCurrent = rule.HoldsVoltage ? _history.Interpolate(root, Columns.Current) : rule.Current;
        Follow(_time + seconds, _charge + _particles.Charge(_current, _trialCurrent), _trialCurrent);
        bool solved = rule.HoldsVoltage
            ? _solver.SolveVoltage(_particles, rule.Volts, ref _trialCurrent)
            : _solver.SolveCurrent(_particles, _trialCurrent);
        _trialCharge = _particles.Charge(_current, _trialCurrent);
        return solved;
    }

    // Error of the step over the tolerance.
    private double Error(bool holdsVoltage)
    {
        if (_history.Count < 2) return 1;
        double worst = 0, bend = 0;
        double[] difference = _solver.Difference;
        for (int k = 0; k < _predicted.Length; k++) worst = Math.Max(worst, Math.Abs(difference[k] - _predicted[k]));
        double[] before = _history.Newest.Insertion, after = _solver.Insertion;
        double[] slope = _solver.PotentialSlope, inverse = _solver.InverseSlope;
        if (holdsVoltage)
        {
            // The potentials stand still; what the currents miss is counted at the resistance of the particles.
            for (int j = 0; j < after.Length; j++) worst = Math.Max(worst, Math.Abs((after[j] - _predictedInsertion[j]) / inverse[j]));
        }

        _history.Through(Math.Sqrt(_elapsed + _trialSeconds), after, Math.Sqrt(_elapsed + (0.5 * _trialSeconds)), _middle);
        for (int j = 0; j < after.Length; j++)
        {
            double bow = Math.Abs(_middle[j] - (0.5 * (before[j] + after[j]))) * _particles.Response[j];
            // An error of the first order, and of one sign while a front of reaction moves; it counts for more.
            double late = 10 * _endWeight * Math.Abs(after[j] - before[j]) * _particles.MeanResponse[j];
            bend = Math.Max(bend, Math.Abs(slope[j]) * (bow + late));
        }

        // At a held voltage what the currents miss is missing charge, which adds up; at a held current it moves between particles and is made good.
        return Math.Max(worst, (holdsVoltage ? 20 : 2) * bend) / _options.VoltageToleranceVolts;
    }

    // How far the state is from the nearest end of the cycler step, V or as a share, negative beyond it.
    private double Margin(in StepRule rule, out EndReason nearest)
    {
        double margin = rule.Margin(_solver.Volts(rule.HoldsVoltage ? _trialCurrent : rule.Current), _trialCurrent, out nearest);
        double lowest = 1, highest = 0;
        foreach (double x in _solver.Contact)
        {
            lowest = Math.Min(lowest, x);
            highest = Math.Max(highest, x);
        }

        double inside = Math.Min(_cell.OpenCircuit.Highest - highest, lowest - _cell.OpenCircuit.Lowest);
        // Rounding at an x0 on the very edge is not a crossing.
        if (inside < -1e-12 && inside < margin)
        {
            nearest = EndReason.OpenCircuitRange;
            margin = inside;
        }

        double room = Math.Min(1 - HalfCellChecks.Edge - highest, lowest - HalfCellChecks.Edge);
        if (room >= margin) return margin;
        nearest = EndReason.SurfaceExhausted;
        return room;
    }

    // The length of the step that ends just at the crossing, by the Illinois variant of false position.
    private EndReason Find(in StepRule rule, double seconds, double marginAfter, EndReason crossed)
    {
        double low = 0, high = seconds, below = _marginBefore, above = marginAfter;
        for (int i = 0; i < 60; i++)
        {
            double at = ((low * above) - (high * below)) / (above - below);
            // Never so close to an end that the bracket stops shrinking.
            at = Math.Clamp(at, low + (1e-3 * (high - low)), high - (1e-3 * (high - low)));
            if (!Try(rule, at)) throw NotConverged("where the step ends");
            double margin = Margin(rule, out EndReason reason);
            if (margin < 0) crossed = reason;
            if (Math.Abs(margin) < 1e-10 || high - low < 1e-9) return crossed;
            if (margin < 0)
            {
                high = at;
                above = margin;
                below *= 0.5;
            }
            else
            {
                low = at;
                below = margin;
                above *= 0.5;
            }
        }

        return crossed;
    }

    private void Commit(in StepRule rule)
    {
        _particles.Commit(_solver.Insertion);
        // Kept apart from the time of the whole run, in which the first instants of a late step would drown.
        _elapsed += _trialSeconds;
        _time = _stepStart + _elapsed;
        _charge += _trialCharge;
        _current = _trialCurrent;
        _steps++;
        if (_feedback is not null) Settle(_feedback);
        Push(Math.Sqrt(_elapsed));
        _trace.Extend(_stepStart, rule.HoldsVoltage);
        _marginBefore = Margin(rule, out _);
        CheckLithium();
        NoteStiffness();
    }

    private void Push(double root)
    {
        StepHistory.Point point = _history.Push(root);
        _solver.Insertion.CopyTo(point.Insertion, 0);
        _solver.Difference.CopyTo(point.Difference, 0);
        _points.Fill(point.Columns, _solver, _particles, _time, _current, _charge, _contact.StackPressurePa);
    }

    private void CheckLithium()
    {
        double expected = _cell.InitialStoichiometry + (_charge / _capacity);
        double residual = Math.Abs(_history.Newest.Columns[Columns.Mean] - expected);
        _worstLithium = Math.Max(_worstLithium, residual);
        if (!(residual < LithiumTolerance)) throw RunFaults.Unbalanced(_history.Newest.Columns[Columns.Mean], expected, _time);
    }

    private void NoteStiffness()
    {
        double stiffest = 0;
        double[] slope = _solver.PotentialSlope, inverse = _solver.InverseSlope;
        for (int j = 0; j < slope.Length; j++)
        {
            double fill = Math.Abs(slope[j]) * _particles.MeanResponse[j] / ((1 + _endWeight) * _trialSeconds);
            double resistance = Math.Abs(1 / inverse[j]) - (Math.Abs(slope[j]) * _particles.Response[j]);
            stiffest = Math.Max(stiffest, fill / Math.Max(resistance, 1e-12));
        }

        _stiffness = stiffest;
    }

    private BreathingState State(double seconds, double charge, double current) =>
        new(seconds, _cell.InitialStoichiometry + (charge / _capacity), charge, current);

    private void Follow(double seconds, double charge, double current)
    {
        if (_feedback is not null) Follow(_feedback, seconds, charge, current);
    }

    private void Follow(IContactFeedback feedback, double seconds, double charge, double current)
    {
        _contact = feedback.At(State(seconds, charge, current));
        _solver.Apply(_contact);
    }

    private void Settle(IContactFeedback feedback) => feedback.Commit(State(_time, _charge, _current));

    private EndReason Exhausted()
    {
        return _solver.TroubleStoichiometry is < 0.05 or > 0.95 && _steps > 0 ? EndReason.SurfaceExhausted : throw NotConverged("however short the time step");
    }

    private HalfCellException NotConverged(string where)
    {
        return RunFaults.NotConverged(_time, _current, where, _grid.Nodes[_solver.TroubleEntry % _grid.Nodes.Length], _solver.TroubleStoichiometry);
    }
}
