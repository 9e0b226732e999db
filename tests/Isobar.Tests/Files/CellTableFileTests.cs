using System.Text;
using CsCheck;
using Isobar.Lab.Files;
using Isobar.Quantities;
using Isobar.Reproducibility;
using Xunit;

namespace Isobar.Tests.Files;

/// <summary>Tables of cells are read right or refused with row, column and reason.</summary>
public sealed class CellTableFileTests
{
    [Theory]
    [InlineData("cell,stack_MPa,resistance_ohm\nA,75,30\nB,74,31\n", "resistance", "Ω")]
    [InlineData("cell;stack [MPa];R (Ω)\nA;75;30\nB;74;31\n", "R", "Ω")]
    [InlineData("cell\tp / MPa\tasr_ohm_cm2\nA\t75\t30\nB\t74\t31\n", "asr", "Ω cm²")]
    [InlineData("\uFEFF# made up\n\n\"cell\",\"stack_MPa\",\"conductivity_mS_cm\"\r\n\"A\", 75 ,\"30\"\r\nB,74,31\r\n\r\n\r\n", "conductivity", "mS/cm")]
    public void A_table_is_read_with_its_unit_from_the_heading(string text, string measure, string unit)
    {
        CellTable table = Read(text);
        Assert.Equal(measure, table.Measure);
        Assert.Equal(unit, table.Unit);
        Assert.Equal(["A", "B"], table.Ids, StringComparer.Ordinal);
        Assert.Equal([30, 31], table.Values.ToArray());
        Assert.Equal([75, 74], table.PressuresMegapascals);
    }

    [Fact]
    public void Groupings_are_found_by_their_usual_names_and_nested_by_a_slash()
    {
        const string text = "cell,batch,operator,cask,resistance_ohm\n1,A,x,a,30\n2,A,y,b,31\n3,B,x,a,32\n4,B,y,b,33\n";
        Assert.Equal(["batch", "operator"], Read(text).Groupings.Select(grouping => grouping.Name), StringComparer.Ordinal);
        CellTable nested = Read(text, new CellTableRequest { By = ["batch/cask"] });
        Assert.Equal(["batch", "cask"], nested.Groupings.Select(grouping => grouping.Name), StringComparer.Ordinal);
        Assert.Equal(["A/a", "A/b", "B/a", "B/b"], nested.Groupings[1].Levels, StringComparer.Ordinal);
        Assert.True(nested.Groupings[1].IsNestedIn(nested.Groupings[0]));
    }

