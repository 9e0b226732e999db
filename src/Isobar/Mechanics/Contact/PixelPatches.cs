using System.Collections.Immutable;

namespace Isobar.Mechanics.Contact;

/// <summary>Joins marked pixels that share an edge (union-find with path halving).</summary>
internal sealed class PixelPatches
{
    private readonly int[] parent;
    private readonly int rows;
    private readonly int columns;

    public PixelPatches(bool[] marked, int rows, int columns, bool wraps)
    {
        (this.rows, this.columns) = (rows, columns);
        parent = new int[marked.Length];
        for (int i = 0; i < parent.Length; i++) parent[i] = marked[i] ? i : -1;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int here = (row * columns) + column;
                if (parent[here] < 0) continue;
                if (column + 1 < columns) Join(here, here + 1);
                else if (wraps) Join(here, row * columns);
                if (row + 1 < rows) Join(here, here + columns);
                else if (wraps) Join(here, column);
            }
        }
    }

    /// <summary>Pixels of each patch, largest first.</summary>
    public ImmutableArray<int> Sizes()
    {
        int[] count = new int[parent.Length];
        for (int i = 0; i < parent.Length; i++) if (parent[i] >= 0) count[Root(i)]++;
        return [.. count.Where(pixels => pixels > 0).OrderDescending()];
    }

    public bool CrossesColumns() => Crosses(Enumerable.Range(0, rows).Select(row => row * columns), Enumerable.Range(0, rows).Select(row => (row * columns) + columns - 1));

    public bool CrossesRows() => Crosses(Enumerable.Range(0, columns), Enumerable.Range(0, columns).Select(column => ((rows - 1) * columns) + column));

    private bool Crosses(IEnumerable<int> from, IEnumerable<int> to)
    {
        HashSet<int> roots = [.. from.Where(i => parent[i] >= 0).Select(Root)];
        return to.Any(i => parent[i] >= 0 && roots.Contains(Root(i)));
    }

    private void Join(int a, int b)
    {
        if (parent[b] < 0) return;
        (a, b) = (Root(a), Root(b));
        if (a < b) parent[b] = a;
        else parent[a] = b;
    }

    private int Root(int i)
    {
        while (parent[i] != i)
        {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }

        return i;
    }
}
