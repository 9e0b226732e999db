using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Cycling;

/// <summary>Battery Data Format: columns named by its ontology with their units (<c>test_time_second, voltage_volt, current_ampere, applied_pressure_pa</c>); positive current charges.</summary>
internal sealed class BdfCycling : CyclerFormat
{
    public override string Name => "Battery Data Format";

    public override bool UnitsAreKnown => true;

    public override bool Recognises(FileContent content) => HeadedCycling.Line(content, "test_time_second", "voltage_volt") >= 0 || HeadedCycling.Line(content, "Test Time / s", "Voltage / V") >= 0;

    public override CyclerDraft Read(FileContent content)
    {
        int line = Math.Max(HeadedCycling.Line(content, "test_time_second", "voltage_volt"), HeadedCycling.Line(content, "Test Time / s", "Voltage / V"));
        return HeadedCycling.Read(content, line, currentSign: "positive current charges (Battery Data Format)");
    }
}
