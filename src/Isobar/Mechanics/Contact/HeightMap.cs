namespace Isobar.Mechanics.Contact;

/// <summary>
/// Heights of a surface on a regular grid, metres, peaks positive; row-major: element (row, column) stands at row·Columns + column, at
/// x = column·WidthM/Columns and y = row·HeightM/Rows. It never changes after it is made.
/// </summary>
public sealed class HeightMap
{
    private readonly double[] heightsM;
    private readonly bool[]? missing;

    /// <summary>Copies a grid of heights.</summary>
    /// <param name="rows">Points along y, at least 2.</param>
    /// <param name="columns">Points along x, at least 2.</param>
    /// <param name="widthM">Extent along x, m: columns times the pitch.</param>
    /// <param name="heightM">Extent along y, m: rows times the pitch.</param>
    /// <param name="heightsM">Heights, m, row by row.</param>
    /// <param name="missing">True where nothing was measured; empty when every pixel was. A missing pixel never touches and its height is ignored.</param>
    /// <exception cref="ArgumentException">The numbers do not describe a surface.</exception>
    public HeightMap(int rows, int columns, double widthM, double heightM, ReadOnlySpan<double> heightsM, ReadOnlySpan<bool> missing = default)
    {
        if (rows < 2 || columns < 2) throw new ArgumentException($"a height map has at least 2 × 2 points; this one has {rows} × {columns}");
        if (!(widthM > 0 && heightM > 0 && double.IsFinite(widthM) && double.IsFinite(heightM)))
            throw new ArgumentException($"the extents of a height map are above zero, in metres; found {widthM:G4} × {heightM:G4}");
        long count = (long)rows * columns;
        if (heightsM.Length != count) throw new ArgumentException($"{rows} × {columns} points need {count} heights; found {heightsM.Length}", nameof(heightsM));
        if (!missing.IsEmpty && missing.Length != count) throw new ArgumentException($"{rows} × {columns} points need {count} marks for missing pixels; found {missing.Length}", nameof(missing));

        (Rows, Columns, WidthM, HeightM) = (rows, columns, widthM, heightM);
        this.heightsM = heightsM.ToArray();
        if (missing.Contains(true)) this.missing = missing.ToArray();
        for (int i = 0; i < this.heightsM.Length; i++)
        {
            if (this.missing is { } marks && marks[i]) this.heightsM[i] = double.NaN;
            else if (!double.IsFinite(heightsM[i]))
                throw new ArgumentException($"the height at row {i / columns}, column {i % columns} is {heightsM[i]}; mark such pixels as missing or fill them in", nameof(heightsM));
        }

        MissingCount = this.missing?.Count(mark => mark) ?? 0;
        if (MissingCount == count) throw new ArgumentException("every pixel of the height map is missing", nameof(missing));
        double sum = 0;
        foreach (double z in this.heightsM) if (!double.IsNaN(z)) sum += z;
        MeanM = sum / (count - MissingCount);
        double square = 0;
        foreach (double z in this.heightsM) if (!double.IsNaN(z)) square += (z - MeanM) * (z - MeanM);
        RmsM = Math.Sqrt(square / (count - MissingCount));
    }

    /// <summary>Points along y.</summary>
    public int Rows { get; }

    /// <summary>Points along x.</summary>
    public int Columns { get; }

    /// <summary>Extent along x, m.</summary>
    public double WidthM { get; }

    /// <summary>Extent along y, m.</summary>
    public double HeightM { get; }

    /// <summary>Mean height of the measured pixels, m.</summary>
    public double MeanM { get; }

    /// <summary>Root mean square deviation from the mean, m.</summary>
    public double RmsM { get; }

    /// <summary>Number of pixels without a height.</summary>
    public int MissingCount { get; }

    /// <summary>Distance between columns, m.</summary>
    public double PitchXM => WidthM / Columns;

    /// <summary>Distance between rows, m.</summary>
    public double PitchYM => HeightM / Rows;

    /// <summary>Heights, m, row by row; NaN where missing.</summary>
    public ReadOnlySpan<double> HeightsM => heightsM;

    /// <summary>Marks of the missing pixels; empty when none is missing.</summary>
    public ReadOnlySpan<bool> Missing => missing;

    /// <summary>Height at a point, m; NaN where missing.</summary>
    public double this[int row, int column] => heightsM[(row * Columns) + column];
}
