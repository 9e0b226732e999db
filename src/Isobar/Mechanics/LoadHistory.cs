namespace Isobar.Mechanics;

/// <summary>
/// What a layer or a contact has seen: the pressure now and the largest pressure ever. Nothing in a pressed cell depends on the
/// present pressure alone.
/// </summary>
/// <param name="PresentPa">Pressure now, Pa.</param>
/// <param name="LargestPa">Largest pressure since the layer was in the die, Pa; at least the present one.</param>
public readonly record struct LoadHistory(double PresentPa, double LargestPa)
{
    /// <summary>The history after moving to a pressure.</summary>
    public LoadHistory At(double pressurePa) => new(pressurePa, Math.Max(pressurePa, LargestPa));

    /// <summary>
    /// The pressure that a contact with memory behaves as if it were under: P_eff = P + h·(P_max − P). With h = 0 the contact reopens
    /// fully on release, with h = 1 it keeps everything.
    /// </summary>
    /// <param name="memory">h, between 0 and 1.</param>
    public double EffectivePa(double memory) => PresentPa + (memory * (LargestPa - PresentPa));
}
