using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>Why a cycler step ended.</summary>
public enum EndReason
{
    /// <summary>The lower voltage was reached.</summary>
    LowerVoltage,

    /// <summary>The upper voltage was reached.</summary>
    UpperVoltage,

    /// <summary>The time was over.</summary>
    Time,

    /// <summary>The current had fallen to its limit.</summary>
    Current,

    /// <summary>The stoichiometry left the range of the open-circuit curve.</summary>
    OpenCircuitRange,

    /// <summary>The voltage was beyond its limit from the first moment: the cell cannot carry the current.</summary>
    CurrentNotCarried,

    /// <summary>The particles took up or gave off all they can at this current: their surface is full or empty.</summary>
    SurfaceExhausted,
}

/// <summary>Parts of the terminal voltage; each is its contribution with its sign, and all sum to the voltage.</summary>
public enum VoltagePart
{
    /// <summary>U(⟨x⟩), the open-circuit voltage of the mean stoichiometry, less the anode's own potential.</summary>
    OpenCircuit,

    /// <summary>Concentration: surface against mean, in and between particles.</summary>
    Concentration,

    /// <summary>Charge transfer at the particles.</summary>
    CathodeKinetics,

    /// <summary>Film on the particles.</summary>
    Film,

    /// <summary>Ions in the composite.</summary>
    CathodeIons,

    /// <summary>Electrons in the composite.</summary>
    CathodeElectrons,

    /// <summary>Separator.</summary>
    Separator,

    /// <summary>Charge transfer at the anode.</summary>
    AnodeKinetics,

    /// <summary>Constriction at the contact spots of the anode.</summary>
    AnodeConstriction,

    /// <summary>Collector contact and external resistance.</summary>
    Collector,
}

/// <summary>How one cycler step went.</summary>
public sealed class CyclerStepResult
{
    private readonly CyclerStep _step;
    private readonly HalfCellParameters _cell;
    private readonly StepEnd _end;

    internal CyclerStepResult(CyclerStep step, HalfCellParameters cell, int start, int length, EndReason endReason, in StepEnd end, double charge, double energy)
    {
        _step = step;
        _cell = cell;
        _end = end;
        Start = start;
        Length = length;
        EndReason = endReason;
        DischargedCoulombsPerSquareMetre = charge;
        JoulesPerSquareMetre = energy;
    }

    /// <summary>Its label.</summary>
    public string Label => _step.Label;

    /// <summary>Index of its first point.</summary>
    public int Start { get; }

    /// <summary>Number of its points.</summary>
    public int Length { get; }

    /// <summary>Why it ended.</summary>
    public EndReason EndReason { get; }

    /// <summary>Why it ended in words, with numbers and what to change.</summary>
    public string EndMessage => EndWords.Of(EndReason, _step, _cell, _end);

    /// <summary>Charge in this step, positive on discharge, C/m².</summary>
    public double DischargedCoulombsPerSquareMetre { get; }

    /// <summary>Electrical energy delivered in this step, J/m².</summary>
    public double JoulesPerSquareMetre { get; }
}

/// <summary>Where the energy of a run went, J/m². Delivered energy and heat sum to what the electrodes gave up.</summary>
/// <param name="Delivered">∫ i·V dt.</param>
/// <param name="GivenUp">Decrease of the free energy of the electrodes, ∫∫ U dq over the mean stoichiometry of every particle, less the anode's.</param>
/// <param name="Ohmic">Heat in both phases of the composite, in the separator, at collector and constriction, in the film.</param>
/// <param name="Kinetic">Heat of charge transfer at both electrodes.</param>
/// <param name="Diffusive">Heat of diffusion in the particles.</param>
public sealed record EnergyBalance(double Delivered, double GivenUp, double Ohmic, double Kinetic, double Diffusive)
{
    /// <summary>What does not add up, J/m²: the error of the time steps.</summary>
    public double Residual => GivenUp - Delivered - Ohmic - Kinetic - Diffusive;
}

/// <summary>What a half cell did: columns over time, one entry per point.</summary>
public sealed class HalfCellRun
{
    private readonly double[][] _columns;
    private readonly CyclerStepResult[] _steps;

    internal HalfCellRun(double[][] columns, CyclerStepResult[] steps, EnergyBalance? energy, RunEffort effort)
    {
        _columns = columns;
        _steps = steps;
        Energy = energy;
        Effort = effort;
    }

