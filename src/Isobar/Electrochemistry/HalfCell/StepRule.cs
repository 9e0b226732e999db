namespace Isobar.Electrochemistry.HalfCell;

/// <summary>A cycler step as the engine follows it: what is held and what ends it.</summary>
internal readonly struct StepRule(bool holdsVoltage, double current, double volts, double lowerVolts, double upperVolts, double currentLimit, double seconds)
{
    public readonly bool HoldsVoltage = holdsVoltage;
    public readonly double Current = current;
    public readonly double Volts = volts;
    public readonly double LowerVolts = lowerVolts;
    public readonly double UpperVolts = upperVolts;
    public readonly double CurrentLimit = currentLimit;
    public readonly double Seconds = seconds;

    public static StepRule Of(CyclerStep step, HalfCellParameters cell) => step switch
    {
        CyclerStep.ConstantCurrent each => each.AmperesPerSquareMetre > 0 ? Discharge(each, cell) : Charge(each, cell),
        CyclerStep.ConstantVoltage each => Hold(each),
        CyclerStep.Rest each => Rest(each),
        _ => throw Endless(step),
    };

    /// <summary>Whether the step is over in its first moment, and why.</summary>
    public bool EndsAtStart(double volts, double current, out EndReason reason)
    {
        reason = HoldsVoltage ? EndReason.Current : EndReason.CurrentNotCarried;
        return HoldsVoltage ? Math.Abs(current) <= CurrentLimit : volts < LowerVolts || volts > UpperVolts;
    }

    /// <summary>How far the step is from its nearest end, negative beyond it, and which end that is.</summary>
    public double Margin(double volts, double current, out EndReason nearest)
    {
        if (HoldsVoltage)
        {
            nearest = EndReason.Current;
            return CurrentLimit > 0 ? (Math.Abs(current) / CurrentLimit) - 1 : double.PositiveInfinity;
        }

        nearest = Current > 0 ? EndReason.LowerVoltage : EndReason.UpperVoltage;
        return Current > 0 ? volts - LowerVolts : UpperVolts - volts;
    }

    // One method for each kind: a first call in a new process compiles what it meets, and a discharge meets the first alone.
    private static StepRule Discharge(CyclerStep.ConstantCurrent step, HalfCellParameters cell) =>
        new(false, Finite(step.AmperesPerSquareMetre, step), 0, step.UntilVolts ?? cell.LowerVolts, double.PositiveInfinity, 0, Length(step.ForSeconds, step));

    private static StepRule Charge(CyclerStep.ConstantCurrent step, HalfCellParameters cell) => step.AmperesPerSquareMetre < 0
        ? new(false, Finite(step.AmperesPerSquareMetre, step), 0, double.NegativeInfinity, step.UntilVolts ?? cell.UpperVolts, 0, Length(step.ForSeconds, step))
        : throw Endless(step);

    private static StepRule Hold(CyclerStep.ConstantVoltage step) =>
        new(true, 0, Finite(step.Volts, step), double.NegativeInfinity, double.PositiveInfinity, Math.Max(0, step.UntilAmperesPerSquareMetre), Length(step.ForSeconds, step));

    private static StepRule Rest(CyclerStep.Rest step) => double.IsFinite(step.ForSeconds)
        ? new(false, 0, 0, double.NegativeInfinity, double.PositiveInfinity, 0, Length(step.ForSeconds, step))
        : throw Endless(step);

    private static double Finite(double value, CyclerStep step) => double.IsFinite(value) ? value : throw NotFinite(value, step);

    private static double Length(double seconds, CyclerStep step) => seconds > 0 ? seconds : throw NoLength(seconds, step);

    private static HalfCellException Endless(CyclerStep step) => new(
        HalfCellFailure.Parameter,
        $"step '{step.Label}' has no current and no end. Give a constant-current step a current that is not zero and a rest a finite time");

    private static HalfCellException NotFinite(double value, CyclerStep step) =>
        new(HalfCellFailure.Parameter, FormattableString.Invariant($"step '{step.Label}' holds {value}; needed is a finite number"));

    private static HalfCellException NoLength(double seconds, CyclerStep step) =>
        new(HalfCellFailure.Parameter, FormattableString.Invariant($"step '{step.Label}' lasts {seconds} s; a step lasts longer than 0 s"));
}
