using Isobar.Numerics;

namespace Isobar.Mechanics.Contact;

/// <summary>Reads a solved grid into a state.</summary>
internal static class StateAssembly
{
    private static readonly double EdgeCorrection = (Math.PI - 1 + Math.Log(2)) / 24;

    public static ContactState Of(HeightMap map, ContactMedium medium, ContactGrids grids, ContactTarget target, bool unloading, double flowedM, SearchEffort effort, ParallelLoop loop)
    {
        double[] pressure = new double[grids.Finest.Pressure.Length], gap = new double[pressure.Length];
        var rows = new RowSums[map.Rows];
        double hardness = medium.HardnessPa ?? double.PositiveInfinity;
        bool wraps = medium.Boundary is ContactBoundary.Periodic;
        loop.Divide(map.Rows, (_, first, end) =>
        {
            for (int row = first; row < end; row++) rows[row] = Row(map, grids, hardness, wraps, row, pressure, gap);
        });
        double load = 0, largest = 0, sum = 0, voids = 0, penetration = 0, energy = 0;
        long touching = 0, flowing = 0, edges = 0;
        foreach (RowSums each in rows)
        {
            load += each.Load;
            largest = Math.Max(largest, each.Largest);
            sum += each.Gap;
            voids += each.Voids;
            penetration += each.Penetration;
            energy += each.Energy;
            touching += each.Touching;
            flowing += each.Flowing;
            edges += each.Edges;
        }

        int usable = pressure.Length - map.MissingCount;
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

    // One row: copied, and added up by itself, so that the sums do not depend on who takes which rows. Edges are switches between contact and gap along rows and
    // columns; the rim of a free map counts only inside it.
    private static RowSums Row(HeightMap map, ContactGrids grids, double hardness, bool wraps, int row, double[] pressure, double[] gap)
    {
        int columns = map.Columns, start = row * columns;
        double[] from = grids.Finest.Pressure;
        Array.Copy(from, start, pressure, start, columns);
        Array.Copy(grids.Finest.Gap, start, gap, start, columns);
        int below = row + 1 < map.Rows ? row + 1 : wraps ? 0 : row;
        RowSums sums = default;
        for (int column = 0; column < columns; column++)
        {
            int i = start + column, right = column + 1 < columns ? column + 1 : wraps ? 0 : column;
            double p = pressure[i];
            bool here = p > 0;
            if (here != from[start + right] > 0) sums.Edges++;
            if (here != from[(below * columns) + column] > 0) sums.Edges++;
            if (grids.Finest.Sets.IsMissing(i))
            {
                gap[i] = double.NaN;
                continue;
            }

            sums.Load += p;
            sums.Largest = Math.Max(sums.Largest, p);
            sums.Gap += gap[i];
            sums.Voids += Math.Max(gap[i], 0);
            if (!here) continue;
            sums.Touching++;
            sums.Energy += p * (gap[i] + grids.Heights[i] - grids.Finest.Shift);
            if (!(p >= hardness)) continue;
            sums.Flowing++;
            sums.Penetration += Math.Max(-gap[i], 0);
        }

        return sums;
    }

    private struct RowSums
    {
        public double Load;
        public double Largest;
        public double Gap;
        public double Voids;
        public double Penetration;
        public double Energy;
        public long Touching;
        public long Flowing;
        public long Edges;
    }
}
