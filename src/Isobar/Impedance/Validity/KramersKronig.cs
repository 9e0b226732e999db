using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using MathNet.Numerics.Distributions;

namespace Isobar.Impedance.Validity;

/// <summary>
/// The Kramers-Kronig test of a sweep: one linear fit of a ladder in impedance, one in admittance, a noise estimate, points that stand out, and what can be said.
/// <para>A sweep that changes slowly still looks linear and causal: the test cannot prove that nothing changed. It says <see cref="KramersKronigVerdict.CannotTell"/> when terms that
/// grow with the time since the sweep began explain the residuals better than chance lets them.</para>
/// </summary>
public static class KramersKronig
{
    // Three times per decade are enough for depressed arcs. A nearly ideal arc between two of them needs four, and shows it.
    private const double Usual = 3;
    private const double Denser = 4;
    private const double DenserPays = 0.9;

    // White noise is not a contradiction, but above this nothing smaller than a contradiction could be seen.
    private const double MostNoise = 0.015;
    private const double MostShapedNoise = 0.0075;
    private const double ShapedRuns = -3;

    private const double OutlierAt = 5;
    private const double MostOutliers = 0.05;

    private const double DriftLevel = 1e-4;
    private const double LeastDrift = 3e-4;
    private const int LeastLeftOver = 10;

    // Where one domain leaves this much less than the other, the other one lacks a term: a negative resistance, for example.
    private const double OtherDomainPays = 0.7;

    /// <summary>Tests a sweep. Points left out of it do not count.</summary>
    public static KramersKronigResult Test(Spectrum spectrum)
    {
        double[] hertz = [.. spectrum.Hertz], weights = Weights(spectrum);
        Complex[] impedances = [.. spectrum.Ohms], admittances = [.. spectrum.Ohms.Select(z => 1 / z)];
        Ladder inImpedance = Ladder.Best(hertz, impedances, weights), inAdmittance = Ladder.Best(hertz, admittances, weights);
        bool admittance = inAdmittance.Noise < OtherDomainPays * inImpedance.Noise;
        (Ladder used, Complex[] values) = admittance ? (inAdmittance, admittances) : (inImpedance, impedances);
        ImmutableArray<int> outliers = Outliers(hertz, values, weights, used, out Ladder without);
        bool withoutThem = !outliers.IsEmpty && used.Noise > Limit(used.Runs(weights));
        if (withoutThem)
        {
            foreach (int i in outliers) weights[i] = 0;
            used = without;
        }

        double drift = DriftProbability(spectrum, values, weights, used, out double drifting);
        double runs = used.Runs(weights);
        (KramersKronigVerdict verdict, ImmutableArray<string> reasons) = Judge(used, runs, drift, drifting);
        if (!outliers.IsEmpty) reasons = reasons.Add(Words(outliers, withoutThem, spectrum));
        return new KramersKronigResult
        {
            Verdict = verdict,
            Reasons = reasons,
            Noise = used.Noise,
            ImpedanceNoise = inImpedance.Noise,
            AdmittanceNoise = inAdmittance.Noise,
            UsedAdmittance = admittance,
            TimeCount = used.TimeCount,
            // ΔZ/|Z| = −ΔY/|Y|·(phase), so the size is the same; the sign and phase are turned back.
            Residuals = admittance ? [.. used.Residuals.Zip(admittances, (r, y) => -r * y.Magnitude * y.Magnitude / (y * y))] : [.. used.Residuals],
            Outliers = outliers,
            RunsDeviation = runs,
            DriftProbability = drift,
        };
    }

    /// <summary>The noise alone, for loops over many sweeps: a share of the modulus.</summary>
    internal static double Noise(Spectrum spectrum) => Ladder.Best([.. spectrum.Hertz], [.. spectrum.Ohms], Weights(spectrum)).Noise;

    private static double[] Weights(Spectrum spectrum) => [.. spectrum.Points.Select(point => point.LeftOut ? 0 : point.Weight)];

    private static (KramersKronigVerdict Verdict, ImmutableArray<string> Reasons) Judge(Ladder used, double runs, double drift, double drifting)
    {
        var reasons = ImmutableArray.CreateBuilder<string>();
        bool shaped = runs < ShapedRuns, invalid = used.Noise > Limit(runs);
        string noise = string.Create(CultureInfo.InvariantCulture, $"{100 * used.Noise:0.000} %");
        if (used.LeftOver < LeastLeftOver) reasons.Add($"{used.LeftOver} numbers are left over to judge by; at least {LeastLeftOver} are needed");
        else if (invalid) reasons.Add($"real and imaginary part contradict each other by {noise} of the modulus, {(shaped ? "with a shape" : "without a shape")}; at most {(shaped ? "0.75" : "1.5")} % passes");
        else reasons.Add($"real and imaginary part agree to {noise} of the modulus");
        bool changing = used.LeftOver >= LeastLeftOver && drift < DriftLevel && Math.Sqrt(Math.Max(0, (used.Noise * used.Noise) - (drifting * drifting))) > LeastDrift;
        if (changing) reasons.Add(string.Create(CultureInfo.InvariantCulture, $"a sample that changes during the sweep explains it better, to {100 * drifting:0.000} % (chance {drift:0.0e+0})"));
        return (used.LeftOver < LeastLeftOver ? KramersKronigVerdict.CannotTell : invalid ? KramersKronigVerdict.Invalid : changing ? KramersKronigVerdict.CannotTell : KramersKronigVerdict.Valid, reasons.ToImmutable());
    }

