using Isobar.Lab.Files;
using Isobar.Mechanics.Pellets;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Files;

/// <summary>Tables of pellets: what is read, and what is refused with row, column and reason.</summary>
public sealed class PelletFileTests
{
    private const string Good = """
        pressure_MPa,thickness_load_mm,thickness_released_mm,mass_mg,die_mm
        100,0.65,0.66,80.2,10
        200,0.61,0.62,80.2,10
        300,0.588,0.5975,80.2,10

        """;

    private static readonly PelletFileContext s_context = new(new MassDensity(1870));

    [Fact]
    public void Densities_follow_from_mass_thickness_and_die()
    {
        PelletTable table = PelletFile.Parse(Good, "file.yaml", s_context);
        Assert.Equal(3, table.Series.Points.Length);
        Assert.False(table.Series.SeparatePellets);
        PelletPoint last = table.Series.Points[2];
        Assert.Equal(300, last.Pressure.Megapascals, 1e-9);
        // 80.2 mg / (π/4 · 1 cm² · 0.588 mm · 1.87 g/cm³) by hand.
        Assert.Equal(0.92867, last.Loaded!.Value.Value.Value, 1e-4);
        Assert.Equal(0.91391, last.Released!.Value.Value.Value, 1e-4);
        Assert.Equal(6, table.Readings.Length);
    }

    [Theory]
    [InlineData("pressure_MPa;thickness_load_mm;mass_mg;die_mm\r\n100;0.65;80.2;10\r\n200;0.61;80.2;10\r\n")]
    [InlineData("\uFEFFpressure_MPa,thickness_load_mm,mass_mg,die_mm\n100,0.65,80.2,10\n200,0.61,80.2,10")]
    [InlineData("\"pressure_MPa\",\"thickness_load_mm\",\"mass_mg\",\"die_mm\"\n\"100\",\"0.65\",\"80.2\",\"10\"\n\"200\",0.61,80.2,10\n\n\n")]
    [InlineData("# written by hand\n# twice\npressure [MPa]\tthickness_load (um)\tmass_g\tdie_cm\n100\t650\t0.0802\t1\n200\t610\t0.0802\t1\n")]
    [InlineData("pressure_GPa,thickness_load_mm,mass_mg,die_mm,hold_min,temperature_K\n0.1,0.65,80.2,10,2,298.15\n0.2,0.61,80.2,10,2,298.15\n")]
    public void Separators_quotes_marks_and_units_do_not_matter(string text)
    {
        PelletTable table = PelletFile.Parse(text, "file.yaml", s_context);
        Assert.Equal(2, table.Series.Points.Length);
        Assert.Equal(100, table.Series.Points[0].Pressure.Megapascals, 1e-9);
        Assert.Equal(0.8401, table.Series.Points[0].Loaded!.Value.Value.Value, 1e-4);
    }

    [Theory]
    [InlineData("pressure_MPa;thickness_load_mm;mass_mg;die_mm\n100;0,65;80,2;10\n200;0,61;80,2;10\n")]
    [InlineData("pressure_MPa\tthickness_load_mm\tmass_mg\tdie_mm\n1e2\t0,65\t80,2\t10\n200\t0,61\t80,2\t10\n")]
    [InlineData("sep=;\r\npressure_MPa;thickness_load_mm;mass_mg;die_mm;Date;comments\r\n100;0,65;80,2;10;24.11.2025;first, by hand\r\n;;;;;\r\n200;0,61;80,2;10;;\r\n;;;;;\r\n")]
    public void Tables_of_a_german_or_french_spreadsheet_are_read(string text)
    {
        PelletTable table = PelletFile.Parse(text, "file.yaml", s_context);
        Assert.Equal(2, table.Series.Points.Length);
        Assert.Equal(0.8401, table.Series.Points[0].Loaded!.Value.Value.Value, 1e-4);
    }

    [Fact]
    public void A_decimal_comma_is_refused_where_other_numbers_have_a_point() => MarkedText.Expect(
        "pressure_MPa;thickness_load_mm;mass_mg;die_mm\n100;¤0,65;80.2;10\n200;0,61;80.2;10\n", text => PelletFile.Parse(text, "file.yaml", s_context), "row 1, column thickness_load", "comma", "0.65");

