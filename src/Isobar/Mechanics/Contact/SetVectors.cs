using System.Runtime.Intrinsics;
using Isobar.Numerics;

namespace Isobar.Mechanics.Contact;

/// <summary>
/// Vectors over the pixels of a contact set. Sums run over pieces of fixed length, four lanes wide, and the pieces are added in order, so that neither the number of threads
/// nor the processor changes a bit.
/// </summary>
internal sealed class SetVectors(ParallelLoop loop)
{
    private const int Piece = 8192;

    private double[] partial = [];

    public double Dot(double[] a, double[] b, int count) => Sum(count, (first, end) =>
    {
        Vector256<double> s0 = default, s1 = default;
        int i = first;
        for (; i + 8 <= end; i += 8)
        {
            s0 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref a[i]), Vector256.LoadUnsafe(ref b[i]), s0);
            s1 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref a[i + 4]), Vector256.LoadUnsafe(ref b[i + 4]), s1);
        }

        double sum = Vector256.Sum(s0 + s1);
        for (; i < end; i++) sum += a[i] * b[i];
        return sum;
    });

    public double Total(double[] a, int count) => Sum(count, (first, end) =>
    {
        Vector256<double> s0 = default, s1 = default;
        int i = first;
        for (; i + 8 <= end; i += 8)
        {
            s0 += Vector256.LoadUnsafe(ref a[i]);
            s1 += Vector256.LoadUnsafe(ref a[i + 4]);
        }

        double sum = Vector256.Sum(s0 + s1);
        for (; i < end; i++) sum += a[i];
        return sum;
    });

    /// <summary>Largest absolute value.</summary>
    public static double Largest(double[] a, int count)
    {
        Vector256<double> largest = default;
        int i = 0;
        for (; i + 4 <= count; i += 4) largest = Vector256.Max(largest, Vector256.Abs(Vector256.LoadUnsafe(ref a[i])));
        double result = 0;
        for (int lane = 0; lane < 4; lane++) result = Math.Max(result, largest[lane]);
        for (; i < count; i++) result = Math.Max(result, Math.Abs(a[i]));
        return result;
    }

    /// <summary>y ← y + factor·x.</summary>
    public void Add(double factor, double[] x, double[] y, int count) => Each(count, (first, end) =>
    {
        Vector256<double> f = Vector256.Create(factor);
        int i = first;
        for (; i + 4 <= end; i += 4) Vector256.FusedMultiplyAdd(f, Vector256.LoadUnsafe(ref x[i]), Vector256.LoadUnsafe(ref y[i])).StoreUnsafe(ref y[i]);
        for (; i < end; i++) y[i] = Math.FusedMultiplyAdd(factor, x[i], y[i]);
    });

    /// <summary>y ← x − shift + factor·y.</summary>
    public void Turn(double[] x, double shift, double factor, double[] y, int count) => Each(count, (first, end) =>
    {
        Vector256<double> f = Vector256.Create(factor), s = Vector256.Create(shift);
        int i = first;
        for (; i + 4 <= end; i += 4) Vector256.FusedMultiplyAdd(f, Vector256.LoadUnsafe(ref y[i]), Vector256.LoadUnsafe(ref x[i]) - s).StoreUnsafe(ref y[i]);
        for (; i < end; i++) y[i] = Math.FusedMultiplyAdd(factor, y[i], x[i] - shift);
    });

    /// <summary>y ← y − shift.</summary>
    public void Shift(double shift, double[] y, int count) => Each(count, (first, end) =>
    {
        Vector256<double> s = Vector256.Create(shift);
        int i = first;
        for (; i + 4 <= end; i += 4) (Vector256.LoadUnsafe(ref y[i]) - s).StoreUnsafe(ref y[i]);
        for (; i < end; i++) y[i] -= shift;
    });

    /// <summary>field[index[i]] ← x[i].</summary>
    public void Scatter(double[] x, int[] index, int count, double[] field) => Each(count, (first, end) =>
    {
        for (int i = first; i < end; i++) field[index[i]] = x[i];
    });

    /// <summary>x[i] ← field[index[i]].</summary>
    public void Gather(double[] field, int[] index, int count, double[] x) => Each(count, (first, end) =>
    {
        for (int i = first; i < end; i++) x[i] = field[index[i]];
    });

    public void Each(int count, Action<int, int> body) =>
        loop.Divide((count + Piece - 1) / Piece, (_, first, end) => body(first * Piece, Math.Min(end * Piece, count)));

    private double Sum(int count, Func<int, int, double> body)
    {
        int pieces = (count + Piece - 1) / Piece;
        if (partial.Length < pieces) partial = new double[pieces];
        loop.Divide(pieces, (_, first, end) =>
        {
            for (int piece = first; piece < end; piece++) partial[piece] = body(piece * Piece, Math.Min((piece + 1) * Piece, count));
        });
        double sum = 0;
        for (int piece = 0; piece < pieces; piece++) sum += partial[piece];
        return sum;
    }
}
