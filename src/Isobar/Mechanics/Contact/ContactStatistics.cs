using System.Collections.Immutable;

namespace Isobar.Mechanics.Contact;

/// <summary>One bar of a distribution.</summary>
/// <param name="From">Lower edge, Pa or m.</param>
/// <param name="To">Upper edge.</param>
/// <param name="Share">Share of all pixels of the map.</param>
public readonly record struct DistributionBar(double From, double To, double Share);

/// <summary>
/// Shapes in a solved contact: patches and voids as sets of pixels joined along rows and columns, whether the voids still reach from side to side, and the distributions of
/// pressure and gap.
/// </summary>
public sealed class ContactStatistics
{
    private ContactStatistics(ImmutableArray<int> patches, ImmutableArray<int> voids, bool voidsAlongX, bool voidsAlongY, ImmutableArray<DistributionBar> pressure, ImmutableArray<DistributionBar> gap) =>
        (PatchPixels, VoidPixels, VoidsPercolateAlongX, VoidsPercolateAlongY, Pressure, Gap) = (patches, voids, voidsAlongX, voidsAlongY, pressure, gap);

    /// <summary>Pixels of each contact patch, largest first.</summary>
    public ImmutableArray<int> PatchPixels { get; }

    /// <summary>Pixels of each void, largest first.</summary>
    public ImmutableArray<int> VoidPixels { get; }

    /// <summary>Whether a void reaches from the first column to the last.</summary>
    public bool VoidsPercolateAlongX { get; }

    /// <summary>Whether a void reaches from the first row to the last.</summary>
    public bool VoidsPercolateAlongY { get; }

    /// <summary>Pressures of the pixels in contact.</summary>
    public ImmutableArray<DistributionBar> Pressure { get; }

    /// <summary>Gaps of the open pixels.</summary>
    public ImmutableArray<DistributionBar> Gap { get; }

    /// <summary>Reads the shapes of a state.</summary>
    /// <param name="state">A solved contact.</param>
    /// <param name="bars">Bars of each distribution, evenly spaced from 0 to the largest value.</param>
    public static ContactStatistics Of(ContactState state, int bars = 50)
    {
        if (bars < 1) throw new ArgumentOutOfRangeException(nameof(bars), bars, "a distribution has at least one bar");
        HeightMap map = state.Map;
        bool wraps = state.Medium.Boundary is ContactBoundary.Periodic;
        int size = map.Rows * map.Columns;
        bool[] contact = new bool[size], open = new bool[size];
        double[] pressures = new double[size], gaps = new double[size];
        for (int i = 0; i < size; i++)
        {
            contact[i] = state.PressurePa[i] > 0;
            open[i] = !contact[i] && !double.IsNaN(state.GapM[i]);
            pressures[i] = contact[i] ? state.PressurePa[i] : double.NaN;
            gaps[i] = open[i] ? Math.Max(state.GapM[i], 0) : double.NaN;
        }

        // Percolation is asked from edge to edge of the map, so voids are joined without wrapping for it.
        var crossing = new PixelPatches(open, map.Rows, map.Columns, wraps: false);
        return new ContactStatistics(
            new PixelPatches(contact, map.Rows, map.Columns, wraps).Sizes(),
            new PixelPatches(open, map.Rows, map.Columns, wraps).Sizes(),
            crossing.CrossesColumns(),
            crossing.CrossesRows(),
            Bars(pressures, bars),
            Bars(gaps, bars));
    }

    private static ImmutableArray<DistributionBar> Bars(double[] values, int bars)
    {
        double largest = 0;
        foreach (double value in values) if (value > largest) largest = value;
        if (!(largest > 0)) return [];
        int[] counts = new int[bars];
        foreach (double value in values)
        {
            if (!double.IsNaN(value)) counts[Math.Min(bars - 1, (int)(value / largest * bars))]++;
        }

        return [.. counts.Select((count, i) => new DistributionBar(largest * i / bars, largest * (i + 1) / bars, (double)count / values.Length))];
    }
}
