using System.Numerics;
using System.Runtime.CompilerServices;
using Isobar.Numerics;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// Spherical particles of constant D as eigenmodes, stepped exactly for a current that is linear over the step.
/// <para>y_k(t+h) = E·y_k + 2·(a·g_0 + b·g_1) with z = λ_k²·D·h/R_p², E = e^−z, a = ((1−E)/z − E)/λ_k², b = (1 − (1−E)/z)/λ_k². Modes that have
/// forgotten the beginning of the step (E below round-off) follow g at once; their sum is known in closed form, so that long steps carry few modes
/// and short ones, after a jump of the current, all of them.</para>
/// </summary>
internal sealed class EigenmodeParticles : ParticleStore
{
    // e^−36 is below round-off of a stoichiometry.
    private const double Forgotten = 36;

    // Below this z the slope term of the tail is not yet an expansion.
    private const double SettledTail = 4;

    // What the surface may miss of its open-circuit voltage in the first instants of a current, for want of modes, V.
    private const double FirstInstantVolts = 2e-4;

    private readonly int _nodes;
    private readonly int _stride;
    private readonly int _modes;
    private readonly ClassModes[] _classes;
    private double _seconds;
    private double _endWeight;

    public EigenmodeParticles(int classes, int nodes, int modes)
        : base(classes * nodes)
    {
        _nodes = nodes;
        // Rows are padded to whole vectors of the widest kind.
        _stride = (nodes + 7) & ~7;
        _modes = Math.Min(modes, SphereModes.Count);
        _classes = new ClassModes[classes];
        for (int c = 0; c < classes; c++) _classes[c] = new ClassModes(_stride, _modes);
    }

    /// <summary>
    /// As many modes as the first instants of the largest current need: what M modes leave out moves the surface by 2/(π²·M) of n·R_p/(F·D·c_max).
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <param name="radius">Radius of the largest particles, m.</param>
    /// <param name="insertion">Insertion current at the largest current, evenly over all particles, A/m².</param>
    /// <param name="slope">U′ at the start, V.</param>
    /// <param name="fewest">At least so many.</param>
    public static int ModesFor(HalfCellParameters cell, double radius, double insertion, double slope, int fewest)
    {
        double flux = insertion * radius / (HalfCellParameters.Faraday * cell.DiffusionSquareMetresPerSecond * cell.MaximumMolesPerCubicMetre);
        double needed = 2 / (Math.PI * Math.PI) * flux * Math.Abs(slope) / FirstInstantVolts;
        return (int)Math.Clamp(needed, fewest, SphereModes.Count);
    }

    /// <summary>True if the work space is of the right size, so that it can be taken over for another cell.</summary>
    public bool Fits(int classes, int nodes, int modes) => classes == _classes.Length && nodes == _nodes && Math.Min(modes, SphereModes.Count) == _modes;

    /// <summary>Takes over the particles of a cell; the state is set by <see cref="Reset"/>.</summary>
    public void Become(ParticleClass[] classes, double diffusion, double maximumMoles)
    {
        for (int c = 0; c < classes.Length; c++) _classes[c].Become(classes[c].RadiusMetres, diffusion, maximumMoles);
    }

    public override double LargestGrowth => 3;

    public override void Reset(double stoichiometry)
    {
        for (int j = 0; j < Mean.Length; j++) Mean[j] = Surface[j] = stoichiometry;
        foreach (ClassModes each in _classes) each.Reset();
    }

    public override void Jump()
    {
        Surface.CopyTo(Known, 0);
        Array.Clear(Response);
        Array.Clear(MeanResponse);
        foreach (ClassModes each in _classes) each.Populate(_modes);
    }

    public override void StartFrom(double[] insertion)
    {
        for (int c = 0; c < _classes.Length; c++) _classes[c].StartFrom(insertion, c * _nodes, _nodes);
    }

    public override void Begin(double seconds, double endWeight)
    {
        _seconds = seconds;
        _endWeight = endWeight;
        for (int c = 0; c < _classes.Length; c++) _classes[c].Begin(this, seconds, endWeight, c * _nodes, _nodes);
    }

    public override double Charge(double currentBefore, double currentAfter) =>
        0.5 * _seconds * (((1 - _endWeight) * currentBefore) + ((1 + _endWeight) * currentAfter));

    public override void Commit(double[] insertion)
    {
        for (int j = 0; j < Surface.Length; j++) Surface[j] = Known[j] + (Response[j] * insertion[j]);
        for (int c = 0; c < _classes.Length; c++) _classes[c].Commit(insertion, Mean, c * _nodes, _nodes);
    }

    /// <summary>The modes of one class; g is the flux in units of F·D·c_max/R_p.</summary>
    private sealed class ClassModes
    {
        private readonly int _stride;
        private readonly int _modes;
        private readonly double[] _state;
        private readonly double[] _stepped;
        private readonly double[] _flux;
        private readonly double[] _slope;
        private readonly double[] _sum;
        private readonly double[] _decay;
        private readonly double[] _fromBefore;
        private readonly double[] _fromAfter;
        private double _rate;
        private double _fluxPerCurrent;
        private double _time;
        private double _endWeight;
        private int _live;
        private int _active;

        public ClassModes(int stride, int modes)
        {
            _stride = stride;
            _state = new double[modes * stride];
            _stepped = new double[modes * stride];
            _flux = new double[stride];
            _slope = new double[stride];
            _sum = new double[stride];
            _modes = modes;
            // Whole vectors of the widest kind.
            int padded = (modes + 7) & ~7;
            _decay = new double[padded];
            _fromBefore = new double[padded];
            _fromAfter = new double[padded];
        }

