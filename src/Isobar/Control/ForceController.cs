namespace Isobar.Control;

/// <summary>
/// The force loop of a press: it receives an absolute set-point in steps (20 Hz) and commands a ram speed (100 Hz in the device itself, 5 to 100 Hz in
/// a program that closes the loop for it).
/// <para>v = C·(ṙ + τ·r̈ + K_p·e + I): feed-forward of the shaped set-point r with the lag τ of the actuator cancelled, and PI, all scaled by the
/// compliance C = dq/dF. C is measured from the oil moved and the force gained while ramping, carried on between measurements with the
/// stiffening of a powder, and set back to the press alone when the direction turns, which is the safe side.</para>
/// <para>At hold a dead band stops the integrator from hunting against stiction; a saturated actuator stops it from winding up. A speed below the
/// least that the actuator can make is owed, and paid in pulses of that least speed.</para>
/// </summary>
public sealed class ForceController : IForceLoop
{
    /// <summary>Period of the loop in a device, s.</summary>
    public const double PeriodSeconds = 0.01;

    private const double ShapingSeconds = 0.1;
    private const double FilterSeconds = 0.03;
    private const double Proportional = 4;
    private const double Integral = 2;
    private const double SlowLoop = 0.3;

    private const double LeastPulseSeconds = 0.05;

    // Share of the capacity per second at which the gap between contact force and set-point closes.
    private const double HandOverShare = 0.002;

    // A powder's compliance falls about like F^-0.7 from contact to a few hundred MPa; it only carries C from one measurement to the next.
    private const double StiffeningExponent = 0.7;

    private readonly DriveParameters _press;
    private readonly double _period;
    private readonly double _shaping;
    private readonly double _proportional;
    private readonly double _reset;
    private readonly double _contactForce;
    private readonly double _filteredNoise;
    private double _shaped;
    private double _shapedRate;
    private double _compared;
    private double _force;
    private double _integral;
    private double _compliance;
    private double _complianceForce;
    private double _flow;
    private double _moved;
    private double _movedFrom;
    private int _direction;
    private bool _touching;
    private double _handOverGap;
    private double _owed;
    private double _pulseSeconds;
    private double _pulse;

    /// <summary>The controller of a device, which knows the press but not the sample.</summary>
    public ForceController(PressPlantParameters press)
        : this(press.Drive, PeriodSeconds)
    {
    }

    /// <summary>A controller with a period of its own.</summary>
    /// <param name="press">The press.</param>
    /// <param name="periodSeconds">Time between two updates, s.</param>
    public ForceController(DriveParameters press, double periodSeconds)
    {
        _press = press;
        _period = periodSeconds;
        // What a slow loop, over a wire, does not see for two periods it must not answer faster than that.
        _shaping = Math.Max(ShapingSeconds, 2 * periodSeconds);
        _proportional = Math.Min(Proportional, SlowLoop / periodSeconds);
        _reset = _proportional * Integral / Proportional;
        _filteredNoise = press.NoiseNewtons * Math.Sqrt(_period / (2 * FilterSeconds));
        _contactForce = Math.Max(5 * press.NoiseNewtons, 2 * press.ResolutionNewtons);
        Turn(1);
    }

    /// <summary>Compliance in use, m/N.</summary>
    public double ComplianceMetresPerNewton { get; private set; }

    /// <summary>Ram speed for the next period, m/s.</summary>
    public double Update(double setpointNewtons, double measuredNewtons)
    {
        _force += (measuredNewtons - _force) * (_period / (_period + FilterSeconds));
        double speed = !_touching && _force < _contactForce ? Seek(setpointNewtons) : Track(setpointNewtons);
        double limited = Pulsed(Math.Clamp(speed, -_press.LargestSpeed, _press.LargestSpeed));
        _flow += (limited - _flow) * (1 - Math.Exp(-_period / Math.Max(_press.ActuatorLagSeconds, 1e-6)));
        return limited;
    }

    // What is too slow for the actuator is added up and given as one pulse of its least speed, long enough to overcome its stiction.
    private double Pulsed(double speed)
    {
        if (_pulseSeconds > 0)
        {
            _pulseSeconds -= _period;
            _owed += (speed - _pulse) * _period;
            return _pulse;
        }

        if (Math.Abs(speed) >= _press.LeastSpeed)
        {
            _owed = 0;
            return speed;
        }

        _owed += speed * _period;
        double least = _press.LeastSpeed * Math.Max(LeastPulseSeconds, _period);
        if (Math.Abs(_owed) < least) return 0;
        _pulse = Math.CopySign(_press.LeastSpeed, _owed);
        _owed -= _pulse * _period;
        _pulseSeconds = Math.Max(LeastPulseSeconds, _period) - _period;
        return _pulse;
    }

