using CsCheck;
using Isobar.Numerics;
using Xunit;

namespace Isobar.Tests.Numerics;

/// <summary>Formulas of one variable with their exact derivative.</summary>
public sealed class FormulaTests
{
    [Theory]
    [InlineData("2 + 3*4", 14)]
    [InlineData("(2 + 3)*4", 20)]
    [InlineData("-2^2", -4)]
    [InlineData("2^3^2", 512)]
    [InlineData("2^-1", 0.5)]
    [InlineData("8/4/2", 1)]
    [InlineData("1 - 2 - 3", -4)]
    [InlineData("1.5e-3*1E3", 1.5)]
    [InlineData("--3", 3)]
    [InlineData("x", 0.3)]
    [InlineData("exp(ln(x))", 0.3)]
    [InlineData("sqrt(x^2)", 0.3)]
    [InlineData("log10(1000)", 3)]
    [InlineData("cosh(x)^2 - sinh(x)^2", 1)]
    [InlineData("tanh(x) - sinh(x)/cosh(x)", 0)]
    [InlineData("4*atan(1)", Math.PI)]
    public void Arithmetic_is_as_on_paper(string text, double expected) =>
        Assert.Equal(expected, Formula.Parse(text, "x").At(0.3), 1e-14 * (1 + Math.Abs(expected)));

    /// <summary>Central differences know the slope to about 1e-9 of the values involved; 1e-6 leaves room for the steep places.</summary>
    [Theory]
    [InlineData("4.4875 - 0.809*x - 0.0428*tanh(18.5138*(x - 0.5542)) - 17.7326*tanh(15.789*(x - 0.3117)) + 17.5842*tanh(15.9308*(x - 0.312))")]
    [InlineData("x^3 - 2*x^2 + 1/x")]
    [InlineData("x^x + 2^x")]
    [InlineData("exp(-x/0.3)*sqrt(x) + ln(x/(1 - x)) + log10(x)")]
    [InlineData("atan(3*x)*sinh(x) - cosh(2*x)")]
    public void The_derivative_is_the_slope(string text)
    {
        Formula formula = Formula.Parse(text, "x");
        Gen.Double[0.1, 0.9].Sample(x =>
        {
            const double h = 1e-6;
            formula.At(x, out double derivative);
            double slope = (formula.At(x + h) - formula.At(x - h)) / (2 * h);
            Assert.Equal(slope, derivative, 1e-6 * (1 + Math.Abs(slope)));
        });
    }

    /// <summary>Values printed in the reference: U(0.3), U(0.5), U(0.9) to ten digits, U′(0.5) to ten digits.</summary>
    [Theory]
    [InlineData(0.3, 4.205394408)]
    [InlineData(0.5, 3.971958656)]
    [InlineData(0.9, 3.568200282)]
    public void The_reference_curve_has_its_printed_values(double x, double volts)
    {
        Formula formula = Formula.Parse("4.4875-0.8090 *x-0.0428 *tanh(18.5138*(x-0.5542))-17.7326* tanh(15.7890*(x-0.3117))+17.5842 *tanh(15.9308*(x-0.3120))", "x");
        Assert.Equal(volts, formula.At(x), 6e-10);
        formula.At(0.5, out double slope);
        Assert.Equal(-1.262931091, slope, 6e-10);
    }

    [Theory]
    [InlineData("", 0, "ends")]
    [InlineData("1 +", 3, "ends")]
    [InlineData("1 + y", 4, "'y'")]
    [InlineData("tahn(x)", 0, "did you mean 'tanh'?")]
    [InlineData("log(x)", 0, "ln or log10")]
    [InlineData("x**2", 1, "'^'")]
    [InlineData("tanh x", 5, "tanh(...)")]
    [InlineData("(x + 1", 0, "never closed")]
    [InlineData("x + 1)", 5, "one bracket less")]
    [InlineData("2 x", 2, "an operator")]
    [InlineData("1.2.3", 0, "not a number")]
    [InlineData("1e999", 0, "not a number")]
    [InlineData("x; 2", 1, "an operator")]
    public void What_is_no_formula_is_refused_at_its_place(string text, int position, string fragment)
    {
        FormulaException fault = Assert.Throws<FormulaException>(() => Formula.Parse(text, "x"));
        Assert.Equal(position, fault.Position);
        Assert.Contains(fragment, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_nesting_is_refused() => Assert.Throws<FormulaException>(() => Formula.Parse(new string('(', 5000) + "x" + new string(')', 5000), "x"));

    [Fact]
    public void Reading_allocates_and_evaluating_does_not()
    {
        Formula formula = Formula.Parse("4.4875 - 0.809*x - 0.0428*tanh(18.5138*(x - 0.5542))", "x");
        double sum = formula.At(0.2);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) sum += formula.At(0.2 + (i * 1e-4), out _);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(double.IsFinite(sum));
    }
}
