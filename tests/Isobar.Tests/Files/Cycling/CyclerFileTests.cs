using System.Globalization;
using System.Text;
using Isobar.Electrochemistry.Cycling;
using Isobar.Lab.Files;
using Isobar.Lab.Files.Cycling;
using Xunit;

namespace Isobar.Tests.Files.Cycling;

/// <summary>Files of cyclers: one small file of each format, all of the same cell; signs, clocks, units, and what is refused.</summary>
public sealed class CyclerFileTests
{
    // 2 mA for 1 h, rest, -1.8 mA for 1 h, rest: 2 mAh in, 1.8 mAh out, twice.
    private static readonly Row[] s_rows = [.. Made()];

    public static TheoryData<string, string> Files => new()
    {
        { "Battery Data Format", Table("test_time_second,voltage_volt,current_ampere,cycle_count,applied_pressure_pa", row => $"{N(row.Time)},{N(row.Volts)},{N(row.Amperes)},{row.Cycle},50000000") },
        { "Neware CSV", Table("DataPoint,Cycle Index,Step Index,Step Type,Time,Total Time,Current(mA),Voltage(V),Chg. Cap.(mAh),DChg. Cap.(mAh),Date", row => $"{row.Number},{row.Cycle},{row.Step},{row.State},{Hms(row.StepTime)},{Hms(row.Time)},{N(1000 * row.Amperes)},{N(row.Volts)},{N(row.StepCharge)},{N(row.StepDischarge)},2026-01-02 12:00:00") },
        { "Arbin CSV", Table("Data_Point,Date_Time,Test_Time(s),Step_Time(s),Step_Index,Cycle_Index,Voltage(V),Current(A),Charge_Capacity(Ah),Discharge_Capacity(Ah),Aux_Temperature_1(C)", row => $"{row.Number},01/02/2026 12:00:00,{N(row.Time)},{N(row.StepTime)},{row.Step},{row.Cycle},{N(row.Volts)},{N(row.Amperes)},{N(row.Charge / 1000)},{N(row.Discharge / 1000)},25.1") },
        { "Maccor text", "Today's Date\t01/02/2026\nFilename:\tmade.001\n" + Table("Rec#\tCyc#\tStep\tTestTime\tStepTime\tAmp-hr\tWatt-hr\tAmps\tVolts\tState\tES\tDPt Time", row => $"{row.Number}\t{row.Cycle}\t{row.Step}\t0d {Hms(row.Time)}\t0d {Hms(row.StepTime)}\t0\t0\t{N(Math.Abs(row.Amperes))}\t{N(row.Volts)}\t{(row.Amperes > 0 ? "C" : row.Amperes < 0 ? "D" : "R")}\t1\t01/02/2026 12:00:00") },
        { "BioLogic mpt", "EC-Lab ASCII FILE\nNb header lines : 5\n\nGalvanostatic Cycling with Potential Limitation\n" + Table("mode\ttime/s\tcontrol/mA\tEwe/V\tI/mA\tcycle number\t", row => $"1\t{N(row.Time)}\t{N(1000 * row.Amperes)}\t{N(row.Volts)}\t{N(1000 * row.Amperes)}\t{row.Cycle}") },
        { "delimited text", Table("time/h;U/V;I/mA;cycle", row => $"{N(row.Time / 3600)};{N(row.Volts)};{N(1000 * row.Amperes)};{row.Cycle}") },
        { "delimited text", Table("time/h;U/V;I/mA;cycle", row => $"{N(row.Time / 3600)};{N(row.Volts)};{N(1000 * row.Amperes)};{row.Cycle}").Replace('.', ',') },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_format_gives_the_same_cycles(string format, string text)
    {
        CyclerFile file = CyclerFiles.Parse(text, "made");
        Assert.Equal(format, file.Format);
        AssertCycles(file);
    }

    [Fact]
    public void Every_format_of_text_has_a_file_here() =>
        Assert.Equal(CyclerFiles.FormatNames.Where(name => name != "BioLogic mpr").Order(StringComparer.Ordinal), Files.Select(row => row.Data.Item1).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public void Counters_of_the_cycler_are_held_against_the_integral_of_its_current()
    {
        foreach (int k in (int[])[1, 2])
        {
            CyclingResult result = CyclingAnalysis.Of(CyclerFiles.Parse(Files.ElementAt(k).Data.Item2, "made").Series);
            Assert.Equal(7.2, result.Cycles[0].Charge!.CounterCoulombs!.Value, 0.01);
            Assert.DoesNotContain(result.Notes, note => note.Contains("counts", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Pressure_comes_on_the_same_clock()
    {
        CyclingResult result = CyclingAnalysis.Of(CyclerFiles.Parse(Files.First().Data.Item2, "made").Series);
        Assert.Equal(50e6, result.Cycles[0].Discharge!.Pressure!.Value.Value, 1.0);
    }

    [Fact]
    public void A_clock_of_the_step_alone_is_put_end_to_end_and_said()
    {
        string text = Table("DataPoint,Cycle Index,Step Index,Step Type,Time,Current(A),Voltage(V)", row => $"{row.Number},{row.Cycle},{row.Step},{row.State},{Hms(row.StepTime)},{N(row.Amperes)},{N(row.Volts)}");
        CyclerFile file = CyclerFiles.Parse(text, "made");
        AssertCycles(file);
        Assert.Contains(file.Notes, note => note.Contains("end to end", StringComparison.Ordinal));
    }

    [Fact]
    public void Currents_of_the_other_sign_are_turned_by_the_state_or_when_told()
    {
        string states = Table("time/s,voltage/V,current/mA,state,cycle", row => $"{N(row.Time)},{N(row.Volts)},{N(-1000 * row.Amperes)},{row.State},{row.Cycle}");
        CyclerFile byState = CyclerFiles.Parse(states, "made");
        AssertCycles(byState);
        Assert.Contains(byState.Dialect, line => line.Contains("turned", StringComparison.Ordinal));
        string bare = Table("time/s,voltage/V,current/mA,cycle", row => $"{N(row.Time)},{N(row.Volts)},{N(-1000 * row.Amperes)},{row.Cycle}");
        AssertCycles(CyclerFiles.Parse(bare, "made", new CyclerFileOptions { DischargeIsPositive = true }));
        Assert.Contains(CyclerFiles.Parse(bare, "made").Notes, note => note.Contains("the voltage falls while the current is positive", StringComparison.Ordinal));
    }

    [Fact]
    public void A_time_that_goes_back_where_a_step_begins_is_refused_with_its_line()
    {
        string text = Table("test_time_second,voltage_volt,current_ampere,cycle_count,step_index", row => $"{N(row.StepTime == 0 && row.Number > 1 ? 0 : row.Time)},{N(row.Volts)},{N(row.Amperes)},{row.Cycle},{row.Step}");
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => CyclerFiles.Parse(text, "made.csv"));
        Assert.Contains("where a new step begins", fault.Found, StringComparison.Ordinal);
        Assert.Equal(63, fault.Line);
    }

    [Theory]
    [InlineData("time/s,voltage/V\n0,3\n1,3\n2,3\n", "no column of current")]
    [InlineData("voltage/V,current/A\n3,0\n3,1\n3,1\n", "no column of time")]
    [InlineData("time/s,voltage/V,current/A\n0,3,1\n1,3,oops\n2,3,1\n", "'oops' is not a number")]
    [InlineData("time/s,voltage/V,current/A\n0,3,1\n1:xx,3,1\n2,3,1\n", "'1:xx' is not a time")]
    [InlineData("time/s,voltage/V,Ewe/V,current/A\n0,3,3,1\n1,3,3,1\n2,3,3,1\n", "second column of voltage")]
    [InlineData("Cycle,Record,Step,Vol,Cap\n1,1,1,3,4\n1,2,1,3,4\n", "nested export")]
    public void What_is_not_cycling_data_is_refused_with_the_reason(string text, string found) =>
        Assert.Contains(found, Assert.Throws<IsobarFileException>(() => CyclerFiles.Parse(text, "made.csv")).Found, StringComparison.Ordinal);

    private static void AssertCycles(CyclerFile file)
    {
        CyclingResult result = CyclingAnalysis.Of(file.Series);
        Assert.Equal(2, result.Cycles.Length);
        foreach (Cycle cycle in result.Cycles)
        {
            // Rows have a resolution of a minute: the edges of a step are known to half of it.
            Assert.Equal(7.2, cycle.Charge!.Capacity.Value, 0.001 * 7.2);
            Assert.Equal(0.9, cycle.CoulombicEfficiency!.Value.Value, 0.002);
            Assert.True(cycle.Charge.MeanVolts > cycle.Discharge!.MeanVolts);
        }
    }

    private static string Table(string heading, Func<Row, string> write)
    {
        var text = new StringBuilder(heading).Append('\n');
        foreach (Row row in s_rows) text.Append(write(row)).Append('\n');
        return text.ToString();
    }

    private static IEnumerable<Row> Made()
    {
        int number = 0, step = 0;
        double start = 0;
        for (int cycle = 1; cycle <= 2; cycle++)
        {
            double charge = 0, discharge = 0;
            foreach ((double amperes, string state) in ((double, string)[])[(2e-3, "CC Chg"), (0, "Rest"), (-1.8e-3, "DChg"), (0, "Rest")])
            {
                step++;
                for (int minute = 0; minute <= 60; minute++)
                {
                    double passed = Math.Abs(amperes) * 1000 * minute / 60;
                    yield return new Row(
                        ++number, cycle, step, state, start + (60 * minute), 60 * minute, 3.4 + (amperes * 50) + (amperes * 0.02 * minute), amperes, charge + (amperes > 0 ? passed : 0), discharge + (amperes < 0 ? passed : 0),
                        amperes > 0 ? passed : 0, amperes < 0 ? passed : 0);
                }

                if (amperes > 0) charge += amperes * 1000;
                if (amperes < 0) discharge -= amperes * 1000;
                start += 3600;
            }
        }
    }

    private static string N(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Hms(double seconds) => TimeSpan.FromSeconds(seconds).ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture);

    private sealed record Row(int Number, int Cycle, int Step, string State, double Time, double StepTime, double Volts, double Amperes, double Charge, double Discharge, double StepCharge, double StepDischarge);
}
