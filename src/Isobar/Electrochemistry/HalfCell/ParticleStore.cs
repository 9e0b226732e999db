namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// The active particles of all classes at all nodes. For a time step it gives the surface stoichiometry as P + B·n of the insertion current n at the
/// end of the step, so that particles never enter the nonlinear system. Entries run over nodes within classes.
/// </summary>
internal abstract class ParticleStore
{
    protected ParticleStore(int entries)
    {
        Known = new double[entries];
        Response = new double[entries];
        MeanResponse = new double[entries];
        Mean = new double[entries];
        Surface = new double[entries];
    }

    /// <summary>P, the surface stoichiometry at the end of the step without current then.</summary>
    public readonly double[] Known;

    /// <summary>B, what it gains per insertion current at the end of the step, m²/A.</summary>
    public readonly double[] Response;

    /// <summary>What the mean gains per insertion current at the end of the step, m²/A.</summary>
    public readonly double[] MeanResponse;

    /// <summary>Mean stoichiometry now.</summary>
    public readonly double[] Mean;

    /// <summary>Surface stoichiometry now.</summary>
    public readonly double[] Surface;

    /// <summary>Longest next step over the last one for which the method is stable.</summary>
    public abstract double LargestGrowth { get; }

    /// <summary>Uniform particles at a stoichiometry.</summary>
    public abstract void Reset(double stoichiometry);

    /// <summary>The current jumps now; P is the present surface and B is 0.</summary>
    public abstract void Jump();

    /// <summary>The insertion currents just after a jump.</summary>
    public abstract void StartFrom(double[] insertion);

    /// <summary>Prepares a step and sets P and B; may be called again with another length.</summary>
    /// <param name="seconds">Length of the step.</param>
    /// <param name="endWeight">0 where the current is taken as linear over the step, 1 where it is taken as that at its end.</param>
    public abstract void Begin(double seconds, double endWeight);

    /// <summary>Charge that passes in the step that was begun, for a current at its start and end, by the rule that the particles follow.</summary>
    public abstract double Charge(double currentBefore, double currentAfter);

    /// <summary>Ends the step with these insertion currents.</summary>
    public abstract void Commit(double[] insertion);
}
