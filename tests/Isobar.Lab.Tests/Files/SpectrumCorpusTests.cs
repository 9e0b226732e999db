using System.Globalization;
using System.Numerics;
using Isobar.Impedance;
using Isobar.Lab.Files;
using Isobar.Lab.Files.Cycling;
using Isobar.Lab.Files.Spectra;
using Xunit;

namespace Isobar.Lab.Tests.Files;

/// <summary>Real files of thirteen instruments and programs, read without any option.</summary>
public sealed class SpectrumCorpusTests
{
    // Each file, the format that must be found, sweeps and points of each; no points for the file that must be refused.
    public static TheoryData<string, string, int, int> Corpus => new()
    {
        { "impedance.py/Circuit1_EIS_1.z", "ZPlot z", 1, 48 },
        { "impedance.py/Circuit1_EIS_2.z", "ZPlot z", 1, 48 },
        { "impedance.py/Circuit2_EIS_1.z", "ZPlot z", 1, 56 },
        { "impedance.py/Circuit2_EIS_2.z", "ZPlot z", 1, 56 },
        { "impedance.py/Circuit3_EIS_1.z", "ZPlot z", 1, 53 },
        { "impedance.py/Circuit3_EIS_2.z", "ZPlot z", 1, 53 },
        { "impedance.py/exampleDataZPlot.z", "ZPlot z", 1, 21 },
        { "impedance.py/exampleDataZPlot_noComments.z", "ZView text", 1, 31 },
        { "impedance.py/exampleData.csv", "delimited text", 1, 66 },
        { "impedance.py/exampleDataAutolab.txt", "ZView text", 1, 41 },
        { "impedance.py/exampleDataBioLogic.mpt", "BioLogic mpt", 1, 43 },
        { "impedance.py/exampleDataCHInstruments.txt", "CH Instruments text", 1, 73 },
        { "impedance.py/exampleDataGamry.DTA", "Gamry DTA", 1, 72 },
        { "impedance.py/exampleDataGamryABORT.DTA", "Gamry DTA", 1, 72 },
        { "impedance.py/exampleDataParstat.txt", "Parstat text", 1, 31 },
        { "impedance.py/exampleDataPowersuite.txt", "PowerSuite text", 1, 30 },
        { "impedance.py/exampleDataVersaStudio.par", "VersaStudio par", 1, 61 },
        { "hybrid-drt/EISGALV_EISTest3.DTA", "Gamry DTA", 1, 71 },
        { "hybrid-drt/PEIS_LPSCl_IonBlocking_-25C.mpr", "BioLogic mpr", 1, 79 },
        { "hybrid-drt/PEIS_LPSCl_IonBlocking_-25C.txt", "BioLogic mpt", 1, 79 },
        { "hybrid-drt/PEIS_LPSCl_IonBlocking_-25C_RelaxIS.txt", "RelaxIS text", 1, 79 },
        { "hybrid-drt/PEIS_SSB.mpr", "BioLogic mpr", 1, 89 },
        { "hybrid-drt/Sample1_PEIS_EndOfDischarge.mpr", "BioLogic mpr", 1, 86 },
        { "hybrid-drt/Sample2_PEIS_AtRest.csv", "delimited text", 10, 89 },
        { "pyDRTtools/LIB_data.txt", "delimited text", 1, 107 },
        { "pyDRTtools/LIB_data_2.txt", "delimited text", 1, 100 },
        { "pyDRTtools/data_1.csv", "delimited text", 1, 107 },
        { "pyDRTtools/negami_data.txt", "delimited text", 1, 81 },
        { "pyDRTtools/zarc_data.txt", "delimited text", 1, 81 },
    };

