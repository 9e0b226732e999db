namespace Isobar.Mechanics.Contact;

/// <summary>
/// How far Persson's closed forms lie from the solver: relative standard uncertainties, measured on self-affine surfaces (H = 0.8, one decade and a half of wave numbers)
/// at 0.005 to 0.5 of the rms pressure, hardness from half of E*g upwards. A test repeats the measurement.
/// </summary>
/// <param name="Area">Of the area, on the logit scale.</param>
/// <param name="PlasticArea">Of the flowing area, on the logit scale.</param>
/// <param name="Gap">Of the mean gap.</param>
/// <param name="Stiffness">Of stiffness and constriction length.</param>
internal readonly record struct PerssonUncertainty(double Area, double PlasticArea, double Gap, double Stiffness)
{
    /// <summary>Below this area few asperities carry the load and the theory of infinitely many fails.</summary>
    public const double SmallestArea = 0.008;

    /// <summary>Above this area the gaps are few.</summary>
    public const double LargestElasticArea = 0.6;

    /// <summary>Without flow.</summary>
    public static PerssonUncertainty Elastic { get; } = new(0.2, 0, 0.1, 0.12);

    /// <summary>With flow.</summary>
    public static PerssonUncertainty Capped { get; } = new(0.2, 0.3, 0.1, 0.15);
}
