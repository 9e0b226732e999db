using System.Numerics;
using Isobar.Numerics;
using Isobar.Numerics.Fourier;
using Xunit;

namespace Isobar.Tests.Numerics.Fourier;

/// <summary>Against the sum in the definition, known pairs, and between vector widths and degrees of parallelism.</summary>
public sealed class RealTransformTests
{
    public static TheoryData<int, int> Sizes => new()
    {
        { 8, 8 }, { 4, 2 }, { 1, 6 }, { 16, 32 }, { 6, 10 }, { 9, 12 }, { 15, 20 }, { 5, 9 }, { 27, 25 }, { 30, 18 }, { 2, 64 }, { 12, 15 }, { 3, 50 }, { 40, 24 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_spectrum_is_the_sum_in_its_definition(int rows, int columns)
    {
        double[] field = Noise(rows * columns, 1);
        Complex[] spectrum = new RealTransform(rows, columns).Forward(field);
        int half = (columns / 2) + 1;
        for (int fr = 0; fr < rows; fr++)
        {
            for (int fc = 0; fc < half; fc++)
            {
                Complex sum = Complex.Zero;
                for (int r = 0; r < rows; r++)
                {
                    for (int c = 0; c < columns; c++)
                    {
                        double turns = (((double)fr * r / rows) + ((double)fc * c / columns)) % 1;
                        sum += field[(r * columns) + c] * Complex.FromPolarCoordinates(1, -2 * Math.PI * turns);
                    }
                }

                // Rounding of the direct sum itself: about 1e-16 times the square root of the number of terms.
                Assert.True(Complex.Abs(sum - spectrum[(fr * half) + fc]) < 1e-13 * Math.Sqrt(rows * columns), $"{rows} × {columns} at ({fr}, {fc}): {spectrum[(fr * half) + fc]} instead of {sum}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void There_and_back_is_the_field(int rows, int columns)
    {
        double[] field = Noise(rows * columns, 2);
        var transform = new RealTransform(rows, columns);
        double[] back = transform.Inverse(transform.Forward(field));
        for (int i = 0; i < field.Length; i++) Assert.Equal(field[i], back[i], 1e-14);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Convolution_is_multiplication_of_spectra(int rows, int columns)
    {
        double[] field = Noise(rows * columns, 3);
        var transform = new RealTransform(rows, columns);
        int half = (columns / 2) + 1;
        Complex[] spectrum = transform.Forward(field);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < half; column++) spectrum[(row * half) + column] *= Symbol(2 * row > rows ? row - rows : row, column);
        }

        double[] expected = transform.Inverse(spectrum);
        double[] found = new double[field.Length];
        transform.Convolve(field, transform.CreateSymbol(Symbol), found);
        for (int i = 0; i < field.Length; i++) Assert.Equal(expected[i], found[i], 1e-13);

        static double Symbol(int row, int column) => 1 / (1 + (row * row) + (0.3 * column * column));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_vector_width_and_degree_gives_the_same_bits(int rows, int columns)
    {
        double[] field = Noise(rows * columns, 4);
        double[][] results =
        [
            .. from lanes in new[] { LaneWidth.Scalar, LaneWidth.Four, LaneWidth.Eight }
               from degree in new[] { 1, 2, 3 }
               select Run(lanes, degree),
        ];
        foreach (double[] result in results) Assert.Equal(results[0], result);

        double[] Run(LaneWidth lanes, int degree)
        {
            var loop = new ParallelLoop(degree, (count, body) => Parallel.For(0, count, body));
            var transform = new RealTransform(rows, columns, loop, lanes);
            double[] result = new double[field.Length];
            transform.Convolve(field, transform.CreateSymbol((row, column) => 1 / (2.0 + (row * row) + (column * column))), result);
            return result;
        }
    }

    /// <summary>At the sizes that are solved, where columns go through the cache in blocks: AVX-512, AVX2 and scalar each within 1e-14 of the definition, and of each other to the bit.</summary>
    [Theory]
    [InlineData(512, 512)]
    [InlineData(240, 600)]
    [InlineData(1024, 128)]
    [InlineData(405, 250)]
    public void Every_vector_width_is_within_one_in_ten_to_the_fourteenth(int rows, int columns)
    {
        double[] field = Noise(rows * columns, 7);
        Complex[][] found = [.. new[] { LaneWidth.Scalar, LaneWidth.Four, LaneWidth.Eight }.Select(lanes => new RealTransform(rows, columns, null, lanes).Forward(field))];
        Assert.Equal(found[0], found[1]);
        Assert.Equal(found[0], found[2]);
        double scale = Math.Sqrt(field.Sum(x => x * x));
        int half = (columns / 2) + 1;
        Complex[] alongRows = [.. Enumerable.Range(0, rows).Select(k => Complex.FromPolarCoordinates(1, -2 * Math.PI * k / rows))], alongColumns = [.. Enumerable.Range(0, columns).Select(k => Complex.FromPolarCoordinates(1, -2 * Math.PI * k / columns))];
        for (int n = 0; n < 12; n++)
        {
            int fr = (n * 7919) % rows, fc = (n * 104729) % half;
            Complex sum = 0;
            for (int r = 0; r < rows; r++)
            {
                Complex line = 0;
                for (int c = 0; c < columns; c++) line += field[(r * columns) + c] * alongColumns[(int)((long)fc * c % columns)];
                sum += line * alongRows[(int)((long)fr * r % rows)];
            }

            Assert.InRange((sum - found[0][(fr * half) + fc]).Magnitude / scale, 0, 1e-14);
        }
    }

    [Fact]
    public void A_wave_has_two_lines_and_a_pulse_has_all()
    {
        var transform = new RealTransform(20, 24);
        double[] wave = [.. from r in Enumerable.Range(0, 20) from c in Enumerable.Range(0, 24) select Math.Cos(2 * Math.PI * ((3 * r / 20.0) + (5 * c / 24.0)))];
        Complex[] lines = transform.Forward(wave);
        for (int i = 0; i < lines.Length; i++) Assert.Equal(i == (3 * 13) + 5 ? 240 : 0, Complex.Abs(lines[i]), 1e-12);

        double[] pulse = new double[480];
        pulse[0] = 1;
        Assert.All(transform.Forward(pulse), value => Assert.Equal(0, Complex.Abs(value - 1), 1e-15));
    }

    [Theory]
    [InlineData(7, 5, 16, 10)]
    [InlineData(8, 8, 16, 16)]
    [InlineData(3, 9, 6, 18)]
    public void A_small_field_is_continued_by_zeros(int rows, int columns, int gridRows, int gridColumns)
    {
        double[] field = Noise(rows * columns, 5);
        var transform = new RealTransform(gridRows, gridColumns);
        double[] kernel = new double[gridRows * gridColumns];
        for (int r = 0; r < gridRows; r++)
        {
            for (int c = 0; c < gridColumns; c++) kernel[(r * gridColumns) + c] = Kernel(Math.Min(r, gridRows - r), Math.Min(c, gridColumns - c));
        }

        double[] found = new double[field.Length];
        transform.Convolve(field, rows, columns, transform.CreateSymbol(kernel), found);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                double sum = 0;
                for (int i = 0; i < rows; i++)
                {
                    for (int j = 0; j < columns; j++) sum += field[(i * columns) + j] * Kernel(Math.Abs(r - i), Math.Abs(c - j));
                }

                Assert.Equal(sum, found[(r * columns) + c], 1e-13);
            }
        }

        static double Kernel(int r, int c) => 1 / (1.0 + r + (2 * c));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Single_precision_keeps_six_digits_and_the_same_bits_at_every_width(int rows, int columns)
    {
        double[] field = Noise(rows * columns, 6), expected = new double[field.Length];
        var exact = new RealTransform(rows, columns);
        exact.Convolve(field, exact.CreateSymbol(Symbol), expected);
        float[] wide = Run(LaneWidth.Widest), narrow = Run(LaneWidth.Scalar);
        Assert.Equal(narrow, wide);
        for (int i = 0; i < field.Length; i++) Assert.Equal(expected[i], wide[i], 2e-6);

        static double Symbol(int row, int column) => 1 / (2.0 + (row * row) + (column * column));

        float[] Run(LaneWidth lanes)
        {
            var transform = new SingleTransform(rows, columns, lanes: lanes);
            var result = new float[field.Length];
            transform.Convolve([.. field.Select(x => (float)x)], rows, columns, transform.CreateSymbol(Symbol), result);
            return result;
        }
    }

    [Fact]
    public void A_length_with_a_large_prime_is_refused_with_the_next_that_goes()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new RealTransform(7, 1001));
        Assert.Contains("8 × 1024", error.Message, StringComparison.Ordinal);
    }

    private static double[] Noise(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }
}
