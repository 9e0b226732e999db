using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Lab.Cards;

/// <summary>A card while it is written.</summary>
internal sealed class CardDraft(CardRecord record)
{
    private readonly List<CardEntry> _entries = [];

    public CardRecord Record { get; } = record;

    public ImmutableArray<CardEntry> Entries => [.. CardFields.Sections.SelectMany(section => _entries.Where(entry => entry.Section == section))];

    public CardEntry? Find(string key) => _entries.Find(entry => entry.Key == key);

    public void Add(string key, string section, string label, CardSource source, string text, string? note = null) => _entries.Add(new CardEntry(key, section, label, source, text) { Note = note });

    /// <summary>A quantity, with its uncertainty where it is known.</summary>
    public void Add(string key, string section, string label, CardSource source, Dimension dimension, double si, double? uncertaintySi = null, string? note = null)
    {
        Unit unit = dimension.PrintUnit(si);
        string symbol = Quantity.Pretty(unit.Symbol);
        _entries.Add(new CardEntry(key, section, label, source, $"{CardNumber.Of(unit.FromSiValue(si), uncertaintySi / unit.ToSi)}{(symbol.Length == 0 ? "" : " " + symbol)}")
        {
            Value = unit.FromSiValue(si),
            StandardUncertainty = uncertaintySi / unit.ToSi,
            Unit = symbol.Length == 0 ? null : symbol,
            Note = note,
        });
    }

    public void Missing(string key, string section, string label, string how) => Add(key, section, label, CardSource.NotRecorded, CardWords.Of(CardSource.NotRecorded), how);

    /// <summary>What a person wrote down of a section, and what not.</summary>
    public void AddRecorded(string section)
    {
        foreach (CardField field in CardFields.All.Where(field => field.Section == section)) AddRecorded(field);
    }

    private void AddRecorded(CardField field)
    {
        if (Record.Find(field.Key) is { } value)
            _entries.Add(new CardEntry(field.Key, field.Section, field.Label, field.Source, value.Text) { Value = value.Value, StandardUncertainty = value.Uncertainty, Unit = value.Unit.Length == 0 ? null : value.Unit });
        else
            Missing(field.Key, field.Section, field.Label, $"{field.Key}: {field.Example}");
    }
}
