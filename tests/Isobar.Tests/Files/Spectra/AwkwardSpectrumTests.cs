using System.Globalization;
using System.Text;
using Isobar.Impedance;
using Isobar.Lab.Files;
using Isobar.Lab.Files.Spectra;
using Xunit;

namespace Isobar.Tests.Files.Spectra;

/// <summary>What exports do that no format describes: logarithms, lost units, comments between rows, spectra side by side, runs that stop.</summary>
public sealed class AwkwardSpectrumTests
{
    public static TheoryData<string> Tables => new()
    {
        "log(f/Hz),Z' (Ohm),-Z'' (Ohm)\n" + Rows((f, z) => [Math.Log10(f), z.Real, -z.Imaginary]),
        "log10(Frequency (Hz)),log10(|Z| (Ohm)),Phase (deg)\n" + Rows((f, z) => [Math.Log10(f), Math.Log10(z.Magnitude), MadeSpectrum.Degrees(z)]),
        "LOGF,Real,Imag\n" + Rows((f, z) => [Math.Log10(f), z.Real, z.Imaginary]),
        "f,Z',Z''\n[Hz],[kΩ],[kΩ]\n" + Rows((f, z) => [f, z.Real / 1e3, z.Imaginary / 1e3]),
        "Frequency,Z',Z''\nHz,kOhm,kOhm\nComments,measured,measured\n" + Rows((f, z) => [f, z.Real / 1e3, z.Imaginary / 1e3]),
        "frequency,absz,phasez\n" + Rows((f, z) => [f, z.Magnitude, z.Phase]),
        "frequency,realz,imagz,absz,phasez\n" + Rows((f, z) => [f, z.Real, z.Imaginary, z.Magnitude, z.Phase]),
        "Frequency(Hz),R(Ohm),X(Ohm)\n" + Rows((f, z) => [f, z.Real, z.Imaginary]),
        "Frequency (Hz),Z' (?),-Z'' (?),-Phase (?)\n" + Rows((f, z) => [f, z.Real, -z.Imaginary, -MadeSpectrum.Degrees(z)]),
        "Frequency (Hz),Z' (Î©),-Z'' (Î©),-Phase (Â°)\n" + Rows((f, z) => [f, z.Real, -z.Imaginary, -MadeSpectrum.Degrees(z)]),
        "Frequency,Zdash,Zdashneg,Z,Phase\n" + Rows((f, z) => [f, z.Real, -z.Imaginary, z.Magnitude, -MadeSpectrum.Degrees(z)]),
        "Frequency (Hz),Impedance Magnitude (Ohms),Impedance Phase Degrees (')\n" + Rows((f, z) => [f, z.Magnitude, MadeSpectrum.Degrees(z)]),
        Rows((f, z) => [f, z.Real, z.Imaginary, z.Magnitude, MadeSpectrum.Degrees(z)]),
        Rows((f, z) => [f, 0.01, 0, 1, z.Real, z.Imaginary, 0, 0, 5]),
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Tables_of_any_spelling_give_one_spectrum(string text) => AssertMade(Assert.Single(SpectrumFiles.Parse(text, "made.csv").Sweeps).Spectrum);

    [Fact]
    public void Comments_and_points_that_were_not_measured_do_not_part_a_table()
    {
        List<string> lines = [.. ("freq,re,im\n" + Rows((f, z) => [f, z.Real, z.Imaginary])).Split('\n')];
        lines.Insert(20, "# range switched, here");
        lines[10] = lines[10].Split(',')[0] + ",NaN,NaN";
        lines[15] = lines[15].Split(',')[0] + ",,";
        SpectrumFile file = SpectrumFiles.Parse(string.Join('\n', lines), "made.csv");
        Assert.Equal(MadeSpectrum.Count - 2, Assert.Single(file.Sweeps).Spectrum.Count);
        Assert.Contains(file.Notes, note => note.Contains("2 rows without an impedance", StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_in_groups_of_thousands_and_with_exponents_of_Fortran_are_read()
    {
        string grouped = "Frequency (Hz);Z' (Ohm);Z'' (Ohm)\n" + MadeSpectrum.Rows((f, z, _) => string.Join(';', new[] { f, z.Real, z.Imaginary }.Select(x => x.ToString("#,##0.0000000000", CultureInfo.InvariantCulture))));
        AssertMade(Assert.Single(SpectrumFiles.Parse(grouped, "made.csv").Sweeps).Spectrum);
        string fortran = "freq re im\n" + Rows((f, z) => [f, z.Real, z.Imaginary], " ", "E12").Replace('E', 'D');
        AssertMade(Assert.Single(SpectrumFiles.Parse(fortran, "made.txt").Sweeps).Spectrum);
    }

    [Fact]
    public void A_text_of_two_bytes_a_character_needs_no_mark()
    {
        string text = "Frequency (Hz)\tZ' (Ω)\t-Z'' (Ω)\n" + Rows((f, z) => [f, z.Real, -z.Imaginary], "\t");
        foreach (Encoding encoding in (ReadOnlySpan<Encoding>)[Encoding.Unicode, Encoding.BigEndianUnicode]) AssertMade(Assert.Single(SpectrumFiles.Parse(encoding.GetBytes(text), "made.txt").Sweeps).Spectrum);
    }

    [Fact]
    public void Spectra_side_by_side_are_sweeps()
    {
        string text = "f (Hz),Re (Ohm),Im (Ohm),f.1 (Hz),Re.1 (Ohm),Im.1 (Ohm)\n".Replace(".1 (", "_1 (", StringComparison.Ordinal) + Rows((f, z) => [f, z.Real, z.Imaginary, f, 2 * z.Real, 2 * z.Imaginary]);
        SpectrumFile file = SpectrumFiles.Parse(text, "made.csv");
        Assert.Equal(2, file.Sweeps.Length);
        AssertMade(file.Sweeps[0].Spectrum);
        Assert.Equal(2 * MadeSpectrum.Ohms[3].Real, file.Sweeps[1].Spectrum.Ohms[3].Real, 1e-9);
    }

    [Fact]
    public void A_run_that_stops_gives_its_complete_sweeps_and_says_so()
    {
        string rows = Rows((f, z) => [f, z.Real, z.Imaginary]);
        string cut = string.Join('\n', rows.Split('\n').Take(12)) + "\n";
        SpectrumFile file = SpectrumFiles.Parse("freq/Hz,Zre/ohm,Zim/ohm\n" + rows + rows + cut, "made.csv");
        Assert.Equal(2, file.Sweeps.Length);
        Assert.Contains(file.Notes, note => note.Contains("stops after 12 of 31", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("P [kPa]", 1e5, 100)]
    [InlineData("P / GPa", 0.1, 100)]
    [InlineData("load cell", 100, 100)]
    public void A_pressure_column_is_converted_by_its_unit(string heading, double number, double megapascals)
    {
        string text = $"freq/Hz,Zre/ohm,Zim/ohm,{heading}\n" + Rows((f, z) => [f, z.Real, z.Imaginary, number]);
        Spectrum spectrum = SpectrumFiles.Parse(text, "made.csv", new SpectrumFileOptions { PressureColumn = heading }).Sweeps[0].Spectrum;
        Assert.Equal(megapascals, spectrum.StackPressure!.Value.Value.Megapascals, 1e-9);
    }

    // A gauge of oil shows bar and psi too; these headings say whose pressure it is.
    [Theory]
    [InlineData("stack pressure (psi)", 145.0377, 1)]
    [InlineData("Stack Pressure / bar", 50, 5)]
    [InlineData("applied_pressure_psi", 1450.377, 10)]
    [InlineData("sample pressure [bar]", 740, 74)]
    public void Bar_and_psi_are_read_where_the_heading_says_that_they_are_on_the_sample(string heading, double number, double megapascals)
    {
        string text = $"freq/Hz,Zre/ohm,Zim/ohm,{heading}\n" + Rows((f, z) => [f, z.Real, z.Imaginary, number]);
        Assert.Equal(megapascals, SpectrumFiles.Parse(text, "made.csv").Sweeps[0].Spectrum.StackPressure!.Value.Value.Megapascals, 1e-5 * megapascals);
    }

    [Theory]
    [InlineData("P [psi]", "hydraulic gauge")]
    [InlineData("P (bar)", "hydraulic gauge")]
    [InlineData("P [tons]", "a ton is a force")]
    [InlineData("P (foo)", "MPa")]
    public void A_pressure_column_of_another_unit_is_refused_by_name(string heading, string expected)
    {
        string text = $"freq/Hz,Zre/ohm,Zim/ohm,{heading}\n" + Rows((f, z) => [f, z.Real, z.Imaginary, 14.5]);
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => SpectrumFiles.Parse(text, "made.csv", new SpectrumFileOptions { PressureColumn = heading }));
        Assert.Contains("not a unit of pressure", fault.Found, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Expected, StringComparison.Ordinal);
        Assert.Equal((1, 25), (fault.Line, fault.Column));
    }

    [Theory]
    [InlineData("Pressure (psi)", "its unit 'psi' is not known")]
    [InlineData("Pressure", "no unit is stated")]
    [InlineData("Temperature", "no unit is stated")]
    [InlineData("Time (fortnights)", "its unit 'fortnights' is not known")]
    [InlineData("thickness (thou)", "its unit 'thou' is not known")]
    public void A_column_whose_unit_is_not_known_is_not_used_and_that_is_said(string heading, string reason)
    {
        string text = $"freq/Hz,Zre/ohm,Zim/ohm,{heading}\n" + Rows((f, z) => [f, z.Real, z.Imaginary, 14.5]);
        SpectrumFile file = SpectrumFiles.Parse(text, "made.csv");
        Assert.Contains(file.Notes, note => note.Contains(heading, StringComparison.Ordinal) && note.Contains(reason, StringComparison.Ordinal));
        Assert.Null(file.Sweeps[0].Spectrum.StackPressure);
    }

    [Fact]
    public void Area_and_thickness_under_pressure_are_read_with_their_units()
    {
        string text = "freq/Hz,Zre/ohm,Zim/ohm,area/cm2,pellet thickness (um),T/°C\n" + Rows((f, z) => [f, z.Real, z.Imaginary, 0.785, 640, 25]);
        Spectrum spectrum = SpectrumFiles.Parse(text, "made.csv").Sweeps[0].Spectrum;
        Assert.Equal(0.785e-4, spectrum.Area!.Value.Value.SquareMetres, 1e-12);
        Assert.Equal(640e-6, spectrum.Thickness!.Value.Value.Metres, 1e-12);
        Assert.Equal(298.15, spectrum.Temperature!.Value.Kelvins, 1e-9);
    }

    [Theory]
    [InlineData("2024-03-14 12:33:17", "2024-03-14T12:33:17")]
    [InlineData("2024-03-14T12:33:17", "2024-03-14T12:33:17")]
    [InlineData("10-12-2018 12:33:17", null)]
    [InlineData("11/11/2018 12:33:17", "2018-11-11T12:33:17")]
    [InlineData("05/15/2025 14:02:43.389", "2025-05-15T14:02:43")]
    [InlineData("14.3.2024 07:05", "2024-03-14T07:05:00")]
    [InlineData("Nov. 23, 2024   17:47:14", "2024-11-23T17:47:14")]
    [InlineData("tomorrow", null)]
    public void A_start_counts_only_where_it_can_be_read_in_one_way(string text, string? expected) =>
        Assert.Equal(expected, SweepClock.Start(text)?.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));

    [Fact]
    public void A_file_that_says_when_it_began_gives_it_to_its_sweeps()
    {
        string text = "Nov. 23, 2024   17:47:14\nA.C. Impedance\nInstrument Model:  CHI660E\n\nFreq/Hz, Z'/ohm, Z\"/ohm\n\n" + Rows((f, z) => [f, z.Real, z.Imaginary], ", ");
        Assert.Equal(new DateTimeOffset(2024, 11, 23, 17, 47, 14, TimeSpan.Zero), SpectrumFiles.Parse(text, "made.txt").Sweeps[0].Spectrum.Began);
    }

    [Fact]
    public void Complex_numbers_in_one_column_are_named()
    {
        string text = "frequency,impedance\n" + MadeSpectrum.Rows((f, z, _) => $"{MadeSpectrum.Number(f)},({MadeSpectrum.Number(z.Real)}{MadeSpectrum.Number(z.Imaginary)}j)");
        Assert.Contains("complex numbers", Assert.Throws<IsobarFileException>(() => SpectrumFiles.Parse(text, "made.csv")).Found, StringComparison.Ordinal);
    }

    private static string Rows(Func<double, System.Numerics.Complex, double[]> row, string separator = ",", string format = "R") =>
        MadeSpectrum.Rows((f, z, _) => string.Join(separator, row(f, z).Select(x => x.ToString(format, CultureInfo.InvariantCulture))));

    // Printed with ten digits or more.
    private static void AssertMade(Spectrum spectrum)
    {
        Assert.Equal(MadeSpectrum.Count, spectrum.Count);
        for (int i = 0; i < spectrum.Count; i++)
        {
            Assert.Equal(MadeSpectrum.Hertz[i], spectrum.Hertz[i], 1e-8 * MadeSpectrum.Hertz[i]);
            Assert.True((spectrum.Ohms[i] - MadeSpectrum.Ohms[i]).Magnitude < 1e-8, $"{spectrum.Ohms[i]} and {MadeSpectrum.Ohms[i]} at {spectrum.Hertz[i]} Hz");
        }
    }
}
