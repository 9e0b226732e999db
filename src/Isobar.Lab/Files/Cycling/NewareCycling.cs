using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Cycling;

/// <summary>
/// Neware, flat export of records from BTSDA: "DataPoint, Cycle Index, Step Index, Step Type, Time, Total Time, Current(A), Voltage(V), ...". Its "Time" is
/// the time within a step. The nested export (cycle, step and record lines in one table) is refused.
/// </summary>
internal sealed class NewareCycling : CyclerFormat
{
    public override string Name => "Neware CSV";

    public override bool Recognises(FileContent content) => HeadedCycling.Line(content, "DataPoint", "Step Type") >= 0 || HeadedCycling.Line(content, "Record", "Cycle", "Step", "Vol", "Cap") >= 0;

    public override CyclerDraft Read(FileContent content)
    {
        int line = HeadedCycling.Line(content, "DataPoint", "Step Type");
        if (line < 0)
        {
            int nested = Math.Max(0, HeadedCycling.Line(content, "Record"));
            throw content.Text.Error(nested, 0, "this is the nested export, in which cycles, steps and records share one table", "the flat export: one line for each record with its cycle and step", "in BTSDA, export the record layer alone");
        }

        bool total = content.Text[line].Contains("Total Time", StringComparison.OrdinalIgnoreCase);
        // "Time" and "Total Time" have one meaning by name; in these files the first is that of the step.
        int seen = 0;
        return HeadedCycling.Read(content, line, column => column.Role != CyclerRole.TestTime || (total && seen++ > 0) ? column : column with { Role = CyclerRole.StepTime }, clockOfStep: !total);
    }
}
