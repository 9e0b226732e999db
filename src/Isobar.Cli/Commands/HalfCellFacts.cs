using System.Collections.Immutable;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Lab.Runs;

namespace Isobar.Cli.Commands;

/// <summary>One discharge for machines: arrays with one entry per point, and what came of it.</summary>
internal sealed record DischargeFacts(
    double Rate,
    double Current,
    EndReason EndReason,
    string EndMessage,
    double EndTime,
    double DischargeCapacity,
    double? MeanVoltage,
    double Energy,
    ImmutableArray<double> Time,
    ImmutableArray<double> Voltage,
    ImmutableArray<double> Capacity,
    ImmutableArray<double> Stoichiometry,
    ImmutableArray<double>? StackPressureMegapascals,
    ComponentFacts Components,
    DischargeBandFacts? Band)
{
    private const double JoulesPerMilliwattHour = 3.6;

    // 1 mAh/cm² and 1 mWh/cm² in C/m² and J/m².
    private const double AreaAndHour = 36000;

    /// <summary>The facts: V, s, A/m², mAh/cm², mWh/cm².</summary>
    public static DischargeFacts Of(double rate, double current, HalfCellRun run, DischargeBandFacts? band = null)
    {
        CyclerStepResult step = run.Steps[^1];
        double charge = step.DischargedCoulombsPerSquareMetre;
        return new DischargeFacts(
            rate, current, step.EndReason, step.EndMessage, run.TimeSeconds[^1], charge / AreaAndHour, charge > 0 ? step.JoulesPerSquareMetre / charge : null,
            step.JoulesPerSquareMetre / (JoulesPerMilliwattHour * 1e4), run.TimeSeconds, run.Volts, run.CapacityMilliampereHoursPerSquareCentimetre, run.MeanStoichiometry,
            run.StackPressurePa.IsDefaultOrEmpty ? null : [.. run.StackPressurePa.Select(pressure => pressure / 1e6)], ComponentFacts.Of(run), band);
    }
}

/// <summary>The parts of the voltage over time; they sum to the terminal voltage.</summary>
internal sealed record ComponentFacts(
    ImmutableArray<double> OpenCircuit,
    ImmutableArray<double> Concentration,
    ImmutableArray<double> CathodeKinetics,
    ImmutableArray<double> Film,
    ImmutableArray<double> CathodeIons,
    ImmutableArray<double> CathodeElectrons,
    ImmutableArray<double> Separator,
    ImmutableArray<double> AnodeKinetics,
    ImmutableArray<double> AnodeConstriction,
    ImmutableArray<double> Collector)
{
    public static ComponentFacts Of(HalfCellRun run) => new(
        run.Part(VoltagePart.OpenCircuit), run.Part(VoltagePart.Concentration), run.Part(VoltagePart.CathodeKinetics), run.Part(VoltagePart.Film),
        run.Part(VoltagePart.CathodeIons), run.Part(VoltagePart.CathodeElectrons), run.Part(VoltagePart.Separator), run.Part(VoltagePart.AnodeKinetics),
        run.Part(VoltagePart.AnodeConstriction), run.Part(VoltagePart.Collector));
}

/// <summary>What 90 % of the possible cells do in one discharge.</summary>
internal sealed record DischargeBandFacts(
    BandFacts Capacity, BandFacts MeanVoltage, BandFacts Energy, IReadOnlyDictionary<string, int> Ends,
    ImmutableArray<double> CapacityGrid, ImmutableArray<double> VoltageLow90, ImmutableArray<double> VoltageHigh90);

/// <summary>An impedance for machines: Hz and Ω cm².</summary>
internal sealed record ImpedanceFacts(
    ImmutableArray<double> Frequency, ImmutableArray<double> Real, ImmutableArray<double> Imaginary, double Stoichiometry,
    PartFacts Cathode, PartFacts Separator, PartFacts Anode, ImpedanceBandFacts? Band)
{
    private const double SquareCentimetres = 1e4;

    public static ImpedanceFacts Of(ImmutableArray<double> hertz, ImmutableArray<ImpedanceSplit> splits, double stoichiometry, ImpedanceBandFacts? band = null) => new(
        hertz,
        [.. splits.Select(split => SquareCentimetres * split.Total.Real)],
        [.. splits.Select(split => SquareCentimetres * split.Total.Imaginary)],
        stoichiometry,
        Part(splits, split => split.Cathode),
        Part(splits, split => split.Separator),
        Part(splits, split => split.Anode),
        band);

    private static PartFacts Part(ImmutableArray<ImpedanceSplit> splits, Func<ImpedanceSplit, System.Numerics.Complex> of) => new(
        [.. splits.Select(split => SquareCentimetres * of(split).Real)], [.. splits.Select(split => SquareCentimetres * of(split).Imaginary)]);
}

/// <summary>One part of an impedance, Ω cm².</summary>
internal sealed record PartFacts(ImmutableArray<double> Real, ImmutableArray<double> Imaginary);

/// <summary>Where 90 % of the possible cells lie, Ω cm².</summary>
internal sealed record ImpedanceBandFacts(ImmutableArray<double> RealLow90, ImmutableArray<double> RealHigh90, ImmutableArray<double> ImaginaryLow90, ImmutableArray<double> ImaginaryHigh90);
