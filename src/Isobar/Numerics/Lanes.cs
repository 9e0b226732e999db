using System.Numerics;
using System.Runtime.CompilerServices;

namespace Isobar.Numerics;

/// <summary>
/// Elementary functions of several numbers at a time, for inner loops whose results feed an iteration: within two units of the last place, without the
/// special cases of the library's functions.
/// </summary>
internal static class Lanes
{
    // 1.5·2⁵²: a number of modest size that is added to it is rounded to an integer, which then stands in the lowest bits.
    private const double Rounder = 6755399441055744;

    private const double LogTwoHigh = 6.93147180369123816490e-01;
    private const double LogTwoLow = 1.90821492927058770002e-10;
    private const int ExponentShift = 52;
    private const long ExponentBias = 1023;
    private const long Mantissa = 0x000F_FFFF_FFFF_FFFF;
    private const long One = 0x3FF0_0000_0000_0000;

    /// <summary>eˣ; beyond ±708, where a double ends, the value there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Exp(Vector<double> x)
    {
        x = Vector.MinNative(Vector.MaxNative(x, new Vector<double>(-708)), new Vector<double>(708));
        Vector<double> shifted = (x * new Vector<double>(1.4426950408889634)) + new Vector<double>(Rounder), whole = shifted - new Vector<double>(Rounder);
        Vector<double> r = (x - (whole * new Vector<double>(LogTwoHigh))) - (whole * new Vector<double>(LogTwoLow)), square = r * r;
        // Taylor to the 13th power at |r| ≤ ln 2/2: the next term is 4e-18.
        Vector<double> even = (((((((new Vector<double>(1.0 / 479001600) * square) + new Vector<double>(1.0 / 3628800)) * square) + new Vector<double>(1.0 / 40320)) * square) + new Vector<double>(1.0 / 720)) * square) + new Vector<double>(1.0 / 24);
        Vector<double> odd = (((((((new Vector<double>(1.0 / 6227020800) * square) + new Vector<double>(1.0 / 39916800)) * square) + new Vector<double>(1.0 / 362880)) * square) + new Vector<double>(1.0 / 5040)) * square) + new Vector<double>(1.0 / 120);
        Vector<double> tail = (square * ((even * square) + new Vector<double>(0.5))) + (r * square * ((odd * square) + new Vector<double>(1.0 / 6)));
        Vector<long> scale = (Vector.AsVectorInt64(shifted) + new Vector<long>(ExponentBias)) << ExponentShift;
        return (Vector<double>.One + (r + tail)) * Vector.AsVectorDouble(scale);
    }

    /// <summary>ln x of positive numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Log(Vector<double> x)
    {
        Vector<long> bits = Vector.AsVectorInt64(x);
        Vector<double> part = Vector.AsVectorDouble((bits & new Vector<long>(Mantissa)) | new Vector<long>(One));
        Vector<long> exponent = (bits >> ExponentShift) - new Vector<long>(ExponentBias);
        // 1/√2 < part ≤ √2, so that the series is short.
        Vector<long> large = Vector.GreaterThan(part, new Vector<double>(1.4142135623730951));
        part = Vector.ConditionalSelect(large, part * new Vector<double>(0.5), part);
        // The comparison is −1 where it holds.
        exponent -= large;
        Vector<double> power = Vector.AsVectorDouble(exponent + Vector.AsVectorInt64(new Vector<double>(Rounder))) - new Vector<double>(Rounder);
        Vector<double> f = (part - Vector<double>.One) / (part + Vector<double>.One), s = f * f;
        // artanh: 2f·(1 + s/3 + s²/5 + …), s ≤ 0.0295; the next term is 1e-17.
        Vector<double> sum = new(1.0 / 21);
        sum = (sum * s) + new Vector<double>(1.0 / 19);
        sum = (sum * s) + new Vector<double>(1.0 / 17);
        sum = (sum * s) + new Vector<double>(1.0 / 15);
        sum = (sum * s) + new Vector<double>(1.0 / 13);
        sum = (sum * s) + new Vector<double>(1.0 / 11);
        sum = (sum * s) + new Vector<double>(1.0 / 9);
        sum = (sum * s) + new Vector<double>(1.0 / 7);
        sum = (sum * s) + new Vector<double>(1.0 / 5);
        sum = (sum * s) + new Vector<double>(1.0 / 3);
        return (power * new Vector<double>(LogTwoHigh)) + ((2 * f * ((sum * s) + Vector<double>.One)) + (power * new Vector<double>(LogTwoLow)));
    }
}
