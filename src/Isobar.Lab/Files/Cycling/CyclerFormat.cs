using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Cycling;

/// <summary>A format of cycler files: how it is known and where its table is. One file each; <see cref="CyclerFiles"/> lists them.</summary>
internal abstract class CyclerFormat
{
    public abstract string Name { get; }

    /// <summary>Whether the format itself fixes the units.</summary>
    public virtual bool UnitsAreKnown => false;

    /// <summary>Whether the content is of this format.</summary>
    public abstract bool Recognises(FileContent content);

    public abstract CyclerDraft Read(FileContent content);
}

/// <summary>What a format found: a table and the meaning of its columns.</summary>
/// <param name="Table">The numbers; states are +1 charging, -1 discharging, 0 resting.</param>
/// <param name="Columns">What each column is.</param>
internal sealed record CyclerDraft(NumberTable Table, IReadOnlyList<CyclerColumn> Columns)
{
    public List<FileFact> Facts { get; } = [];

    public List<string> Dialect { get; } = [];

    public List<string> Notes { get; } = [];

    /// <summary>What the sign of the current means in this format, for the dialect.</summary>
    public string CurrentSign { get; init; } = "positive current taken as charging";

    /// <summary>Whether the only clock begins anew at every step.</summary>
    public bool ClockOfStep { get; init; }

    /// <summary>Reads a headed text table: the columns, and each with the parser that it needs.</summary>
    public static CyclerDraft OfText(FileContent content, List<TableHeading> headings, int first, int end, TableShape shape, Func<CyclerColumn, CyclerColumn>? adapt = null, string? currentSign = null, bool clockOfStep = false)
    {
        CyclerColumn[] columns = [.. headings.Select(CyclerColumn.Of).Select(column => adapt?.Invoke(column) ?? column)];
        NumberTable table = TableReader.Read(content, headings, first, end, shape, [.. columns.Select(CyclerCell.ParserOf)]);
        var draft = currentSign is null ? new CyclerDraft(table, columns) { ClockOfStep = clockOfStep } : new CyclerDraft(table, columns) { CurrentSign = currentSign, ClockOfStep = clockOfStep };
        draft.Dialect.Add(shape.Words);
        return draft;
    }
}
