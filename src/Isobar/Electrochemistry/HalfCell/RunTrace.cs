namespace Isobar.Electrochemistry.HalfCell;

/// <summary>Follows the newest points of a run: writes them down, closely enough for straight lines between them, and sums up energies.</summary>
internal sealed class RunTrace(RunRecorder recorder, StepHistory history, double voltageTolerance, double capacity)
{
    // Between points a straight line may miss the course by this share of the tolerance.
    private const double LineShare = 0.2;
    private const int MostPieces = 64;

    // 1/√3, the points of the two-point Gauss rule.
    private const double GaussPoint = 0.577350269189625764509;

    private readonly double[] _columns = new double[Columns.Count];
    private double _ohmic;
    private double _kinetic;
    private double _diffusive;

    /// <summary>Electrical energy delivered so far, J/m².</summary>
    public double Delivered { get; private set; }

    public EnergyBalance Energy(double givenUp) => new(Delivered, givenUp, _ohmic, _kinetic, _diffusive);

    /// <summary>The first point of a cycler step.</summary>
    public void Start() => recorder.Add(history.Newest.Columns);

    /// <summary>The newest point and as many before it as a straight line needs.</summary>
    public void Extend(double stepStart, bool holdsVoltage)
    {
        double[] before = history.Before.Columns, after = history.Newest.Columns;
        double from = history.Before.Root, to = history.Newest.Root;
        double middle = Math.Sqrt(0.5 * ((from * from) + (to * to)));
        double miss = Math.Abs(history.Interpolate(middle, Columns.Volts) - (0.5 * (before[Columns.Volts] + after[Columns.Volts])));
        int pieces = (int)Math.Clamp(Math.Ceiling(Math.Sqrt(miss / (LineShare * voltageTolerance))), 1, MostPieces);
        for (int p = 1; p < pieces; p++)
        {
            double root = from + ((double)p / pieces * (to - from));
            history.Interpolate(root, _columns);
            _columns[Columns.Time] = stepStart + (root * root);
            _columns[Columns.Charge] = before[Columns.Charge]
                + (0.5 * (before[Columns.Current] + _columns[Columns.Current]) * ((root * root) - (from * from)));
            _columns[Columns.Mean] = before[Columns.Mean] + ((_columns[Columns.Charge] - before[Columns.Charge]) / capacity);
            recorder.Add(_columns);
        }

        recorder.Add(after);
        // dt = 2·s·ds makes the integrand a cubic, for which two points are exact.
        double centre = 0.5 * (from + to), reach = 0.5 * (to - from);
        double earlier = Delivered;
        Sum(centre - (GaussPoint * reach), reach);
        Sum(centre + (GaussPoint * reach), reach);
        // At a held voltage the charge says it to the last digit.
        if (holdsVoltage) Delivered = earlier + (after[Columns.Volts] * (after[Columns.Charge] - before[Columns.Charge]));
    }

    private void Sum(double root, double reach)
    {
        double weight = 2 * root * reach;
        Delivered += weight * history.Interpolate(root, Columns.Delivered);
        _ohmic += weight * history.Interpolate(root, Columns.Ohmic);
        _kinetic += weight * history.Interpolate(root, Columns.Kinetic);
        _diffusive += weight * history.Interpolate(root, Columns.Diffusive);
    }
}
