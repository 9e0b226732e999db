using Isobar.Numerics;
using Isobar.Numerics.LeastSquares;
using Xunit;

namespace Isobar.Tests.Numerics;

/// <summary>The normal equations behind every step of a fit.</summary>
public sealed class GramMatrixTests
{
    [Fact]
    public void Products_of_columns_are_their_sums_for_every_number_of_columns_and_rows()
    {
        var random = new RandomSource(11);
        for (int count = 1; count <= 17; count++)
        {
            for (int rows = 1; rows <= 41; rows++)
            {
                double[] columns = [.. Enumerable.Range(0, count * rows).Select(_ => random.NextNormal())], residuals = [.. Enumerable.Range(0, rows).Select(_ => random.NextNormal())];
                double[] gram = new double[count * count], gradient = new double[count];
                GramMatrix.Of(columns, rows, count, residuals, gram, gradient);
                for (int i = 0; i < count; i++)
                {
                    // Sums of at most 41 products of size one, in another order.
                    Assert.Equal(Enumerable.Range(0, rows).Sum(r => columns[(i * rows) + r] * residuals[r]), gradient[i], 1e-12);
                    for (int k = 0; k <= i; k++) Assert.Equal(Enumerable.Range(0, rows).Sum(r => columns[(i * rows) + r] * columns[(k * rows) + r]), gram[(i * count) + k], 1e-12);
                }
            }
        }
    }
}