    private static double Limit(double runs) => runs < ShapedRuns ? MostShapedNoise : MostNoise;

    private static string Words(ImmutableArray<int> outliers, bool leftOut, Spectrum spectrum)
    {
        bool one = outliers.Length == 1;
        string places = string.Join(", ", outliers.Select(i => string.Create(CultureInfo.InvariantCulture, $"{spectrum.Hertz[i]:G4} Hz")));
        return $"{(one ? "one point stands" : $"{outliers.Length} points stand")} out{(leftOut ? one ? " and was left out" : " and were left out" : "")}: {places}";
    }

    // Beyond five robust standard deviations of the complex residual. A bad point bends the ladder and makes its neighbours look bad, so one after the other is taken out, the worst
    // first. More than one in twenty is not a few bad points but the noise of this sweep.
    private static ImmutableArray<int> Outliers(double[] hertz, Complex[] values, double[] weights, Ladder used, out Ladder without)
    {
        without = used;
        double[] left = [.. weights];
        var found = ImmutableArray.CreateBuilder<int>();
        int count = weights.Count(weight => weight > 0), most = (int)Math.Max(1, MostOutliers * count);
        if (count < LeastLeftOver) return [];
        while (true)
        {
            Complex[] residuals = without.Residuals;
            double[] sizes = [.. residuals.Where((_, i) => left[i] > 0).Select(r => r.Magnitude).Order()];
            // The median modulus of a complex normal with unit parts is 1.1774.
            double limit = OutlierAt * sizes[sizes.Length / 2] / 1.1774;
            int worst = Enumerable.Range(0, residuals.Length).Where(i => left[i] > 0).MaxBy(i => residuals[i].Magnitude);
            if (residuals[worst].Magnitude <= limit) return [.. found.Order()];
            if (found.Count == most) return [];
            found.Add(worst);
            left[worst] = 0;
            without = Ladder.Of(hertz, values, left, used.PerDecade);
        }
    }

    private static double DriftProbability(Spectrum spectrum, Complex[] values, double[] weights, Ladder used, out double noise)
    {
        noise = used.Noise;
        var growing = new LinearKramersKronig(spectrum.Hertz.AsSpan(), used.PerDecade, Clock(spectrum));
        int count = weights.Count(weight => weight > 0), left = (2 * count) - growing.Unknowns, more = growing.Unknowns - used.Unknowns;
        if (left < LeastLeftOver || more <= 0) return 1;
        double sum = growing.Fit(values, weights, new Complex[values.Length]);
        noise = Math.Sqrt(sum / left);
        double ratio = (used.Sum - sum) / more / (sum / left);
        return ratio > 0 ? FisherSnedecor.CDF(left, more, 1 / ratio) : 1;
    }

    // The share of the sweep that has passed: by its own times, or, since a point takes a few periods, by the sum of the periods.
    private static double[] Clock(Spectrum spectrum)
    {
        double[] clock = new double[spectrum.Count];
        if (spectrum.Points.All(point => double.IsFinite(point.Seconds)))
        {
            double begin = spectrum.Points.Min(point => point.Seconds), end = spectrum.Points.Max(point => point.Seconds);
            if (end > begin) return [.. spectrum.Points.Select(point => (point.Seconds - begin) / (end - begin))];
        }

        double passed = 0;
        for (int i = 0; i < clock.Length; i++) clock[i] = passed += 1 / spectrum.Hertz[i];
        for (int i = 0; i < clock.Length; i++) clock[i] /= passed;
        return clock;
    }

    /// <summary>A ladder that was fitted.</summary>
    private sealed record Ladder(double PerDecade, int TimeCount, int Unknowns, int LeftOver, double Sum, Complex[] Residuals)
    {
        public double Noise => Math.Sqrt(Sum / Math.Max(1, LeftOver));

        public static Ladder Best(double[] hertz, Complex[] values, double[] weights)
        {
            Ladder usual = Of(hertz, values, weights, Usual), denser = Of(hertz, values, weights, Denser);
            return denser.LeftOver >= LeastLeftOver && denser.Noise < DenserPays * usual.Noise ? denser : usual;
        }

        public double Runs(double[] weights)
        {
            Complex[] counted = [.. Residuals.Where((_, i) => weights[i] > 0)];
            double[] real = [.. counted.Select(r => r.Real)], imaginary = [.. counted.Select(r => r.Imaginary)];
            return Math.Min(RunsTest.Deviation(real), RunsTest.Deviation(imaginary));
        }

        public static Ladder Of(double[] hertz, Complex[] values, double[] weights, double perDecade)
        {
            var fit = new LinearKramersKronig(hertz, perDecade);
            var ladder = new Complex[values.Length];
            double sum = fit.Fit(values, weights, ladder);
            for (int i = 0; i < ladder.Length; i++) ladder[i] = (values[i] - ladder[i]) / values[i].Magnitude;
            return new Ladder(perDecade, fit.TimeCount, fit.Unknowns, (2 * weights.Count(weight => weight > 0)) - fit.Unknowns, sum, ladder);
        }
    }
}
