using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Cycling;

/// <summary>Any other text table whose headings name time, voltage and current.</summary>
internal sealed class DelimitedCycling : CyclerFormat
{
    public override string Name => "delimited text";

    public override bool Recognises(FileContent content) => true;

    public override CyclerDraft Read(FileContent content)
    {
        FileText text = content.Text;
        TableShape shape = TableShape.Guess(text, text.Count / 2, text.Count) ?? TableShape.Guess(text, 0, text.Count) ?? throw content.Error("the file has no rows of numbers", "a table of time, voltage and current", "check that this is the file you mean");
        NumberBlock? block = NumberBlock.Find(text, shape, IsKnown, out _).MaxBy(each => each.End - each.First);
        if (block is null) throw content.Error("the file has no table of numbers", "a table of time, voltage and current", "check that this is the file you mean");
        List<TableHeading> headings = BlockHeadings.Above(text, block, shape, IsKnown, CyclerColumn.IsUnit)
            ?? throw text.Error(block.First, 0, "no line names the columns of these numbers", "a line of names such as 'time/s,voltage/V,current/A'", "add the line of names above the numbers");
        return CyclerDraft.OfText(content, headings, block.First, block.End, shape);
    }

    private static bool IsKnown(string name) => CyclerColumn.Of(new TableHeading(name, -1, 0)).Role is CyclerRole.Voltage or CyclerRole.Current or CyclerRole.TestTime;
}
