using System.Collections.Immutable;

namespace Isobar.Materials;

/// <summary>The data that travel inside the library: material files and published tables.</summary>
public static class BuiltInData
{
    private const string MaterialsPrefix = "materials/";
    private const string PublishedPrefix = "published/";

    /// <summary>Names of the material files, for example <c>materials/lithium.yaml</c>, in ordinal order.</summary>
    public static ImmutableArray<string> MaterialFiles { get; } = NamesUnder(MaterialsPrefix);

    /// <summary>Names of the published tables, for example <c>published/volume_change.csv</c>, in ordinal order.</summary>
    public static ImmutableArray<string> PublishedTables { get; } = NamesUnder(PublishedPrefix);

    /// <summary>Opens one of them; the caller disposes the stream.</summary>
    /// <exception cref="ArgumentException">There is no such name.</exception>
    public static Stream Open(string name) =>
        typeof(BuiltInData).Assembly.GetManifestResourceStream(name)
        ?? throw new ArgumentException($"no built-in data '{name}'; there are {string.Join(", ", MaterialFiles.Concat(PublishedTables))}", nameof(name));

    private static ImmutableArray<string> NamesUnder(string prefix) =>
        [.. typeof(BuiltInData).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
