namespace Isobar.Control;

/// <summary>
/// Oil, seals, frame and sample in series. State: the oil volume as ram travel q, the force F on the sample and the seal friction F_f.
/// <para>F + F_f = k_oil·(q − y) and y = F/k_frame + (h₀ − h(F, history)); one Newton step per substep from the last force, so that
/// the residual of one step is corrected by the next and no drift collects.</para>
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
        double target = Stuck ? 0 : Math.Clamp(commandedSpeed, -_press.LargestSpeed, _press.LargestSpeed);
        _speed += (target - _speed) * _lagFactor;
        _oilTravel += (_speed - (_press.LeakPerNewton * Math.Max(OilForceNewtons, 0))) * SubstepSeconds;

        double crept = ForceNewtons > 0 ? Column.Creep(SubstepSeconds) : 0;
        double frictionLevel = FrictionLevel();
        double touch = TouchTravel;
        if (ForceNewtons <= 0 && (_press.OilStiffness * (_oilTravel - touch)) - _friction <= 0)
        {
            // No contact: the ram follows the oil, held back only by its seals.
            MoveTo(_oilTravel - (_friction / _press.OilStiffness), frictionLevel);
            return;
        }

        // Residual of the force balance at the old force and the new oil volume.
        double oldTravel = touch - crept + (ForceNewtons / _press.FrameStiffness);
        double residual = (_press.OilStiffness * (_oilTravel - oldTravel)) - _friction - ForceNewtons;
        double compliance = (1 / _press.FrameStiffness) + Column.ComplianceMetresPerNewton(ForceNewtons, residual >= _press.OilStiffness * crept);
        double direction = (compliance * residual) + crept >= 0 ? 1 : -1;
        double seal = frictionLevel / _press.PreslidingMetres * Math.Max(0, 1 - (direction * _friction / frictionLevel));
        double change = (residual - ((seal + _press.OilStiffness) * crept)) / (1 + ((seal + _press.OilStiffness) * compliance));
        double force = Math.Max(0, ForceNewtons + change);
        Column.SetForce(force);
        ForceNewtons = force;
        MoveTo(TouchTravel + (force / _press.FrameStiffness), frictionLevel);
    }

    // Where the punch touches a sample of the present thickness.
    private double TouchTravel => _datumTravel + _datumThickness - Column.ThicknessMetres;

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
        TurnFriction(travel - _ramTravel, frictionLevel);
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
    private void TurnFriction(double travel, double frictionLevel)
    {
        double end = frictionLevel * Math.Sign(travel);
        if (travel != 0) _friction = end + ((_friction - end) * Math.Exp(-Math.Abs(travel) / _press.PreslidingMetres));
    }
}