    // Names of the canonical table and the files that they come from, with the number of the sweep.
    public static TheoryData<string, string, int> Canonical => new()
    {
        { "R01_lib_exampleData", "impedance.py/exampleData.csv", 0 },
        { "R02_Circuit1_EIS_1", "impedance.py/Circuit1_EIS_1.z", 0 },
        { "R03_Circuit2_EIS_1", "impedance.py/Circuit2_EIS_1.z", 0 },
        { "R04_Circuit3_EIS_1", "impedance.py/Circuit3_EIS_1.z", 0 },
        { "R05_gamry", "impedance.py/exampleDataGamry.DTA", 0 },
        { "R06_autolab", "impedance.py/exampleDataAutolab.txt", 0 },
        { "R07_biologic", "impedance.py/exampleDataBioLogic.mpt", 0 },
        { "R08_parstat", "impedance.py/exampleDataParstat.txt", 0 },
        { "R09_powersuite", "impedance.py/exampleDataPowersuite.txt", 0 },
        { "R10_versastudio", "impedance.py/exampleDataVersaStudio.par", 0 },
        { "R11_zplot_noComments", "impedance.py/exampleDataZPlot_noComments.z", 0 },
        { "R12_chi", "impedance.py/exampleDataCHInstruments.txt", 0 },
        { "R13_LPSCl_ionblock_m25C_50MPa", "hybrid-drt/PEIS_LPSCl_IonBlocking_-25C.mpr", 0 },
        { "R14_SSB_sample1_EOD_50MPa", "hybrid-drt/Sample1_PEIS_EndOfDischarge.mpr", 0 },
        { "R15_SSB_PEIS_50MPa", "hybrid-drt/PEIS_SSB.mpr", 0 },
        { "R16_SSB_sample2_rest_loop0_50MPa", "hybrid-drt/Sample2_PEIS_AtRest.csv", 0 },
        { "R16_SSB_sample2_rest_loop9_50MPa", "hybrid-drt/Sample2_PEIS_AtRest.csv", 9 },
        { "R17_pyDRT_LIB", "pyDRTtools/LIB_data.txt", 0 },
        { "R18_pyDRT_data1", "pyDRTtools/data_1.csv", 0 },
    };

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Every_file_is_read_without_an_option(string name, string format, int sweeps, int points)
    {
        SpectrumFile file = SpectrumFiles.Read(PathOf(name));
        Assert.Equal(format, file.Format);
        Assert.Equal(sweeps, file.Sweeps.Length);
        Assert.All(file.Sweeps, sweep => Assert.Equal(points, sweep.Spectrum.Count));
    }

