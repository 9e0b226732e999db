using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.BioLogic;

/// <summary>The text form of BioLogic data (.mpt), for spectra and for cycling.</summary>
internal sealed class BioLogicText
{
    private readonly FileContent _content;
    private readonly int _first;

    private BioLogicText(FileContent content, int headingLine, TableShape shape)
    {
        _content = content;
        _first = headingLine + 1;
        HeadingLine = headingLine;
        Shape = shape;
        Headings = TableReader.Headings(content.Text, headingLine, shape);
    }

    public int HeadingLine { get; }

    public TableShape Shape { get; }

    public List<TableHeading> Headings { get; }

    public List<FileFact> Facts { get; } = [];

    public double? AreaSquareCentimetres { get; private set; }

    public static bool Recognises(FileContent content) => content.StartsWith("EC-Lab ASCII FILE"u8) || content.StartsWith("BT-Lab ASCII FILE"u8);

    public static BioLogicText Open(FileContent content)
    {
        FileText text = content.Text;
        int line = HeadingOf(text);
        TableShape? shape = TableShape.Guess(text, line + 1, text.Count);
        if (shape is null) throw text.Error(line, 0, "no rows of numbers follow the headings", "one row per point", "check that the measurement ran");
        var file = new BioLogicText(content, line, new TableShape('\t', shape.DecimalComma));
        file.ReadFacts(text, line);
        return file;
    }

    public NumberTable Rows(IReadOnlyList<CellParser?>? parsers = null) => TableReader.Read(_content, Headings, _first, _content.Text.Count, Shape, parsers);

    private static int HeadingOf(FileText text)
    {
        const string Label = "Nb header lines :";
        int line = text.FindStart(Label, 0, 6);
        if (line < 0) throw text.Error(0, 0, "the file does not say how many header lines it has", $"a line '{Label} N'", "export the file again from EC-Lab with its header");
        if (!NumberText.TryParse(text[line].Trim()[Label.Length..].Trim(), false, out double count) || count is < 3 or > 100_000 || count > text.Count)
        {
            throw text.Error(line, 0, $"the file has {text.Count} lines, and this is not the number of its header lines", "a number of lines up to the headings", "the file is cut off or was edited: export it again");
        }

        int heading = (int)count - 1;
        if (text[heading].Count('\t') < 2) throw text.Error(heading, 0, "this should be the line of headings, and it is not", "names of columns with tabs between them", "lines were added to the header or taken from it: export the file again");
        return heading;
    }

    private void ReadFacts(FileText text, int end)
    {
        Add("technique", end > 3 ? text.Line(3) : null);
        Add("instrument", text.After("Device :", end));
        Add("started", text.After("Acquisition started on :", end));
        Add("comments", text.After("Comments :", end));
        string? area = text.After("Electrode surface area :", end);
        int unit = area?.IndexOf("cm", StringComparison.Ordinal) ?? -1;
        if (unit > 0 && NumberText.TryParse(area.AsSpan(0, unit).Trim(), area!.Contains(',', StringComparison.Ordinal), out double squareCentimetres)) AreaSquareCentimetres = squareCentimetres;
    }

    private void Add(string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value)) Facts.Add(new FileFact(name, value.Trim()));
    }
}
