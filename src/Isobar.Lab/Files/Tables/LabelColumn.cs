namespace Isobar.Lab.Files.Tables;

/// <summary>A column of names or numbers that stay the same over many rows: each different one gets the next whole number.</summary>
internal sealed class LabelColumn
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public LabelColumn()
    {
        _lookup = _places.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The different texts, in the order in which they come.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>Whether one of them is a word and not a number.</summary>
    public bool HasWords => Texts.Exists(text => text.Any(char.IsLetter));

    public bool TryParse(ReadOnlySpan<char> text, bool decimalComma, out double value)
    {
        if (!_lookup.TryGetValue(text, out int place))
        {
            place = Texts.Count;
            string own = text.ToString();
            Texts.Add(own);
            _places.Add(own, place);
        }

        value = place;
        return true;
    }
}