    [Fact]
    public void A_file_without_a_column_of_frequencies_is_refused_with_that_reason()
    {
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => SpectrumFiles.Read(PathOf("impedance.py/exampleDataBioLogic_MissingFreq.mpt")));
        Assert.Contains("no column of frequencies", fault.Found, StringComparison.Ordinal);
        Assert.Equal(61, fault.Line);
        Assert.Contains("freq/Hz", fault.Next, StringComparison.Ordinal);
    }

    [Fact]
    public void The_aborted_run_says_where_it_ended() =>
        Assert.Contains(SpectrumFiles.Read(PathOf("impedance.py/exampleDataGamryABORT.DTA")).Notes, note => note.Contains("aborted at 0.01589 Hz of 0.001 Hz planned", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Canonical))]
    public void What_is_read_is_the_canonical_table(string id, string name, int sweep)
    {
        Spectrum spectrum = SpectrumFiles.Read(PathOf(name)).Sweeps[sweep].Spectrum;
        List<(double Hertz, Complex Ohms)> expected = CanonicalOf(id);
        Assert.Equal(expected.Count, spectrum.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            // The table is printed with nine digits or more; polar files were converted by another program.
            Assert.Equal(1, spectrum.Hertz[i] / expected[i].Hertz, 1e-8);
            Assert.Equal(0, Complex.Abs(spectrum.Ohms[i] - expected[i].Ohms) / expected[i].Ohms.Magnitude, 1e-7);
        }
    }

    [Fact]
    public void Binary_text_and_export_of_one_measurement_are_one_spectrum()
    {
        const string Stem = "hybrid-drt/PEIS_LPSCl_IonBlocking_-25C";
        Spectrum[] three = [.. new[] { ".mpr", ".txt", "_RelaxIS.txt" }.Select(end => SpectrumFiles.Read(PathOf(Stem + end)).Sweeps[0].Spectrum)];
        foreach (Spectrum other in three[1..])
        {
            for (int i = 0; i < three[0].Count; i++)
            {
                Assert.Equal(1, other.Hertz[i] / three[0].Hertz[i], 1e-7);
                Assert.Equal(0, Complex.Abs(other.Ohms[i] - three[0].Ohms[i]) / three[0].Ohms[i].Magnitude, 1e-7);
            }
        }
    }

    [Fact]
    public void Ten_sweeps_are_those_of_the_repeatability_table_with_their_times()
    {
        SpectrumFile file = SpectrumFiles.Read(PathOf("hybrid-drt/Sample2_PEIS_AtRest.csv"));
        string[][] rows = [.. File.ReadLines(SharedData.PathOf("spectra", "eis_ssb_repeat_sweeps.csv")).Where(line => char.IsAsciiDigit(line[0])).Select(line => line.Split(','))];
        Assert.Equal(rows.Length, file.Spectra.Sum(spectrum => spectrum.Count));
        foreach (IGrouping<string, string[]> sweep in rows.GroupBy(row => row[0], StringComparer.Ordinal))
        {
            SpectrumSweep read = file.Sweeps[int.Parse(sweep.Key, CultureInfo.InvariantCulture)];
            foreach ((int i, string[] row) in sweep.Index())
            {
                Assert.Equal(Number(row[1]), read.Began + read.Spectrum.Points[i].Seconds, 0.01);
                Assert.Equal(Number(row[3]), read.Spectrum.Ohms[i].Real, 1e-6 * Math.Abs(Number(row[3])));
            }
        }
    }

    [Fact]
    public void A_table_of_many_spectra_with_names_is_parted_by_name()
    {
        SpectrumFile file = SpectrumFiles.Read(SharedData.PathOf("spectra", "canonical_spectra.csv"));
        Assert.Equal(23, file.Sweeps.Length);
        Assert.Contains(file.Spectra, spectrum => spectrum.Name == "R13_LPSCl_ionblock_m25C_50MPa" && spectrum.Count == 79);
    }

    [Fact]
    public void Rows_of_padding_and_rests_are_counted()
    {
        Assert.Contains(SpectrumFiles.Read(PathOf("hybrid-drt/Sample2_PEIS_AtRest.csv")).Notes, note => note.StartsWith("10 rows without a frequency", StringComparison.Ordinal));
        Assert.Contains(SpectrumFiles.Read(PathOf("impedance.py/exampleDataParstat.txt")).Notes, note => note.StartsWith("781 rows without a frequency", StringComparison.Ordinal));
    }

    [Fact]
    public void The_table_with_the_time_fault_is_refused_where_it_is()
    {
        string name = Directory.GetFiles(SharedData.PathOf("spectra", "files", "bdf"), "*Time_Bug*").Single();
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => CyclerFiles.Read(name));
        Assert.Contains("goes back from 7200 s to 0 s, where a new step begins", fault.Found, StringComparison.Ordinal);
        Assert.Equal(724, fault.Line);
    }

    [Fact]
    public void A_chronopotentiometry_of_thirty_thousand_rows_is_read_with_its_pulses()
    {
        CyclerFile file = CyclerFiles.Read(PathOf("hybrid-drt/CP_SSB.mpr"));
        Assert.Equal(30208, file.Series.Count);
        Assert.Contains("no column of frequencies", Assert.Throws<IsobarFileException>(() => SpectrumFiles.Read(PathOf("hybrid-drt/CP_SSB.mpr"))).Found, StringComparison.Ordinal);
    }

    private static string PathOf(string name) => SharedData.PathOf(["spectra", "files", .. name.Split('/')]);

    private static List<(double, Complex)> CanonicalOf(string id) =>
    [
        .. File.ReadLines(SharedData.PathOf("spectra", "canonical_spectra.csv")).Where(line => line.StartsWith(id + ",", StringComparison.Ordinal)).Select(line => line.Split(','))
            .Select(row => (Hertz: Number(row[2]), Ohms: new Complex(Number(row[3]), Number(row[4])))).OrderByDescending(row => row.Hertz),
    ];

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
