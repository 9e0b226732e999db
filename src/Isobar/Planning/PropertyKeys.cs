namespace Isobar.Planning;

/// <summary>Stable names of the properties that are predicted and measured, for machines.</summary>
public static class PropertyKeys
{
    /// <summary>Relative density of the separator under its pre-press.</summary>
    public const string PressedSeparatorDensity = "separator.relativeDensityPressed";

    /// <summary>Relative density of the separator at stack pressure.</summary>
    public const string SeparatorDensity = "separator.relativeDensity";

    /// <summary>Ionic conductivity of the separator at stack pressure.</summary>
    public const string SeparatorConductivity = "separator.conductivity";

    /// <summary>Relative density of the cathode at stack pressure.</summary>
    public const string CathodeDensity = "cathode.relativeDensity";

    /// <summary>Share of the particle surface that touches electrolyte.</summary>
    public const string Coverage = "cathode.coverage";

    /// <summary>Share of the active material without an ionic or electronic path.</summary>
    public const string Isolated = "cathode.isolated";

    /// <summary>Cracking index, lower estimate.</summary>
    public const string CrackedLower = "cathode.crackedLower";

    /// <summary>Cracking index, upper estimate.</summary>
    public const string CrackedUpper = "cathode.crackedUpper";

    /// <summary>Cracking index, lower and upper estimate weighted with the load from particle to particle.</summary>
    public const string CrackedExpected = "cathode.crackedExpected";

    /// <summary>Screening index of coating breach.</summary>
    public const string CoatingBreach = "cathode.coatingBreach";

    /// <summary>Thickness of all layers.</summary>
    public const string StackThickness = "stack.thickness";

    /// <summary>Resistance of the separator.</summary>
    public const string SeparatorResistance = "resistance.separator";

    /// <summary>Resistance of the cathode.</summary>
    public const string CathodeResistance = "resistance.cathode";

    /// <summary>Resistance of the anode contact.</summary>
    public const string AnodeResistance = "resistance.anode";

    /// <summary>Resistance of the collector contact.</summary>
    public const string CollectorResistance = "resistance.collector";

    /// <summary>Resistance at high frequency.</summary>
    public const string HighFrequencyResistance = "resistance.highFrequency";

    /// <summary>Resistance of the cell at direct current, diffusion excluded.</summary>
    public const string TotalResistance = "resistance.total";

    /// <summary>Areal capacity of the cathode.</summary>
    public const string Capacity = "cell.arealCapacity";

    /// <summary>Change of stack pressure on full charge.</summary>
    public const string Breathing = "stack.breathing";

    /// <summary>Risk of a short circuit within the duty.</summary>
    public const string ShortRisk = "risk.short";
}
