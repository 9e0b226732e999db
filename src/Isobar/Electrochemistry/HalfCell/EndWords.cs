namespace Isobar.Electrochemistry.HalfCell;

/// <summary>Where a cycler step stood when it ended.</summary>
internal readonly record struct StepEnd(double Volts, double Current, double Seconds, double SurfaceAtSeparator, double SurfaceAtCollector)
{
    /// <summary>Where the particles' contacts are fullest or emptiest, m from the separator; for a current that is not carried.</summary>
    public double WorstMetres { get; init; }

    /// <summary>The part of the voltage that is lost most; for a current that is not carried.</summary>
    public VoltagePart LargestPart { get; init; }

    /// <summary>What it loses, V.</summary>
    public double LargestVolts { get; init; }
}

/// <summary>Why a cycler step ended, in words.</summary>
internal static class EndWords
{
    public static string Of(EndReason reason, CyclerStep step, HalfCellParameters cell, in StepEnd end)
    {
        (double volts, double current, double seconds, double surfaceAtSeparator, double surfaceAtCollector) = end;
        StoichiometryCurve curve = cell.OpenCircuit;
        VoltagePart part = end.LargestPart;
        double loss = end.LargestVolts;
        if (reason == EndReason.CurrentNotCarried && step is CyclerStep.ConstantCurrent asked && Math.Abs(current) < 0.9999 * Math.Abs(asked.AmperesPerSquareMetre)) return Crowded(asked, cell, end);
        return FormattableString.Invariant(reason switch
        {
            EndReason.LowerVoltage or EndReason.UpperVoltage => $"reached {volts:0.####} V at {seconds:0.###} s",
            EndReason.Time => $"its time was over at {seconds:0.###} s, at {volts:0.####} V",
            EndReason.Current => $"the current had fallen to {current:G4} A/m² at {seconds:0.###} s",
            EndReason.OpenCircuitRange => $"the surface stoichiometry left the range {curve.Lowest:G4} to {curve.Highest:G4} of the open-circuit curve at {seconds:0.###} s and {volts:0.####} V: it was {surfaceAtSeparator:0.####} at the separator and {surfaceAtCollector:0.####} at the collector. Stop at a {(current > 0 ? "higher lower" : "lower upper")} cut-off voltage, or give a curve that covers more",
            EndReason.CurrentNotCarried => $"the voltage is {volts:0.####} V from the first moment at {current:G4} A/m², beyond its limit: the cell cannot carry this current from x = {surfaceAtSeparator:0.####} ('{step.Label}'). Most of it, {loss:0.###} V, is lost {Place(part)}. Lower the current, or raise {Remedy(part)}",
            EndReason.SurfaceExhausted => $"the particle surface was {(current > 0 ? "full" : "empty")} at {seconds:0.###} s and {volts:0.####} V: x = {surfaceAtSeparator:0.####} at the separator, {surfaceAtCollector:0.####} at the collector. Diffusion cannot carry {current:G4} A/m² any longer; stop at another cut-off voltage or lower the current",
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "not an end of a step"),
        });
    }

    // The spots at which ions enter the particles are full or empty at once: no voltage would drive the current.
    private static string Crowded(CyclerStep.ConstantCurrent asked, HalfCellParameters cell, in StepEnd end) => FormattableString.Invariant(
        $"no voltage drives {asked.AmperesPerSquareMetre:G4} A/m² from the first moment ('{asked.Label}'): at {end.Current:G4} A/m² the {(asked.AmperesPerSquareMetre > 0 ? "fullest" : "emptiest")} contacts of the particles, {end.WorstMetres * 1e6:0.##} µm from the separator, take no more; the cell cannot carry this current from x = {cell.InitialStoichiometry:0.####}. Lower it, or raise theta_c and D_s, {(cell.SpreadingInParticles ? "or leave spreading out" : "or make the particles smaller")}");

    private static string Place(VoltagePart part) => part switch
    {
        VoltagePart.Concentration => "to concentration in the particles",
        VoltagePart.CathodeKinetics => "in charge transfer at the particles",
        VoltagePart.Film => "in the film on the particles",
        VoltagePart.CathodeIons => "by ions in the cathode",
        VoltagePart.CathodeElectrons => "by electrons in the cathode",
        VoltagePart.Separator => "in the separator",
        VoltagePart.AnodeKinetics => "in charge transfer at the anode",
        VoltagePart.AnodeConstriction => "at the contact spots of the anode",
        VoltagePart.Collector => "at the collector",
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "not a loss"),
    };

    private static string Remedy(VoltagePart part) => part switch
    {
        VoltagePart.Concentration => "theta_c and D_s",
        VoltagePart.CathodeKinetics => "theta_c and j0c",
        VoltagePart.Film => "theta_c, with a thinner film (rho_f)",
        VoltagePart.CathodeIons => "kappa_cat_eff",
        VoltagePart.CathodeElectrons => "sigma_cat_eff",
        VoltagePart.Separator => "kappa_SE",
        VoltagePart.AnodeKinetics => "theta_a and j0a",
        VoltagePart.AnodeConstriction => "theta_a and kappa_SE",
        VoltagePart.Collector => "the contact of the collector, that is lower R_c or R_ext",
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "not a loss"),
    };
}
