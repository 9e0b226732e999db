using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Materials;

namespace Isobar.Lab.Files;

/// <summary>The parameter sets that travel inside the library, by their id.</summary>
public static class BuiltInParameterSets
{
    /// <summary>Id of the set that other programs are compared with.</summary>
    public const string ReferenceId = "reference";

    private static readonly ImmutableDictionary<string, Lazy<ParameterSet>> s_sets = BuiltInData.ParameterSets.ToImmutableDictionary(
        static name => Path.GetFileNameWithoutExtension(name),
        static name => new Lazy<ParameterSet>(() => Open(name)),
        StringComparer.Ordinal);

    /// <summary>All ids, in order.</summary>
    public static IEnumerable<string> Ids => s_sets.Keys.Order(StringComparer.Ordinal);

    /// <summary>The base set of the reference tables.</summary>
    public static ParameterSet Reference => s_sets[ReferenceId].Value;

    /// <summary>The set with this id, or null.</summary>
    public static ParameterSet? Find(string id) => s_sets.GetValueOrDefault(id)?.Value;

    /// <summary>The set whose chemistry is that of an active material, or null.</summary>
    public static ParameterSet? ForMaterial(string materialId) =>
        Ids.Select(Find).FirstOrDefault(set => set!.Materials.Contains(materialId, StringComparer.Ordinal));

    /// <summary>The set whose chemistry is that of the main active material of a cell's cathode, or null.</summary>
    public static ParameterSet? ForCell(Cell cell) => MainActiveMaterial(cell) is { } material ? ForMaterial(material.Id) : null;

    /// <summary>The active material that makes up most of a cell's cathode; null when it has none.</summary>
    public static Material? MainActiveMaterial(Cell cell) =>
        cell.Cathode.Composition.Where(component => component.Material.Kind == MaterialKind.ActiveMaterial).MaxBy(component => component.MassFraction)?.Material;

    /// <summary>An example of a value for messages: that of the reference set, or nothing for symbols that it does not write.</summary>
    internal static string ReferenceValue(string key)
    {
        // Read as text: while the reference set itself is being read its values are not there yet.
        using var reader = new StreamReader(BuiltInData.Open($"cells/{ReferenceId}.yaml"));
        string mark = key + ": ";
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith(mark, StringComparison.Ordinal)) return line[mark.Length..];
        }

        return "...";
    }

    private static ParameterSet Open(string name)
    {
        using Stream stream = BuiltInData.Open(name);
        return ParameterFile.Read(stream, name);
    }
}