    /// <summary>Time, s. Two points share a time where the current jumps.</summary>
    public ImmutableArray<double> TimeSeconds => ImmutableCollectionsMarshal.AsImmutableArray(_columns[Columns.Time]);

    /// <summary>Terminal voltage, V.</summary>
    public ImmutableArray<double> Volts => ImmutableCollectionsMarshal.AsImmutableArray(_columns[Columns.Volts]);

    /// <summary>Current density, positive on discharge, A/m².</summary>
    public ImmutableArray<double> AmperesPerSquareMetre => ImmutableCollectionsMarshal.AsImmutableArray(_columns[Columns.Current]);

    /// <summary>Net charge since the start of the run, positive when discharged, C/m².</summary>
    public ImmutableArray<double> DischargedCoulombsPerSquareMetre => ImmutableCollectionsMarshal.AsImmutableArray(_columns[Columns.Charge]);

    /// <summary>The same in mAh/cm².</summary>
    public ImmutableArray<double> CapacityMilliampereHoursPerSquareCentimetre => [.. DischargedCoulombsPerSquareMetre.Select(each => each / 36000)];

    /// <summary>Mean stoichiometry of the connected active material.</summary>
    public ImmutableArray<double> MeanStoichiometry => ImmutableCollectionsMarshal.AsImmutableArray(_columns[Columns.Mean]);

    /// <summary>Surface stoichiometry next to the separator, of the first particle class.</summary>
    public ImmutableArray<double> SurfaceStoichiometryAtSeparator => ImmutableCollectionsMarshal.AsImmutableArray(_columns[Columns.SurfaceAtSeparator]);

    /// <summary>Surface stoichiometry next to the collector, of the first particle class.</summary>
    public ImmutableArray<double> SurfaceStoichiometryAtCollector => ImmutableCollectionsMarshal.AsImmutableArray(_columns[Columns.SurfaceAtCollector]);

    /// <summary>Stack pressure, Pa; empty when the state of contact is fixed.</summary>
    public ImmutableArray<double> StackPressurePa => ImmutableCollectionsMarshal.AsImmutableArray(_columns[Columns.StackPressure]);

    /// <summary>The cycler steps in order.</summary>
    public ImmutableArray<CyclerStepResult> Steps => ImmutableCollectionsMarshal.AsImmutableArray(_steps);

    /// <summary>Where the energy went; null where <see cref="HalfCellOptions.EnergyBalance"/> is off.</summary>
    public EnergyBalance? Energy { get; }

    /// <summary>What the run cost.</summary>
    public RunEffort Effort { get; }

    /// <summary>Why the last step ended.</summary>
    public EndReason EndReason => _steps[^1].EndReason;

    /// <summary>One part of the voltage over time, V.</summary>
    public ImmutableArray<double> Part(VoltagePart part) => ImmutableCollectionsMarshal.AsImmutableArray(_columns[Columns.Parts + (int)part]);

    /// <summary>Voltage at a time, V: linear between points, which lie as close as the tolerance asks for.</summary>
    public double VoltsAt(double seconds)
    {
        if (!(seconds >= TimeSeconds[0] && seconds <= TimeSeconds[^1]))
        {
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, FormattableString.Invariant($"the run goes from {TimeSeconds[0]} to {TimeSeconds[^1]} s"));
        }

        int at = TimeSeconds.BinarySearch(seconds);
        if (at >= 0) return Volts[at];
        int next = ~at;
        double share = (seconds - TimeSeconds[next - 1]) / (TimeSeconds[next] - TimeSeconds[next - 1]);
        return Volts[next - 1] + (share * (Volts[next] - Volts[next - 1]));
    }
}

/// <summary>What a run cost and how well it kept its invariants.</summary>
/// <param name="Cells">Cells across the cathode.</param>
/// <param name="TimeSteps">Time steps taken.</param>
/// <param name="Refused">Time steps taken again shorter.</param>
/// <param name="Iterations">Newton iterations.</param>
/// <param name="LithiumResidual">Largest mismatch of the lithium balance, of the host's capacity.</param>
public readonly record struct RunEffort(int Cells, int TimeSteps, int Refused, int Iterations, double LithiumResidual);
