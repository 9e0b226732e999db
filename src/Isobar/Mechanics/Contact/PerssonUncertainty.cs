namespace Isobar.Mechanics.Contact;

/// <summary>
/// How far Persson's closed forms lie from the solver: relative standard uncertainties, measured on self-affine surfaces (H = 0.6 and 0.8, a decade of wave numbers) at mean pressures of
/// 0.02 to 0.3 of E*g, elastic and with hardnesses of 0.02 to 1 of E*g. A test repeats the measurement. The area is too small by a fifth to a quarter at small loads unless most of it flows;
/// the theory is kept as it is and the error stated. Between a fifth of E*g and E*g the stiffness rests on how flow smooths the surface, which is known worst; softer bodies follow the law of flow.
/// </summary>
/// <param name="Area">Of the area, on the logit scale.</param>
/// <param name="PlasticArea">Of the flowing area, on the logit scale: it holds for soft bodies and is too large by a factor where little flows.</param>
/// <param name="Gap">Of the mean gap.</param>
/// <param name="Stiffness">Of stiffness and constriction length.</param>
internal readonly record struct PerssonUncertainty(double Area, double PlasticArea, double Gap, double Stiffness)
{
    /// <summary>Below this area few asperities carry the load and the theory of infinitely many fails.</summary>
    public const double SmallestArea = 0.008;

    /// <summary>Above this area of elastic contact the gaps are few.</summary>
    public const double LargestElasticArea = 0.6;

    private const double OfArea = 0.25, OfGap = 0.09, OfStiffness = 0.12, OfSmoothing = 0.05, LeastPlasticArea = 0.3, OfFlow = 0.15;

    /// <summary>The uncertainties of one answer; the spread of a flowing gap comes on top.</summary>
    /// <param name="flowingShare">Share of the contact that flows.</param>
    /// <param name="reducedHardness">H/(E*g); null without flow.</param>
    public static PerssonUncertainty Of(double flowingShare, double? reducedHardness) => reducedHardness is { } hardness
        ? new(
            OfArea * Math.Min(1, 2 * hardness), Math.Max(Math.Min(LeastPlasticArea, 1.2 * hardness), hardness), hardness <= SoftFlow.HardestForVoids ? 0.03 + (0.5 * hardness) : OfGap,
            hardness <= SoftFlow.HardestForConstriction ? OfFlow : OfStiffness + (OfSmoothing * flowingShare / hardness))
        : new(OfArea, 0, OfGap, OfStiffness);
}