    [Theory]
    [InlineData("batch/cask")]
    [InlineData("batch/cell")]
    public void A_cell_that_is_a_grouping_may_be_read_several_times(string by)
    {
        const string text = "cell,batch,cask,resistance_ohm\nAa,A,a,30\nAa,A,a,31\nAb,A,b,32\nAb,A,b,33\nBa,B,a,33\nBa,B,a,34\n";
        CellTable table = Read(text, new CellTableRequest { By = [by] });
        Assert.Equal("reading", table.RowName);
        Assert.Equal(6, table.Ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Throws<IsobarFileException>(() => Read(text, new CellTableRequest { By = ["batch"] }));
    }

    [Fact]
    public void A_cell_that_was_not_measured_is_named_and_not_part_of_the_set()
    {
        CellTable table = Read("cell,stack_MPa,resistance_ohm\nA,75,30\nB,,31\nC,70,\nD,70,NA\n");
        Assert.Equal(["A", "B"], table.Ids, StringComparer.Ordinal);
        Assert.True(double.IsNaN(table.PressuresMegapascals[1]));
        Assert.Contains("2 rows have no resistance and are not part of the set: C (row 3), D (row 4)", table.Notes, StringComparer.Ordinal);
    }

    [Fact]
    public void Loads_in_tons_become_pressures_through_the_die()
    {
        CellTable table = Read("cell,load_t,resistance_ohm\nA,1,30\nB,1,31\n", new CellTableRequest { Pressure = "load_t", Die = Length.FromSi(0.010) });
        // One metric ton on 10 mm, to ten digits.
        Assert.Equal(124.8621458138, table.PressuresMegapascals[0], 1e-9);
        Assert.Contains(table.Notes, note => note.Contains("loads in t over a die of 10 mm", StringComparison.Ordinal));
    }

    [Fact]
    public void Decimal_commas_are_read_when_they_are_said_to_be_there() =>
        Assert.Equal([30.5, 1250], Read("cell;resistance_ohm\nA;30,5\nB;1250\n", new CellTableRequest { DecimalComma = true }).Values.ToArray());

    [Theory]
    // A decimal comma, in its three ways to appear.
    [InlineData("cell;resistance_ohm\nA;30,5\n", 2, 3, "row 1, column resistance_ohm: '30,5' has a comma")]
    [InlineData("cell,resistance_ohm\nA,30,5\n", 2, 6, "row 1 has 3 fields and the heading has 2")]
    [InlineData("cell,resistance_ohm\nA,\"1,234\"\n", 2, 3, "row 1, column resistance_ohm: '1,234' has a comma")]
    // Units.
    [InlineData("cell,resistance\nA,30\n", 1, 1, "no column has the unit of a resistance")]
    [InlineData("cell,resistance_ohm\nA,30 ohm\n", 2, 3, "'30 ohm' is not a number")]
    [InlineData("cell,resistance_ohm\nA,30\nB,0.03 kohm\n", 3, 3, "row 2, column resistance_ohm: '0.03 kohm' is not a number")]
    [InlineData("cell,stack_MPa,resistance_ohm\nA,75,30\nB,0.074,31\n", 3, 3, "row 2, column stack_MPa: 0.074 is about a thousandth of the first pressure")]
    [InlineData("cell,stack_MPa,resistance_ohm\nA,75,30\nB,375000,31\n", 3, 3, "row 2, column stack_MPa: 375000 makes 375000 MPa, more than any die carries")]
    // Text, formulas, impossible numbers.
    [InlineData("cell,resistance_ohm\nA,short\n", 2, 3, "'short' is not a number")]
    [InlineData("cell,resistance_ohm\nA,=B2*2\n", 2, 3, "'=B2*2' is a formula of a spreadsheet")]
    [InlineData("cell,resistance_ohm\n=cmd|' /C calc'!A0,30\n", 2, 1, "is a formula of a spreadsheet")]
    [InlineData("cell,resistance_ohm\nA,@SUM(A1)\n", 2, 3, "is a formula of a spreadsheet")]
    [InlineData("cell,resistance_ohm\nA,-30\n", 2, 3, "-30 is not a possible resistance")]
    [InlineData("cell,resistance_ohm\nA,0\n", 2, 3, "0 is not a possible resistance")]
    [InlineData("cell,resistance_ohm\nA,1e999\n", 2, 3, "'1e999' is not a number")]
    [InlineData("cell,resistance_ohm\nA,Infinity\n", 2, 3, "'Infinity' is not a number")]
    // Names.
    [InlineData("cell,resistance_ohm\nA,30\nB,31\nA,32\n", 4, 1, "row 3, column cell: cell 'A' is there a second time; the first is row 1")]
    [InlineData("cell,resistance_ohm\nA,30\n,31\n", 3, 1, "the cell has no name")]
    [InlineData("cell,batch,resistance_ohm\nA,,30\n", 2, 3, "the cell has no batch")]
    [InlineData("cell,cell,resistance_ohm\nA,A,30\n", 1, 6, "'cell' is the second column of this name")]
    // Form.
    [InlineData("", 1, 1, "the table is empty")]
    [InlineData("cell,resistance_ohm\n", 1, 6, "no row has a number")]
    [InlineData("cell,resistance_ohm\nA,30\n\nB,31\n", 3, 1, "row 2 is empty")]
    [InlineData("cell,resistance_ohm\nA,\"30\n", 2, 1, "a quoted field does not end")]
    [InlineData("cell,resistance_ohm\nA\"x,30\n", 2, 2, "a quote stands inside a field")]
    [InlineData("cell,r1_ohm,r2_ohm\nA,30,31\n", 1, 13, "2 columns could be meant: r1_ohm, r2_ohm")]
    public void What_can_be_read_in_two_ways_is_refused(string text, int line, int column, string found)
    {
        IsobarFileException refused = Assert.Throws<IsobarFileException>(() => Read(text));
        Assert.Contains(found, refused.Found, StringComparison.Ordinal);
        Assert.Equal((line, column), (refused.Line, refused.Column));
        Assert.NotEmpty(refused.Expected);
        Assert.NotEmpty(refused.Next);
    }

    [Theory]
    [InlineData("load_t", "is a load, not a pressure")]
    [InlineData("load_ton", "can be metric")]
    [InlineData("pressure", "has no unit")]
    [InlineData("gauge_bar", "gauge")]
    [InlineData("pressur", "there is no column")]
    public void A_pressure_says_what_it_is(string heading, string found)
    {
        string column = heading is "pressur" ? "pressure" : heading;
        IsobarFileException refused = Assert.Throws<IsobarFileException>(() => Read($"cell,{column},resistance_ohm\nA,3,30\nB,3,31\n", new CellTableRequest { Pressure = heading }));
        Assert.Contains(found, refused.Found + refused.Expected, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Numbers_with_thirteen_common_digits_keep_the_others()
    {
        CellTable table = Read("batch,y\na,1000000000000.4\na,1000000000000.3\nb,1000000000000.5\nb,1000000000000.4\n", new CellTableRequest { Measure = "y" });
        // 0.1 between neighbours: with doubles it would be 0.0999755859375 or 0.10009765625.
        OneWayAnova anova = OneWayAnova.Of(table.Values, table.Groupings[0]);
        Assert.Equal(0.01, anova.SumOfSquaresBetween, 1e-15);
        Assert.Equal(0.01, anova.SumOfSquaresWithin, 1e-15);
    }

    [Fact]
    public void Another_encoding_or_another_kind_of_file_is_refused()
    {
        IsobarFileException latin = Assert.Throws<IsobarFileException>(() => Read(Encoding.Latin1.GetBytes("cell,resistance_µohm\nA,30\n")));
        Assert.Contains("not UTF-8", latin.Found, StringComparison.Ordinal);
        IsobarFileException picture = Assert.Throws<IsobarFileException>(() => Read(Encoding.ASCII.GetBytes(new string('x', 2_000_000))));
        Assert.Contains("a million characters", picture.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_read_or_refused_and_nothing_else() => Gen.String[Gen.Char["cell,;\t\"\n\r=@+-−.0123456789eE_ohmMPaNA#µΩ°\u0000\ud83d\ude00 "], 0, 200].Sample(text =>
    {
        try
        {
            _ = Read("cell,resistance_ohm\n" + text);
        }
        catch (IsobarFileException)
        {
            // Refused with a place and a reason, which is what is wanted.
        }
    });

    private static CellTable Read(string text, CellTableRequest? request = null) => Read(Encoding.UTF8.GetBytes(text), request);

    private static CellTable Read(byte[] bytes, CellTableRequest? request = null)
    {
        using var stream = new MemoryStream(bytes);
        return CellTableFile.Read(stream, "cells.csv", request ?? new CellTableRequest());
    }
}
