using System.Runtime.Intrinsics;

namespace Isobar.Mechanics.Contact;

/// <summary>The one shift c that makes Σ clip(p + c, 0, H) the load that is wanted.</summary>
internal static class PressureShift
{
    /// <summary>c, by Newton steps kept inside a shrinking interval: the load is a rising, piecewise straight function of it.</summary>
    /// <param name="vectors">Runs the passes over the pressures.</param>
    /// <param name="value">Pressures p.</param>
    /// <param name="count">How many.</param>
    /// <param name="wanted">Their sum after the shift.</param>
    /// <param name="hardness">H.</param>
    public static double Find(SetVectors vectors, double[] value, int count, double wanted, double hardness)
    {
        double low = double.NegativeInfinity, high = double.PositiveInfinity, shift = 0;
        for (int step = 0; step < 100; step++)
        {
            double tried = shift;
            PassSums carried = vectors.Pass(count, (first, end) => Carried(value.AsSpan(first, end - first), tried, hardness));
            double missingLoad = wanted - carried.First, inside = carried.Second;
            if (Math.Abs(missingLoad) <= 1e-14 * wanted) break;
            if (missingLoad > 0) low = shift;
            else high = shift;
            double next = inside > 0 ? shift + (missingLoad / inside) : double.NaN;
            if (!(next > low && next < high)) next = double.IsInfinity(low) ? high - Math.Max(Math.Abs(high), 1e-3 * wanted) : double.IsInfinity(high) ? low + Math.Max(Math.Abs(low), 1e-3 * wanted) : 0.5 * (low + high);
            if (next == shift) break;
            shift = next;
        }

        return shift;
    }

    // The sum of what is carried, and how many lie between the limits.
    private static PassSums Carried(ReadOnlySpan<double> value, double shift, double hardness)
    {
        Vector256<double> sums = default, zero = default, top = Vector256.Create(hardness), move = Vector256.Create(shift);
        Vector256<long> counts = default;
        int i = 0;
        for (; i + 4 <= value.Length; i += 4)
        {
            Vector256<double> p = Vector256.Create(value.Slice(i, 4)) + move;
            sums += Vector256.Min(Vector256.Max(p, zero), top);

            // A true comparison is −1 in every lane.
            counts -= (Vector256.GreaterThan(p, zero) & Vector256.LessThan(p, top)).AsInt64();
        }

        double sum = Vector256.Sum(sums);
        long inside = Vector256.Sum(counts);
        for (; i < value.Length; i++)
        {
            double p = value[i] + shift;
            sum += Math.Clamp(p, 0, hardness);
            if (p > 0 && p < hardness) inside++;
        }

        return new PassSums(sum, inside, 0);
    }
}
