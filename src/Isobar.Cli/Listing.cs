using Spectre.Console;
using Spectre.Console.Rendering;

namespace Isobar.Cli;

/// <summary>
/// Rows under headings: a table where the page is wide enough, else one block per row, so that no word and no number is ever broken.
/// </summary>
internal sealed class Listing(params string[] headings)
{
    private const int Gap = 3;

    // A flexible column narrower than this reads worse than blocks.
    private const int LeastName = 24;

    private readonly List<string[]> _rows = [];

    /// <summary>The column that may take several lines; the others never do.</summary>
    public int Flexible { get; init; }

    /// <summary>Adds a row, a plain text for each heading.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Prints it.</summary>
    public void Write(IAnsiConsole page)
    {
        RenderOptions options = RenderOptions.Create(page);
        int[] widths = [.. headings.Select((heading, column) => _rows.Select(row => WidthOf(row[column], options)).Append(WidthOf(heading, options)).Max())];
        int room = page.Profile.Width - widths.Where((_, column) => column != Flexible).Sum(width => width + Gap);
        if (widths[Flexible] <= room) WriteTable(page, widths[Flexible]);
        else if (room >= LeastName) WriteTable(page, room);
        else WriteBlocks(page);
    }

    private static int WidthOf(string text, RenderOptions options) => ((IRenderable)new Text(text)).Measure(options, int.MaxValue).Max;

    private void WriteTable(IAnsiConsole page, int flexibleWidth)
    {
        var table = new Table { Border = TableBorder.None };
        for (int column = 0; column < headings.Length; column++)
        {
            table.AddColumn(new TableColumn(Markup.Escape(headings[column]))
            {
                Padding = new Padding(0, 0, column < headings.Length - 1 ? Gap : 0, 0),
                NoWrap = column != Flexible,
                Width = column == Flexible ? flexibleWidth : null,
            });
        }

        foreach (string[] row in _rows) table.AddRow([.. row.Select(Markup.Escape)]);
        page.Write(table);
    }

    private void WriteBlocks(IAnsiConsole page)
    {
        int label = headings.Skip(1).Max(heading => heading.Length);
        foreach (string[] row in _rows)
        {
            Prose.Write(page, row[0]);
            for (int column = 1; column < headings.Length; column++)
            {
                if (row[column].Length > 0) Prose.Write(page, $"  {headings[column].PadRight(label)}  {row[column]}", label + 4);
            }
        }
    }
}
