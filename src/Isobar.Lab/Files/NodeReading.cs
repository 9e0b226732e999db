using System.Globalization;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Typed reading of nodes: each method gives the value or an error that points at the node.</summary>
internal static class NodeReading
{
    /// <summary>The node as keys, of which every one must be known.</summary>
    public static FileMap AsMap(this FileNode node, string what, params ReadOnlySpan<string> known)
    {
        if (node is not FileMap map) throw node.Error($"found {node.Description} as {what}", $"keys: {string.Join(", ", known)}", $"write {what} as 'key: value' lines");
        string[] keys = known.ToArray();
        foreach (FileEntry entry in map.Entries)
        {
            if (keys.Contains(entry.Key.Text, StringComparer.Ordinal)) continue;
            string meant = Spelling.DidYouMean(entry.Key.Text, keys);
            throw entry.Key.Error($"'{entry.Key.Text}' is not a key of {what}", meant + "the keys are " + string.Join(", ", keys), "correct the key or remove the line");
        }

        return map;
    }

    public static FileMap AsMap(this FileNode node, string what) =>
        node as FileMap ?? throw node.Error($"found {node.Description} as {what}", "keys with values", $"write {what} as 'key: value' lines");

    public static FileList AsList(this FileNode node, string what)
    {
        if (node is FileList { Items.Count: > 0 } list) return list;
        string found = node is FileList ? $"the list of {what} is empty" : $"found {node.Description} as {what}";
        throw node.Error(found, $"a list of {what}, one '- ...' each", "write at least one entry");
    }

    public static FileScalar AsScalar(this FileNode node, string what) =>
        node is FileScalar { Text.Length: > 0 } scalar ? scalar : throw node.Error($"found {node.Description} as {what}", $"a text for {what}", $"write {what} behind the colon");

    public static string AsText(this FileNode node, string what) => node.AsScalar(what).Text;

    /// <summary>A day such as 2026-11-23.</summary>
    public static DateOnly AsDay(this FileNode node, string what)
    {
        FileScalar text = node.AsScalar(what);
        return DateOnly.TryParseExact(text.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? day
            : throw text.Error($"'{text.Text}' is not a date", "a date such as 2026-11-23", "write year-month-day");
    }

    public static FileNode Require(this FileMap map, string key, string what, string example) =>
        map.Find(key) ?? throw map.Error($"{what} has no '{key}'", $"the key '{key}'", $"add a line such as '{key}: {example}'");

    public static T Quantity<T>(this FileNode node, string what) where T : struct, IQuantity<T>
    {
        FileScalar scalar = node.AsScalar(what);
        return Quantities.Quantity.TryParse(scalar.Text, out T value, out string error)
            ? value
            : throw scalar.Error(error, $"{what}: a {T.Dimension.Name} in one of {T.Dimension.UnitList()}", $"correct {what}");
    }

    /// <summary>A quantity that must lie above zero.</summary>
    public static T Positive<T>(this FileNode node, string what) where T : struct, IQuantity<T>
    {
        T value = node.Quantity<T>(what);
        return value.Si > 0 ? value : throw node.Error($"{what} is {((FileScalar)node).Text}", $"{what} above zero", $"correct {what}");
    }

    public static Measured<T> Measured<T>(this FileNode node, string what) where T : struct, IQuantity<T>
    {
        FileScalar scalar = node.AsScalar(what);
        return Quantities.Measured.TryParse(scalar.Text, out Measured<T> value, out string error)
            ? value
            : throw scalar.Error(error, $"{what}: a {T.Dimension.Name}, with ± when it is known, in one of {T.Dimension.UnitList()}", $"correct {what}");
    }

    /// <summary>A measured quantity that must lie above zero.</summary>
    public static Measured<T> PositiveMeasured<T>(this FileNode node, string what) where T : struct, IQuantity<T>
    {
        Measured<T> value = node.Measured<T>(what);
        return value.Value.Si > 0 ? value : throw node.Error($"{what} is {((FileScalar)node).Text}", $"{what} above zero", $"correct {what}");
    }

    /// <summary>One of a few words.</summary>
    public static T OneOf<T>(this FileNode node, string what, IReadOnlyList<(string Word, T Value)> words)
    {
        FileScalar scalar = node.AsScalar(what);
        foreach ((string word, T value) in words)
        {
            if (string.Equals(word, scalar.Text, StringComparison.Ordinal)) return value;
        }

        string[] all = [.. words.Select(pair => pair.Word)];
        throw scalar.Error($"'{scalar.Text}' is not a {what}", Spelling.DidYouMean(scalar.Text, all) + "one of " + string.Join(", ", all), "write one of these words");
    }

    /// <summary>Checks the first line of a file, for example 'isobar: cell/1'.</summary>
    public static void RequireFormat(this FileMap root, string format)
    {
        FileNode? node = root.Find("isobar");
        if (node is null) throw root.Source.Error(1, 1, "the file does not say what it is", $"the key 'isobar: {format}'", $"add 'isobar: {format}' as the first line");
        FileScalar scalar = node.AsScalar("kind of file");
        if (!string.Equals(scalar.Text, format, StringComparison.Ordinal))
        {
            throw scalar.Error($"this is a file of kind '{scalar.Text}'", $"'{format}'", $"give a {format.Split('/')[0]} file here, or correct the line 'isobar: {format}'");
        }
    }
}
