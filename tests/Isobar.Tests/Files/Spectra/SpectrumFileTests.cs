using System.Numerics;
using System.Text;
using Isobar.Impedance;
using Isobar.Lab.Files;
using Isobar.Lab.Files.Spectra;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Files.Spectra;

/// <summary>Tables of spectra: units, signs, order, sweeps; what is said of them, and what is refused.</summary>
public sealed class SpectrumFileTests
{
    public static TheoryData<string, string, double, double, int> Dialects => new()
    {
        { "freq/Hz,Re(Z)/Ohm,-Im(Z)/Ohm", ",", 1, 1, -1 },
        { "freq/Hz,Re(Z)/Ohm,Im(Z)/Ohm", ",", 1, 1, 1 },
        { "Frequency (kHz);Z' (kΩ);Z'' (kΩ)", ";", 1e-3, 1e-3, 1 },
        { "Frequency [MHz]\tZreal [mOhm]\t-Zimag [mOhm]", "\t", 1e-6, 1e3, -1 },
        { "omega (rad/s),Zre_ohm,Zim_ohm", ",", 2 * Math.PI, 1, 1 },
        { "angular frequency / rad s-1;Re Z / ohm;Im Z / ohm", ";", 2 * Math.PI, 1, 1 },
        { "frequency_hertz,real_impedance_ohm,imaginary_impedance_ohm", ",", 1, 1, 1 },
        { "# f Zre Zim", " ", 1, 1, 1 },
        { "\"freq/Hz\",\"Z'/MOhm\",\"-Z''/MOhm\"", ",", 1, 1e-6, -1 },
        { "f_mHz,Z′_ohm,−Z″_ohm", ",", 1e3, 1, -1 },
        { "", ",", 1, 1, 1 },
        { "", "\t", 1, 1, 1 },
        { "", "   ", 1, 1, 1 },
        { "Freq(Hz)\tZre\tZimag", "\t", 1, 1, -1 },
    };

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Names_units_signs_and_separators_of_any_dialect_give_one_spectrum(string heading, string separator, double hertz, double ohms, int sign)
    {
        SpectrumFile file = SpectrumFiles.Parse(MadeSpectrum.Simple(heading, separator, hertz, ohms, sign), "made.txt");
        AssertMade(Assert.Single(file.Sweeps).Spectrum);
        Assert.False(file.Sweeps[0].Ascending);
        Assert.NotEmpty(file.Dialect);
    }

    [Fact]
    public void Low_to_high_frequency_is_turned_round()
    {
        SpectrumFile file = SpectrumFiles.Parse(MadeSpectrum.Simple("freq/Hz,Zre/ohm,Zim/ohm", ascending: true), "made.csv");
        AssertMade(Assert.Single(file.Sweeps).Spectrum);
        Assert.True(file.Sweeps[0].Ascending);
        Assert.Contains("from low to high frequency", file.Dialect, StringComparer.Ordinal);
    }

    [Fact]
    public void A_sign_that_the_heading_leaves_open_is_read_from_the_numbers_and_said()
    {
        SpectrumFile upright = SpectrumFiles.Parse(MadeSpectrum.Simple("f/Hz,Zre/ohm,Zim/ohm"), "made.csv");
        Assert.Empty(upright.Notes);
        SpectrumFile turned = SpectrumFiles.Parse(MadeSpectrum.Simple("f/Hz,Zre/ohm,Zim/ohm", sign: -1), "made.csv");
        AssertMade(turned.Sweeps[0].Spectrum);
        Assert.Contains(turned.Notes, note => note.Contains("holds -Im", StringComparison.Ordinal));
        SpectrumFile kept = SpectrumFiles.Parse(MadeSpectrum.Simple("f/Hz,Zre/ohm,Zim/ohm", sign: -1), "made.csv", new SpectrumFileOptions { NegativeImaginary = false });
        Assert.All(kept.Sweeps[0].Spectrum.Ohms, z => Assert.True(z.Imaginary > 0));
    }

