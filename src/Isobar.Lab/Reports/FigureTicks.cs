using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Lab.Reports;

/// <summary>A tick with a label: where it stands in the numbers of the axis, and what is written at it.</summary>
internal readonly record struct FigureTick(double Value, string Text);

/// <summary>Chooses round numbers for an axis. Independent of culture and of the plotting library.</summary>
internal static class FigureTicks
{
    private static readonly double[] s_steps = [1, 2, 2.5, 5, 10];

    /// <summary>Round numbers between two ends, about as many as asked for.</summary>
    public static ImmutableArray<FigureTick> For(FigureScale scale, double low, double high, int wanted) =>
        scale == FigureScale.Logarithmic ? Logarithmic(low, high, wanted) : Linear(low, high, wanted);

    private static ImmutableArray<FigureTick> Linear(double low, double high, int wanted)
    {
        double rough = (high - low) / Math.Max(1, wanted);
        double decade = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = 10 * decade;
        foreach (double candidate in s_steps)
        {
            if (candidate * decade >= rough * 0.999)
            {
                step = candidate * decade;
                break;
            }
        }

        int decimals = Decimals(step);
        var ticks = ImmutableArray.CreateBuilder<FigureTick>();
        long first = (long)Math.Ceiling((low / step) - 1e-9);
        long last = (long)Math.Floor((high / step) + 1e-9);
        for (long i = first; i <= last; i++) ticks.Add(new FigureTick(i * step, Text(i * step, decimals)));
        return ticks.ToImmutable();
    }

    private static ImmutableArray<FigureTick> Logarithmic(double low, double high, int wanted)
    {
        double decades = Math.Log10(high / low);
        // Under half a decade the round numbers of a linear axis are the denser and the more readable ones.
        if (decades < 0.5) return [.. Linear(low, high, wanted).Where(tick => tick.Value > 0)];
        ReadOnlySpan<int> digits = decades < 1.2 && wanted >= 5 ? [1, 2, 3, 4, 5, 7] : decades < 3.2 && wanted >= 4 ? [1, 2, 5] : [1];
        int stride = digits.Length > 1 ? 1 : Math.Max(1, (int)Math.Ceiling(decades / Math.Max(1, wanted)));
        var ticks = ImmutableArray.CreateBuilder<FigureTick>();
        for (int exponent = (int)Math.Floor(Math.Log10(low)); exponent <= (int)Math.Ceiling(Math.Log10(high)); exponent++)
        {
            if (exponent % stride != 0) continue;
            foreach (int digit in digits)
            {
                double value = digit * Math.Pow(10, exponent);
                if (value < low * (1 - 1e-9) || value > high * (1 + 1e-9)) continue;
                ticks.Add(new FigureTick(value, exponent is < -3 or > 3 ? PowerOfTen(digit, exponent) : Text(value, Math.Max(0, -exponent))));
            }
        }

        return ticks.ToImmutable();
    }

    // One decimal more than the step's decade when the step is 2.5 of it.
    private static int Decimals(double step)
    {
        int decade = (int)Math.Floor(Math.Log10(step) + 1e-9);
        bool half = Math.Abs((step / Math.Pow(10, decade)) - 2.5) < 1e-6;
        return Math.Max(0, -decade + (half ? 1 : 0));
    }

    private static string Text(double value, int decimals) =>
        decimals > 9 || Math.Abs(value) >= 1e7
            ? Quantity.Number(value, 3)
            : ReportText.Fixed(value, decimals);

    private static string PowerOfTen(int digit, int exponent)
    {
        string power = "10" + Superscript(exponent);
        return digit == 1 ? power : $"{digit}·{power}";
    }

    private static string Superscript(int number)
    {
        const string digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        return string.Concat(ReportText.Fixed(number, 0).Select(c => c is '-' or '−' ? '⁻' : digits[c - '0']));
    }
}