        public void Become(double radius, double diffusion, double maximumMoles)
        {
            _rate = diffusion / (radius * radius);
            _fluxPerCurrent = radius / (HalfCellParameters.Faraday * diffusion * maximumMoles);
        }

        public void Reset()
        {
            Array.Clear(_state);
            Array.Clear(_flux);
            Array.Clear(_slope);
            _live = _modes;
        }

        // Modes that followed the current at once are given the state they had.
        public void Populate(int count)
        {
            for (int m = _live; m < count; m++)
            {
                double inverse = 1 / SphereModes.Squares[m];
                int row = m * _stride;
                for (int k = 0; k < _stride; k++) _state[row + k] = 2 * inverse * (_flux[k] - (inverse * _slope[k]));
            }

            _live = Math.Max(_live, count);
        }

        public void StartFrom(double[] insertion, int from, int nodes)
        {
            for (int k = 0; k < nodes; k++) _flux[k] = _fluxPerCurrent * insertion[from + k];
            Array.Clear(_slope);
        }

        public void Begin(ParticleStore store, double seconds, double endWeight, int from, int nodes)
        {
            double[] squares = SphereModes.Squares;
            _time = _rate * seconds;
            _endWeight = endWeight;
            int active = 0;
            while (active < _modes && squares[active] * _time < Forgotten) active++;
            double after = Weights(active);
            _active = active;
            Populate(active);
            double tail = SphereModes.SecondFrom[active];
            double lag = squares[Math.Min(active, SphereModes.Count - 1)] * _time > SettledTail ? (1 - endWeight) * SphereModes.FourthFrom[active] / _time : 0;
            double meanAfter = 1.5 * _time * (1 + endWeight);
            double before = (1.5 * _time * (1 - endWeight)) + lag;
            Sum();
            double full = _fluxPerCurrent * (meanAfter + after + tail - lag);
            for (int k = 0, j = from; k < nodes; k++, j++)
            {
                store.Known[j] = store.Mean[j] + (before * _flux[k]) + _sum[k];
                store.Response[j] = full;
                store.MeanResponse[j] = _fluxPerCurrent * meanAfter;
            }
        }

        // E, a and b of the modes that remember the start of the step; the sum of b.
        private double Weights(int active)
        {
            int width = Vector<double>.Count;
            double[] squares = SphereModes.Squares;
            Vector<double> one = Vector<double>.One, time = new(_time), half = new(0.5), sixth = new(1.0 / 6), last = new(1.0 / 24), end = new(_endWeight), begin = new(1 - _endWeight), small = new(1e-3);
            for (int m = 0; m < active; m += width)
            {
                Vector<double> square = Vector.LoadUnsafe(ref squares[m]), z = square * time, decay = Lanes.Exp(-z), scale = new Vector<double>(2) / square;
                // (1 − e^−z)/z and what is left of 1, by series where they cancel.
                Vector<double> left = z * (half - (z * (sixth - (z * last)))), mid = (one - decay) / z;
                Vector<long> cancels = Vector.LessThanOrEqual(z, small);
                mid = Vector.ConditionalSelect(cancels, one - left, mid);
                Vector<double> late = Vector.ConditionalSelect(cancels, left, one - mid);
                decay.StoreUnsafe(ref _decay[m]);
                (begin * scale * (mid - decay)).StoreUnsafe(ref _fromBefore[m]);
                (scale * ((begin * late) + (end * (mid * z)))).StoreUnsafe(ref _fromAfter[m]);
            }

            double sum = 0;
            for (int m = 0; m < active; m++) sum += _fromAfter[m];
            return sum;
        }

        public void Commit(double[] insertion, double[] mean, int from, int nodes)
        {
            double before = 1.5 * _time * (1 - _endWeight), after = 1.5 * _time * (1 + _endWeight);
            for (int k = 0, j = from; k < nodes; k++, j++)
            {
                double flux = _fluxPerCurrent * insertion[j];
                mean[j] += (before * _flux[k]) + (after * flux);
                _slope[k] = (1 - _endWeight) * (flux - _flux[k]) / _time;
                _flux[k] = flux;
            }

            Follow();
            _live = _active;
        }

        // The modes at the end of the step. Compiled at once as well as it can be: nearly all the work of a first run is done here and in Sum.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Follow()
        {
            double[] state = _state, stepped = _stepped, fluxes = _flux;
            int width = Vector<double>.Count, at = 0;
            for (int m = 0; m < _active; m++)
            {
                var factor = new Vector<double>(_fromAfter[m]);
                for (int k = 0; k < fluxes.Length; k += width, at += width) (Vector.LoadUnsafe(ref stepped[at]) + (factor * Vector.LoadUnsafe(ref fluxes[k]))).StoreUnsafe(ref state[at]);
            }
        }

        // What is left of every mode and what the flux at the start adds; their sum over the modes.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Sum()
        {
            double[] state = _state, stepped = _stepped, fluxes = _flux, sum = _sum;
            Array.Clear(sum);
            int width = Vector<double>.Count, at = 0;
            for (int m = 0; m < _active; m++)
            {
                Vector<double> decay = new(_decay[m]), factor = new(_fromBefore[m]);
                for (int k = 0; k < sum.Length; k += width, at += width)
                {
                    Vector<double> next = (decay * Vector.LoadUnsafe(ref state[at])) + (factor * Vector.LoadUnsafe(ref fluxes[k]));
                    next.StoreUnsafe(ref stepped[at]);
                    (Vector.LoadUnsafe(ref sum[k]) + next).StoreUnsafe(ref sum[k]);
                }
            }
        }
    }
}
