using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Lab.Files;
using Isobar.Lab.Runs;
using Isobar.Planning;
using Xunit;

namespace Isobar.Tests.Planning;

/// <summary>Cells at the edge of sense: each is planned and reported, or refused in words; none ends the program.</summary>
public sealed class OddCellTests
{
    [Theory]
    [InlineData("share: 70 %", "share: 80 %", "share: 27 %", "share: 17 %")]
    [InlineData("diameter: 10 mm ±", "diameter: 30 mm ±", "", "")]
    [InlineData("limit: 500 MPa", "limit: 50 MPa", "", "")]
    [InlineData("capacity: 5 t", "capacity: 0.2 t", "", "")]
    [InlineData("0.2 mA/cm2", "20 mA/cm2", "", "")]
    [InlineData("temperature: 25", "temperature: 80", "", "")]
    [InlineData("stiffness: 1.5 N/µm ± 20 %", "stiffness: unknown", "kind: spring", "kind: rigid")]
    public void An_odd_cell_is_planned_and_reported(string one, string with, string other, string instead)
    {
        Plan plan = Planner.Plan(Parse(one, with, other, instead), Goal.Rate);
        string html = ReportAssembly.Html(ReportAssembly.Of(plan, "0"));
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", PlanFacts.ToJson(plan), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("share: 70 %", "share: 85 %", "share: 27 %", "share: 12 %")]
    [InlineData("share: 70 %", "share: 90 %", "share: 27 %", "share: 7 %")]
    public void A_cathode_without_an_ionic_path_is_refused_with_its_name(string one, string with, string other, string instead) =>
        Assert.Contains("'cathode'", Assert.Throws<UnsupportedCellException>(() => Planner.Plan(Parse(one, with, other, instead), Goal.Rate)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("mass: 60 mg", "mass: 60 g", "check the unit of its mass")]
    [InlineData("diameter: 10 mm ± 0.02 mm", "diameter: 10 m", "check the unit of the diameter")]
    public void A_slip_of_units_is_refused_at_its_line(string one, string with, string next)
    {
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => Parse(one, with, "", ""));
        Assert.Contains(next, fault.Message, StringComparison.Ordinal);
        Assert.True(fault.Line > 1);
    }

    private static Cell Parse(string one, string with, string other, string instead)
    {
        string text = File.ReadAllText(Repository.PathOf("examples/nmc811-lpscl-li/cell.yaml"));
        Assert.Contains(one, text, StringComparison.Ordinal);
        text = text.Replace(one, with, StringComparison.Ordinal);
        if (other.Length > 0) text = text.Replace(other, instead, StringComparison.Ordinal);
        return CellFile.Parse(text, "odd.yaml", BuiltInMaterials.Library);
    }
}
