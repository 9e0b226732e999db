namespace Isobar.Control;

/// <summary>A force loop of a device: a set-point and a reading in, a ram speed out, once per <see cref="ForceController.PeriodSeconds"/>.</summary>
internal interface IForceLoop
{
    /// <summary>Ram speed for the next period, m/s.</summary>
    double Update(double setpointNewtons, double measuredNewtons);
}

/// <summary>
/// The force loop of a press whose pump only runs or stands, at a fast and a slow speed, with a release valve that is open or shut. The pump stands
/// still before the target by what its lag will still bring, and the fast speed is used only while its own overrun would end below the target.
/// At hold the pressure is topped up when it has sunk by a dead band; the valve opens only when the pressure is above by a wider one, so that
/// an overrun is not answered by a chase.
/// </summary>
public sealed class PumpController : IForceLoop
{
    private const double FilterSeconds = 0.03;
    private const double LeastPulseSeconds = 0.05;
    private const double TopUpShare = 0.0075;
    private const double VentShare = 0.015;

    private readonly DriveParameters _press;
    private readonly double _period;
    private readonly double _lag;
    private readonly double _noise;
    private double _force;
    private double _rate;
    private double _flow;
    private double _stiffness;
    private double _command;
    private double _keepSeconds;
    private double _lastSetpoint;
    private bool _falling;

    /// <summary>The controller of a device, which knows the pump but not the sample.</summary>
    public PumpController(PressPlantParameters press)
        : this(press.Drive, ForceController.PeriodSeconds)
    {
    }

    /// <summary>A controller with a period of its own.</summary>
    /// <param name="press">The press, with the slow speed of its pump.</param>
    /// <param name="periodSeconds">Time between two updates, s.</param>
    public PumpController(DriveParameters press, double periodSeconds)
    {
        _press = press;
        _period = periodSeconds;
        _lag = press.ActuatorLagSeconds + FilterSeconds + (2 * periodSeconds);
        _noise = press.NoiseNewtons * Math.Sqrt(periodSeconds / (2 * FilterSeconds));
        _stiffness = press.SeriesStiffness;
    }

    /// <summary>How often the pump has topped up a pressure that was being held.</summary>
    public int TopUps { get; private set; }

    /// <summary>Force gained per ram travel, learnt while pumping, N/m.</summary>
    public double StiffnessNewtonsPerMetre => _stiffness;

    /// <inheritdoc/>
    public double Update(double setpointNewtons, double measuredNewtons)
    {
        double before = _force;
        _force += (measuredNewtons - _force) * (_period / (_period + FilterSeconds));
        _rate += (((_force - before) / _period) - _rate) * Math.Min(1, 20 * _period);
        _flow += (_command - _flow) * (1 - Math.Exp(-_period / Math.Max(_press.ActuatorLagSeconds, 1e-6)));
        Learn();
        bool holding = setpointNewtons.Equals(_lastSetpoint);
        if (setpointNewtons > _lastSetpoint) _falling = false;
        else if (setpointNewtons < _lastSetpoint) _falling = true;
        _lastSetpoint = setpointNewtons;
        _keepSeconds -= _period;
        if (_keepSeconds > 0) return _command;
        double next = Decide(setpointNewtons, holding);
        if (next > 0 && _command <= 0 && holding && _force > 0.5 * setpointNewtons) TopUps++;
        if (!next.Equals(_command)) _keepSeconds = LeastPulseSeconds;
        return _command = next;
    }

    private double Decide(double setpoint, bool holding)
    {
        double contact = Math.Max(5 * _press.NoiseNewtons, 2 * _press.ResolutionNewtons);
        if (_force < contact) return setpoint > contact ? _press.ApproachSpeed : _force > 2 * _noise ? -_press.ApproachSpeed : 0;
        double coming = _force + (_rate * _lag);
        double missing = setpoint - coming;
        double dead = Math.Max(TopUpShare * setpoint, 4 * _noise);
        double vent = Math.Max((_falling ? TopUpShare : VentShare) * setpoint, 4 * _noise);
        if (_command > 0) return missing <= 0 ? 0 : Speed(missing);
        if (_command < 0) return missing >= 0 ? 0 : -Speed(-missing);
        if (missing > (holding ? dead : Math.Min(dead, 2 * _press.SlowSpeed * _stiffness * _lag))) return Speed(missing);
        return missing < -vent ? -Speed(-missing) : 0;
    }

    // The fast speed only while what it still brings after being switched to slow ends well below the target.
    private double Speed(double missing) => missing > 2 * _press.LargestSpeed * _stiffness * _lag ? _press.LargestSpeed : _press.SlowSpeed;

    private void Learn()
    {
        if (!(_flow > 0.5 * _press.SlowSpeed) || !(_rate > 0)) return;
        double measured = Math.Min(_rate / _flow, _press.SeriesStiffness);
        _stiffness += (measured - _stiffness) * Math.Min(1, 5 * _period);
    }
}
