using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Isobar.Numerics.LeastSquares;

/// <summary>JᵀJ and Jᵀr of columns that stand one after the other: four columns by two at a time, so that every number is loaded for several products.</summary>
internal static class GramMatrix
{
    private const int Tall = 4;

    /// <summary>Writes the products of the columns into the lower triangle of a row-major matrix, and the products with the residuals.</summary>
    public static void Of(ReadOnlySpan<double> columns, int rows, int count, ReadOnlySpan<double> residuals, Span<double> gram, Span<double> gradient)
    {
        if (columns.Length < rows * count || residuals.Length != rows || gram.Length < count * count || gradient.Length < count) throw new ArgumentException("the columns, the residuals and the matrix differ in size", nameof(columns));
        int i = 0;
        for (; i <= count - Tall; i += Tall)
        {
            ReadOnlySpan<double> four = columns.Slice(i * rows, Tall * rows);
            for (int k = 0; k < i; k += 2) Block(four, columns.Slice(k * rows, 2 * rows), rows, gram[((i * count) + k)..], count);
            Corner(four, rows, gram[((i * count) + i)..], count);
            Products(four, residuals, rows, gradient[i..]);
        }

        for (; i < count; i++)
        {
            ReadOnlySpan<double> column = columns.Slice(i * rows, rows);
            for (int k = 0; k <= i; k++) gram[(i * count) + k] = Simd.Dot(column, columns.Slice(k * rows, rows));
            gradient[i] = Simd.Dot(column, residuals);
        }
    }

    private static void Block(ReadOnlySpan<double> four, ReadOnlySpan<double> two, int rows, Span<double> gram, int stride)
    {
        ref double a = ref MemoryMarshal.GetReference(four), b = ref MemoryMarshal.GetReference(two);
        Vector<double> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
        int width = Vector<double>.Count, r = 0;
        for (; r <= rows - width; r += width)
        {
            Vector<double> x = Load(ref b, r), y = Load(ref b, rows + r), c = Load(ref a, r);
            s00 += c * x;
            s01 += c * y;
            c = Load(ref a, rows + r);
            s10 += c * x;
            s11 += c * y;
            c = Load(ref a, (2 * rows) + r);
            s20 += c * x;
            s21 += c * y;
            c = Load(ref a, (3 * rows) + r);
            s30 += c * x;
            s31 += c * y;
        }

        (gram[0], gram[1]) = (Vector.Sum(s00), Vector.Sum(s01));
        (gram[stride], gram[stride + 1]) = (Vector.Sum(s10), Vector.Sum(s11));
        (gram[2 * stride], gram[(2 * stride) + 1]) = (Vector.Sum(s20), Vector.Sum(s21));
        (gram[3 * stride], gram[(3 * stride) + 1]) = (Vector.Sum(s30), Vector.Sum(s31));
        for (; r < rows; r++)
        {
            for (int p = 0; p < Tall; p++)
            {
                gram[p * stride] += four[(p * rows) + r] * two[r];
                gram[(p * stride) + 1] += four[(p * rows) + r] * two[rows + r];
            }
        }
    }

    // The ten products of four columns with each other.
    private static void Corner(ReadOnlySpan<double> four, int rows, Span<double> gram, int stride)
    {
        ref double a = ref MemoryMarshal.GetReference(four);
        Vector<double> s00 = default, s10 = default, s11 = default, s20 = default, s21 = default, s22 = default, s30 = default, s31 = default, s32 = default, s33 = default;
        int width = Vector<double>.Count, r = 0;
        for (; r <= rows - width; r += width)
        {
            Vector<double> c0 = Load(ref a, r), c1 = Load(ref a, rows + r), c2 = Load(ref a, (2 * rows) + r), c3 = Load(ref a, (3 * rows) + r);
            s00 += c0 * c0;
            s10 += c1 * c0;
            s11 += c1 * c1;
            s20 += c2 * c0;
            s21 += c2 * c1;
            s22 += c2 * c2;
            s30 += c3 * c0;
            s31 += c3 * c1;
            s32 += c3 * c2;
            s33 += c3 * c3;
        }

        gram[0] = Vector.Sum(s00);
        (gram[stride], gram[stride + 1]) = (Vector.Sum(s10), Vector.Sum(s11));
        (gram[2 * stride], gram[(2 * stride) + 1], gram[(2 * stride) + 2]) = (Vector.Sum(s20), Vector.Sum(s21), Vector.Sum(s22));
        (gram[3 * stride], gram[(3 * stride) + 1], gram[(3 * stride) + 2], gram[(3 * stride) + 3]) = (Vector.Sum(s30), Vector.Sum(s31), Vector.Sum(s32), Vector.Sum(s33));
        for (; r < rows; r++)
        {
            for (int p = 0; p < Tall; p++)
            {
                for (int q = 0; q <= p; q++) gram[(p * stride) + q] += four[(p * rows) + r] * four[(q * rows) + r];
            }
        }
    }

    private static void Products(ReadOnlySpan<double> four, ReadOnlySpan<double> residuals, int rows, Span<double> gradient)
    {
        ref double a = ref MemoryMarshal.GetReference(four), b = ref MemoryMarshal.GetReference(residuals);
        Vector<double> s0 = default, s1 = default, s2 = default, s3 = default;
        int width = Vector<double>.Count, r = 0;
        for (; r <= rows - width; r += width)
        {
            Vector<double> x = Load(ref b, r);
            s0 += Load(ref a, r) * x;
            s1 += Load(ref a, rows + r) * x;
            s2 += Load(ref a, (2 * rows) + r) * x;
            s3 += Load(ref a, (3 * rows) + r) * x;
        }

        (gradient[0], gradient[1], gradient[2], gradient[3]) = (Vector.Sum(s0), Vector.Sum(s1), Vector.Sum(s2), Vector.Sum(s3));
        for (; r < rows; r++)
        {
            for (int p = 0; p < Tall; p++) gradient[p] += four[(p * rows) + r] * residuals[r];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Load(ref double start, int index) => Unsafe.ReadUnaligned<Vector<double>>(ref Unsafe.As<double, byte>(ref Unsafe.Add(ref start, index)));
}
