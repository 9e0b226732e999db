using System.Collections.Immutable;
using System.Globalization;
using Isobar.Impedance.Circuits;
using Isobar.Impedance.Fitting;
using Isobar.Numerics.LeastSquares;
using Isobar.Quantities;
using MathNet.Numerics.Distributions;

namespace Isobar.Impedance.Series;

/// <summary>
/// One branch of a pressure series as one least-squares problem: all spectra at once, each resistance bound to R_∞ + R₁·(P/1 MPa)^−m and to what the series scatters about it.
/// </summary>
/// <param name="Branch">"loading" or "unloading", with a number where there are several.</param>
/// <param name="Laws">One for each resistance whose exponent the separate fits determine; the others stay free. Intervals are profiles.</param>
/// <param name="SumOfSquares">Of all residuals, each over the noise of its spectrum.</param>
/// <param name="Expected">What that sum should be: numbers less parameters.</param>
/// <param name="Chance">Probability that the joint fit is worse than the separate ones by chance (F-test).</param>
/// <param name="Findings">What a reader must know.</param>
public sealed record JointFit(string Branch, ImmutableArray<ContactLaw> Laws, double SumOfSquares, double Expected, double Chance, ImmutableArray<string> Findings)
{
    // Below this the spectra contradict what is shared.
    private const double LeastChance = 0.001;

    /// <summary>Fits the spectra of one branch; null when no law is determined.</summary>
    /// <param name="searches">One search for each spectrum, with its data.</param>
    /// <param name="fits">The separate fits.</param>
    /// <param name="megapascals">Pressures.</param>
    /// <param name="separate">Laws of the branch from the separate fits, with what was added to their errors.</param>
    /// <param name="branch">Its name.</param>
    /// <param name="options">What else is shared.</param>
    internal static JointFit? Of(CircuitSearch[] searches, CircuitFitResult[] fits, double[] megapascals, (ContactLaw Law, double AddedScatter)[] separate, string branch, JointFitOptions options)
    {
        Circuit circuit = searches[0].Circuit;
        (ContactLaw Law, double AddedScatter)[] determined = [.. separate.Where(each => each.Law.Determined)];
        if (determined.Length == 0) return null;
        JointLaw[] laws = [.. determined.Select(each => new JointLaw(searches[0].Model.Free.IndexOf(circuit.PlaceOf(each.Law.Name)), each.AddedScatter))];
        double[][] coordinates = [.. fits.Select(fit => CoordinatesOf(circuit, fit))];
        // The noise of a spectrum in the weights of the fit is what its own fit leaves.
        double[] noise = [.. searches.Select((each, i) => Math.Sqrt(each.From(coordinates[i]).SumOfSquares / Math.Max(1, (2 * each.PointCount) + each.Model.PriorCount - each.Model.ParameterCount)))];
        var model = new JointModel([.. searches.Select(each => each.Model)], circuit, noise, megapascals, laws, options);
        var search = new JointSearch(model);
        double[] best = model.Start(coordinates, [.. determined.Select(each => each.Law)]);
        double sum = search.From(best);
        search.Coordinates.CopyTo(best);
        double[] covariance = new double[best.Length * best.Length];
        search.Covariance(covariance);

        int numbers = searches.Sum(each => (2 * each.PointCount) + each.Model.PriorCount), free = searches[0].Model.ParameterCount;
        int own = searches.Length * free, more = own - (best.Length - model.DeviationCount);
        double apart = numbers - own, ratio = more > 0 ? (sum - apart) / more : 0;
        double chance = more > 0 && ratio > 0 ? FisherSnedecor.CDF(apart, more, 1 / ratio) : 1;
        double factor = Estimate.CoverageFactor(0.95, Math.Max(1, megapascals.Length - 3));
        var profile = new ProfileIntervals(search, best, covariance, sum, sum + (factor * factor));
        ImmutableArray<ContactLaw> joint = [.. determined.Select((each, l) => LawOf(each.Law, l, best, profile, model))];
        var findings = ImmutableArray.CreateBuilder<string>();
        if (chance < LeastChance) findings.Add(string.Create(CultureInfo.InvariantCulture, $"the spectra of the {branch} branch contradict what the joint fit ties (chance {chance:0.0e+0}): its intervals do not hold; take the separate fits, or tie less"));
        return new JointFit(branch, joint, sum, numbers + model.DeviationCount - best.Length, chance, findings.ToImmutable());
    }

    private static double[] CoordinatesOf(Circuit circuit, CircuitFitResult fit) =>
        [.. circuit.Parameters.Select((parameter, k) => (parameter, k)).Where(pair => pair.parameter.IsFree).Select(pair => pair.parameter.Coordinate(fit.Parameters[pair.k].Value))];

    private static ContactLaw LawOf(ContactLaw separate, int l, double[] best, ProfileIntervals profile, JointModel model)
    {
        int first = 3 * l;
        Interval final = profile.Of(first, double.NaN), atOne = profile.Of(first + 1, double.NaN), exponent = profile.Of(first + 2, double.NaN);
        // Where the logarithm runs to its limit the resistance that stays is nothing.
        double Ohms(double log) => log <= model.Lower[first] ? 0 : Math.Exp(log);
        return separate with
        {
            FinalOhms = Ohms(best[first]),
            Final95 = new Interval(Ohms(final.Low), Ohms(final.High)),
            OhmsAtOneMegapascal = Math.Exp(best[first + 1]),
            AtOneMegapascal95 = new Interval(Math.Exp(atOne.Low), Math.Exp(atOne.High)),
            Exponent = best[first + 2],
            Exponent95 = exponent,
            Determined = exponent.Low > 1.01 * ContactLawFit.LeastExponent && exponent.High < 0.99 * ContactLawFit.MostExponent,
        };
    }
}

/// <summary>The search behind a joint fit.</summary>
internal sealed class JointSearch(JointModel model) : IProfiled
{
    private static readonly LeastSquaresOptions s_best = new() { MaxSteps = 200, GradientTolerance = 1e-7, StepTolerance = 1e-9, SumTolerance = 1e-9, InitialDamping = 1e-4, Polish = false, LeastDamping = 2e-9 };
    private static readonly LeastSquaresOptions s_held = new() { MaxSteps = 40, GradientTolerance = 1e-6, StepTolerance = 1e-8, SumTolerance = 1e-7, InitialDamping = 1e-4, Polish = false, LeastDamping = 2e-9 };

    private readonly LeastSquaresEngine<JointModel> _engine = new(model);
    private readonly double[] _x = new double[model.ParameterCount];

    public double[] Lower => model.Lower;

    public double[] Upper => model.Upper;

    public ReadOnlySpan<double> Coordinates => _x;

    public double From(ReadOnlySpan<double> coordinates)
    {
        coordinates.CopyTo(_x);
        return _engine.Search(_x, Lower, Upper, s_best).SumOfSquares;
    }

    public double Held(int coordinate, double at, ReadOnlySpan<double> coordinates)
    {
        (double low, double high) = (Lower[coordinate], Upper[coordinate]);
        coordinates.CopyTo(_x);
        Lower[coordinate] = Upper[coordinate] = _x[coordinate] = at;
        double sum = _engine.Search(_x, Lower, Upper, s_held).SumOfSquares;
        (Lower[coordinate], Upper[coordinate]) = (low, high);
        return sum;
    }

    public void Covariance(Span<double> inverse) => _engine.InverseGram(inverse, out _);
}
