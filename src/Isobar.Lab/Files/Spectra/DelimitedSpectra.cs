using Isobar.Lab.Files.Tables;
using Isobar.Quantities;

namespace Isobar.Lab.Files.Spectra;

/// <summary>
/// Any other text with rows of numbers: separator and decimal comma from the rows, columns from the line of names above them. Without names, three
/// columns are frequency, Re and Im, which is said. What the headings leave open about the sign is read from the numbers, which is said too.
/// </summary>
internal sealed class DelimitedSpectra : SpectrumFormat
{
    public override string Name => "delimited text";

    public override bool Recognises(FileContent content) => true;

    public override SpectrumDraft Read(FileContent content, SpectrumFileOptions options)
    {
        FileText text = content.Text;
        TableShape shape = ShapeOf(text) ?? throw NoRows(content);
        var draft = new SpectrumDraft();
        draft.Dialect.Add(shape.Words);
        List<TableHeading>? headings = null;
        IReadOnlyList<NumberBlock> blocks = NumberBlock.Find(text, shape, IsKnown, out int leftOut);
        if (leftOut > 0) draft.Notes.Add($"{Plural.Of(leftOut, "line")} of numbers outside of the table {(leftOut == 1 ? "is" : "are")} left out");
        foreach (NumberBlock block in blocks)
        {
            headings = BlockHeadings.Above(text, block, shape, IsKnown, ImpedanceUnit.IsUnit) ?? headings ?? UnnamedColumns.Headings(content, block, shape, draft.Notes);
            ImpedanceColumn[] columns = [.. headings.Select(heading => IsNamed(heading, options.PressureColumn) ? PressureOf(content, heading) : ImpedanceColumn.Of(heading))];
            if (options.PressureColumn is { } named && !headings.Exists(heading => IsNamed(heading, named))) throw NoColumn(content, named, headings);
            LabelColumn?[] labels = [.. columns.Select(column => column.Role == ImpedanceRole.Sweep ? new LabelColumn() : null)];
            NumberTable table = TableReader.Read(content, headings, block.First, block.End, shape, [.. labels.Select(label => label is null ? (CellParser?)null : label.TryParse)]);
            foreach (IReadOnlyList<ImpedanceColumn> own in RepeatedColumns.Parted(columns))
            {
                draft.Tables.Add(new SpectrumTable(table, own) { SignIsOpen = true, UnitsAreKnown = headings[0].Line < 0, SweepNames = labels.FirstOrDefault(label => label is not null) is { HasWords: true } labelled ? labelled.Texts : null });
            }
        }

        return draft.Tables.Count > 0 ? draft : throw content.Error("the file has no table of numbers", "a table of frequencies and impedances", "check that this is the file you mean");
    }

    private static bool IsNamed(TableHeading heading, string? name) => name is not null && string.Equals(HeadingText.Tidy(heading.Text), HeadingText.Tidy(name), StringComparison.OrdinalIgnoreCase);

    private static IsobarFileException NoColumn(FileContent content, string name, List<TableHeading> headings) => content.Error(
        $"there is no column '{name}'", "one of " + string.Join(", ", headings.Select(heading => $"'{heading.Text}'")), "name the column of pressures as the file spells it");

    private static ImpedanceColumn PressureOf(FileContent content, TableHeading heading) => ImpedanceColumn.Pressure(heading, out string unit) ?? throw content.Text.Error(
        Math.Max(0, heading.Line), heading.Column, $"'{unit}' is not a unit of pressure on the sample",
        SamplePressure.Dimension.FindRefused(unit)?.Reason ?? "one of " + string.Join(", ", SamplePressure.Dimension.Units.Select(each => each.Symbol)), "correct the unit in the heading");

    private static IsobarFileException NoRows(FileContent content)
    {
        FileText text = content.Text;
        for (int line = 0; line < text.Count; line++)
        {
            int unit = text[line].LastIndexOfAny('j', 'i', 'J');
            // "(20.1-0.7j)" as programs of computation write it.
            if (unit < 1 || !char.IsAsciiDigit(text[line][unit - 1]) || !text[line][..unit].ContainsAny('+', '-')) continue;
            return text.Error(line, unit, "the impedances are complex numbers in one column", "real and imaginary part in columns of their own", "save them as two columns, with headings such as Re(Z)/Ohm and Im(Z)/Ohm");
        }

        return content.Error("the file has no rows of numbers", "a table of frequencies and impedances", "check that this is the file you mean");
    }

    private static bool IsKnown(string name) => ImpedanceColumn.Of(new TableHeading(name, -1, 0)).Role is not (ImpedanceRole.Other or ImpedanceRole.Time);

    // The middle of a file is rows where its beginning may be a description.
    private static TableShape? ShapeOf(FileText text)
    {
        foreach (int from in (ReadOnlySpan<int>)[text.Count / 2, text.Count * 3 / 4, 0])
        {
            if (TableShape.Guess(text, from, text.Count) is { } shape) return shape;
        }

        return null;
    }
}