    [Fact]
    public void Columns_that_only_name_the_pellet_are_passed_over_and_told()
    {
        PelletTable table = PelletFile.Parse("Sample,pressure_MPa,thickness_load_mm,mass_mg,die_mm,operator\nA1,100,0.65,80.2,10,anna\nA2,200,0.61,80.2,10,ben\n", "file.yaml", s_context);
        Assert.Equal(0.8401, table.Series.Points[0].Loaded!.Value.Value.Value, 1e-4);
        Assert.Contains(table.Notes, note => note.Contains("'Sample', 'operator'", StringComparison.Ordinal));
    }

    [Fact]
    public void Pellets_of_one_pressure_are_read_and_told()
    {
        PelletTable table = PelletFile.Parse("pressure_MPa,thickness_load_mm,mass_mg,die_mm\n100,0.65,80.2,10\n100,0.64,80.4,10\n", "file.yaml", s_context);
        Assert.Contains(table.Notes, note => note.Contains("all rows are at 100 MPa", StringComparison.Ordinal));
    }

    [Fact]
    public void Conductivities_in_two_units_and_those_no_electrolyte_has_are_refused()
    {
        PelletFileContext electrolyte = s_context with { ImpossibleConductivity = new Conductivity(100) };
        MarkedText.Expect("pressure_MPa,conductivity_mS_cm\n100,2\n200,¤0.0025\n300,3\n", text => PelletFile.Parse(text, "file.yaml", electrolyte), "row 2, column conductivity", "less than a fiftieth of '2' of row 1");
        MarkedText.Expect("pressure_MPa,conductivity_mS_cm\n100,¤2000\n200,3000\n", text => PelletFile.Parse(text, "file.yaml", electrolyte), "row 1, column conductivity", "more than any solid electrolyte");
        Assert.Equal(2, PelletFile.Parse("pressure_MPa,conductivity_mS_cm\n100,2000\n200,3000\n", "file.yaml", s_context).Series.Points.Length);
    }

    [Fact]
    public void A_resistance_without_stack_pressure_is_the_electrodes() => MarkedText.Expect(
        "pressure_MPa,conductivity_mS_cm,stack_MPa\n100,2,¤0\n200,3,50\n", text => PelletFile.Parse(text, "file.yaml", s_context), "row 1, column stack", "leave this row's conductivity or resistance empty");

    [Fact]
    public void A_resistance_becomes_a_conductivity_through_thickness_and_die()
    {
        PelletTable table = PelletFile.Parse("pressure_MPa,thickness_released_mm,mass_mg,die_mm,resistance_ohm,stack_MPa\n300,0.60,80.2,10,30,50\n300,0.60,80.2,10,25,100\n", "file.yaml", s_context);
        // 0.6 mm / (30 Ω · 78.54 mm²) = 0.2546 S/m.
        Assert.Equal(0.25465, table.Series.Points[0].Conductivity!.Value.SiemensPerMetre, 1e-4);
        Assert.Equal(50, table.Series.Points[0].Stack!.Value.Megapascals, 1e-9);
    }

    [Fact]
    public void Different_masses_are_separate_pellets_unless_said_otherwise()
    {
        string text = Good.Replace("200,0.61,0.62,80.2", "200,0.61,0.62,80.4", StringComparison.Ordinal);
        Assert.True(PelletFile.Parse(text, "file.yaml", s_context).Series.SeparatePellets);
        Assert.False(PelletFile.Parse(text, "file.yaml", s_context with { SeparatePellets = false }).Series.SeparatePellets);
    }

    [Fact]
    public void Loads_in_tons_become_pressures_through_the_die()
    {
        const string Text = "pressure_t,thickness_load_mm,mass_mg\n1,0.65,80.2\n3,0.588,80.2\n";
        PelletFileContext withDie = s_context with { Die = new Estimate<Length>(new Length(0.01), new Length(2e-5)) };
        Assert.Equal(374.6, PelletFile.Parse(Text, "file.yaml", withDie).Series.Points[1].Pressure.Megapascals, 0.1);
        MarkedText.Expect("pressure_t,thickness_load_mm,mass_mg\n¤1,0.65,80.2\n3,0.588,80.2\n", text => PelletFile.Parse(text, "file.yaml", s_context), "row 1, column pressure", "force", "no die", "isobar convert");
    }

