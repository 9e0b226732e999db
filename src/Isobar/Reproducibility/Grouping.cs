using System.Collections.Immutable;

namespace Isobar.Reproducibility;

/// <summary>Which group each cell belongs to: its batch, its operator, its press. Groups are numbered in the order of their names.</summary>
public sealed class Grouping
{
    private Grouping(string name, ImmutableArray<string> levels, int[] ofCell)
    {
        Name = name;
        Levels = levels;
        OfCell = [.. ofCell];
        var counts = new int[levels.Length];
        foreach (int level in ofCell) counts[level]++;
        Counts = [.. counts];
    }

    /// <summary>What groups, for example "batch".</summary>
    public string Name { get; }

    /// <summary>Names of the groups.</summary>
    public ImmutableArray<string> Levels { get; }

    /// <summary>Number of the group of each cell.</summary>
    public ImmutableArray<int> OfCell { get; }

    /// <summary>How many cells each group has.</summary>
    public ImmutableArray<int> Counts { get; }

    /// <summary>Groups cells by their labels; labels that are numbers are sorted as numbers.</summary>
    public static Grouping Of(string name, IReadOnlyList<string> labels)
    {
        string[] levels = [.. labels.Distinct(StringComparer.Ordinal)];
        double[] numbers = new double[levels.Length];
        bool numeric = true;
        for (int i = 0; i < levels.Length; i++)
        {
            numeric &= double.TryParse(levels[i], System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out numbers[i]);
        }

        if (numeric) Array.Sort(numbers, levels);
        else Array.Sort(levels, StringComparer.Ordinal);
        var numberOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < levels.Length; i++) numberOf.Add(levels[i], i);
        return new Grouping(name, [.. levels], [.. labels.Select(label => numberOf[label])]);
    }

    /// <summary>The groups that both make together: cask 1 of batch A is not cask 1 of batch B.</summary>
    public Grouping Within(Grouping outer) =>
        Of(Name, [.. OfCell.Select((level, i) => outer.Levels[outer.OfCell[i]] + "/" + Levels[level])]);

    /// <summary>Whether every group of this one lies in a single group of the other.</summary>
    public bool IsNestedIn(Grouping outer)
    {
        int[] home = new int[Levels.Length];
        Array.Fill(home, -1);
        for (int i = 0; i < OfCell.Length; i++)
        {
            int level = OfCell[i];
            if (home[level] < 0) home[level] = outer.OfCell[i];
            else if (home[level] != outer.OfCell[i]) return false;
        }

        return true;
    }

    /// <summary>The same for some of the cells; groups that are left empty disappear.</summary>
    public Grouping At(ReadOnlySpan<int> cells)
    {
        var labels = new string[cells.Length];
        for (int i = 0; i < cells.Length; i++) labels[i] = Levels[OfCell[cells[i]]];
        return Of(Name, labels);
    }

    /// <summary>Places of the cells of one group.</summary>
    internal int[] CellsOf(int level)
    {
        var cells = new int[Counts[level]];
        for (int i = 0, k = 0; i < OfCell.Length; i++)
        {
            if (OfCell[i] == level) cells[k++] = i;
        }

        return cells;
    }
}
