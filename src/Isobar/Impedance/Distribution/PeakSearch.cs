using System.Collections.Immutable;

namespace Isobar.Impedance.Distribution;

/// <summary>Peaks of a distribution: from valley to valley, small ripples counted to the larger peak beside them.</summary>
internal static class PeakSearch
{
    // A valley must fall to nine tenths of the lower of two tops to part them.
    private const double Parting = 0.9;

    public static ImmutableArray<RelaxationPeak> Of(double[] times, ImmutableArray<double> gamma, double logStep, double[] hertz)
    {
        double shortest = 1 / (2 * Math.PI * hertz[0]), longest = 1 / (2 * Math.PI * hertz[^1]);
        var parts = new List<(int From, int To)>();
        int from = 0;
        double top = 0, valley = double.PositiveInfinity;
        int valleyAt = 0;
        for (int k = 0; k < gamma.Length; k++)
        {
            if (gamma[k] < valley) (valley, valleyAt) = (gamma[k], k);
            bool rising = gamma[k] > valley / Parting && gamma[k] > 0;
            if (top > 0 && rising && valley < Parting * top)
            {
                parts.Add((from, valleyAt));
                (from, top, valley, valleyAt) = (valleyAt, gamma[k], double.PositiveInfinity, k);
            }

            if (gamma[k] > top) (top, valley, valleyAt) = (gamma[k], double.PositiveInfinity, k);
        }

        if (top > 0) parts.Add((from, gamma.Length));
        return [.. parts.Select(part => Peak(part.From, part.To, times, gamma, logStep, shortest, longest)).Where(peak => peak.Ohms > 0)];
    }

    private static RelaxationPeak Peak(int from, int to, double[] times, ImmutableArray<double> gamma, double logStep, double shortest, double longest)
    {
        double area = 0, first = 0, second = 0;
        for (int k = from; k < to; k++)
        {
            double log = Math.Log(times[k]);
            area += gamma[k];
            first += gamma[k] * log;
            second += gamma[k] * log * log;
        }

        double mean = first / area, seconds = Math.Exp(mean);
        return new RelaxationPeak(seconds, area * logStep, seconds >= shortest && seconds <= longest, Math.Sqrt(Math.Max(0, (second / area) - (mean * mean))));
    }
}