    [Theory]
    [InlineData("pressure_MPa,", "¤pressure,", "no unit", "pressure_MPa")]
    [InlineData("pressure_MPa,", "¤pressure_bar,", "oil pressure", "pressure_MPa")]
    [InlineData("pressure_MPa,", "¤pressure_ton,", "metric", "pressure_MPa", "pressure_t", "die_mm")]
    [InlineData("thickness_load_mm", "¤thickness_load_mm_um", "mm/um", "thickness_load_mm")]
    [InlineData("thickness_released_mm", "¤thickness_load_um", "second column", "one column and one unit")]
    [InlineData("mass_mg", "¤mas_mg", "did you mean 'mass_mg'?")]
    [InlineData("pressure_MPa,", "¤hold_s,", "no column of pressures")]
    [InlineData("300,0.588,0.5975,80.2", "300,0.588,0.5975,¤-80.2", "row 3, column mass", "above zero")]
    [InlineData("300,0.588,0.5975,80.2", "300,¤0.50,0.5975,80.2", "row 3, column thickness_load", "thinner than the pellet without any pores", "546")]
    [InlineData("300,0.588,0.5975,80.2", "300,0.588,¤0.56,80.2", "row 3, column thickness_released", "thinner than under load")]
    [InlineData("300,0.588,0.5975,80.2", "300,¤588,0.5975,80.2", "row 3, column thickness_load", "fifty times", "one unit")]
    [InlineData("300,0.588,0.5975,80.2", "300,0.588,¤0.5975 mm,80.2", "row 3, column thickness_released", "the unit stands in the heading")]
    [InlineData("300,0.588,0.5975,80.2", "300,0.588,¤thin,80.2", "row 3, column thickness_released", "not a number")]
    [InlineData("300,0.588,0.5975,80.2", "300,0.588,\"¤0,5975\",80.2", "row 3, column thickness_released", "comma", "0.5975")]
    [InlineData("300,0.588,0.5975,80.2,10", "300,0,588,0.5975,80.2,¤10", "row 3 has 6 fields", "decimal comma")]
    [InlineData("300,0.588,0.5975,80.2,10", "300,0.588,0.5975,¤,10", "row 3, column mass", "missing", "--mass")]
    [InlineData("300,0.588,0.5975,80.2,10", "¤,0.588,0.5975,80.2,10", "row 3, column pressure", "missing")]
    [InlineData("300,0.588,0.5975,80.2,10", "¤300,,,80.2,10", "row 3, column pressure", "nothing was measured")]
    [InlineData("300,0.588,0.5975,80.2,10", "300,¤5.88,,80.2,10", "row 3, column thickness_load", "poured powder")]
    [InlineData("300,0.588,0.5975,80.2,10", "¤30000,0.588,0.5975,80.2,10", "row 3, column pressure", "more than any die")]
    [InlineData("300,0.588,0.5975,80.2,10", "300,0.588,0.5975,80.2,¤\"10", "does not end")]
    [InlineData("300,0.588,0.5975,80.2,10", "3,¤0.588,0.5975,80.2,10", "row 3, column thickness_load", "row 1", "unit of the pressure")]
    [InlineData("300,0.588,0.5975,80.2,10", "¤0.3,0.588,0.5975,80.2,10", "row 3, column pressure", "less than a hundredth of '100' of row 1", "one unit")]
    [InlineData("100,0.65,0.66,80.2,10", "100,0.65,0.66,80.2,¤0.01", "row 1, column die", "less than a fiftieth of '10' of row 2", "one unit")]
    [InlineData("200,0.61,0.62,80.2,10", "200,¤0.75,0.76,80.2,10", "row 2, column thickness_load", "more density at more pressure")]
    public void What_cannot_be_is_refused_with_row_column_and_reason(string piece, string replacement, params string[] fragments) =>
        MarkedText.Expect(Marked(piece, replacement), text => PelletFile.Parse(text, "file.yaml", s_context), fragments);

    [Fact]
    public void One_pellet_alone_is_refused()
    {
        MarkedText.Expect("pressure_MPa,thickness_load_mm,mass_mg,die_mm\n¤300,0.588,80.2,10\n", text => PelletFile.Parse(text, "file.yaml", s_context), "one pellet only", "second pressure");
        MarkedText.Expect("¤pressure_MPa,thickness_load_mm,mass_mg,die_mm\n", text => PelletFile.Parse(text, "file.yaml", s_context), "no pellet");
    }

    // The quoted field begins at its quote.
    private static string Marked(string piece, string replacement) => Good.With(piece, replacement.Replace("\"¤", "¤\"", StringComparison.Ordinal));
}
