using Isobar.Mechanics.Contact.Surfaces;
using Isobar.Numerics;
using Isobar.Quantities;
using MathNet.Numerics;

namespace Isobar.Mechanics.Contact;

/// <summary>What Persson's theory says of one load; each with its band.</summary>
/// <param name="PressurePa">Mean pressure, Pa.</param>
/// <param name="Area">Share of the area in contact, flowing parts included.</param>
/// <param name="PlasticArea">Share of the area that flows.</param>
/// <param name="MeanGap">Mean gap, m.</param>
/// <param name="Stiffness">Contact stiffness −dp/dū, Pa/m.</param>
/// <param name="ConstrictionLength">ℓ_c = E*/2K, m: the areal resistance of the contact is (ρ₁ + ρ₂)·ℓ_c.</param>
public readonly record struct PerssonLoad(double PressurePa, Estimate Area, Estimate PlasticArea, Estimate MeanGap, Estimate Stiffness, Estimate ConstrictionLength);

/// <summary>
/// Contact of a rough surface from its spectrum alone, in closed form: no map, no solver, microseconds.
/// <para>Elastic. The stress distribution widens with each scale of roughness q by G(q) = (E*²/8)·Σ_{q' ≤ q} q'²v(q'), v the variance at q'. Contact area
/// a = P(G) = erf(p/2√G). Energy U(p) = (E*/4)·Σ q·v·[γP + (1 − γ)P³] with γ = 0.45; mean gap ū = ∫ₚ^∞ (dU/dp')dp'/p', stiffness K = p/(dU/dp);
/// constriction by Barber's identity ℓ_c = E*/2K.</para>
/// <para>Capped at the hardness H. The stress diffuses between absorbing ends at 0 and H: a_el = Σ_{n odd} (4/nπ)·sin(nπp/H)·exp(−n²π²G/H²) still elastic,
/// a_pl = Σ_n (2/nπ)(−1)^{n+1} sin(nπp/H)(1 − exp(−n²π²G/H²)) flowing, so that a → p/H when all flows. For the stiffness the flow smooths the surface:
/// v is multiplied by 1 − (a_pl(q)·H/p)⁶. The mean gap lies between that of the smoothed surface and the smaller of two others: that without flow, and that of heights cut off at
/// the level z above which the share p/H lies, h_rms·(z(1 − p/H) + φ(z)); the geometric middle is given, the ends are within its band.</para>
/// <para>Bodies softer than a fifth of E*g, where that smoothing would leave nothing, have the constriction of flow, below 0.15 of E*g its voids too (<see cref="SoftFlow"/>).</para>
/// <para>Symbols: p mean pressure, Pa; E* contact modulus, Pa; q wave number, 1/m; v variance, m²; γ share of the energy, 1.</para>
/// <para>Validity: isotropic heights of a normal distribution, gradients below about 1, no adhesion, no friction, a load between finite-size effects (area below about 1 %)
/// and full contact. What the theory leaves out is stated as the uncertainty of each answer; the solver is the referee.</para>
/// <para>B. N. J. Persson, J. Chem. Phys. 115 (2001) 3840, 10.1063/1.1388626 (area) and Phys. Rev. Lett. 87 (2001) 116101, 10.1103/PhysRevLett.87.116101 (capped);
/// C. Yang, B. N. J. Persson, J. Phys.: Condens. Matter 20 (2008) 215214, 10.1088/0953-8984/20/21/215214 (gap); B. N. J. Persson, J. Phys.: Condens. Matter 20
/// (2008) 312001, 10.1088/0953-8984/20/31/312001 (γ); B. Lorenz, B. N. J. Persson, Eur. Phys. J. E 31 (2010) 159, 10.1140/epje/i2010-10558-6 (smoothing by flow);
/// J. R. Barber, Proc. R. Soc. A 459 (2003) 53, 10.1098/rspa.2002.1038.</para>
/// </summary>
public sealed class PerssonContact
{
    /// <summary>γ, share of the energy that an asperity of full contact would have.</summary>
    public const double EnergyShare = 0.45;

    private const int SmoothingPower = 6;
    private readonly RadialSpectrum _spectrum;
    private readonly double _modulusPa;
    private readonly double? _hardnessPa;

