using Isobar.Lab.Files.BioLogic;
using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Cycling;

/// <summary>BioLogic .mpr with cycling data.</summary>
internal sealed class BioLogicBinaryCycling : CyclerFormat
{
    public override string Name => "BioLogic mpr";

    public override bool Recognises(FileContent content) => MprFile.Recognises(content);

    public override CyclerDraft Read(FileContent content)
    {
        var file = MprFile.Open(content);
        var draft = new CyclerDraft(file.Table, BioLogicCycling.ColumnsOf(file.Table.Headings)) { CurrentSign = BioLogicCycling.Sign };
        draft.Facts.Add(new FileFact("started", file.Date));
        draft.Notes.AddRange(file.Notes);
        return draft;
    }
}
