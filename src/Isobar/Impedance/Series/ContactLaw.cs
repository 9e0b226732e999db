using Isobar.Quantities;

namespace Isobar.Impedance.Series;

/// <summary>
/// How a resistance falls with pressure: R(P) = R_∞ + R₁·(P/1 MPa)^−m. Ends of intervals come from profiles: the values at which the best fit of the others is worse than the
/// scatter explains.
/// </summary>
/// <param name="Name">The resistance in the circuit.</param>
/// <param name="Branch">Which part of the history: "loading" or "unloading", with a number where there are several.</param>
/// <param name="FinalOhms">R_∞, what no pressure takes away.</param>
/// <param name="Final95">Its 95 % interval.</param>
/// <param name="OhmsAtOneMegapascal">R₁.</param>
/// <param name="AtOneMegapascal95">Its 95 % interval.</param>
/// <param name="Exponent">m.</param>
/// <param name="Exponent95">Its 95 % interval.</param>
/// <param name="Scatter">Standard deviation of ln R about the law.</param>
/// <param name="Points">How many pressures.</param>
/// <param name="Determined">Whether the interval of the exponent ends inside of the range that is searched, 0.02 to 5.</param>
public sealed record ContactLaw(
    string Name,
    string Branch,
    double FinalOhms,
    Interval Final95,
    double OhmsAtOneMegapascal,
    Interval AtOneMegapascal95,
    double Exponent,
    Interval Exponent95,
    double Scatter,
    int Points,
    bool Determined);

/// <summary>Fits the law to one branch. For a fixed exponent it is linear in two coefficients that are not negative, so the search has one dimension.</summary>
internal sealed class ContactLawFit(double[] megapascals, double[] ohms, double[] relativeErrors)
{
    private const double LeastExponent = 0.02;
    private const double MostExponent = 5;
    private const int LeastPoints = 4;

    // What repeats of a cell under one pressure scatter by at best; errors of a fit alone know nothing of that.
    private const double LeastError = 1e-3;

    private readonly double[] _weights = [.. ohms.Zip(relativeErrors, (r, u) => 1 / (r * Math.Max(double.IsFinite(u) ? u : 1, LeastError)))];

    /// <summary>The law; null for fewer than four pressures, or pressures within a factor of 1.5.</summary>
    public ContactLaw? Fit(string name, string branch)
    {
        if (megapascals.Length < LeastPoints || megapascals.Max() < 1.5 * megapascals.Min()) return null;
        double m = BestExponent(null);
        (double final, double first, double sum) = Coefficients(m, null);
        int left = megapascals.Length - 3;
        double factor = Estimate.CoverageFactor(0.95, left), level = sum + (factor * factor * Math.Max(1, sum / left));
        var exponents = new Interval(Math.Exp(End(Math.Log(m), Math.Log(LeastExponent), log => Coefficients(Math.Exp(log), null).Sum, level)), Math.Exp(End(Math.Log(m), Math.Log(MostExponent), log => Coefficients(Math.Exp(log), null).Sum, level)));
        double beyond = 2 * ohms.Max();
        var finals = new Interval(End(final, 0, held => SumWith(held), level), End(final, beyond, held => SumWith(held), level));
        // The ends of R₁ are those over the interval of the exponent, where the two go together.
        double[] firsts = [.. Enumerable.Range(0, 41).Select(i => exponents.Low * Math.Pow(exponents.High / exponents.Low, i / 40.0)).Select(each => Coefficients(each, null).First)];
        double scatter = Math.Sqrt(ohms.Select((r, i) => Math.Pow(Math.Log(r / (final + (first * Math.Pow(megapascals[i], -m)))), 2)).Sum() / left);
        bool determined = exponents.Low > 1.01 * LeastExponent && exponents.High < 0.99 * MostExponent;
        return new ContactLaw(name, branch, final, finals, first, new Interval(firsts.Min(), firsts.Max()), m, exponents, scatter, ohms.Length, determined);
    }

    private double SumWith(double held) => Coefficients(BestExponent(held), held).Sum;

    // A grid and then a golden section: the sum over the exponent may have two valleys.
    private double BestExponent(double? held)
    {
        double low = Math.Log(LeastExponent), high = Math.Log(MostExponent), best = low, least = double.PositiveInfinity;
        const int Places = 60;
        for (int i = 0; i <= Places; i++)
        {
            double log = low + ((high - low) * i / Places), sum = Coefficients(Math.Exp(log), held).Sum;
            if (sum < least) (least, best) = (sum, log);
        }

        double step = (high - low) / Places, a = Math.Max(low, best - step), b = Math.Min(high, best + step), ratio = (Math.Sqrt(5) - 1) / 2;
        while (b - a > 1e-9)
        {
            double x = b - (ratio * (b - a)), y = a + (ratio * (b - a));
            if (Coefficients(Math.Exp(x), held).Sum < Coefficients(Math.Exp(y), held).Sum) b = y;
            else a = x;
        }

        return Math.Exp(0.5 * (a + b));
    }

    private (double Final, double First, double Sum) Coefficients(double exponent, double? held)
    {
        double aa = 0, ab = 0, bb = 0, ay = 0, by = 0;
        for (int i = 0; i < ohms.Length; i++)
        {
            double a = _weights[i], b = _weights[i] * Math.Pow(megapascals[i], -exponent), y = _weights[i] * (ohms[i] - (held ?? 0));
            (aa, ab, bb, ay, by) = (aa + (a * a), ab + (a * b), bb + (b * b), ay + (a * y), by + (b * y));
        }

        double final = held ?? ((ay * bb) - (by * ab)) / ((aa * bb) - (ab * ab)), first;
        if (held is not null) first = Math.Max(0, by / bb);
        else
        {
            first = ((by * aa) - (ay * ab)) / ((aa * bb) - (ab * ab));
            if (final < 0) (final, first) = (0, by / bb);
            else if (first < 0) (final, first) = (ay / aa, 0);
        }

        double sum = 0;
        for (int i = 0; i < ohms.Length; i++)
        {
            double residual = _weights[i] * (ohms[i] - final - (first * Math.Pow(megapascals[i], -exponent)));
            sum += residual * residual;
        }

        return (final, first, sum);
    }

    // Where the sum crosses the level between the best value and a limit; the limit where it never does.
    private static double End(double best, double limit, Func<double, double> sum, double level)
    {
        if (sum(limit) <= level) return limit;
        double inside = best, outside = limit;
        for (int i = 0; i < 50; i++)
        {
            double middle = 0.5 * (inside + outside);
            if (sum(middle) <= level) inside = middle;
            else outside = middle;
        }

        return 0.5 * (inside + outside);
    }
}
