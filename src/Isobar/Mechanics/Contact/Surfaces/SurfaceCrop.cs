using Isobar.Numerics.Fourier;

namespace Isobar.Mechanics.Contact.Surfaces;

/// <summary>Cuts a map to numbers of rows and columns that the transform of the solver takes, 2^a·3^b·5^c: at most some per cent of the rim are lost.</summary>
public static class SurfaceCrop
{
    /// <summary>The middle of the map, or the same map when its sizes are right already.</summary>
    public static HeightMap ToTransformSizes(HeightMap map)
    {
        int rows = Below(map.Rows), columns = Below(map.Columns);
        if (rows == map.Rows && columns == map.Columns) return map;
        int top = (map.Rows - rows) / 2, left = (map.Columns - columns) / 2;
        double[] heights = new double[rows * columns];
        bool[] missing = new bool[heights.Length];
        for (int i = 0; i < heights.Length; i++)
        {
            double height = map[top + (i / columns), left + (i % columns)];
            missing[i] = double.IsNaN(height);
            heights[i] = missing[i] ? 0 : height;
        }

        return new HeightMap(rows, columns, columns * map.PitchXM, rows * map.PitchYM, heights, missing);
    }

    private static int Below(int length)
    {
        int size = length;
        while (!RealTransform.IsSmooth(size)) size--;
        return size;
    }
}
