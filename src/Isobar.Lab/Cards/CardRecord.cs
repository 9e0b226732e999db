using System.Collections.Immutable;
using System.Globalization;
using Isobar.Lab.Files;
using Isobar.Quantities;

namespace Isobar.Lab.Cards;

/// <summary>One value that a person wrote down.</summary>
internal sealed record RecordedValue(string Text, double? Value, double? Uncertainty, string Unit);

/// <summary>
/// What a person wrote down about a cell: <c>record:</c> of the cell file, or a file <c>isobar: record/1</c> with the same keys, which adds to it. "not recorded" may stand
/// everywhere; nothing may not.
/// </summary>
public sealed class CardRecord
{
    private const string Format = "record/1";
    private const string Unknown = "not recorded";

    private readonly ImmutableDictionary<string, RecordedValue> _values;
    private readonly ImmutableDictionary<string, string> _lots;

    private CardRecord(ImmutableDictionary<string, RecordedValue> values, ImmutableDictionary<string, string> lots) => (_values, _lots) = (values, lots);

    /// <summary>Nothing was written down.</summary>
    public static CardRecord Empty { get; } = new(ImmutableDictionary<string, RecordedValue>.Empty, ImmutableDictionary<string, string>.Empty);

    /// <summary>Reads a record file.</summary>
    /// <exception cref="IsobarFileException">The file is not a record.</exception>
    public static CardRecord Read(string path)
    {
        FileMap root = YamlText.ReadMap(TextFile.Read(path));
        root.RequireFormat(Format);
        return Of(root);
    }

    /// <summary>What stands under <c>record:</c> of a cell file.</summary>
    internal static CardRecord OfCell(FileMap cell) => cell.Find("record") is { } node ? Of(node) : Empty;

    /// <summary>This, and what <paramref name="later"/> adds or says anew.</summary>
    public CardRecord With(CardRecord later) => new(_values.SetItems(later._values), _lots.SetItems(later._lots));

    internal RecordedValue? Find(string key) => _values.GetValueOrDefault(key);

    internal string? LotOf(string material) => _lots.GetValueOrDefault(material);

    private static CardRecord Of(FileNode node)
    {
        FileMap map = node.AsMap("the record", [.. CardFields.All.Select(field => field.Key), CardFields.Lots, "isobar"]);
        var values = ImmutableDictionary.CreateBuilder<string, RecordedValue>(StringComparer.Ordinal);
        foreach (CardField field in CardFields.All)
        {
            if (map.Find(field.Key) is { } given && ReadOne(given, field) is { } value) values.Add(field.Key, value);
        }

        var lots = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (map.Find(CardFields.Lots) is { } lotsNode)
        {
            foreach (FileEntry lot in lotsNode.AsMap("the lots").Entries)
            {
                string text = lot.Value.AsText($"the lot of {lot.Key.Text}");
                if (text is not Unknown) lots.Add(lot.Key.Text, text);
            }
        }

        return new CardRecord(values.ToImmutable(), lots.ToImmutable());
    }

    private static RecordedValue? ReadOne(FileNode node, CardField field)
    {
        FileScalar scalar = node.AsScalar($"'{field.Key}' (or '{Unknown}')");
        if (scalar.Text is Unknown) return null;
        if (field.IsCount)
        {
            return int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                ? new RecordedValue(scalar.Text, count, null, "")
                : throw scalar.Error($"'{scalar.Text}' is not a number of cells", "a whole number from 0 up", $"correct '{field.Key}', for example {field.Example}");
        }

        if (field.Dimension is not { } dimension) return new RecordedValue(scalar.Text, null, null, "");
        if (!Measured.TryParse(scalar.Text, dimension, out double si, out double? uncertainty, out string error))
            throw scalar.Error(error, $"a {dimension.Name} with its unit, for example {field.Example}", $"correct '{field.Key}', or write '{Unknown}'");
        Unit unit = dimension.PrintUnit(si);
        string text = $"{CardNumber.Of(unit.FromSiValue(si), uncertainty / unit.ToSi)} {Quantity.Pretty(unit.Symbol)}";
        return new RecordedValue(text, unit.FromSiValue(si), uncertainty / unit.ToSi, Quantity.Pretty(unit.Symbol));
    }
}