    /// <summary>A surface with a spectrum on bodies of a contact modulus.</summary>
    /// <param name="spectrum">Spectrum of the surface, or of both together.</param>
    /// <param name="modulusPa">E*, Pa.</param>
    /// <param name="hardnessPa">H, Pa; null for an elastic contact.</param>
    public PerssonContact(RadialSpectrum spectrum, double modulusPa, double? hardnessPa = null)
    {
        if (!(modulusPa > 0)) throw new ArgumentOutOfRangeException(nameof(modulusPa), modulusPa, "the contact modulus must be above zero");
        if (hardnessPa is { } hardness && !(hardness > 0)) throw new ArgumentOutOfRangeException(nameof(hardnessPa), hardness, "the hardness must be above zero");
        (_spectrum, _modulusPa, _hardnessPa) = (spectrum, modulusPa, hardnessPa);
    }

    /// <summary>What the theory says of a load.</summary>
    /// <param name="pressurePa">Mean pressure, Pa, above zero and below the hardness. Where no roughness is left that could open, the stiffness is infinite and the constriction zero.</param>
    public PerssonLoad At(double pressurePa)
    {
        if (!(pressurePa > 0)) throw new ArgumentOutOfRangeException(nameof(pressurePa), pressurePa, "the mean pressure must be above zero");
        if (pressurePa >= _hardnessPa) throw new ArgumentOutOfRangeException(nameof(pressurePa), pressurePa, $"the mean pressure must be below the hardness, {_hardnessPa:G4} Pa");
        (double area, double plastic, double[] smoothing) = Areas(pressurePa);
        RadialSpectrum acting = plastic > 0 ? _spectrum.Weighted(smoothing) : _spectrum;
        (double gap, double stiffness) = GapAndStiffness(acting, pressurePa);
        double spread = 0;
        double? reduced = ReducedHardness;
        if (_hardnessPa is { } hardness && plastic > 0)
        {
            double share = pressurePa / hardness;
            if (reduced <= SoftFlow.HardestForVoids) gap = SoftFlow.VoidsM(_spectrum.RmsHeight, share, reduced.Value);
            else (gap, spread) = CappedGap(gap, GapAndStiffness(_spectrum, pressurePa).Gap, share);
            if (reduced <= SoftFlow.HardestForConstriction) stiffness = SoftStiffness(share, reduced.Value);
        }

        var u = PerssonUncertainty.Of(plastic / area, reduced);
        bool extrapolated = area < PerssonUncertainty.SmallestArea || area - plastic > PerssonUncertainty.LargestElasticArea || (reduced <= SoftFlow.HardestForConstriction && pressurePa > SoftFlow.LargestShare * _hardnessPa);
        return new PerssonLoad(
            pressurePa,
            new Estimate(area, u.Area * area * (1 - area), Scale: EstimateScale.Logit, Extrapolated: extrapolated),
            new Estimate(plastic, u.PlasticArea * plastic * (1 - plastic), Scale: EstimateScale.Logit, Extrapolated: extrapolated),
            Known(gap, Math.Sqrt((u.Gap * u.Gap) + (spread * spread))) with { Extrapolated = extrapolated },
            Known(stiffness, u.Stiffness) with { Extrapolated = extrapolated },
            Known(_modulusPa / (2 * stiffness), u.Stiffness) with { Extrapolated = extrapolated });
    }

    /// <summary>ℓ_c alone, m, with its relative standard uncertainty: a hundredth of the work of <see cref="At"/>.</summary>
    internal (double LengthM, double Relative) Constriction(double pressurePa)
    {
        double? reduced = ReducedHardness;
        if (_hardnessPa is { } hardness && reduced <= SoftFlow.HardestForConstriction) return (_modulusPa / (2 * SoftStiffness(pressurePa / hardness, reduced.Value)), PerssonUncertainty.Of(1, reduced).Stiffness);
        (double area, double plastic, double[] smoothing) = Areas(pressurePa);
        (_, double stiffness) = GapAndStiffness(plastic > 0 ? _spectrum.Weighted(smoothing) : _spectrum, pressurePa, gapToo: false);
        return (_modulusPa / (2 * stiffness), PerssonUncertainty.Of(plastic / area, reduced).Stiffness);
    }

