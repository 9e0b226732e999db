using System.Globalization;
using System.Xml.Linq;
using Isobar.Cells;
using Isobar.Lab.Reports;
using Isobar.Protocols;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Lab.Tests.Reports;

public sealed class OperatorSheetTests
{
    private static Protocol Holding(double megapascals, double diameterMillimetres = 10) => new(
        "one hold", new Length(diameterMillimetres * 1e-3), SamplePressure.FromMegapascals(450), new PressureRate(10e6),
        [
            new RampStep("ramp", PressureKind.Attach, SamplePressure.FromMegapascals(megapascals), new PressureRate(2e6)),
            new HoldStep("hold", PressureKind.Attach, SamplePressure.FromMegapascals(megapascals), new Fraction(0.05), new Duration(90), new Duration(300), null),
        ]);

    private static XElement Sheet(Protocol protocol, Cell cell)
    {
        var output = new StringWriter();
        OperatorSheet.Write(protocol, cell.Bench, output);
        return XDocument.Parse(output.ToString()).Root!;
    }

    private static string[] Row(XElement sheet, int index) =>
        [.. sheet.Descendants("section").Single(s => s.Attribute("id")?.Value == "steps").Descendants("tbody").Single().Elements("tr").ElementAt(index).Elements().Select(c => c.Value)];

    [Fact]
    public void Seventy_four_megapascals_on_ten_millimetres_are_5_81_kilonewtons_or_0_593_metric_tons()
    {
        string[] ramp = Row(Sheet(Holding(74), Fabricated.Cell()), 0);
        Assert.Equal("74.0", ramp[2]);
        Assert.Equal("5.81", ramp[3]);
        Assert.Equal("0.593", ramp[4]);
        Assert.Equal("take 37 s", ramp[7]);
    }

    [Fact]
    public void The_gauge_reading_is_what_the_gauge_can_show_with_the_pressure_it_makes()
    {
        // 5.81 kN on a gauge of 1 kN steps is 6 kN; 6 kN over 78.54 mm² are 76.4 MPa. Class 1.6 of 150 kN: a = 2.4 kN, u = √(2.4² + 0.5²)/√3 = 1.415 kN,
        // 23.6 % of 6 kN; with 2·0.2 % of the diameter still 23.6 %, so 18.0 MPa and ±29.7 at 90 %.
        string[] hold = Row(Sheet(Holding(74), Fabricated.Cell()), 1);
        Assert.Equal("6", hold[5]);
        Assert.Equal("76.4 ± 30", hold[6]);
        Assert.Equal("1 min 30 s", hold[7]);
    }

    [Fact]
    public void A_gauge_of_unknown_resolution_rounds_nothing_and_the_sheet_says_so()
    {
        Cell cell = Fabricated.Cell(), unknown = cell with { Press = cell.Press with { Resolution = default } };
        Assert.Contains("rounded to what this gauge can show (1 kN of force)", Sheet(Holding(74), cell).Value, StringComparison.Ordinal);
        Assert.Contains("not rounded, since the resolution of this gauge is not stated", Sheet(Holding(74), unknown).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Behind_a_ram_the_gauge_reads_oil_pressure_and_never_sample_pressure()
    {
        // 20 cm² of piston: a step of 1 kN is 5 bar, 6 kN are 30 bar.
        Cell cell = Fabricated.Cell(ram: new Ram(new Estimate<Area>(new Area(20e-4), new Area(0.2e-4))));
        XElement sheet = Sheet(Holding(74), cell);
        Assert.Equal("30", Row(sheet, 1)[5]);
        Assert.Contains(sheet.Descendants("th"), th => th.Value == "gauge (bar oil)");
        Assert.Contains(sheet.Descendants("th"), th => th.Value == "oil (psi)");
    }

    [Fact]
    public void A_pressure_under_one_step_of_the_gauge_is_not_given_a_reading()
    {
        string[] approach = Row(Sheet(Fabricated.Protocol(), Fabricated.Cell()), 0);
        Assert.Equal("under one step", approach[5]);
        Assert.Equal("–", approach[6]);
    }

    [Fact]
    public void A_force_under_the_calibrated_range_is_marked()
    {
        Assert.Contains("Under the calibrated range", Row(Sheet(Holding(25), Fabricated.Cell()), 0)[1], StringComparison.Ordinal);
        Assert.DoesNotContain("Under the calibrated range", Row(Sheet(Holding(74), Fabricated.Cell()), 0)[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_sheet_has_die_check_safety_note_blanks_and_units()
    {
        XElement sheet = Sheet(Fabricated.Protocol(), Fabricated.Cell());
        string[] ids = [.. sheet.Descendants().Attributes("id").Select(id => id.Value)];
        foreach (string id in (string[])["die-check", "safety", "steps", "units"]) Assert.Contains(id, ids, StringComparer.Ordinal);
        Assert.Contains("not a safety system", sheet.Value, StringComparison.Ordinal);
        Assert.Contains("turn the die over", sheet.Value, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(3 * Fabricated.Protocol().Steps.Length, sheet.Descendants("td").Count(td => td.Attribute("class")?.Value.Contains("blank", StringComparison.Ordinal) == true));
        XElement units = sheet.Descendants("section").Single(s => s.Attribute("id")?.Value == "units");
        string[] row = [.. units.Descendants("tr").Select(tr => tr.Elements().Select(c => c.Value).ToArray()).Single(cells => cells[0] == "375")];
        // 375 MPa on 10 mm: 29.45 kN, 3.003 metric, 3.311 short, 2.956 long tons, 6621 lbf.
        Assert.Equal(["375", "29.5", "3.00", "3.31", "2.96", "6621"], row);
    }

    [Fact]
    public void A_protocol_for_another_die_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Sheet(Holding(74, 13), Fabricated.Cell()));
        Assert.Contains("13 mm", error.Message, StringComparison.Ordinal);
        Assert.Contains("10 mm", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_beyond_the_limit_or_the_press_is_refused()
    {
        Assert.Contains("allow 450 MPa", Assert.Throws<ArgumentException>(() => Sheet(Holding(460), Fabricated.Cell())).Message, StringComparison.Ordinal);
        Cell weak = Fabricated.Cell() with { Press = Fabricated.Cell().Press with { Capacity = Force.FromKilonewtons(20) } };
        Assert.Contains("makes 20 kN", Assert.Throws<ArgumentException>(() => Sheet(Holding(375), weak)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sheet_has_the_same_bytes_in_every_culture()
    {
        string here = Sheet(Fabricated.Protocol(), Fabricated.Cell()).ToString();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            Assert.Equal(here, Sheet(Fabricated.Protocol(), Fabricated.Cell()).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
