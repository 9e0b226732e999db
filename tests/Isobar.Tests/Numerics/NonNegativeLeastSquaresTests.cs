using CsCheck;
using Isobar.Numerics;
using Isobar.Numerics.LeastSquares;
using Xunit;

namespace Isobar.Tests.Numerics;

/// <summary>Non-negative least squares against its conditions: no slope that would help, and no negative answer.</summary>
public sealed class NonNegativeLeastSquaresTests
{
    [Fact]
    public void The_conditions_of_a_minimum_hold() => Gen.Select(Gen.Int[1, 24], Gen.ULong).Sample((size, seed) =>
    {
        (double[] gram, double[] right) = Problem(size, seed);
        double[] x = new double[size];
        var search = new NonNegativeLeastSquares(size);
        Assert.True(search.Solve(gram, right, x, fromLast: false));
        for (int i = 0; i < size; i++)
        {
            double slope = Simd.Dot(gram.AsSpan(i * size, size), x) - right[i];
            Assert.True(x[i] >= 0);
            // The matrix has a condition of at most ten thousand and entries of the order of ten.
            Assert.True(x[i] > 0 ? Math.Abs(slope) < 1e-8 : slope > -1e-8, $"{x[i]} {slope}");
        }
    });

    [Fact]
    public void A_search_from_the_last_answer_ends_at_the_same_place() => Gen.Select(Gen.Int[2, 24], Gen.ULong).Sample((size, seed) =>
    {
        (double[] gram, double[] right) = Problem(size, seed);
        (_, double[] other) = Problem(size, seed + 1);
        double[] cold = new double[size], warm = new double[size];
        new NonNegativeLeastSquares(size).Solve(gram, right, cold, fromLast: false);
        var search = new NonNegativeLeastSquares(size);
        search.Solve(gram, other, warm, fromLast: false);
        Assert.True(search.Solve(gram, right, warm, fromLast: true));
        for (int i = 0; i < size; i++) Assert.Equal(cold[i], warm[i], 1e-7);
    });

    [Fact]
    public void The_sum_left_over_is_that_of_the_solution() => Gen.Select(Gen.Int[1, 12], Gen.ULong).Sample((columns, seed) =>
    {
        const int Rows = 30;
        var random = new RandomSource(seed);
        double[] a = new double[columns * Rows], b = new double[Rows], x = new double[columns];
        for (int i = 0; i < a.Length; i++) a[i] = random.NextNormal();
        for (int i = 0; i < Rows; i++) b[i] = random.NextNormal();
        double[] left = [.. b];
        double sum = new ColumnQr(Rows, columns).Solve([.. a], columns, [.. b], x);
        for (int j = 0; j < columns; j++) Simd.AddScaled(-x[j], a.AsSpan(j * Rows, Rows), left);
        Assert.Equal(Simd.Dot(left, left), sum, 1e-9);
        for (int j = 0; j < columns; j++) Assert.Equal(0, Simd.Dot(left, a.AsSpan(j * Rows, Rows)), 1e-8);
    });

    private static (double[] Gram, double[] Right) Problem(int size, ulong seed)
    {
        var random = new RandomSource(seed);
        int rows = size + 5;
        double[] a = new double[size * rows], right = new double[size], gram = new double[size * size];
        for (int i = 0; i < a.Length; i++) a[i] = random.NextNormal() + 0.5;
        for (int i = 0; i < size; i++) right[i] = 5 * random.NextNormal();
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++) gram[(i * size) + j] = Simd.Dot(a.AsSpan(i * rows, rows), a.AsSpan(j * rows, rows)) + (i == j ? 0.01 : 0);
        }

        return (gram, right);
    }
}
