using System.Globalization;
using CsCheck;
using Isobar.Cells;
using Isobar.Materials;
using Isobar.Mechanics.Conversion;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Mechanics;

/// <summary>A gauge reading against the pressure on the sample, with the numbers worked out by hand.</summary>
public sealed class PressureConversionTests
{
    [Theory]
    [InlineData("1t", 10, 124.86)]
    [InlineData("1short_ton", 10, 113.27)]
    [InlineData("1long_ton", 10, 126.87)]
    [InlineData("1kN", 10, 12.732)]
    [InlineData("1t", 13, 73.88)]
    [InlineData("5t", 13, 369.4)]
    [InlineData("10long_ton", 13, 750.7)]
    public void A_force_on_a_die_is_force_over_area(string reading, double diameterMm, double megapascals) =>
        // Reference values are printed to four or five digits.
        Assert.Equal(megapascals, Ask(reading, diameterMm).Nominal.Megapascals, 3e-4 * megapascals);

    [Theory]
    [InlineData("375MPa", 10, 29.452)]
    [InlineData("74MPa", 10, 5.812)]
    public void A_pressure_on_a_die_is_the_force_to_set(string reading, double diameterMm, double kilonewtons) =>
        Assert.Equal(kilonewtons, Ask(reading, diameterMm).Force.Value.Kilonewtons, 1e-4 * kilonewtons);

