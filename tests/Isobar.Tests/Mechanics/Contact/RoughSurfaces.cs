using System.Numerics;
using Isobar.Mechanics.Contact;
using Isobar.Numerics.Fourier;

namespace Isobar.Tests.Mechanics.Contact;

/// <summary>Surfaces for tests, of extent 1.</summary>
internal static class RoughSurfaces
{
    /// <summary>Self-affine with exact amplitudes and phases from a 64-bit hash of the wave vector, rms gradient 1.</summary>
    public static HeightMap SelfAffine(int points, int lowest = 4, int highest = 64, double hurst = 0.8, ulong seed = 12345)
    {
        int half = (points / 2) + 1;
        var waves = new List<(int X, int Y, double Amplitude, double Phase)>();
        double gradient = 0;
        for (int x = -highest; x <= highest; x++)
        {
            for (int y = 0; y <= highest; y++)
            {
                int square = (x * x) + (y * y);
                if ((y == 0 && x <= 0) || square < lowest * lowest || square > highest * highest) continue;
                double amplitude = Math.Pow(square, -0.5 * (1 + hurst));
                gradient += 2 * amplitude * amplitude * 4 * Math.PI * Math.PI * square;
                waves.Add((x, y, amplitude, Phase(x, y, seed)));
            }
        }

        var spectrum = new Complex[points * half];
        double scale = (double)points * points / Math.Sqrt(gradient);
        foreach ((int x, int y, double amplitude, double phase) in waves)
        {
            var value = Complex.FromPolarCoordinates(amplitude * scale, phase);
            spectrum[((x + points) % points * half) + y] += value;
            if (y == 0) spectrum[(points - x) % points * half] += Complex.Conjugate(value);
        }

        return new HeightMap(points, points, 1, 1, new RealTransform(points, points).Inverse(spectrum));
    }

    public static HeightMap Of(int rows, int columns, double width, double height, Func<double, double, double> shape)
    {
        double[] heights = new double[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++) heights[(row * columns) + column] = shape(width * column / columns, height * row / rows);
        }

        return new HeightMap(rows, columns, width, height, heights);
    }

    private static double Phase(int x, int y, ulong seed)
    {
        unchecked
        {
            ulong z = seed + (0x9E3779B97F4A7C15UL * (ulong)(((x + 32768) * 65536L) + y + 32768));
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            z ^= z >> 31;
            return 2 * Math.PI * ((z >> 11) * (1.0 / (1L << 53)));
        }
    }
}
