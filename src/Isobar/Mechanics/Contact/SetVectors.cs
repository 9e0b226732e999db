using System.Runtime.Intrinsics;
using Isobar.Numerics;

namespace Isobar.Mechanics.Contact;

/// <summary>What the pieces of a pass add up to.</summary>
/// <param name="First">One sum.</param>
/// <param name="Second">Another.</param>
/// <param name="Largest">Largest absolute value.</param>
internal readonly record struct PassSums(double First, double Second, double Largest);

/// <summary>
/// Passes over vectors of the pixels in a contact set. They run piece by piece, each piece small enough for the cache; sums are taken four lanes wide inside a piece and over the
/// pieces in order, so that neither the number of threads nor the processor changes a bit.
/// </summary>
internal sealed class SetVectors(ParallelLoop loop)
{
    /// <summary>Length of a piece.</summary>
    public const int Piece = 8192;

    private PassSums[] partial = [];

    /// <summary>Runs a body over pieces and joins what they return.</summary>
    public PassSums Pass(int count, Func<int, int, PassSums> body)
    {
        int pieces = (count + Piece - 1) / Piece;
        if (partial.Length < pieces) partial = new PassSums[pieces];
        loop.Divide(pieces, (_, first, end) =>
        {
            for (int piece = first; piece < end; piece++) partial[piece] = body(piece * Piece, Math.Min((piece + 1) * Piece, count));
        });
        double one = 0, two = 0, largest = 0;
        for (int piece = 0; piece < pieces; piece++)
        {
            one += partial[piece].First;
            two += partial[piece].Second;
            largest = Math.Max(largest, partial[piece].Largest);
        }

        return new PassSums(one, two, largest);
    }

    /// <summary>Runs a body over pieces.</summary>
    public void Each(int count, Action<int, int> body) =>
        loop.Divide((count + Piece - 1) / Piece, (_, first, end) => body(first * Piece, Math.Min(end * Piece, count)));

    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector256<double> s0 = default, s1 = default;
        int i = 0;
        for (; i + 8 <= a.Length; i += 8)
        {
            s0 = Vector256.FusedMultiplyAdd(Vector256.Create(a.Slice(i, 4)), Vector256.Create(b.Slice(i, 4)), s0);
            s1 = Vector256.FusedMultiplyAdd(Vector256.Create(a.Slice(i + 4, 4)), Vector256.Create(b.Slice(i + 4, 4)), s1);
        }

        double sum = Vector256.Sum(s0 + s1);
        for (; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    public static double Total(ReadOnlySpan<double> a)
    {
        Vector256<double> s0 = default, s1 = default;
        int i = 0;
        for (; i + 8 <= a.Length; i += 8)
        {
            s0 += Vector256.Create(a.Slice(i, 4));
            s1 += Vector256.Create(a.Slice(i + 4, 4));
        }

        double sum = Vector256.Sum(s0 + s1);
        for (; i < a.Length; i++) sum += a[i];
        return sum;
    }

    /// <summary>Largest absolute value.</summary>
    public static double Largest(ReadOnlySpan<double> a)
    {
        Vector256<double> largest = default;
        int i = 0;
        for (; i + 4 <= a.Length; i += 4) largest = Vector256.Max(largest, Vector256.Abs(Vector256.Create(a.Slice(i, 4))));
        double result = 0;
        for (int lane = 0; lane < 4; lane++) result = Math.Max(result, largest[lane]);
        for (; i < a.Length; i++) result = Math.Max(result, Math.Abs(a[i]));
        return result;
    }

    /// <summary>y ← y + factor·(x − shift).</summary>
    public static void Add(double factor, ReadOnlySpan<double> x, double shift, Span<double> y)
    {
        Vector256<double> f = Vector256.Create(factor), s = Vector256.Create(shift);
        int i = 0;
        for (; i + 4 <= y.Length; i += 4) Vector256.FusedMultiplyAdd(f, Vector256.Create(x.Slice(i, 4)) - s, Vector256.Create<double>(y.Slice(i, 4))).CopyTo(y.Slice(i, 4));
        for (; i < y.Length; i++) y[i] = Math.FusedMultiplyAdd(factor, x[i] - shift, y[i]);
    }

    /// <summary>Largest |x − centre|.</summary>
    public static double Farthest(ReadOnlySpan<double> x, double centre)
    {
        Vector256<double> largest = default, c = Vector256.Create(centre);
        int i = 0;
        for (; i + 4 <= x.Length; i += 4) largest = Vector256.Max(largest, Vector256.Abs(Vector256.Create(x.Slice(i, 4)) - c));
        double result = 0;
        for (int lane = 0; lane < 4; lane++) result = Math.Max(result, largest[lane]);
        for (; i < x.Length; i++) result = Math.Max(result, Math.Abs(x[i] - centre));
        return result;
    }

    /// <summary>y ← factor·(x − shift).</summary>
    public static void Scale(ReadOnlySpan<double> x, double shift, double factor, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = (float)(factor * (x[i] - shift));
    }

    /// <summary>a·b, added up in double precision.</summary>
    public static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector256<double> s0 = default, s1 = default;
        int i = 0;
        for (; i + 8 <= a.Length; i += 8)
        {
            (Vector256<double> a0, Vector256<double> a1) = Vector256.Widen(Vector256.Create(a.Slice(i, 8)));
            (Vector256<double> b0, Vector256<double> b1) = Vector256.Widen(Vector256.Create(b.Slice(i, 8)));
            s0 = Vector256.FusedMultiplyAdd(a0, b0, s0);
            s1 = Vector256.FusedMultiplyAdd(a1, b1, s1);
        }

        double sum = Vector256.Sum(s0 + s1);
        for (; i < a.Length; i++) sum += (double)a[i] * b[i];
        return sum;
    }