    [Fact]
    public void The_published_table_of_tons_on_dies_is_reproduced()
    {
        using var table = new StreamReader(BuiltInData.Open("published/ton_on_die_pressure.csv"));
        string[] rows = [.. table.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(row => !row.StartsWith('#'))];
        double[] diametersMm = [.. rows[0].Split(',')[1..].Select(name => Number(name[1..name.IndexOf("mm", StringComparison.Ordinal)]))];
        int compared = 0;
        foreach (string row in rows[1..])
        {
            string[] cells = row.Split(',');
            for (int i = 0; i < diametersMm.Length; i++, compared++)
            {
                // The table is printed to 0.1 MPa.
                Assert.Equal(Number(cells[i + 1]), Ask(cells[0] + "t", diametersMm[i]).Nominal.Megapascals, 0.0501);
            }
        }

        Assert.True(compared > 50);
        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Oil_pressure_becomes_a_force_through_the_ram()
    {
        // 250 bar on 12.6 cm² is 31.5 kN; over 78.54 mm² that is 401.1 MPa.
        PressureAnswer answer = PressureConversion.Answer(new PressureQuestion("250 bar") { Die = Die.OfDiameter(new Length(0.010)), Ram = RamOf(12.6) });
        Assert.Equal(ReadingKind.OilPressure, answer.Kind);
        Assert.Equal(31.5, answer.Force.Value.Kilonewtons, 1e-9);
        Assert.Equal(401.07, answer.Nominal.Megapascals, 0.01);
        Assert.Contains(answer.Budget.Lines, line => line.Input.Name.StartsWith("ram area", StringComparison.Ordinal) && line.Contribution > 0);
    }

    [Fact]
    public void The_pressure_to_set_is_also_given_as_oil_pressure_when_the_ram_is_known()
    {
        PressureAnswer answer = PressureConversion.Answer(new PressureQuestion("375MPa") { Die = Die.OfDiameter(new Length(0.010)), Ram = RamOf(12.6), Basis = PressureBasis.Sample });
        Assert.Equal(29452 / 12.6e-4, answer.Oil!.Value.Pascals, 1e4);
    }

    [Theory]
    [InlineData("1t", 13, 1, 74)]
    [InlineData("74MPa", 13, 1, 74)]
    [InlineData("375MPa", 10, 3, 375)]
    [InlineData("370MPa", 13, 5, 370)]
    [InlineData("125MPa", 10, 1, 125)]
    [InlineData("250MPa", 10, 2, 250)]
    [InlineData("500MPa", 10, 4, 500)]
    [InlineData("625MPa", 10, 5, 625)]
    [InlineData("0.5t", 10, 0.5, 62)]
    public void A_round_number_of_tons_is_recognised_in_both_directions(string reading, double diameterMm, double tons, double printed)
    {
        TonHabit habit = Ask(reading, diameterMm).Habit!;
        Assert.Equal(tons, habit.Tons, 1e-12);
        Assert.Equal(printed, habit.Printed.Megapascals, 1e-9);
    }

    [Theory]
    [InlineData("74MPa", 10)]
    [InlineData("300MPa", 10)]
    [InlineData("1short_ton", 10)]
    public void A_load_that_is_not_a_round_number_of_tons_is_not_called_one(string reading, double diameterMm) => Assert.Null(Ask(reading, diameterMm).Habit);

    [Fact]
    public void A_pressure_that_is_a_round_load_on_another_die_is_pointed_out() =>
        Assert.Contains(Ask("74MPa", 10).Notes, note => note.Contains("1 t on a 13 mm die", StringComparison.Ordinal));

    [Fact]
    public void Tons_are_answered_with_what_the_other_tons_would_be()
    {
        PressureAnswer answer = Ask("3t", 10);
        Assert.Collection(
            answer.OtherTons,
            ton => Assert.Equal(339.8, ton.Nominal.Megapascals, 0.05),
            ton => Assert.Equal(380.6, ton.Nominal.Megapascals, 0.05));
        Assert.Empty(Ask("29.4kN", 10).OtherTons);
    }

    [Theory]
    [InlineData("10", "a force", "pressure on the sample", "oil pressure", "10t", "10MPa", "10bar")]
    [InlineData("10 ton", "metric", "US short", "UK long")]
    [InlineData("10 kg", "mass", "kgf")]
    [InlineData("250bar", "piston", "--ram")]
    [InlineData("0 kN", "above zero")]
    [InlineData("-3 t", "above zero")]
    [InlineData("3 parsec", "'parsec'", "kN", "MPa", "bar")]
    public void A_reading_that_does_not_say_enough_is_refused_with_what_to_write(string reading, params string[] words)
    {
        ConversionException refusal = Assert.Throws<ConversionException>(() => Ask(reading, 10));
        foreach (string word in words) Assert.Contains(word, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Megapascals_with_a_ram_are_refused_until_the_basis_is_said()
    {
        var question = new PressureQuestion("25MPa") { Die = Die.OfDiameter(new Length(0.010)), Ram = RamOf(12.6) };
        Assert.Contains("--basis", Assert.Throws<ConversionException>(() => PressureConversion.Answer(question)).Next, StringComparison.Ordinal);
        Assert.Equal(401.07, PressureConversion.Answer(question with { Basis = PressureBasis.Oil }).Nominal.Megapascals, 0.01);
        Assert.Equal(25, PressureConversion.Answer(question with { Basis = PressureBasis.Sample }).Nominal.Megapascals, 1e-9);
    }

    [Fact]
    public void A_basis_that_contradicts_the_unit_is_refused()
    {
        Assert.Throws<ConversionException>(() => PressureConversion.Answer(new PressureQuestion("1t") { Die = Die.OfDiameter(new Length(0.01)), Basis = PressureBasis.Oil }));
        Assert.Throws<ConversionException>(() => PressureConversion.Answer(new PressureQuestion("750bar") { Die = Die.OfDiameter(new Length(0.01)), Basis = PressureBasis.Sample }));
    }

    [Fact]
    public void Without_a_die_the_force_is_still_told()
    {
        ConversionException refusal = Assert.Throws<ConversionException>(() => PressureConversion.Answer(new PressureQuestion("3t")));
        Assert.Equal(3 * 9806.65, refusal.Force!.Value.Newtons, 1e-6);
        Assert.Contains("--die", refusal.Next, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dial_on_a_large_press_dominates_a_small_load()
    {
        // Class 1.6 on 15 t is ±0.24 t anywhere on the scale; taken as rectangular that is 13.9 % of 1 t.
        PressureAnswer answer = Ask("1t", 13);
        Assert.Equal(0.016 * 15 / Math.Sqrt(3), answer.Force.Si.RelativeUncertainty, 1e-9);
        Assert.Equal("gauge", answer.Budget.Dominant!.Input.Name);
        Assert.Contains(answer.Assumptions, line => line.Contains("class 1.6", StringComparison.Ordinal) && line.Contains("15 t", StringComparison.Ordinal));
        Assert.Contains(answer.Notes, note => note.Contains("20 %", StringComparison.Ordinal));
    }

    [Fact]
    public void A_good_load_cell_leaves_the_wall_as_the_largest_term()
    {
        PressInstrument cell = PressureQuestion.Dial(new Fraction(0.005), GaugeClassBasis.Reading, Force.FromKilonewtons(50));
        PressureAnswer answer = PressureConversion.Answer(new PressureQuestion("3t") { Die = Die.OfDiameter(new Length(0.010)), Press = cell });
        Assert.Equal("wall friction", answer.Budget.Dominant!.Input.Name);
    }

    [Fact]
    public void The_wall_takes_the_share_of_Janssens_balance()
    {
        // x = 4·0.2·0.6·2/10 = 0.096, (1 − e^(−x))/x = 0.95350.
        var question = new PressureQuestion("3t") { Die = Die.OfDiameter(new Length(0.010)), PelletThickness = new Length(2e-3) };
        PressureAnswer answer = PressureConversion.Answer(question);
        Assert.Equal(0.95350, answer.OnSample.Value.Pascals / answer.Nominal.Pascals, 1e-5);
        Assert.DoesNotContain(answer.Assumptions, line => line.Contains("thickness", StringComparison.Ordinal));
    }

    [Fact]
    public void A_load_beyond_the_die_is_pointed_out() => Assert.Contains(Ask("15t", 10).Notes, note => note.Contains("do not press", StringComparison.Ordinal));

    [Fact]
    public void A_load_beyond_every_laboratory_press_is_refused() => Assert.Throws<ConversionException>(() => Ask("500t", 10));

    [Fact]
    public void There_and_back_is_the_same_force() =>
        (from newtons in Gen.Double[100, 4e5] from diameterMm in Gen.Double[3, 40] select (newtons, diameterMm)).Sample(
            sample =>
            {
                PressureAnswer there = Ask(sample.newtons.ToString("R", CultureInfo.InvariantCulture) + "N", sample.diameterMm);
                PressureAnswer back = Ask(there.Nominal.Pascals.ToString("R", CultureInfo.InvariantCulture) + "Pa", sample.diameterMm);
                return Math.Abs((back.Force.Value.Newtons / sample.newtons) - 1) < 1e-12;
            },
            iter: 200,
            threads: 1);

    private static PressureAnswer Ask(string reading, double diameterMm) =>
        PressureConversion.Answer(new PressureQuestion(reading) { Die = Die.OfDiameter(new Length(diameterMm / 1e3)) });

    private static Ram RamOf(double squareCentimetres) => new(new Estimate<Area>(new Area(squareCentimetres * 1e-4), new Area(squareCentimetres * 0.5e-6)));
}
