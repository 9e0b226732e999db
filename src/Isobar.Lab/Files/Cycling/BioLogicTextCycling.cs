using Isobar.Lab.Files.BioLogic;
using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Cycling;

/// <summary>BioLogic .mpt with cycling data.</summary>
internal sealed class BioLogicTextCycling : CyclerFormat
{
    public override string Name => "BioLogic mpt";

    public override bool Recognises(FileContent content) => BioLogicText.Recognises(content);

    public override CyclerDraft Read(FileContent content)
    {
        var file = BioLogicText.Open(content);
        CyclerColumn[] columns = BioLogicCycling.ColumnsOf(file.Headings);
        var draft = new CyclerDraft(file.Rows([.. columns.Select(CyclerCell.ParserOf)]), columns) { CurrentSign = BioLogicCycling.Sign };
        if (file.Shape.DecimalComma) draft.Dialect.Add("decimal comma");
        draft.Facts.AddRange(file.Facts);
        return draft;
    }
}

/// <summary>What the text and the binary form share.</summary>
internal static class BioLogicCycling
{
    public const string Sign = "positive current is oxidation at the working electrode (BioLogic): charging where that is the positive electrode";

    // Of several voltages and currents, the first in this order is that of the cell.
    private static readonly string[] s_voltages = ["Ecell/V", "Ewe/V", "<Ewe>/V", "Ewe-Ece/V"], s_currents = ["I/mA", "<I>/mA", "control/mA"];

    public static CyclerColumn[] ColumnsOf(IReadOnlyList<TableHeading> headings)
    {
        CyclerColumn[] columns = [.. headings.Select(CyclerColumn.Of)];
        Choose(columns, headings, CyclerRole.Voltage, s_voltages, new CyclerColumn(CyclerRole.Voltage, 1, "V"));
        Choose(columns, headings, CyclerRole.Current, s_currents, new CyclerColumn(CyclerRole.Current, 1e-3, "mA"));
        return columns;
    }

    private static void Choose(CyclerColumn[] columns, IReadOnlyList<TableHeading> headings, CyclerRole role, string[] names, CyclerColumn meaning)
    {
        int chosen = -1;
        foreach (string name in names)
        {
            for (int i = 0; i < columns.Length && chosen < 0; i++)
            {
                if (string.Equals(headings[i].Text, name, StringComparison.Ordinal)) chosen = i;
            }
        }

        if (chosen < 0) return;
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i].Role == role) columns[i] = CyclerColumn.Other;
        }

        columns[chosen] = meaning;
    }
}