    // Without contact: close slowly when force is wanted, back off until the reading is zero when it is not.
    private double Seek(double setpointNewtons)
    {
        _shaped = _compared = Math.Max(_force, 0);
        _shapedRate = _integral = 0;
        _handOverGap = setpointNewtons - _shaped;
        if (setpointNewtons > 0) return _press.ApproachSpeed;
        return _force > 2 * _filteredNoise ? -_press.ApproachSpeed : 0;
    }

    private double Track(double setpointNewtons)
    {
        if (!_touching)
        {
            _touching = true;
            Turn(1);
        }

        Shape(setpointNewtons, out double acceleration);
        if (setpointNewtons <= 0 && _shaped < _contactForce && _force < _contactForce)
        {
            _touching = false;
            return Seek(setpointNewtons);
        }

        bool ramping = Math.Abs(_shapedRate) > 0.002 * _press.CapacityNewtons / 60;
        if (ramping) Learn();
        double error = _compared - _force;
        double deadBand = Math.Max(0.002 * setpointNewtons, 2 * _filteredNoise);
        double c = ComplianceMetresPerNewton = CarriedCompliance();
        if (!ramping && Math.Abs(error) < deadBand) return c * _integral;
        double speed = c * (_shapedRate + (_press.ActuatorLagSeconds * acceleration) + (_proportional * error) + _integral);
        // While ramping the learnt compliance takes the place of the integral, so that nothing is left to unwind at the corner.
        if (!ramping && Math.Abs(speed) < _press.LargestSpeed) _integral += _reset * error * _period;
        return speed;
    }

    // Critically damped second-order shaping of the set-point's steps. What is missing to the set-point at contact is closed at a limited
    // rate on top of the set-point's own, so that position control hands over to force control without a bump.
    private void Shape(double setpointNewtons, out double acceleration)
    {
        double step = HandOverShare * _press.CapacityNewtons * _period;
        _handOverGap -= Math.Clamp(_handOverGap, -step, step);
        double goal = setpointNewtons - _handOverGap;
        double w = 1 / _shaping;
        acceleration = (w * w * (goal - _shaped)) - (2 * w * _shapedRate);
        _shapedRate += acceleration * _period;
        _shaped += _shapedRate * _period;
        _compared += (_shaped - _compared) * (_period / (_period + FilterSeconds));
        int direction = _shapedRate > 0 ? 1 : -1;
        if (direction != _direction && Math.Abs(_shapedRate) > 0.002 * _press.CapacityNewtons / 60) Turn(direction);
    }

    // C = oil moved over force gained, whenever the force has moved by enough to be told from noise.
    private void Learn()
    {
        _moved += _flow * _period;
        double gained = _force - _movedFrom;
        double enough = Math.Max(12 * _filteredNoise, 0.03 * _force);
        double measured = _moved / gained;
        if (_direction * gained >= enough && measured > 0)
        {
            _compliance = Math.Clamp(measured, 0.5 / _press.SeriesStiffness, 1e4 / _press.SeriesStiffness);
            _complianceForce = _force - (0.5 * gained);
            Mark();
        }
        else if (_direction * _moved > 3 * CarriedCompliance() * enough)
        {
            // Much oil and hardly any force: the sample is softer than believed.
            _compliance = Math.Min(2 * CarriedCompliance(), 1e4 / _press.SeriesStiffness);
            _complianceForce = Math.Max(_force, _contactForce);
            Mark();
        }
    }

    private double CarriedCompliance()
    {
        double stiff = 1 / _press.SeriesStiffness;
        double soft = _compliance - stiff;
        if (soft <= 0 || _direction < 0) return _compliance;
        return stiff + (soft * Math.Pow(Math.Max(_complianceForce, _contactForce) / Math.Max(_force, _contactForce), StiffeningExponent));
    }

    private void Turn(int direction)
    {
        _direction = direction;
        _compliance = 1 / _press.SeriesStiffness;
        _complianceForce = Math.Max(_force, _contactForce);
        _integral = 0;
        Mark();
    }

    private void Mark()
    {
        _moved = 0;
        _movedFrom = _force;
    }
}
