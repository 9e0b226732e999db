namespace Isobar.Lab.Files.Spectra;

/// <summary>Tables that hold several spectra side by side, each with a frequency of its own: frequency, Re, Im, frequency, Re, Im.</summary>
internal static class RepeatedColumns
{
    /// <summary>The columns for each of the spectra of a table; those of its neighbours count for nothing. Itself where it holds one.</summary>
    public static IEnumerable<IReadOnlyList<ImpedanceColumn>> Parted(IReadOnlyList<ImpedanceColumn> columns)
    {
        int[] starts = [.. Enumerable.Range(0, columns.Count).Where(i => columns[i].Role == ImpedanceRole.Frequency)];
        if (starts.Length < 2) return [columns];
        ImpedanceRole[][] groups = [.. starts.Select((start, k) => Roles(columns, start, k + 1 < starts.Length ? starts[k + 1] : columns.Count))];
        // Only groups that repeat each other exactly are spectra side by side; anything else stays one table, and its second frequency is refused.
        if (!groups.All(group => IsWhole(group) && group.SequenceEqual(groups[0]))) return [columns];
        return starts.Select((start, k) => (IReadOnlyList<ImpedanceColumn>)[.. columns.Select((column, i) => i >= start && (k + 1 == starts.Length || i < starts[k + 1]) ? column : ImpedanceColumn.Other)]);
    }

    private static ImpedanceRole[] Roles(IReadOnlyList<ImpedanceColumn> columns, int first, int end) => [.. Enumerable.Range(first, end - first).Select(i => columns[i].Role).Where(role => role != ImpedanceRole.Other)];

    private static bool IsWhole(ImpedanceRole[] roles) => roles.Distinct().Count() == roles.Length
        && ((roles.Contains(ImpedanceRole.Real) && roles.Contains(ImpedanceRole.Imaginary)) || (roles.Contains(ImpedanceRole.Modulus) && roles.Contains(ImpedanceRole.Phase)));
}
