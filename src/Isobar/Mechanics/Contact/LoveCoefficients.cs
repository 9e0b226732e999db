namespace Isobar.Mechanics.Contact;

/// <summary>
/// Displacement of a half-space at the centre of one pixel under 1 Pa on another, m/Pa: with the corners of the loaded pixel at x₁, x₂ and y₁, y₂ from the point,
/// K = (1/(π·E*))·Σ ±(x·asinh(y/|x|) + y·asinh(x/|y|)) (Love 1929, 10.1098/rsta.1929.0009).
/// </summary>
internal static class LoveCoefficients
{
    /// <summary>Coefficients on a padded grid, wrapped around so that distances run to half of it in each direction.</summary>
    public static double[] Table(int rows, int columns, double pitchX, double pitchY, double modulusPa)
    {
        // The indefinite integral at every corner that occurs, shared by the four pixels around it.
        int cornerRows = (rows / 2) + 2, cornerColumns = (columns / 2) + 2;
        double[] corner = new double[cornerRows * cornerColumns];
        for (int i = 0; i < cornerRows; i++)
        {
            for (int j = 0; j < cornerColumns; j++) corner[(i * cornerColumns) + j] = Corner((j - 0.5) * pitchX, (i - 0.5) * pitchY);
        }

        double[] table = new double[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            int i = Math.Min(row, rows - row);
            for (int column = 0; column < columns; column++)
            {
                int j = Math.Min(column, columns - column);
                double sum = corner[((i + 1) * cornerColumns) + j + 1] - corner[((i + 1) * cornerColumns) + j] - corner[(i * cornerColumns) + j + 1] + corner[(i * cornerColumns) + j];
                table[(row * columns) + column] = sum / (Math.PI * modulusPa);
            }
        }

        return table;
    }

    private static double Corner(double x, double y) => (x * Math.Asinh(y / Math.Abs(x))) + (y * Math.Asinh(x / Math.Abs(y)));
}
