using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Cycling;

/// <summary>Maccor, text or CSV export: "Rec#, Cyc#, Step, TestTime, StepTime, Amp-hr, Watt-hr, Amps, Volts, State, ..."; currents have no sign, the state C or D has.</summary>
internal sealed class MaccorCycling : CyclerFormat
{
    public override string Name => "Maccor text";

    public override bool UnitsAreKnown => true;

    public override bool Recognises(FileContent content) => Line(content) >= 0;

    public override CyclerDraft Read(FileContent content) => HeadedCycling.Read(content, Line(content));

    private static int Line(FileContent content) => Math.Max(HeadedCycling.Line(content, "Rec", "Amps", "Volts", "State"), HeadedCycling.Line(content, "Rec", "Test Time", "Current", "Voltage", "State"));
}
