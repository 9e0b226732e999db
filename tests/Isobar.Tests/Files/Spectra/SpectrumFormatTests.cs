using System.Globalization;
using Isobar.Lab.Files;
using Isobar.Lab.Files.Spectra;
using Xunit;

namespace Isobar.Tests.Files.Spectra;

/// <summary>One small file of each instrument, written for the test: the format is recognised and the sweep is the one that was written.</summary>
public sealed class SpectrumFormatTests
{
    public static TheoryData<string, string> Files => new()
    {
        { "ZPlot z", ZPlot(MadeSpectrum.Count) },
        { "ZView text", ZView },
        { "Gamry DTA", Gamry("", "deg") },
        { "BioLogic mpt", BioLogic },
        { "VersaStudio par", VersaStudio },
        { "CH Instruments text", ChInstruments },
        { "Parstat text", Parstat },
        { "PowerSuite text", "Frequency\t Zre\t Zimg\r\r\n" + MadeSpectrum.Rows((f, z, _) => MadeSpectrum.Join("\t ", f, z.Real, z.Imaginary)).Replace("\n", "\r\r\n", StringComparison.Ordinal) },
        { "RelaxIS text", "RelaxIS 3.0 Spectrum export\nDate: 1/2/2026\nData: Frequency\tData: Z'\tData: Z''\tData: |Z|\tData: Theta (Z)\nDC=0\tModel: none\n" + MadeSpectrum.Rows(Polar("\t"), ascending: true) },
        { "Zahner text", "Zahner Thales\nPotential: 0 V\n\n  Number  Frequency/Hz  Impedance/Ohm  Phase/deg  Significance  Time/s\n" + MadeSpectrum.Rows((f, z, i) => MadeSpectrum.Join("  ", i, f, z.Magnitude, MadeSpectrum.Degrees(z), 0.999, i)) },
        { "Autolab text", "Index;Frequency (Hz);Z' (Ω);-Z'' (Ω);Z (Ω);-Phase (°);Time (s)\n" + MadeSpectrum.Rows((f, z, i) => MadeSpectrum.Join(";", i, f, z.Real, -z.Imaginary, z.Magnitude, -MadeSpectrum.Degrees(z), i)) },
        { "Battery Data Format", "frequency_hertz,real_impedance_ohm,imaginary_impedance_ohm,surface_pressure_pa\n" + MadeSpectrum.Rows((f, z, _) => MadeSpectrum.Join(",", f, z.Real, z.Imaginary, 50e6)) },
        { "delimited text", MadeSpectrum.Simple("f,Re,Im") },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_format_is_recognised_and_gives_the_sweep_that_was_written(string format, string text)
    {
        SpectrumFile file = SpectrumFiles.Parse(text, "made");
        Assert.Equal(format, file.Format);
        SpectrumFileTests.AssertMade(Assert.Single(file.Sweeps).Spectrum);
    }

    [Fact]
    public void Every_format_of_text_has_a_file_here() =>
        Assert.Equal(SpectrumFiles.FormatNames.Where(name => name != "BioLogic mpr").Order(StringComparer.Ordinal), Files.Select(row => row.Data.Item1).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public void A_stopped_run_gives_its_points_and_says_so()
    {
        SpectrumFile file = SpectrumFiles.Parse(ZPlot(MadeSpectrum.Count + 9), "made.z");
        SpectrumFileTests.AssertMade(file.Sweeps[0].Spectrum);
        Assert.Contains(file.Notes, note => note.Contains("announces 40 points and holds 31", StringComparison.Ordinal));
    }

    [Fact]
    public void An_aborted_run_gives_its_complete_sweeps_and_says_so()
    {
        SpectrumFile one = SpectrumFiles.Parse(Gamry("EXPERIMENTABORTED\tTOGGLE\tT\tExperiment Aborted\n", "°"), "made.DTA");
        SpectrumFileTests.AssertMade(one.Sweeps[0].Spectrum);
        Assert.Contains(one.Notes, note => note.Contains("aborted at 1 Hz of 0.01 Hz planned; the 31 points up to there are given", StringComparison.Ordinal));
        SpectrumFile two = SpectrumFiles.Parse(Gamry(Curve("deg", 7) + "EXPERIMENTABORTED\tTOGGLE\tT\tExperiment Aborted\n", "deg"), "made.DTA");
        SpectrumFileTests.AssertMade(Assert.Single(two.Sweeps).Spectrum);
        Assert.Contains(two.Notes, note => note.Contains("its 7 points are left out", StringComparison.Ordinal));
    }

    [Fact]
    public void An_area_that_only_is_the_preset_of_the_program_is_not_used()
    {
        SpectrumFile preset = SpectrumFiles.Parse(BioLogic, "made.mpt");
        Assert.Null(preset.Sweeps[0].Spectrum.Area);
        Assert.Contains(preset.Facts, fact => fact.Text.Contains("preset", StringComparison.Ordinal));
        SpectrumFile stated = SpectrumFiles.Parse(BioLogic.Replace(": 0.001 cm", ": 0.785 cm", StringComparison.Ordinal), "made.mpt");
        Assert.Equal(0.785e-4, stated.Sweeps[0].Spectrum.Area!.Value.Value.SquareMetres, 1e-12);
    }

    [Fact]
    public void Decimal_commas_of_EC_Lab_are_read()
    {
        string[] lines = BioLogic.Split('\n');
        for (int i = 9; i < lines.Length; i++) lines[i] = lines[i].Replace('.', ',');
        SpectrumFileTests.AssertMade(SpectrumFiles.Parse(string.Join('\n', lines), "made.mpt").Sweeps[0].Spectrum);
    }

    [Fact]
    public void An_instrument_that_starts_in_the_middle_and_turns_makes_one_sweep()
    {
        int[] order = [.. Enumerable.Range(0, 16).Select(i => 15 - i), .. Enumerable.Range(16, 15)];
        string text = "Zahner Thales\nFrequency/Hz  Impedance/Ohm  Phase/deg\n" + string.Concat(order.Select(i => MadeSpectrum.Join("  ", MadeSpectrum.Hertz[i], MadeSpectrum.Ohms[i].Magnitude, MadeSpectrum.Degrees(MadeSpectrum.Ohms[i])) + "\n"));
        SpectrumFileTests.AssertMade(Assert.Single(SpectrumFiles.Parse(text, "made.txt").Sweeps).Spectrum);
    }

    [Fact]
    public void A_format_may_be_named_and_a_wrong_one_is_refused()
    {
        SpectrumFileTests.AssertMade(SpectrumFiles.Parse(ChInstruments, "made.txt", new SpectrumFileOptions { Format = "ch instruments TEXT" }).Sweeps[0].Spectrum);
        Assert.Contains("did you mean", Assert.Throws<IsobarFileException>(() => SpectrumFiles.Parse(ChInstruments, "made.txt", new SpectrumFileOptions { Format = "Gamri DTA" })).Expected, StringComparison.OrdinalIgnoreCase);
        Assert.Throws<IsobarFileException>(() => SpectrumFiles.Parse(ChInstruments, "made.txt", new SpectrumFileOptions { Format = "Gamry DTA" }));
    }

    private static Func<double, System.Numerics.Complex, int, string> Polar(string separator) => (f, z, _) => MadeSpectrum.Join(separator, f, z.Real, z.Imaginary, z.Magnitude, MadeSpectrum.Degrees(z));

    internal static string ZPlot(int announced) =>
        $"ZPLOT2 ASCII\n  Measured Data, ZPlot:       3.2c\n  Date:                       1-2-2026\n  Time:                       12:00:00\n    Surface Area:             1\n  Data Points:                {announced.ToString(CultureInfo.InvariantCulture)}\n  Freq(Hz)\tAmpl\tBias\tTime(Sec)\tZ'(a)\tZ''(b)\tGD\tErr\tRange\nEnd Comments\n"
        + MadeSpectrum.Rows((f, z, i) => MadeSpectrum.Join("\t", f, 0.01, 0, i, z.Real, z.Imaginary, 0, 0, 4));

    internal static string ZView { get; } = "\"Z60W Data File: Version 1.1\"\n\"\"\n0,2,0,1,0.1,10000\n31\n\"  Freq (Hz)    Ampl     Bias   Time(Sec)   Z'(a)    Z''(b)    GD   Err   Range\"\n" + MadeSpectrum.Rows((f, z, i) => MadeSpectrum.Join(",", f, 0, 0, i, z.Real, z.Imaginary, 0, 0, 0));

    internal static string Gamry(string behind, string degree) =>
        "EXPLAIN\nTAG\tEISPOT\nTITLE\tLABEL\tPotentiostatic EIS\tTest\nDATE\tLABEL\t1/2/2026\tDate\nTIME\tLABEL\t12:00:00\tTime\nFREQFINAL\tQUANT\t1.00000E-002\tFinal\nAREA\tQUANT\t1.00000E+000\tArea (cm^2)\n" + Curve(degree, MadeSpectrum.Count) + behind;

    internal static string BioLogic { get; } =
        "EC-Lab ASCII FILE\nNb header lines : 9\n\nPotentio Electrochemical Impedance Spectroscopy\n\nDevice : SP-300 (SN 1)\nElectrode surface area : 0.001 cm²\nComments : \nfreq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm\t|Z|/Ohm\tPhase(Z)/deg\ttime/s\tcycle number\t\n"
        + MadeSpectrum.Rows((f, z, i) => MadeSpectrum.Join("\t", f, z.Real, -z.Imaginary, z.Magnitude, MadeSpectrum.Degrees(z), i, 1));

    internal static string VersaStudio { get; } =
        "<Application>\nName=VersaStudio\nVersion=2.52\n</Application>\n\n<Segment1>\nType=PotEIS\nDefinition=Segment #, Point #, E(V), Elapsed Time(s), Frequency(Hz), Z Real, Z Imag, AC Amplitude, 0\n"
        + MadeSpectrum.Rows((f, z, i) => MadeSpectrum.Join(",", 0, i, 0.1, i, f, z.Real, z.Imaginary, 0.02)) + "</Segment1>\n";

    internal static string ChInstruments { get; } =
        "Jan. 2, 2026   12:00:00\nA.C. Impedance\nInstrument Model:  CHI660E\n\nHigh Frequency (Hz) = 1e+6\n\nFreq/Hz, Z'/ohm, Z\"/ohm, Z/ohm, Phase/deg\n\n" + MadeSpectrum.Rows(Polar(", "));

    internal static string Parstat { get; } =
        "Potential (V)\tCurrent (A)\tElapsed Time (s)\tFrequency (Hz)\tZre (ohms)\tZim (ohms)\t|Vac| (V)\t|Iac| (A)\t\n3.4\t-0.1\t10\t0\t0\t0\t0\t0\t\n3.4\t-0.1\t20\t0\t0\t0\t0\t0\t\n"
        + MadeSpectrum.Rows((f, z, i) => MadeSpectrum.Join("\t", 3.5, 0, 30 + i, f, z.Real, z.Imaginary, 0.01, 0.1));

    private static string Curve(string degree, int points) =>
        $"ZCURVE\tTABLE\n\tPt\tTime\tFreq\tZreal\tZimag\tZsig\tZmod\tZphz\tIdc\tVdc\tIERange\n\t#\ts\tHz\tohm\tohm\tV\tohm\t{degree}\tA\tV\t#\n"
        + string.Concat(MadeSpectrum.Rows((f, z, i) => "\t" + MadeSpectrum.Join("\t", i, i, f, z.Real, z.Imaginary, 1, z.Magnitude, MadeSpectrum.Degrees(z), 0, 0, 9)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(points).Select(line => line + "\n"));
}
