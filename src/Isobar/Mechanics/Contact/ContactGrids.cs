using Isobar.Numerics;

namespace Isobar.Mechanics.Contact;

/// <summary>Nested grids: every second point of the one above, down to about 100 points across. A coarse solution, spread linearly, is where the next search begins.</summary>
internal sealed class ContactGrids
{
    private const int Coarsest = 64;
    private const double CoarseTolerance = 1e-2;

    private readonly ContactLevel[] levels;
    private readonly ContactKernel[] kernels;
    private readonly double[][] heights;
    private readonly bool[]?[] missing;
    private readonly double rmsM;
    private readonly bool wraps;
    private readonly ParallelLoop loop;

    public ContactGrids(HeightMap map, ContactMedium medium, ParallelLoop loop)
    {
        this.loop = loop;
        double[] finest = new double[map.Rows * map.Columns];
        for (int i = 0; i < finest.Length; i++) finest[i] = map.Missing.IsEmpty || !map.Missing[i] ? map.HeightsM[i] - map.MeanM : 0;
        (int rows, int columns) = (map.Rows, map.Columns);
        var shapes = new List<(int Rows, int Columns)> { (rows, columns) };
        while (rows % 2 == 0 && columns % 2 == 0 && rows >= 2 * Coarsest && columns >= 2 * Coarsest) shapes.Add((rows /= 2, columns /= 2));
        heights = new double[shapes.Count][];
        missing = new bool[]?[shapes.Count];
        kernels = new ContactKernel[shapes.Count];
        levels = new ContactLevel[shapes.Count];
        heights[0] = finest;
        missing[0] = map.Missing.IsEmpty ? null : map.Missing.ToArray();
        for (int k = 0; k < shapes.Count; k++)
        {
            if (k > 0)
            {
                heights[k] = Thin(heights[k - 1], shapes[k].Rows, shapes[k].Columns);
                missing[k] = missing[k - 1] is { } marks ? Thin(marks, shapes[k].Rows, shapes[k].Columns) : null;
            }

            kernels[k] = new ContactKernel(shapes[k].Rows, shapes[k].Columns, map.WidthM, map.HeightM, medium, loop);
            levels[k] = new ContactLevel(kernels[k], heights[k], missing[k], loop);
        }

        SetHardness(medium.HardnessPa);
        rmsM = map.RmsM > 0 ? map.RmsM : 0.5 * (map.WidthM + map.HeightM);
        wraps = medium.Boundary is ContactBoundary.Periodic;
    }

    public ContactLevel Finest => levels[0];

    public ContactKernel Kernel => kernels[0];

    /// <summary>Heights of the finest grid about their first mean; what has flowed may be taken off.</summary>
    public double[] Heights => heights[0];

    /// <summary>Height by which violations are measured: the rms height, or the extent of a map that is flat.</summary>
    public double ScaleM => rmsM;

    /// <summary>Sets or lifts the limit of pressure.</summary>
    public void SetHardness(double? pa)
    {
        foreach (ContactLevel level in levels) level.Sets.Hardness = pa ?? double.PositiveInfinity;
    }

    /// <summary>Takes the heights of the finest grid over to the coarser ones.</summary>
    public void Reshape()
    {
        for (int k = 1; k < levels.Length; k++) Thin(heights[k - 1], kernels[k].Rows, kernels[k].Columns).CopyTo(heights[k], 0);
    }

    /// <summary>Searches from the coarsest grid upwards.</summary>
    public SearchEffort SearchAll(SearchGoal goal, Action<int, int, int, double, double>? report, CancellationToken cancellation)
    {
        for (int k = levels.Length - 1; k > 0; k--)
        {
            if (k == levels.Length - 1) levels[k].Guess(goal);
            levels[k].Search(goal with { ToleranceM = Math.Max(goal.ToleranceM, CoarseTolerance * rmsM) }, Reporter(k, report), cancellation);
            Spread(k);
        }

        if (levels.Length == 1) levels[0].Guess(goal);
        return Search(goal, report, cancellation);
    }

    /// <summary>Searches on the finest grid from the pressure that is there.</summary>
    public SearchEffort Search(SearchGoal goal, Action<int, int, int, double, double>? report, CancellationToken cancellation) =>
        Finest.Search(goal, Reporter(0, report), cancellation);

    private Action<int, double, double>? Reporter(int k, Action<int, int, int, double, double>? report) => report is null
        ? null
        : (convolutions, violation, contact) => report(kernels[k].Rows, kernels[k].Columns, k == 0 ? convolutions : 0, violation / rmsM, contact / heights[k].Length);

    private static T[] Thin<T>(T[] source, int rows, int columns)
    {
        var result = new T[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++) result[(row * columns) + column] = source[(4 * row * columns) + (2 * column)];
        }

        return result;
    }

    private void Spread(int k)
    {
        int rows = kernels[k].Rows, columns = kernels[k].Columns, fine = 2 * columns;
        double[] from = levels[k].Pressure, to = levels[k - 1].Pressure;
        loop.Divide(rows, (_, first, end) =>
        {
            for (int row = first; row < end; row++) SpreadRow(row);
        });

        void SpreadRow(int row)
        {
            int below = row + 1 < rows ? row + 1 : wraps ? 0 : row;
            for (int column = 0; column < columns; column++)
            {
                int right = column + 1 < columns ? column + 1 : wraps ? 0 : column;
                double a = from[(row * columns) + column], b = from[(row * columns) + right], c = from[(below * columns) + column], d = from[(below * columns) + right];
                int at = (2 * row * fine) + (2 * column);
                to[at] = a;
                to[at + 1] = 0.5 * (a + b);
                to[at + fine] = 0.5 * (a + c);
                to[at + fine + 1] = 0.25 * (a + b + c + d);
            }
        }
    }
}
