namespace Isobar.Mechanics.Contact;

/// <summary>Reads a solved grid into a state.</summary>
internal static class StateAssembly
{
    private static readonly double EdgeCorrection = (Math.PI - 1 + Math.Log(2)) / 24;

    public static ContactState Of(HeightMap map, ContactMedium medium, ContactGrids grids, ContactTarget target, bool unloading, double flowedM, SearchEffort effort)
    {
        double[] pressure = [.. grids.Finest.Pressure], gap = [.. grids.Finest.Gap];
        double load = 0, largest = 0, sum = 0, voids = 0, penetration = 0, energy = 0;
        long touching = 0, flowing = 0;
        double hardness = medium.HardnessPa ?? double.PositiveInfinity;
        for (int i = 0; i < pressure.Length; i++)
        {
            if (grids.Finest.Sets.IsMissing(i))
            {
                gap[i] = double.NaN;
                continue;
            }

            double p = pressure[i];
            load += p;
            largest = Math.Max(largest, p);
            sum += gap[i];
            voids += Math.Max(gap[i], 0);
            if (!(p > 0)) continue;
            touching++;
            energy += p * (gap[i] + grids.Heights[i] - grids.Finest.Shift);
            if (!(p >= hardness)) continue;
            flowing++;
            penetration += Math.Max(-gap[i], 0);
        }

        int usable = pressure.Length - map.MissingCount;
        long edges = Edges(pressure, map.Rows, map.Columns, medium.Boundary is ContactBoundary.Periodic);
        double meanPressure = load / pressure.Length, area = (double)touching / pressure.Length, flowed = flowedM + (penetration / usable);

        return new ContactState(map, medium, pressure, gap)
        {
            Target = target,
            Unloading = unloading,
            MeanPressurePa = meanPressure,
            Area = area,
            AreaCorrected = area - (EdgeCorrection * edges / pressure.Length),
            PlasticArea = (double)flowing / pressure.Length,
            PerimeterEdges = edges,
            MeanGapM = (sum / usable) - flowedM,
            VoidVolumeM = voids / usable,
            PlasticVolumeM = flowed,
            MaxPressurePa = largest,
            ElasticEnergyJoulesPerSquareMetre = 0.5 * ((energy / pressure.Length) + (grids.Kernel.UniformCompliance * meanPressure * meanPressure)),
            Convolutions = effort.Convolutions,
            Iterations = effort.Iterations,
            OuterSteps = effort.OuterSteps,
            Residual = effort.ViolationM / grids.ScaleM,
        };
    }

    // Switches between contact and gap along rows and columns; the rim of a free map counts only inside it.
    private static long Edges(double[] pressure, int rows, int columns, bool wraps)
    {
        long edges = 0;
        for (int row = 0; row < rows; row++)
        {
            int below = row + 1 < rows ? row + 1 : wraps ? 0 : row;
            for (int column = 0; column < columns; column++)
            {
                int right = column + 1 < columns ? column + 1 : wraps ? 0 : column;
                bool here = pressure[(row * columns) + column] > 0;
                if (here != pressure[(row * columns) + right] > 0) edges++;
                if (here != pressure[(below * columns) + column] > 0) edges++;
            }
        }

        return edges;
    }
}
