namespace Isobar.Mechanics.Contact;

/// <summary>
/// Contacts with a known answer, E* the contact modulus.
/// <para>Sources: H. M. Westergaard, J. Appl. Mech. 6 (1939) A49, 10.1115/1.4008919; K. L. Johnson, J. A. Greenwood, J. G. Higginson, Int. J. Mech. Sci. 27 (1985) 383,
/// 10.1016/0020-7403(85)90029-3; K. L. Johnson, Contact Mechanics (1985), 10.1017/CBO9781139171731; R. Holm, Electric Contacts (1967), 10.1007/978-3-662-06688-1;
/// J. A. Greenwood, Br. J. Appl. Phys. 17 (1966) 1621, 10.1088/0508-3443/17/12/310.</para>
/// </summary>
public static class ClosedFormContact
{
    /// <summary>Mean pressure at which a wave Δ·cos(2πx/λ) touches everywhere, p* = π·E*·Δ/λ, Pa.</summary>
    public static double WaveFullPressurePa(double modulusPa, double amplitudeM, double wavelengthM) => Math.PI * modulusPa * amplitudeM / wavelengthM;

    /// <summary>Share of the wave in contact: sin²(π·a/2) = p̄/p*, a the share.</summary>
    public static double WaveArea(double meanPa, double fullPa) => meanPa >= fullPa ? 1 : 2 / Math.PI * Math.Asin(Math.Sqrt(meanPa / fullPa));

    /// <summary>Pressure on the wave at a distance from its crest, Pa: 2p̄·cos ψ/sin²ψ_a·√(sin²ψ_a − sin²ψ), ψ = πx/λ, sin²ψ_a = p̄/p*.</summary>
    public static double WavePressurePa(double meanPa, double fullPa, double crestDistanceM, double wavelengthM)
    {
        double psi = Math.PI * crestDistanceM / wavelengthM, edge = meanPa / fullPa, sine = Math.Sin(psi);
        if (edge >= 1) return meanPa + (fullPa * Math.Cos(2 * psi));
        return sine * sine < edge ? 2 * meanPa * Math.Cos(psi) / edge * Math.Sqrt(edge - (sine * sine)) : 0;
    }

    /// <summary>Mean pressure at which Δ·cos(2πx/λ)·cos(2πy/λ) touches everywhere, p* = √2·π·E*·Δ/λ, Pa.</summary>
    public static double EggBoxFullPressurePa(double modulusPa, double amplitudeM, double wavelengthM) => Math.Sqrt(2) * WaveFullPressurePa(modulusPa, amplitudeM, wavelengthM);

    /// <summary>Contact share at light load: π·(3p̄/(8π·p*))^(2/3).</summary>
    public static double EggBoxLightArea(double meanPa, double fullPa) => Math.PI * Math.Pow(3 * meanPa / (8 * Math.PI * fullPa), 2.0 / 3);

    /// <summary>Gap share near closing: (3/2π)·(1 − p̄/p*).</summary>
    public static double EggBoxGapShare(double meanPa, double fullPa) => 1.5 / Math.PI * (1 - (meanPa / fullPa));

    /// <summary>Sphere on a half-space: contact radius a = (3PR/4E*)^(1/3), m.</summary>
    public static double HertzRadiusM(double forceN, double sphereRadiusM, double modulusPa) => Math.Cbrt(3 * forceN * sphereRadiusM / (4 * modulusPa));

    /// <summary>Sphere on a half-space: pressure in the middle p₀ = 3P/(2πa²), Pa.</summary>
    public static double HertzPeakPa(double forceN, double sphereRadiusM, double modulusPa)
    {
        double a = HertzRadiusM(forceN, sphereRadiusM, modulusPa);
        return 1.5 * forceN / (Math.PI * a * a);
    }

    /// <summary>Sphere on a half-space: approach δ = a²/R, m.</summary>
    public static double HertzApproachM(double forceN, double sphereRadiusM, double modulusPa)
    {
        double a = HertzRadiusM(forceN, sphereRadiusM, modulusPa);
        return a * a / sphereRadiusM;
    }

    /// <summary>Flat cylindrical punch: p(r) = P/(2πa²)·(1 − r²/a²)^(−1/2), Pa.</summary>
    public static double PunchPressurePa(double forceN, double punchRadiusM, double distanceM) =>
        forceN / (2 * Math.PI * punchRadiusM * punchRadiusM) / Math.Sqrt(1 - (distanceM * distanceM / (punchRadiusM * punchRadiusM)));

    /// <summary>Flat cylindrical punch: approach δ = P/(2aE*), m.</summary>
    public static double PunchApproachM(double forceN, double punchRadiusM, double modulusPa) => forceN / (2 * punchRadiusM * modulusPa);

    /// <summary>One round spot of radius a on a half-space, resistance over resistivity 1/(4a), 1/m (Holm).</summary>
    public static double SpotPerM(double radiusM) => 1 / (4 * radiusM);

    /// <summary>
    /// n equal spots with centres at (x, y), one side, 1/m: 1/(4na) + (1/(2π·n²))·Σ_{i≠j} 1/d_ij (Greenwood 1966), good to a few percent while spots are farther apart than three radii.
    /// </summary>
    public static double SpotsPerM(double radiusM, IReadOnlyList<(double XM, double YM)> centres)
    {
        double sum = 0;
        for (int i = 0; i < centres.Count; i++)
        {
            for (int j = 0; j < centres.Count; j++)
            {
                if (i != j) sum += 1 / double.Hypot(centres[i].XM - centres[j].XM, centres[i].YM - centres[j].YM);
            }
        }

        return (1 / (4 * centres.Count * radiusM)) + (sum / (2 * Math.PI * centres.Count * centres.Count));
    }
}
