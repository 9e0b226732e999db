using Isobar.Electrochemistry.HalfCell;
using Isobar.Lab.Files;
using Xunit;

namespace Isobar.Tests.Files;

/// <summary>Files that say what a cycler does.</summary>
public sealed class ScheduleFileTests
{
    private static readonly HalfCellParameters s_cell = BuiltInParameterSets.Reference.Best;

    [Fact]
    public void Steps_are_read_in_order_with_their_currents()
    {
        CyclerSchedule schedule = ScheduleFile.Parse(
            """
            isobar: cycler/1
            steps:
              - {discharge: 1C, until: 3.6 V}
              - rest: 1 h
              - {charge: 0.5, for: 10 min}
              - {hold: 4.2 V, until: 0.05C}
              - repeat: 2
                steps:
                  - {discharge: 0.1C, for: 10 min}
                  - rest: 30 min
            """,
            "file.yaml",
            s_cell);
        double oneC = s_cell.AmperesPerSquareMetre(1);
        Assert.Equal(8, schedule.Steps.Length);
        Assert.Equal(new CyclerStep.ConstantCurrent("discharge 1C", oneC, 3.6), schedule.Steps[0]);
        Assert.Equal(new CyclerStep.Rest("rest", 3600), schedule.Steps[1]);
        Assert.Equal(new CyclerStep.ConstantCurrent("charge 0.5C", -0.5 * oneC, null, 600), schedule.Steps[2]);
        CyclerStep.ConstantVoltage hold = Assert.IsType<CyclerStep.ConstantVoltage>(schedule.Steps[3]);
        Assert.Equal(0.05 * oneC, hold.UntilAmperesPerSquareMetre, 1e-12);
        Assert.Equal(schedule.Steps[4], schedule.Steps[6]);
    }

    [Theory]
    [InlineData("isobar: cycler/1\nsteps:\n  - ¤discharge: 1C\n    rest: 1 h", "one of discharge")]
    [InlineData("isobar: cycler/1\nsteps:\n  - ¤until: 3 V", "does nothing")]
    [InlineData("isobar: cycler/1\nsteps:\n  - discharge: ¤-1C", "direction")]
    [InlineData("isobar: cycler/1\nsteps:\n  - ¤hold: 4.2 V", "without an end")]
    [InlineData("isobar: cycler/1\nsteps:\n  - {rest: 1 h, for: ¤2 h}", "'for' with rest")]
    [InlineData("isobar: cycler/1\nsteps:\n  - {discharge: 1C, until: ¤3}", "no unit")]
    [InlineData("isobar: cycler/1\nsteps:\n  - {repeat: ¤0, steps: [{rest: 1 h}]}", "whole number")]
    [InlineData("isobar: cycler/1\nsteps:\n  - {repeat: ¤100000, steps: [{rest: 1 h}]}", "at most 10000")]
    [InlineData("isobar: cycler/1\nsteps:\n  - {¤dischage: 1C}", "did you mean 'discharge'?")]
    public void What_is_wrong_is_said_at_its_place(string text, params string[] fragments) =>
        MarkedText.Expect(text, t => ScheduleFile.Parse(t, "file.yaml", s_cell), fragments);
}
