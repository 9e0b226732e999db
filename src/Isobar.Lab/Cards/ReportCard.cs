using System.Collections.Immutable;

namespace Isobar.Lab.Cards;

/// <summary>One value of a card.</summary>
/// <param name="Key">Stable name, its parts joined by points, for example <c>press.step2.achieved</c>.</param>
/// <param name="Section">Part of the card.</param>
/// <param name="Label">Name for people.</param>
/// <param name="Source">From where it is.</param>
/// <param name="Text">The value with its unit; "not recorded" when it is not.</param>
public sealed record CardEntry(string Key, string Section, string Label, CardSource Source, string Text)
{
    /// <summary>The number; null for a text.</summary>
    public double? Value { get; init; }

    /// <summary>One standard uncertainty, in the same unit; null when it is not known.</summary>
    public double? StandardUncertainty { get; init; }

    /// <summary>Unit of both; null for a text or a plain number.</summary>
    public string? Unit { get; init; }

    /// <summary>What to know about it, or how to record it.</summary>
    public string? Note { get; init; }
}

/// <summary>The minimal record of a cell: every value with its source, and what nobody wrote down.</summary>
/// <param name="Title">Cell and run.</param>
/// <param name="Entries">Every value, in the order of the sections.</param>
/// <param name="MethodsText">Text for the methods section, from what is recorded alone.</param>
/// <param name="Notes">What had to be assumed.</param>
public sealed record ReportCard(string Title, ImmutableArray<CardEntry> Entries, string MethodsText, ImmutableArray<string> Notes)
{
    /// <summary>What nobody wrote down.</summary>
    public IEnumerable<CardEntry> Missing => Entries.Where(entry => entry.Source == CardSource.NotRecorded);

    /// <summary>How many values are recorded.</summary>
    public int Recorded => Entries.Length - Missing.Count();
}

/// <summary>How the sources are written.</summary>
public static class CardWords
{
    /// <summary>"measured", "set", "calculated" or "not recorded".</summary>
    public static string Of(CardSource source) => source switch
    {
        CardSource.Measured => "measured",
        CardSource.Set => "set",
        CardSource.Calculated => "calculated",
        _ => "not recorded",
    };
}
