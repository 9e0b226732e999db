using System.Collections.Immutable;

namespace Isobar.Materials;

/// <summary>The data that travel inside the library: material files, published tables and parameter sets of the cell model.</summary>
public static class BuiltInData
{
    private const string MaterialsPrefix = "materials/";
    private const string PublishedPrefix = "published/";
    private const string ParameterSetsPrefix = "cells/";

    /// <summary>Names of the material files, for example <c>materials/lithium.yaml</c>, in ordinal order.</summary>
    public static ImmutableArray<string> MaterialFiles { get; } = NamesUnder(MaterialsPrefix);

    /// <summary>Names of the published tables, for example <c>published/volume_change.csv</c>, in ordinal order.</summary>
    public static ImmutableArray<string> PublishedTables { get; } = NamesUnder(PublishedPrefix);

    /// <summary>Names of the parameter sets of the cell model, for example <c>cells/reference.yaml</c>, in ordinal order.</summary>
    public static ImmutableArray<string> ParameterSets { get; } = NamesUnder(ParameterSetsPrefix);

    /// <summary>Opens one of them; the caller disposes the stream.</summary>
    /// <exception cref="ArgumentException">There is no such name.</exception>
    public static Stream Open(string name) =>
        typeof(BuiltInData).Assembly.GetManifestResourceStream(name)
        ?? throw new ArgumentException($"no built-in data '{name}'; there are {string.Join(", ", MaterialFiles.Concat(PublishedTables).Concat(ParameterSets))}", nameof(name));

    private static ImmutableArray<string> NamesUnder(string prefix) =>
        [.. typeof(BuiltInData).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
