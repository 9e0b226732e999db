namespace Isobar.Electrochemistry.HalfCell;

/// <summary>Where a cycler step stood when it ended.</summary>
internal readonly record struct StepEnd(double Volts, double Current, double Seconds, double SurfaceAtSeparator, double SurfaceAtCollector);

/// <summary>Why a cycler step ended, in words.</summary>
internal static class EndWords
{
    public static string Of(EndReason reason, CyclerStep step, HalfCellParameters cell, in StepEnd end)
    {
        (double volts, double current, double seconds, double surfaceAtSeparator, double surfaceAtCollector) = end;
        StoichiometryCurve curve = cell.OpenCircuit;
        return FormattableString.Invariant(reason switch
        {
            EndReason.LowerVoltage or EndReason.UpperVoltage => $"reached {volts:0.####} V at {seconds:0.###} s",
            EndReason.Time => $"its time was over at {seconds:0.###} s, at {volts:0.####} V",
            EndReason.Current => $"the current had fallen to {current:G4} A/m² at {seconds:0.###} s",
            EndReason.OpenCircuitRange => $"the surface stoichiometry left the range {curve.Lowest:G4} to {curve.Highest:G4} of the open-circuit curve at {seconds:0.###} s and {volts:0.####} V: it was {surfaceAtSeparator:0.####} at the separator and {surfaceAtCollector:0.####} at the collector. Stop at a {(current > 0 ? "higher lower" : "lower upper")} cut-off voltage, or give a curve that covers more",
            EndReason.CurrentNotCarried => $"the voltage is {volts:0.####} V from the first moment at {current:G4} A/m², beyond its limit: the cell cannot carry this current from x = {surfaceAtSeparator:0.####} ('{step.Label}'). Lower the current, or raise contact fractions and conductivities",
            EndReason.SurfaceExhausted => $"the particle surface was {(current > 0 ? "full" : "empty")} at {seconds:0.###} s and {volts:0.####} V: x = {surfaceAtSeparator:0.####} at the separator, {surfaceAtCollector:0.####} at the collector. Diffusion cannot carry {current:G4} A/m² any longer; stop at another cut-off voltage or lower the current",
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "not an end of a step"),
        });
    }
}
