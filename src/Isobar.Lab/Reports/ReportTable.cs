namespace Isobar.Lab.Reports;

/// <summary>A column of a table in a report.</summary>
/// <param name="Header">What it holds, with the unit: "force (kN)".</param>
/// <param name="Numeric">Whether it is set flush right.</param>
internal readonly record struct ReportColumn(string Header, bool Numeric = false);

/// <summary>A cell of a table: its text, its class, and a second line in plain type.</summary>
internal readonly record struct ReportCell(string Text, string Class = "", string Detail = "")
{
    public static implicit operator ReportCell(string text) => new(text);
}

/// <summary>Tables, figures and headings that look the same throughout a report.</summary>
internal static class ReportTable
{
    /// <summary>A table that scrolls by itself on a narrow page. The first column heads its rows.</summary>
    public static void Write(MarkupWriter html, string caption, ReadOnlySpan<ReportColumn> columns, IEnumerable<ReportCell[]> rows)
    {
        // Before the table and not its caption, which would be as wide as the table and run off a narrow page.
        if (caption.Length > 0) html.Element("p", caption, ("class", "note"));
        using MarkupWriter.Scope scroll = html.Open("div", ("class", "scroll"));
        using MarkupWriter.Scope table = html.Open("table");
        using (html.Open("thead"))
        {
            using MarkupWriter.Scope row = html.Open("tr");
            foreach (ReportColumn column in columns) html.Element("th", column.Header, ("scope", "col"), ("class", column.Numeric ? "num" : "text"));
        }

        using MarkupWriter.Scope body = html.Open("tbody");
        foreach (ReportCell[] cells in rows)
        {
            if (cells.Length != columns.Length) throw new ArgumentException($"a row of table '{caption}' has {ReportText.Count(cells.Length)} cells for {ReportText.Count(columns.Length)} columns");
            html.Line();
            using MarkupWriter.Scope row = html.Open("tr");
            for (int i = 0; i < cells.Length; i++)
            {
                string kind = columns[i].Numeric ? "num" : "text";
                string css = cells[i].Class.Length == 0 ? kind : $"{kind} {cells[i].Class}";
                using MarkupWriter.Scope cell = i == 0 ? html.Open("th", ("scope", "row"), ("class", css)) : html.Open("td", ("class", css));
                html.Text(cells[i].Text);
                if (cells[i].Detail.Length > 0) html.Element("span", cells[i].Detail);
            }
        }
    }

    /// <summary>A figure under its caption.</summary>
    public static void Figure(MarkupWriter html, Figure figure, string id, bool wide = false)
    {
        html.Line();
        using MarkupWriter.Scope scope = html.Open("figure");
        using (html.Open("figcaption"))
        {
            html.Element("b", figure.Title);
            if (figure.Description.Length > 0) html.Text(" " + figure.Description);
        }

        using MarkupWriter.Scope frame = html.Open("div", ("class", wide ? "wide" : "fit"));
        html.Tree(FigureRenderer.Svg(figure, id, titled: false));
    }

    /// <summary>Opens a section with its heading.</summary>
    public static MarkupWriter.Scope Section(MarkupWriter html, string id, string heading)
    {
        html.Line();
        MarkupWriter.Scope scope = html.Open("section", ("id", id));
        html.Element("h2", heading);
        return scope;
    }
}
