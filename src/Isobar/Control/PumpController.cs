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

    private readonly PressPlantParameters _press;
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

    /// <summary>A controller that knows the pump but not the sample.</summary>
    public PumpController(PressPlantParameters press)
    {
        _press = press;
        _lag = press.ActuatorLagSeconds + FilterSeconds + (2 * ForceController.PeriodSeconds);
        _noise = press.NoiseNewtons * Math.Sqrt(ForceController.PeriodSeconds / (2 * FilterSeconds));
        _stiffness = press.SeriesStiffness;
    }

    /// <summary>How often the pump has topped up a pressure that was being held.</summary>
    public int TopUps { get; private set; }

    /// <summary>Force gained per ram travel, learnt while pumping, N/m.</summary>
    public double StiffnessNewtonsPerMetre => _stiffness;

    /// <inheritdoc/>
    public double Update(double setpointNewtons, double measuredNewtons)
    {
        const double Period = ForceController.PeriodSeconds;
        double before = _force;
        _force += (measuredNewtons - _force) * (Period / (Period + FilterSeconds));
        _rate += (((_force - before) / Period) - _rate) * 0.2;
        _flow += (_command - _flow) * (1 - Math.Exp(-Period / Math.Max(_press.ActuatorLagSeconds, 1e-6)));
        Learn();
        bool holding = setpointNewtons.Equals(_lastSetpoint);
        if (setpointNewtons > _lastSetpoint) _falling = false;
        else if (setpointNewtons < _lastSetpoint) _falling = true;
        _lastSetpoint = setpointNewtons;
        _keepSeconds -= Period;
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
        _stiffness += (measured - _stiffness) * 0.05;
    }
}
