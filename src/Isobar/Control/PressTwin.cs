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
    private readonly PressPlantParameters _press;
    private readonly ForceController _controller;
    private RandomSource _noise;
    private double _setpointNewtons;
    private double _reading;
    private double _readingSum;
    private int _readings;
    private long _periods;

    /// <summary>A press over a column.</summary>
    public PressTwin(PressPlantParameters press, SampleColumn column, ulong seed)
    {
        _press = press;
        Plant = new PressPlant(press, column);
        _controller = new ForceController(press);
        _noise = new RandomSource(seed);
    }

    /// <summary>The plant, with the truth that no sensor shows.</summary>
    public PressPlant Plant { get; }

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
        _setpointNewtons = setpointNewtons;
    }

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
        double speed = double.IsFinite(_reading) ? _controller.Update(_setpointNewtons, _reading) : 0;
        double delivered = speed * (1 + (_press.SlackPerStroke * _noise.NextNormal()));
        for (int i = 0; i < 2; i++) Plant.Step(delivered);
        _periods++;
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

    private double ReadForce() => Sensor switch
    {
        SensorState.Frozen => _reading,
        SensorState.NotANumber => double.NaN,
        SensorState.Spiking => _press.CapacityNewtons,
        _ => Math.Round((Plant.ForceNewtons + (_press.NoiseNewtons * _noise.NextNormal())) / _press.ResolutionNewtons) * _press.ResolutionNewtons,
    };
}
