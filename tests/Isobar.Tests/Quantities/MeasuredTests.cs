using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Quantities;

public class MeasuredTests
{
    // The tolerance allows for the rounding of one multiplication and one division.
    private const double Relative = 1e-14;

    [Theory]
    [InlineData("10 mm ± 0.02 mm", 0.010, 0.02e-3)]
    [InlineData("10 ± 0.02 mm", 0.010, 0.02e-3)]
    [InlineData("10 mm ± 0.02", 0.010, 0.02e-3)]
    [InlineData("10mm±20µm", 0.010, 0.02e-3)]
    [InlineData("10 mm +- 0.2 %", 0.010, 0.02e-3)]
    [InlineData("10 mm +/- 0.2 %", 0.010, 0.02e-3)]
    [InlineData("1 cm ± 0.02 mm", 0.010, 0.02e-3)]
    [InlineData("-10 mm ± 1 %", -0.010, 0.1e-3)]
    public void A_length_with_its_uncertainty_is_read_in_any_spelling(string text, double metres, double uncertainty)
    {
        Measured<Length> measured = Measured.Parse<Length>(text);
        Assert.Equal(metres, measured.Value.Metres, Math.Abs(metres) * Relative);
        Assert.Equal(uncertainty, measured.StandardUncertainty!.Value.Metres, uncertainty * Relative);
    }

    [Theory]
    [InlineData("7.7e-3 ± 1e-3", 7.7e-3, 1e-3)]
    [InlineData("12 % ± 1 %", 0.12, 0.01)]
    [InlineData("-6.55 % ± 0.5 %", -0.0655, 0.005)]
    [InlineData("0.12 ± 0.01", 0.12, 0.01)]
    public void A_share_has_an_uncertainty_in_points_and_not_in_per_cent_of_itself(string text, double value, double uncertainty)
    {
        Measured<Fraction> measured = Measured.Parse<Fraction>(text);
        Assert.Equal(value, measured.Value.Value, Math.Abs(value) * Relative);
        Assert.Equal(uncertainty, measured.StandardUncertainty!.Value.Value, uncertainty * Relative);
    }

    [Theory]
    [InlineData("25 °C ± 1 °C", 1)]
    [InlineData("25 °C ± 1 K", 1)]
    [InlineData("25 ± 1 °C", 1)]
    [InlineData("77 °F ± 1.8 °F", 1)]
    public void The_uncertainty_of_a_temperature_is_a_difference(string text, double kelvins)
    {
        Measured<Temperature> measured = Measured.Parse<Temperature>(text);
        Assert.Equal(298.15, measured.Value.Kelvins, 1e-10);
        Assert.Equal(kelvins, measured.StandardUncertainty!.Value.Kelvins, 1e-12);
    }

    [Fact]
    public void Without_plus_minus_no_uncertainty_is_stated_and_the_caller_gives_one()
    {
        Measured<Mass> measured = Measured.Parse<Mass>("60 mg");
        Assert.Null(measured.StandardUncertainty);
        Assert.Equal(0.1, measured.OrUnstated(new Mass(1e-7)).StandardUncertainty.Milligrams, 1e-12);
    }

    [Fact]
    public void A_stated_uncertainty_is_not_replaced_by_the_callers()
    {
        Assert.Equal(0.5, Measured.Parse<Mass>("60 mg ± 0.5 mg").OrUnstated(new Mass(1e-7)).StandardUncertainty.Milligrams, 1e-12);
    }

    [Theory]
    [InlineData("0.5 ± 10 %", "can be read in two ways")]
    [InlineData("0.5 ±", "no number after ±")]
    [InlineData("0.5 ± -0.1", "negative uncertainty")]
    [InlineData("0.5 ± 0,1", "comma")]
    [InlineData("0.5 ± 0.1 mm", "not a unit of fraction")]
    [InlineData("± 0.1", "is missing")]
    public void What_cannot_be_understood_is_refused_with_the_reason(string text, string reason)
    {
        Assert.False(Measured.TryParse(text, out Measured<Fraction> _, out string error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_share_of_a_temperature_is_refused()
    {
        Assert.Contains("depends on the scale", Assert.Throws<QuantityException>(() => Measured.Parse<Temperature>("25 °C ± 1 %")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_length_without_a_unit_is_refused_even_when_its_uncertainty_is_a_share()
    {
        Assert.Contains("has no unit", Assert.Throws<QuantityException>(() => Measured.Parse<Length>("10 ± 2 %")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ambiguous_ton_is_refused_behind_plus_minus_too()
    {
        Assert.Contains("ton", Assert.Throws<QuantityException>(() => Measured.Parse<Force>("3 t ± 0.1 ton")).Message, StringComparison.Ordinal);
    }
}
