using System.Numerics;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// How many cells the cathode needs and how they are graded: the reaction decays from the faces over L/ν with ν² = Σ a·g·L²·(1/κ + 1/σ), g the steepest
/// slope of the kinetics, g = √((2·θ·j0)² + n²)/(2RT/F), at the largest current that is asked for, and the double layer's share
/// at the highest frequency.
/// </summary>
internal static class GridChoice
{
    // Below this ν an even grid of the fewest cells leaves less than 0.01 mV.
    private const double Even = 3;
    private const int Fewest = 20;
    private const int Most = 160;

    // ν·h/L at which the weights of the neighbours, 1/h − ν²·h/12, are still well away from changing their sign.
    private const double Coarsest = 2.5;

    public static ReactionGrid For(HalfCellParameters cell, ParticleClass[] classes, double largestCurrent, double highestHertz, int? cells)
    {
        double nu = Thiele(cell, classes, largestCurrent, highestHertz);
        double endSpacing = Math.Min(1, 2 * Even / nu), beta = ReactionGrid.Stretch(endSpacing);
        int wanted = cells ?? Math.Clamp((int)Math.Ceiling(Fewest + (2 * (nu - Even))), Fewest, Most);
        // The widest cell, in the middle, is β/tanh β times an even one.
        double needed = nu / Coarsest * (beta > 0 ? beta / Math.Tanh(beta) : 1);
        return new ReactionGrid(cell.CathodeThicknessMetres, Math.Max(wanted, (int)Math.Ceiling(needed)), endSpacing);
    }

    private static double Thiele(HalfCellParameters cell, ParticleClass[] classes, double largestCurrent, double highestHertz)
    {
        double length = cell.CathodeThicknessMetres, area = 0;
        foreach (ParticleClass each in classes) area += Area(cell, each);
        double resistivity = (1 / cell.CathodeIonicSiemensPerMetre) + (1 / cell.CathodeElectronicSiemensPerMetre);
        double uneven = Math.Max(1 / cell.CathodeIonicSiemensPerMetre, 1 / cell.CathodeElectronicSiemensPerMetre) / resistivity;
        double exchange = cell.CathodeExchangeAmperesPerSquareMetre * LargestExchange(cell), nu = 0;
        for (int i = 0; i < 4; i++)
        {
            // The current crowds at the faces by about ν, which steepens the kinetics there.
            double insertion = Math.Abs(largestCurrent) / (area * length) * Math.Max(1, nu * uneven), sum = 0;
            foreach (ParticleClass each in classes)
            {
                double two = 2 * each.ContactFraction * exchange;
                double conductance = Math.Sqrt((two * two) + (insertion * insertion)) / (2 * cell.ThermalVolts);
                double capacitive = highestHertz > 0 ? Capacitive(cell, highestHertz) : 0;
                sum += Area(cell, each) * (capacitive + (conductance / (1 + (conductance * cell.FilmOhmSquareMetres))));
            }

            nu = length * Math.Sqrt(sum * resistivity);
        }

        return nu;
    }

    // By itself, since a discharge needs no complex numbers and need not load them.
    private static double Capacitive(HalfCellParameters cell, double hertz) => Complex.Abs(SmallSignal.DoubleLayer(cell.DoubleLayerFaradsPerSquareMetre, cell.CathodeDoubleLayerExponent, hertz));

    private static double Area(HalfCellParameters cell, in ParticleClass each) => 3 * cell.ActiveFraction * each.VolumeShare * (1 - each.IsolatedFraction) / each.RadiusMetres;

    private static double LargestExchange(HalfCellParameters cell)
    {
        if (cell.ExchangeFactor is not { } curve) return 1;
        double largest = 0;
        for (int i = 0; i <= 20; i++) largest = Math.Max(largest, curve.At(curve.Lowest + (i / 20.0 * (curve.Highest - curve.Lowest))));
        return largest;
    }
}