    [Fact]
    public void A_capacitor_in_series_with_a_resistor_shows_its_sign_though_its_real_part_is_flat()
    {
        var text = new StringBuilder("f/Hz,Zre/ohm,Zim/ohm\n");
        foreach (double f in MadeSpectrum.Hertz) text.Append(MadeSpectrum.Join(",", f, 20, 1 / (2 * Math.PI * f * 1e-6))).Append('\n');
        SpectrumFile file = SpectrumFiles.Parse(text.ToString(), "made.csv");
        Assert.All(file.Sweeps[0].Spectrum.Ohms, z => Assert.True(z.Imaginary < 0));
    }

    [Fact]
    public void A_coil_keeps_its_positive_imaginary_part()
    {
        var text = new StringBuilder("f/Hz,Zre/ohm,Zim/ohm\n");
        foreach (double f in MadeSpectrum.Hertz) text.Append(MadeSpectrum.Join(",", f, 20, 2 * Math.PI * f * 1e-5)).Append('\n');
        Assert.All(SpectrumFiles.Parse(text.ToString(), "made.csv").Sweeps[0].Spectrum.Ohms, z => Assert.True(z.Imaginary > 0));
    }

    [Theory]
    [InlineData("freq/Hz,|Z|/Ohm,Phase(Z)/deg", 1, 180 / Math.PI)]
    [InlineData("freq/Hz,|Z|/Ohm,-Phase(Z)/deg", 1, -180 / Math.PI)]
    [InlineData("Frequency/Hz,Impedance/kOhm,Phase/rad", 1e-3, 1)]
    public void Modulus_and_phase_alone_are_enough(string heading, double ohms, double perRadian)
    {
        string text = heading + "\n" + MadeSpectrum.Rows((f, z, _) => MadeSpectrum.Join(",", f, z.Magnitude * ohms, z.Phase * perRadian));
        AssertMade(Assert.Single(SpectrumFiles.Parse(text, "made.csv").Sweeps).Spectrum);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Modulus_and_phase_without_names_are_not_taken_for_parts(int sign)
    {
        string text = MadeSpectrum.Rows((f, z, _) => MadeSpectrum.Join(",", f, z.Magnitude, sign * MadeSpectrum.Degrees(z)));
        SpectrumFile file = SpectrumFiles.Parse(text, "made.csv");
        AssertMade(Assert.Single(file.Sweeps).Spectrum);
        Assert.Contains(file.Notes, note => note.Contains("phase in degrees", StringComparison.Ordinal));
    }

    [Fact]
    public void A_comment_above_the_names_is_no_line_of_names() =>
        AssertMade(SpectrumFiles.Parse("# sample A\n# freq_Hz Zre_ohm Zim_ohm\n" + MadeSpectrum.Simple("", " "), "made.dat").Sweeps[0].Spectrum);

    [Fact]
    public void A_row_of_units_below_the_names_is_read() =>
        AssertMade(SpectrumFiles.Parse("frequency,z_real,z_imag\nkHz,mOhm,mOhm\n" + MadeSpectrum.Simple("", hertz: 1e-3, ohms: 1e3), "made.csv").Sweeps[0].Spectrum);

    [Fact]
    public void Decimal_commas_are_read_where_semicolons_or_tabs_separate()
    {
        foreach (string separator in (string[])[";", "\t"])
        {
            string text = MadeSpectrum.Simple("freq/Hz;Re(Z)/Ohm;-Im(Z)/Ohm".Replace(";", separator, StringComparison.Ordinal), separator, sign: -1).Replace('.', ',');
            SpectrumFile file = SpectrumFiles.Parse(text, "made.csv");
            AssertMade(file.Sweeps[0].Spectrum);
            Assert.Contains(file.Dialect, line => line.Contains("decimal comma", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Latin_1_and_UTF_16_text_are_read()
    {
        string text = MadeSpectrum.Simple("freq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm\tCs/µF", "\t", sign: -1).Replace("\n", "\t0\n", StringComparison.Ordinal).Replace("µF\t0", "µF", StringComparison.Ordinal);
        AssertMade(SpectrumFiles.Parse(Encoding.Latin1.GetBytes(text), "made.txt").Sweeps[0].Spectrum);
        AssertMade(SpectrumFiles.Parse((byte[])[0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)], "made.txt").Sweeps[0].Spectrum);
        AssertMade(SpectrumFiles.Parse((byte[])[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)], "made.txt").Sweeps[0].Spectrum);
    }

    [Fact]
    public void Rows_without_a_frequency_are_left_out_and_counted()
    {
        string text = MadeSpectrum.Simple("freq/Hz,Zre/ohm,Zim/ohm").Replace("\n1,", "\n0,0,0\n0,0,0\n1,", StringComparison.Ordinal) + "0,0,0\n";
        SpectrumFile file = SpectrumFiles.Parse(text, "made.csv");
        AssertMade(Assert.Single(file.Sweeps).Spectrum);
        Assert.Contains(file.Notes, note => note.StartsWith("3 rows without a frequency", StringComparison.Ordinal));
    }

    [Fact]
    public void Repeated_sweeps_are_parted_by_number_by_frequency_and_by_heading()
    {
        string rows = MadeSpectrum.Simple("");
        string heading = "freq/Hz,Zre/ohm,Zim/ohm\n";
        foreach (string text in (string[])[heading + rows + rows + rows, heading + rows + "\n" + heading + rows + "\n" + heading + rows, heading + rows + MadeSpectrum.Simple("", ascending: true) + rows])
        {
            SpectrumFile file = SpectrumFiles.Parse(text, "made.csv");
            Assert.Equal(3, file.Sweeps.Length);
            Assert.All(file.Spectra, AssertMade);
            Assert.Equal("made.csv #2", file.Sweeps[1].Spectrum.Name);
        }

        string numbered = "loop_index,freq/Hz,Zre/ohm,Zim/ohm\n" + MadeSpectrum.Rows((f, z, _) => MadeSpectrum.Join(",", 0, f, z.Real, z.Imaginary)) + MadeSpectrum.Rows((f, z, _) => MadeSpectrum.Join(",", 1, f, z.Real, z.Imaginary));
        Assert.Equal(2, SpectrumFiles.Parse(numbered, "made.csv").Sweeps.Length);
    }

    [Fact]
    public void A_point_out_of_order_does_not_part_a_sweep()
    {
        string[] lines = MadeSpectrum.Simple("freq/Hz,Zre/ohm,Zim/ohm").Split('\n');
        (lines[11], lines[12]) = (lines[12], lines[11]);
        AssertMade(Assert.Single(SpectrumFiles.Parse(string.Join('\n', lines), "made.csv").Sweeps).Spectrum);
    }

    [Fact]
    public void Shuffled_points_are_one_sweep_and_said_to_be()
    {
        string[] lines = MadeSpectrum.Simple("").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // 7 is prime to the count, so that every line comes once.
        string text = "freq/Hz,Zre/ohm,Zim/ohm\n" + string.Join('\n', Enumerable.Range(0, lines.Length).Select(i => lines[i * 7 % lines.Length]));
        SpectrumFile file = SpectrumFiles.Parse(text, "made.csv");
        AssertMade(Assert.Single(file.Sweeps).Spectrum);
        Assert.Contains(file.Notes, note => note.Contains("in no order", StringComparison.Ordinal));
    }

    [Fact]
    public void Impedances_per_area_become_ohms_by_the_area_and_are_said_to_be_of_a_square_centimetre_without_it()
    {
        string text = MadeSpectrum.Simple("freq/Hz,Zre/ohm cm2,Zim/ohm cm2", ohms: 0.785);
        SpectrumFile with = SpectrumFiles.Parse(text, "made.csv", new SpectrumFileOptions { Area = new Estimate<Area>(new Area(0.785e-4), default) });
        AssertMade(with.Sweeps[0].Spectrum);
        SpectrumFile without = SpectrumFiles.Parse(text, "made.csv");
        Assert.Contains(without.Notes, note => note.Contains("1 cm²", StringComparison.Ordinal));
        ArealSpectrum one = with.Sweeps[0].Spectrum.PerArea()!, other = without.Sweeps[0].Spectrum.PerArea()!;
        for (int i = 0; i < MadeSpectrum.Count; i++) Assert.Equal(0, Complex.Abs(one.OhmSquareMetres[i] - other.OhmSquareMetres[i]), 1e-15);
    }

    [Fact]
    public void Pressure_and_temperature_beside_a_sweep_are_its_conditions()
    {
        string text = "frequency_hertz,real_impedance_ohm,imaginary_impedance_ohm,applied_pressure_pa,temperature_t1_celsius,test_time_second\n"
            + MadeSpectrum.Rows((f, z, i) => MadeSpectrum.Join(",", f, z.Real, z.Imaginary, 74e6 + (i % 2 * 1e5), 25, 100 + i));
        SpectrumFile file = SpectrumFiles.Parse(text, "made.bdf.csv");
        Assert.Equal("Battery Data Format", file.Format);
        Spectrum spectrum = file.Sweeps[0].Spectrum;
        Assert.Equal(74.05, spectrum.StackPressure!.Value.Value.Megapascals, 0.01);
        Assert.Equal(298.15, spectrum.Temperature!.Value.Kelvins, 1e-9);
        Assert.Equal(100, file.Sweeps[0].Began, 1e-9);
        Assert.Equal(30, spectrum.Points[^1].Seconds, 1e-9);
    }

    [Fact]
    public void Columns_that_contradict_each_other_are_refused()
    {
        // The heading lacks a column between, so that every later name stands above its neighbour's numbers.
        string text = "freq/Hz,Re(Z)/Ohm,-Im(Z)/Ohm,|Z|/Ohm,Phase(Z)/deg\n" + MadeSpectrum.Rows((f, z, _) => MadeSpectrum.Join(",", f, -z.Imaginary, z.Magnitude, MadeSpectrum.Degrees(z), z.Real));
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => SpectrumFiles.Parse(text, "made.csv"));
        Assert.Contains("columns are shifted", fault.Found, StringComparison.Ordinal);
        Assert.Equal(2, fault.Line);
    }

    [Fact]
    public void A_sign_of_the_phase_against_that_of_the_imaginary_part_is_settled_by_causality_and_said()
    {
        string text = "freq/Hz,Re(Z)/Ohm,Im(Z)/Ohm,|Z|/Ohm,Phase(Z)/deg\n" + MadeSpectrum.Rows((f, z, _) => MadeSpectrum.Join(",", f, z.Real, z.Imaginary, z.Magnitude, -MadeSpectrum.Degrees(z)));
        SpectrumFile file = SpectrumFiles.Parse(text, "made.csv");
        AssertMade(file.Sweeps[0].Spectrum);
        Assert.Contains(file.Notes, note => note.Contains("opposite sign", StringComparison.Ordinal));
        string turned = "freq/Hz,Re(Z)/Ohm,Im(Z)/Ohm,|Z|/Ohm,Phase(Z)/deg\n" + MadeSpectrum.Rows((f, z, _) => MadeSpectrum.Join(",", f, z.Real, -z.Imaginary, z.Magnitude, MadeSpectrum.Degrees(z)));
        file = SpectrumFiles.Parse(turned, "made.csv");
        AssertMade(file.Sweeps[0].Spectrum);
        Assert.Contains(file.Notes, note => note.Contains("holds -Im", StringComparison.Ordinal));
    }

    [Fact]
    public void A_stated_sign_against_phase_and_causality_is_refused_until_it_is_told()
    {
        string text = "freq/Hz,Re(Z)/Ohm,-Im(Z)/Ohm,|Z|/Ohm,Phase(Z)/deg\n" + MadeSpectrum.Rows((f, z, _) => MadeSpectrum.Join(",", f, z.Real, z.Imaginary, z.Magnitude, MadeSpectrum.Degrees(z)));
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => SpectrumFiles.Parse(text, "made.csv"));
        Assert.Contains("opposite signs", fault.Found, StringComparison.Ordinal);
        AssertMade(SpectrumFiles.Parse(text, "made.csv", new SpectrumFileOptions { NegativeImaginary = false }).Sweeps[0].Spectrum);
    }

    public static TheoryData<string, string, int, string> Refused => new()
    {
        { "Zre/ohm,Zim/ohm\n1,2\n2,3\n3,4\n", "no column of frequencies", 1, "Zre/ohm" },
        { "freq/Hz,Zre/ohm\n1,2\n2,3\n3,4\n", "no complete impedance", 1, "Zre/ohm" },
        { "freq/Hz,Zre/ohm,Zim/ohm\n3,2,1\n2,x,3\n1,4,5\n", "'x' is not a number", 3, "Zre/ohm" },
        { "freq/Hz,Zre/ohm,Zim/ohm\n3,2,1\n-2,2,3\n1,4,5\n", "frequency is -2", 3, "" },
        { "freq/Hz,Zre/ohm\n3,2,1\n2,2,3\n1,4,5\n", "2 names stand above 3 columns", 1, "" },
        { "freq/Hz,Zre/ohm,Zim/ohm\n3,2,1\n2,2,3\n1,4,5\n0.5,4,5,6\n0.3,4,5\n", "belongs to no column", 5, "" },
        { "freq/Hz,Zre/ohm,Zim/ohm\n3,2,1\n2,2,3\n1.5,4,5\n1,4\n0.3,4,5\n", "2 fields", 5, "" },
        { "freq/Hz,Zre/ohm,Zim/ohm,Zim/ohm\n3,2,1,1\n2,2,3,3\n1,4,5,5\n", "second column of the imaginary part", 1, "" },
        { "1,2,3,4\n2,3,4,5\n3,4,5,6\n", "no line that names them", 1, "" },
        { "freq/Hz,Zre/ohm,Zim/ohm cm2\n3,2,1\n2,2,3\n1,4,5\n", "per area", 1, "" },
        { "freq/Hz,Zre/ohm,Zim/ohm\n0,2,1\n0,2,3\n0,4,5\n", "no row of the file has a frequency", 1, "" },
        { "freq/Hz,Zre/ohm,Zim/ohm\n1e20,2,1\n2,2,3\n1,4,5\n", "frequency is 1E+20", 2, "" },
        { "freq/Hz,Zre/ohm,Zim/ohm\n1e2,2,1e300\n2,2,3\n1,4,5\n", "impedance is 1E+300", 2, "" },
        { "", "the file is empty", 1, "" },
        { "some words\nand no numbers\n", "no rows of numbers", 1, "" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_a_spectrum_is_refused_with_the_reason_and_the_line(string text, string found, int line, string named)
    {
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => SpectrumFiles.Parse(text, "made.csv"));
        Assert.Contains(found, fault.Found, StringComparison.Ordinal);
        Assert.Equal(line, fault.Line);
        Assert.Contains(named, fault.Found, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Expected);
        Assert.NotEmpty(fault.Next);
    }

    [Fact]
    public void A_last_line_that_was_cut_off_is_left_out_and_said()
    {
        SpectrumFile file = SpectrumFiles.Parse(MadeSpectrum.Simple("freq/Hz,Zre/ohm,Zim/ohm") + "0.5,49.", "made.csv");
        AssertMade(file.Sweeps[0].Spectrum);
        Assert.Contains(file.Notes, note => note.Contains("cut off", StringComparison.Ordinal));
    }

    [Fact]
    public void Files_of_other_programs_are_named_for_what_they_are()
    {
        foreach ((byte[] bytes, string what) in ((byte[], string)[])[([0x89, 0x50, 0x4E, 0x47, 1, 2], "PNG"), ("PK\x03\x04 sheet"u8.ToArray(), "Excel"), ("%PDF-1.7"u8.ToArray(), "PDF"), ([1, 2, 0, 3, 4, 5], "binary")])
        {
            Assert.Contains(what, Assert.Throws<IsobarFileException>(() => SpectrumFiles.Parse(bytes, "made")).Found, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_same_text_gives_the_same_spectrum_in_any_culture()
    {
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
            SpectrumFile file = SpectrumFiles.Parse(MadeSpectrum.Simple("freq/Hz,Zre/ohm,Zim/ohm"), "made.csv");
            AssertMade(file.Sweeps[0].Spectrum);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Equal to what was written, to the last digits of units and text.</summary>
    internal static void AssertMade(Spectrum spectrum)
    {
        Assert.Equal(MadeSpectrum.Count, spectrum.Count);
        for (int i = 0; i < MadeSpectrum.Count; i++)
        {
            Assert.Equal(1, spectrum.Hertz[i] / MadeSpectrum.Hertz[i], 1e-12);
            Assert.Equal(0, Complex.Abs(spectrum.Ohms[i] - MadeSpectrum.Ohms[i]) / MadeSpectrum.Ohms[i].Magnitude, 1e-12);
        }
    }
}
