namespace Isobar.Mechanics.Contact.Surfaces;

/// <summary>
/// Fills pixels that were not measured with the smoothest surface through their neighbours: the discrete Laplace equation on the missing pixels, measured pixels held,
/// no flux through the edge of the map. What is filled is a guess without roughness of its own; it has no peaks and is never higher than what surrounds it.
/// </summary>
public static class MissingPixels
{
    private const double Tolerance = 1e-8;
    private const int MostSteps = 20_000;

    /// <summary>The map with every pixel filled, or the same map when none is missing.</summary>
    /// <param name="map">The map.</param>
    /// <param name="cancellation">Gives up when asked.</param>
    public static HeightMap Fill(HeightMap map, CancellationToken cancellation = default)
    {
        if (map.MissingCount == 0) return map;
        int[] pixels = new int[map.MissingCount], place = new int[map.Rows * map.Columns];
        Array.Fill(place, -1);
        for (int i = 0, count = 0; i < place.Length; i++)
        {
            if (!map.Missing[i]) continue;
            place[i] = count;
            pixels[count++] = i;
        }

        double[] solution = Solve(map, pixels, place, cancellation);
        double[] filled = map.HeightsM.ToArray();
        for (int k = 0; k < pixels.Length; k++) filled[pixels[k]] = map.MeanM + solution[k];
        return new HeightMap(map.Rows, map.Columns, map.WidthM, map.HeightM, filled);
    }

    // Conjugate gradients on the graph Laplacian, heights from the mean.
    private static double[] Solve(HeightMap map, int[] pixels, int[] place, CancellationToken cancellation)
    {
        double[] x = new double[pixels.Length], residual = new double[pixels.Length], image = new double[pixels.Length];
        Span<int> around = stackalloc int[4];
        for (int k = 0; k < pixels.Length; k++)
        {
            int count = Neighbours(map, pixels[k], around);
            for (int n = 0; n < count; n++)
            {
                if (place[around[n]] < 0) residual[k] += map.HeightsM[around[n]] - map.MeanM;
            }
        }

        double[] direction = [.. residual];
        double square = Dot(residual, residual), goal = Tolerance * Tolerance * square;
        for (int step = 0; square > goal && step < MostSteps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            Apply(map, pixels, place, direction, image);
            double length = square / Dot(direction, image);
            for (int k = 0; k < x.Length; k++)
            {
                x[k] += length * direction[k];
                residual[k] -= length * image[k];
            }

            double next = Dot(residual, residual);
            for (int k = 0; k < x.Length; k++) direction[k] = residual[k] + (next / square * direction[k]);
            square = next;
        }

        return square <= goal ? x : throw new ArgumentException($"the {pixels.Length} missing pixels could not be filled; the holes are too large");
    }

    private static void Apply(HeightMap map, int[] pixels, int[] place, double[] values, double[] image)
    {
        Span<int> around = stackalloc int[4];
        for (int k = 0; k < pixels.Length; k++)
        {
            int count = Neighbours(map, pixels[k], around);
            double sum = count * values[k];
            for (int n = 0; n < count; n++)
            {
                if (place[around[n]] >= 0) sum -= values[place[around[n]]];
            }

            image[k] = sum;
        }
    }

    private static int Neighbours(HeightMap map, int pixel, Span<int> around)
    {
        int row = pixel / map.Columns, column = pixel % map.Columns, count = 0;
        if (row > 0) around[count++] = pixel - map.Columns;
        if (row < map.Rows - 1) around[count++] = pixel + map.Columns;
        if (column > 0) around[count++] = pixel - 1;
        if (column < map.Columns - 1) around[count++] = pixel + 1;
        return count;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
