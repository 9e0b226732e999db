using System.Collections.Immutable;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>One step of what a cycler does to a cell. Currents are positive on discharge.</summary>
/// <param name="Label">What the step is called in results.</param>
public abstract record CyclerStep(string Label)
{
    /// <summary>A constant current until a voltage or a time is reached, whichever is first.</summary>
    /// <param name="Label">What the step is called in results.</param>
    /// <param name="AmperesPerSquareMetre">Current density, positive on discharge, A/m².</param>
    /// <param name="UntilVolts">Voltage that ends the step: below it on discharge, above it on charge; null: Vmin or Vmax of the cell.</param>
    /// <param name="ForSeconds">Longest time, s.</param>
    public sealed record ConstantCurrent(string Label, double AmperesPerSquareMetre, double? UntilVolts = null, double ForSeconds = double.PositiveInfinity) : CyclerStep(Label);

    /// <summary>A constant voltage until the current has fallen, or for a time.</summary>
    /// <param name="Label">What the step is called in results.</param>
    /// <param name="Volts">Terminal voltage, V.</param>
    /// <param name="UntilAmperesPerSquareMetre">Magnitude of the current density that ends the step, A/m².</param>
    /// <param name="ForSeconds">Longest time, s.</param>
    public sealed record ConstantVoltage(string Label, double Volts, double UntilAmperesPerSquareMetre, double ForSeconds = double.PositiveInfinity) : CyclerStep(Label);

    /// <summary>No current for a time.</summary>
    /// <param name="Label">What the step is called in results.</param>
    /// <param name="ForSeconds">How long, s.</param>
    public sealed record Rest(string Label, double ForSeconds) : CyclerStep(Label);
}

/// <summary>What a cycler does to a cell: steps in order.</summary>
/// <param name="Steps">The steps.</param>
public sealed record CyclerSchedule(ImmutableArray<CyclerStep> Steps)
{
    /// <summary>Discharge at a C-rate to the lower cut-off.</summary>
    public static CyclerSchedule Discharge(HalfCellParameters cell, double cRate) =>
        new([new CyclerStep.ConstantCurrent("discharge", cell.AmperesPerSquareMetre(Positive(cRate)))]);

    /// <summary>Charge at a C-rate to the upper cut-off, then at that voltage until the current has fallen to a second C-rate.</summary>
    public static CyclerSchedule ConstantCurrentConstantVoltageCharge(HalfCellParameters cell, double cRate, double cutOffCRate) => new([.. Charge(cell, cRate, cutOffCRate)]);

    /// <summary>Galvanostatic intermittent titration: pulses of a C-rate (negative charges), each followed by a rest, until a cut-off or the count.</summary>
    public static CyclerSchedule IntermittentTitration(HalfCellParameters cell, double cRate, double pulseSeconds, double restSeconds, int pulses)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pulses);
        double current = cell.AmperesPerSquareMetre(cRate);
        return new([.. Enumerable.Range(1, pulses).SelectMany(IEnumerable<CyclerStep> (i) =>
        [
            new CyclerStep.ConstantCurrent(FormattableString.Invariant($"pulse {i}"), current, null, pulseSeconds),
            new CyclerStep.Rest(FormattableString.Invariant($"rest {i}"), restSeconds),
        ])]);
    }

    /// <summary>A discharge at each C-rate, with a charge (CCCV) before each but the first.</summary>
    public static CyclerSchedule RateTest(HalfCellParameters cell, ReadOnlySpan<double> cRates, double chargeCRate, double cutOffCRate, double restSeconds)
    {
        var steps = ImmutableArray.CreateBuilder<CyclerStep>();
        foreach (double rate in cRates)
        {
            if (steps.Count > 0) steps.AddRange(Charge(cell, chargeCRate, cutOffCRate));
            if (restSeconds > 0 && steps.Count > 0) steps.Add(new CyclerStep.Rest("rest", restSeconds));
            steps.Add(new CyclerStep.ConstantCurrent(FormattableString.Invariant($"discharge {rate:0.###}C"), cell.AmperesPerSquareMetre(Positive(rate))));
        }

        return new(steps.ToImmutable());
    }

    /// <summary>Discharge and charge (CCCV) in turn.</summary>
    public static CyclerSchedule Cycles(HalfCellParameters cell, int count, double dischargeCRate, double chargeCRate, double cutOffCRate, double restSeconds = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var steps = ImmutableArray.CreateBuilder<CyclerStep>();
        for (int i = 1; i <= count; i++)
        {
            steps.Add(new CyclerStep.ConstantCurrent(FormattableString.Invariant($"discharge {i}"), cell.AmperesPerSquareMetre(Positive(dischargeCRate))));
            if (restSeconds > 0) steps.Add(new CyclerStep.Rest("rest", restSeconds));
            steps.AddRange(Charge(cell, chargeCRate, cutOffCRate));
            if (restSeconds > 0) steps.Add(new CyclerStep.Rest("rest", restSeconds));
        }

        return new(steps.ToImmutable());
    }

    private static IEnumerable<CyclerStep> Charge(HalfCellParameters cell, double cRate, double cutOffCRate) =>
    [
        new CyclerStep.ConstantCurrent("charge", -cell.AmperesPerSquareMetre(Positive(cRate))),
        new CyclerStep.ConstantVoltage("hold", cell.UpperVolts, cell.AmperesPerSquareMetre(Positive(cutOffCRate))),
    ];

    private static double Positive(double cRate) =>
        double.IsFinite(cRate) && cRate > 0 ? cRate : throw new ArgumentOutOfRangeException(nameof(cRate), cRate, "a C-rate is a positive number; the step says whether it charges or discharges");
}
