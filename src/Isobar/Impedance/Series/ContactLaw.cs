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
    public const double LeastExponent = 0.02;
    public const double MostExponent = 5;
    private const int LeastPoints = 4;
    private const double WidestFirst = 1e6;

    // What repeats of a cell under one pressure scatter by at best; errors of a fit alone know nothing of that.
    private const double LeastError = 1e-3;

    // More scatter than this and the numbers do not belong to one law.
    private const double MostScatter = 10;

    private readonly double[] _weights = new double[ohms.Length];

    /// <summary>Standard deviation of ln R that was added to the errors of the fits.</summary>
    public double AddedScatter { get; private set; }

    /// <summary>The law; null for fewer than four pressures, or pressures within a factor of 1.5.</summary>
    public ContactLaw? Fit(string name, string branch)
    {
        if (megapascals.Length < LeastPoints || megapascals.Max() < 1.5 * megapascals.Min()) return null;
        int left = megapascals.Length - 3;
        // What lies beyond the errors of the fits is estimated from a few pressures, so Student's factor stands for all: a little wide where the errors explain everything.
        AddScatter(left);
        double m = BestExponent(null);
        (double final, double first, double sum) = Coefficients(m, null);
        double factor = Estimate.CoverageFactor(0.95, left), level = sum + (factor * factor);
        var exponents = new Interval(Math.Exp(End(Math.Log(m), Math.Log(LeastExponent), log => Coefficients(Math.Exp(log), null).Sum, level)), Math.Exp(End(Math.Log(m), Math.Log(MostExponent), log => Coefficients(Math.Exp(log), null).Sum, level)));
        double beyond = 2 * ohms.Max();
        var finals = new Interval(End(final, 0, held => SumWith(held), level), End(final, beyond, held => SumWith(held), level));
        // An interval of a number that is never negative, over the decades that the exponent opens.
        var firsts = new Interval(
            End(first, 0, SumWithFirst, level), first > 0 ? Math.Exp(End(Math.Log(first), Math.Log(first * WidestFirst), log => SumWithFirst(Math.Exp(log)), level)) : End(0, beyond, SumWithFirst, level));
        double scatter = Math.Sqrt(ohms.Select((r, i) => Math.Pow(Math.Log(r / (final + (first * Math.Pow(megapascals[i], -m)))), 2)).Sum() / left);
        bool determined = exponents.Low > 1.01 * LeastExponent && exponents.High < 0.99 * MostExponent;
        return new ContactLaw(name, branch, final, finals, first, firsts, m, exponents, scatter, ohms.Length, determined);
    }

    // The scatter beyond the errors of the fits that makes the law fit as well as it should (R. C. Paule, J. Mandel, J. Res. Natl. Bur. Stand. 87 (1982) 377, 10.6028/jres.087.022).
    private void AddScatter(int left)
    {
        if (SumAt(0) <= left) return;
        double low = 0, high = MostScatter;
        for (int i = 0; i < 40; i++)
        {
            double middle = i < 20 ? Math.Sqrt(Math.Max(low, 1e-5) * high) : 0.5 * (low + high);
            if (SumAt(middle) > left) low = middle;
            else high = middle;
        }

        SumAt(high);
        AddedScatter = high;
    }

    private double SumAt(double scatter)
    {
        for (int i = 0; i < ohms.Length; i++)
        {
            double error = Math.Max(double.IsFinite(relativeErrors[i]) ? relativeErrors[i] : 1, LeastError);
            _weights[i] = 1 / (ohms[i] * Math.Sqrt((error * error) + (scatter * scatter)));
        }

        return Coefficients(BestExponent(null), null).Sum;
    }

    // R₁ held: for each exponent the best R_∞ is a mean.
    private double SumWithFirst(double held)
    {
        double SumAtExponent(double log)
        {
            double m = Math.Exp(log), weights = 0, rests = 0, sum = 0;
            for (int i = 0; i < ohms.Length; i++)
            {
                double weight = _weights[i] * _weights[i];
                weights += weight;
                rests += weight * (ohms[i] - (held * Math.Pow(megapascals[i], -m)));
            }

            double final = Math.Max(0, rests / weights);
            for (int i = 0; i < ohms.Length; i++)
            {
                double residual = _weights[i] * (ohms[i] - final - (held * Math.Pow(megapascals[i], -m)));
                sum += residual * residual;
            }

            return sum;
        }

        return SumAtExponent(Math.Log(Lowest(SumAtExponent)));
    }

    private double SumWith(double held) => Coefficients(BestExponent(held), held).Sum;

    // A grid and then a golden section: the sum over the exponent may have two valleys.
    private double BestExponent(double? held) => Lowest(log => Coefficients(Math.Exp(log), held).Sum);

    private static double Lowest(Func<double, double> sumOf)
    {
        double low = Math.Log(LeastExponent), high = Math.Log(MostExponent), best = low, least = double.PositiveInfinity;
        const int Places = 40;
        for (int i = 0; i <= Places; i++)
        {
            double log = low + ((high - low) * i / Places), sum = sumOf(log);
            if (sum < least) (least, best) = (sum, log);
        }

        double step = (high - low) / Places, a = Math.Max(low, best - step), b = Math.Min(high, best + step), ratio = (Math.Sqrt(5) - 1) / 2;
        while (b - a > 1e-5)
        {
            double x = b - (ratio * (b - a)), y = a + (ratio * (b - a));
            if (sumOf(x) < sumOf(y)) b = y;
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
        for (int i = 0; i < 26; i++)
        {
            double middle = 0.5 * (inside + outside);
            if (sum(middle) <= level) inside = middle;
            else outside = middle;
        }

        return 0.5 * (inside + outside);
    }
}
