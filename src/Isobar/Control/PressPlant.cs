namespace Isobar.Control;

/// <summary>
/// Oil, seals, frame and sample in series. State: the oil volume as ram travel q, the force F on the sample and the seal friction F_f.
/// <para>F + F_f = k_oil·(q − y) and y = F/k_frame + (h₀ − h(F, history)), solved for F in every substep.</para>
/// <para>Seal friction follows Dahl's model with Stribeck's excess at rest; the leak is laminar. Sources: P. R. Dahl, AIAA J. 14 (1976) 1675,
/// 10.2514/3.61511; B. Armstrong-Hélouvry et al., Automatica 30 (1994) 1083, 10.1016/0005-1098(94)90209-7.</para>
/// </summary>
public sealed class PressPlant
{
    /// <summary>Fixed step of the integration, s.</summary>
    public const double SubstepSeconds = 0.005;

    private readonly PressPlantParameters _press;
    private readonly double _lagFactor;
    private double _oilTravel;
    private double _ramTravel;
    private double _datumTravel;
    private double _datumThickness;
    private double _friction;
    private double _speed;

    /// <summary>A press over a column of layers.</summary>
    public PressPlant(PressPlantParameters press, SampleColumn column)
    {
        _press = press;
        Column = column;
        _lagFactor = press.ActuatorLagSeconds > 0 ? 1 - Math.Exp(-SubstepSeconds / press.ActuatorLagSeconds) : 1;
        Close();
    }

    /// <summary>What is in the die.</summary>
    public SampleColumn Column { get; }

    /// <summary>True force on the sample, N.</summary>
    public double ForceNewtons { get; private set; }

    /// <summary>Force that the oil exerts, N: the true force and what the seals take.</summary>
    public double OilForceNewtons => ForceNewtons + _friction;

    /// <summary>How far the sample is shorter than at contact, m; negative while there is a gap.</summary>
    public double DisplacementMetres { get; private set; }

    /// <summary>Thickness of the sample when the die was closed over it last, m; the datum of the displacement.</summary>
    public double ThicknessAtClosingMetres => _datumThickness;

    /// <summary>Ram travel from the position after closing, m.</summary>
    public double RamTravelMetres => _ramTravel;

    /// <summary>Whether the punch touches.</summary>
    public bool InContact => ForceNewtons > 0;

    /// <summary>Whether the actuator takes commands; a stuck one keeps its flow at zero.</summary>
    public bool Stuck { get; set; }

    /// <summary>A person opens the die, puts a layer in and closes it.</summary>
    public void AddLayer(ColumnLayer layer)
    {
        Column.SetForce(0);
        Column.Add(layer);
        Close();
    }

    /// <summary>One substep with a commanded ram speed in m/s, positive when pressing.</summary>
    public void Step(double commandedSpeed)
    {
        double target = Stuck || Math.Abs(commandedSpeed) < _press.LeastSpeed ? 0 : Math.Clamp(commandedSpeed, -_press.LargestSpeed, _press.LargestSpeed);
        _speed += (target - _speed) * _lagFactor;
        _oilTravel += (_speed - (_press.LeakPerNewton * Math.Max(OilForceNewtons, 0))) * SubstepSeconds;

        if (ForceNewtons > 0) Column.Creep(SubstepSeconds);
        double frictionLevel = FrictionLevel();
        double force = Balance(frictionLevel);
        Column.SetForce(force);
        ForceNewtons = force;

        // Without contact the ram follows the oil, held back only by its seals.
        MoveTo(force > 0 ? TravelAt(force) : _oilTravel - (_friction / _press.OilStiffness), frictionLevel);
    }

    // The force at which oil, seals, frame and sample agree. What is too much rises with the force, so the root is unique; Newton's guess
    // from the last force is nearly always enough, and a bracket is there for the corners (contact, reloading past the largest pressure).
    private double Balance(double frictionLevel)
    {
        double old = ForceNewtons;
        double excess = Excess(old, frictionLevel);
        double tolerance = 1e-3 + (1e-7 * old);
        if (Math.Abs(excess) <= tolerance) return old;
        if (old <= 0 && excess > 0) return 0;
        bool rising = excess < 0;
        double compliance = (1 / _press.FrameStiffness) + Column.ComplianceMetresPerNewton(old, rising);
        double seal = frictionLevel / _press.PreslidingMetres * Math.Max(0, 1 - ((rising ? 1 : -1) * _friction / frictionLevel));
        double reach = -excess / (1 + ((seal + _press.OilStiffness) * compliance));
        (double nearForce, double nearExcess) = (old, excess);
        double farForce, farExcess;
        while (true)
        {
            farForce = Math.Max(0, old + reach);
            farExcess = Excess(farForce, frictionLevel);
            if (Math.Abs(farExcess) <= tolerance) return farForce;
            if (rising ? farExcess > 0 : farExcess < 0) break;
            if (farForce <= 0) return 0;
            (nearForce, nearExcess) = (farForce, farExcess);
            reach *= 2;
        }

        return Bracketed(nearForce, nearExcess, farForce, farExcess, tolerance, frictionLevel);
    }

    // Regula falsi with the Illinois step.
    private double Bracketed(double a, double excessA, double b, double excessB, double tolerance, double frictionLevel)
    {
        double force = b;
        for (int i = 0; i < 60; i++)
        {
            force = ((a * excessB) - (b * excessA)) / (excessB - excessA);
            double excess = Excess(force, frictionLevel);
            if (Math.Abs(excess) <= tolerance) break;
            if ((excess > 0) == (excessB > 0)) excessA *= 0.5;
            else (a, excessA) = (b, excessB);
            (b, excessB) = (force, excess);
        }

        return force;
    }

    private double Excess(double forceNewtons, double frictionLevel)
    {
        double travel = TravelAt(forceNewtons);
        return forceNewtons + FrictionAt(travel - _ramTravel, frictionLevel) - (_press.OilStiffness * (_oilTravel - travel));
    }

    private double TravelAt(double forceNewtons) =>
        _datumTravel + _datumThickness - Column.ThicknessAt(forceNewtons) + (forceNewtons / _press.FrameStiffness);

    private void Close()
    {
        _oilTravel = _ramTravel = _friction = _speed = 0;
        ForceNewtons = 0;
        _datumThickness = Column.ThicknessMetres;
        _datumTravel = _press.GapMetres;
        DisplacementMetres = -_press.GapMetres;
    }

    private void MoveTo(double travel, double frictionLevel)
    {
        _friction = FrictionAt(travel - _ramTravel, frictionLevel);
        _ramTravel = travel;
        DisplacementMetres = travel - (ForceNewtons / _press.FrameStiffness) - _datumTravel;
    }

    private double FrictionLevel()
    {
        double moving = _press.SealFrictionNewtons + (_press.SealFrictionShare * ForceNewtons);
        double ratio = _speed / _press.StribeckSpeed;
        return Math.Max(1e-9, moving * (1 + ((_press.BreakawayFactor - 1) * Math.Exp(-ratio * ratio))));
    }

    // Dahl: dF_f/dy = (F_c/y₀)·(1 − F_f·sign(dy)/F_c), exact over a step.
    private double FrictionAt(double travelled, double frictionLevel)
    {
        if (travelled == 0) return _friction;
        double end = frictionLevel * Math.Sign(travelled);
        return end + ((_friction - end) * Math.Exp(-Math.Abs(travelled) / _press.PreslidingMetres));
    }
}
