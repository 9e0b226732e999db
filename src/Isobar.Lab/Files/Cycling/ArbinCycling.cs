using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Cycling;

/// <summary>Arbin, CSV of MITS Pro: "Data_Point, Date_Time, Test_Time(s), Step_Time(s), Cycle_Index, Step_Index, Current(A), Voltage(V), Charge_Capacity(Ah), ..."; positive current charges.</summary>
internal sealed class ArbinCycling : CyclerFormat
{
    public override string Name => "Arbin CSV";

    public override bool Recognises(FileContent content) => Line(content) >= 0;

    public override CyclerDraft Read(FileContent content) => HeadedCycling.Read(content, Line(content), currentSign: "positive current charges (Arbin)");

    private static int Line(FileContent content) => Math.Max(HeadedCycling.Line(content, "Data_Point", "Test_Time", "Step_Index"), HeadedCycling.Line(content, "Data Point", "Test Time (s)", "Step Index"));
}