    /// <summary>Sum in double precision.</summary>
    public static double Total(ReadOnlySpan<float> a)
    {
        Vector256<double> s0 = default, s1 = default;
        int i = 0;
        for (; i + 8 <= a.Length; i += 8)
        {
            (Vector256<double> a0, Vector256<double> a1) = Vector256.Widen(Vector256.Create(a.Slice(i, 8)));
            s0 += a0;
            s1 += a1;
        }

        double sum = Vector256.Sum(s0 + s1);
        for (; i < a.Length; i++) sum += a[i];
        return sum;
    }

    /// <inheritdoc cref="Largest(ReadOnlySpan{double})"/>
    public static double Largest(ReadOnlySpan<float> a)
    {
        Vector256<float> largest = default;
        int i = 0;
        for (; i + 8 <= a.Length; i += 8) largest = Vector256.Max(largest, Vector256.Abs(Vector256.Create(a.Slice(i, 8))));
        float result = 0;
        for (int lane = 0; lane < 8; lane++) result = Math.Max(result, largest[lane]);
        for (; i < a.Length; i++) result = Math.Max(result, Math.Abs(a[i]));
        return result;
    }

    /// <summary>y ← y + factor·x, y in double precision.</summary>
    public static void Add(double factor, ReadOnlySpan<float> x, Span<double> y)
    {
        Vector256<double> f = Vector256.Create(factor);
        int i = 0;
        for (; i + 8 <= y.Length; i += 8)
        {
            (Vector256<double> x0, Vector256<double> x1) = Vector256.Widen(Vector256.Create(x.Slice(i, 8)));
            Vector256.FusedMultiplyAdd(f, x0, Vector256.Create<double>(y.Slice(i, 4))).CopyTo(y.Slice(i, 4));
            Vector256.FusedMultiplyAdd(f, x1, Vector256.Create<double>(y.Slice(i + 4, 4))).CopyTo(y.Slice(i + 4, 4));
        }

        for (; i < y.Length; i++) y[i] = Math.FusedMultiplyAdd(factor, x[i], y[i]);
    }

    /// <summary>y ← y + factor·(x − shift).</summary>
    public static void Add(float factor, ReadOnlySpan<float> x, float shift, Span<float> y)
    {
        Vector256<float> f = Vector256.Create(factor), s = Vector256.Create(shift);
        int i = 0;
        for (; i + 8 <= y.Length; i += 8) Vector256.FusedMultiplyAdd(f, Vector256.Create(x.Slice(i, 8)) - s, Vector256.Create<float>(y.Slice(i, 8))).CopyTo(y.Slice(i, 8));
        for (; i < y.Length; i++) y[i] = MathF.FusedMultiplyAdd(factor, x[i] - shift, y[i]);
    }

    /// <summary>y ← x − shift + factor·y.</summary>
    public static void Turn(ReadOnlySpan<float> x, float shift, float factor, Span<float> y)
    {
        Vector256<float> f = Vector256.Create(factor), s = Vector256.Create(shift);
        int i = 0;
        for (; i + 8 <= y.Length; i += 8) Vector256.FusedMultiplyAdd(f, Vector256.Create<float>(y.Slice(i, 8)), Vector256.Create(x.Slice(i, 8)) - s).CopyTo(y.Slice(i, 8));
        for (; i < y.Length; i++) y[i] = MathF.FusedMultiplyAdd(factor, y[i], x[i] - shift);
    }

    /// <summary>field[index[i]] ← x[i].</summary>
    public static void Scatter<T>(ReadOnlySpan<T> x, ReadOnlySpan<int> index, T[] field)
    {
        for (int i = 0; i < index.Length; i++) field[index[i]] = x[i];
    }

    /// <summary>x[i] ← field[index[i]].</summary>
    public static void Gather<T>(T[] field, ReadOnlySpan<int> index, Span<T> x)
    {
        for (int i = 0; i < index.Length; i++) x[i] = field[index[i]];
    }
}
