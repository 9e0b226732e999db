using Isobar.Numerics;

namespace Isobar.Control;

/// <summary>What is wrong with the force sensor.</summary>
public enum SensorState
{
    /// <summary>Nothing.</summary>
    Healthy,

    /// <summary>It repeats its last value.</summary>
    Frozen,

    /// <summary>It delivers no number.</summary>
    NotANumber,

    /// <summary>It reads its full scale.</summary>
    Spiking,
}

/// <summary>
/// A whole press with its sample as a device: plant, force sensor and force loop, driven by a set-point and the passing of time.
/// Everything random comes from the seed, so that the same inputs give the same numbers.
/// </summary>
public sealed class PressTwin
{
    // A punch that is drawn back without load moves at this speed, m/s.
    private const double OpeningSpeed = 0.5e-3;

    private const int StillPeriods = 300;

    private readonly PressPlantParameters _press;
    private readonly IForceLoop _controller;
    private RandomSource _noise;
    private double _setpointNewtons;
    private double _reading;
    private double _readingSum;
    private int _readings;
    private long _periods;
    private double _gapMetres;
    private int _stillPeriods;
    private double _drivenSpeed = double.NaN;

    /// <summary>A press over a column.</summary>
    public PressTwin(PressPlantParameters press, SampleColumn column, ulong seed)
    {
        _press = press;
        Plant = new PressPlant(press, column);
        _controller = press.Actuator == ActuatorKind.OnOffPump ? new PumpController(press) : new ForceController(press);
        Heat = press.Platens is { } platens ? new HeatedColumn(platens) : null;
        _noise = new RandomSource(seed);
    }

    /// <summary>The plant, with the truth that no sensor shows.</summary>
    public PressPlant Plant { get; }

    /// <summary>Platens, die and sample as they warm and cool; null for a press without heating.</summary>
    public HeatedColumn? Heat { get; }

    /// <summary>How much longer the cell is for reasons of its own, m: breathing while it is cycled.</summary>
    public double BreathingMetres { get; set; }

    /// <summary>Leak and creep since the set-point last came to rest, from the readings of the device.</summary>
    public LeakEstimator Leak { get; private set; }

    /// <summary>Present set-point of the device, N.</summary>
    public double SetpointNewtons => _setpointNewtons;

    /// <summary>Time that has passed on the device, s.</summary>
    public double TimeSeconds => _periods * ForceController.PeriodSeconds;

    /// <summary>What is wrong with the force sensor.</summary>
    public SensorState Sensor { get; set; }

    /// <summary>Receives an absolute set-point.</summary>
    public void Write(double setpointNewtons)
    {
        if (!(setpointNewtons >= 0 && setpointNewtons <= _press.CapacityNewtons))
            throw new ArgumentOutOfRangeException(nameof(setpointNewtons), setpointNewtons, $"a set-point of this press lies between 0 and {_press.CapacityNewtons} N");
        if (!setpointNewtons.Equals(_setpointNewtons)) _stillPeriods = 0;
        _setpointNewtons = setpointNewtons;
    }

    /// <summary>Receives a ram speed, m/s, positive when pressing: whoever sends it closes the force loop, and the device's own is out of work.</summary>
    public void Drive(double speedMetresPerSecond)
    {
        if (!(Math.Abs(speedMetresPerSecond) <= _press.LargestSpeed))
            throw new ArgumentOutOfRangeException(nameof(speedMetresPerSecond), speedMetresPerSecond, $"the ram of this press moves at {_press.LargestSpeed} m/s at most");
        _drivenSpeed = speedMetresPerSecond;
    }

    /// <summary>Receives a set-point of the platens' temperature in K; not a number switches the heating off.</summary>
    /// <exception cref="InvalidOperationException">The press has no heating.</exception>
    public void WriteTemperature(double kelvins)
    {
        if (Heat is null) throw new InvalidOperationException($"{_press.Name} has no heated platens");
        if (kelvins > _press.HottestKelvins) throw new ArgumentOutOfRangeException(nameof(kelvins), kelvins, $"the platens of this press go up to {_press.HottestKelvins} K");
        Heat.Write(kelvins);
    }

    /// <summary>Receives the command to draw the punch back from the sample to a gap, m; it ends with the next set-point above zero.</summary>
    public void Open(double gapMetres) => _gapMetres = gapMetres;

    /// <summary>A person opens the die, puts a layer in and closes it.</summary>
    public void AddLayer(ColumnLayer layer) => Plant.AddLayer(layer);

    /// <summary>Lets one period of the device's loop pass.</summary>
    public void Step()
    {
        _reading = ReadForce();
        if (double.IsFinite(_reading))
        {
            _readingSum += _reading;
            _readings++;
        }

        // Without a number the device closes its valve.
        double speed = !double.IsNaN(_drivenSpeed) ? _drivenSpeed : double.IsFinite(_reading) ? _controller.Update(_setpointNewtons, _reading) : 0;
        if (_setpointNewtons > 0) _gapMetres = 0;
        else if (_gapMetres > 0 && !Plant.InContact) speed = Plant.DisplacementMetres > -_gapMetres ? -OpeningSpeed : 0;
        double delivered = speed * (1 + (_press.SlackPerStroke * _noise.NextNormal()));
        Heat?.Step(ForceController.PeriodSeconds);
        Plant.Column.SwellingMetres = BreathingMetres + (Heat?.GrowthMetres ?? 0);
        for (int i = 0; i < 2; i++) Plant.Step(delivered);
        _periods++;
        WatchLeak(Math.Abs(delivered) < _press.LeastSpeed ? 0 : delivered);
    }

    /// <summary>Mean of the force readings since the last call, N; not a number without any.</summary>
    public double TakeForce()
    {
        double mean = _readings > 0 ? _readingSum / _readings : double.NaN;
        _readingSum = 0;
        _readings = 0;
        return mean;
    }

    /// <summary>A displacement reading, m.</summary>
    public double TakeDisplacement() => Plant.DisplacementMetres + (_press.DisplacementNoiseMetres * _noise.NextNormal());

    // What was still on its way through the actuator when the set-point stopped is no leak: the watch begins when it has arrived.
    private void WatchLeak(double drivenSpeed)
    {
        if (!double.IsFinite(_reading)) return;
        if (++_stillPeriods <= StillPeriods) Leak = LeakEstimator.Start(_reading, Plant.DisplacementMetres);
        else Leak = Leak.Add(ForceController.PeriodSeconds, drivenSpeed * ForceController.PeriodSeconds, _reading, Plant.DisplacementMetres);
    }

    private double ReadForce() => Sensor switch
    {
        SensorState.Frozen => _reading,
        SensorState.NotANumber => double.NaN,
        SensorState.Spiking => _press.CapacityNewtons,
        _ => Math.Round((Plant.ForceNewtons + (_press.NoiseNewtons * _noise.NextNormal())) / _press.ResolutionNewtons) * _press.ResolutionNewtons,
    };
}