    // H/(E*g).
    private double? ReducedHardness => _hardnessPa / (_modulusPa * _spectrum.RmsGradient);

    private double SoftStiffness(double share, double reducedHardness) => _modulusPa / (2 * SoftFlow.ConstrictionM(_spectrum.RmsHeight, _spectrum.RmsGradient, share, reducedHardness));

    // Closed contact has no gap and no constriction, and its stiffness is infinite; a factor around those says nothing.
    private static Estimate Known(double value, double relative) => value > 0 && double.IsFinite(value) ? Estimate.Relative(value, relative) : Estimate.Exact(value);

    // Between the gap of the smoothed surface and the smaller of those without flow and without elasticity (heights above the level are cut off): the middle, and how far the ends are
    // from it as a 90 % band.
    private (double Gap, double Spread) CappedGap(double smoothed, double elastic, double flowingShare)
    {
        double upper = Math.Min(elastic, SoftFlow.CutVoidsM(_spectrum.RmsHeight, flowingShare)), lower = Math.Min(smoothed, upper);
        // Flow that has taken all of the roughness leaves a gap between none and the heights that were cut off.
        if (!(lower > 0)) return (0.5 * upper, 1);
        return (Math.Sqrt(lower * upper), Math.Log(upper / lower) / (2 * Estimate.CoverageFactor(0.90, double.PositiveInfinity)));
    }

    private (double Area, double Plastic, double[] Smoothing) Areas(double pressurePa)
    {
        double[] smoothing = new double[_spectrum.Shells.Length];
        double widening = 0, area = 0, plastic = 0;
        for (int i = 0; i < smoothing.Length; i++)
        {
            SpectrumShell shell = _spectrum.Shells[i];
            double part = _modulusPa * _modulusPa / 8 * shell.WaveNumber * shell.WaveNumber * shell.Variance;
            (_, double inside) = CappedDiffusion.Areas(pressurePa, _hardnessPa, widening + (0.5 * part));
            smoothing[i] = 1 - Math.Pow(inside * (_hardnessPa ?? 0) / pressurePa, SmoothingPower);
            widening += part;
            (area, plastic) = CappedDiffusion.Areas(pressurePa, _hardnessPa, widening);
        }

        return (area, plastic, smoothing);
    }

    private (double Gap, double Stiffness) GapAndStiffness(RadialSpectrum spectrum, double pressurePa, bool gapToo = true)
    {
        double widening = 0, gap = 0, energySlope = 0;
        foreach (SpectrumShell shell in spectrum.Shells)
        {
            double part = _modulusPa * _modulusPa / 8 * shell.WaveNumber * shell.WaveNumber * shell.Variance;
            // Roughness that has flowed flat neither widens the stress nor holds a gap.
            if (!(widening + part > 0)) continue;
            // The shell itself acts with half of its own widening.
            double s = 0.5 / Math.Sqrt(widening + (0.5 * part)), x = pressurePa * s;
            double weight = _modulusPa / 4 * shell.WaveNumber * shell.Variance * 2 * s / Math.Sqrt(Math.PI);
            double share = SpecialFunctions.Erf(x);
            if (gapToo) gap += weight * GapIntegral(x);
            energySlope += weight * (EnergyShare + (3 * (1 - EnergyShare) * share * share)) * Math.Exp(-x * x);
            widening += part;
        }

        return (gap, pressurePa / energySlope);
    }

    // ∫ₓ^∞ [γ + 3(1 − γ)erf²t]·e^(−t²)/t dt; the first part is an exponential integral, the second is smooth.
    private static double GapIntegral(double x)
    {
        const double end = 6;
        double first = 0.5 * EnergyShare * ExponentialIntegral.First(x * x);
        return x >= end ? first : first + (3 * (1 - EnergyShare) * Integrate.GaussLegendre(Second, x, end, 64));

        static double Second(double t)
        {
            double erf = SpecialFunctions.Erf(t);
            return erf * erf * Math.Exp(-t * t) / t;
        }
    }
}
