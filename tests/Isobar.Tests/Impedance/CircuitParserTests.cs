using CsCheck;
using Isobar.Impedance.Circuits;
using Xunit;

namespace Isobar.Tests.Impedance;

/// <summary>Circuits as they are written.</summary>
public sealed class CircuitParserTests
{
    [Theory]
    [InlineData("R0-p(R1,CPE1)-W1", "R0-p(R1,CPE1)-W1", "R0 R1 CPE1.Q CPE1.n W1")]
    [InlineData("R(RQ)([RW]C)", "R1-p(R2,Q1)-p(R3-W1,C1)", "R1 R2 Q1.Q Q1.n R3 W1 C1")]
    [InlineData("L0 - R_0 - p( R1 , p(R2,C2)-Wo1 )", "L0-R_0-p(R1,p(R2,C2)-Wo1)", "L0 R_0 R1 R2 C2 Wo1.R Wo1.τ")]
    [InlineData("R0-p(R1,CPE1)(RQ)", "R0-p(R1,CPE1)-p(R1_,Q1)", null)]
    [InlineData("[R1[C1L1]]", "R1-C1-L1", "R1 C1 L1")]
    public void Both_forms_are_read(string text, string written, string? parameters)
    {
        if (parameters is null)
        {
            Assert.Contains("a second element is called R1", Assert.Throws<CircuitException>(() => Circuit.Parse(text)).Message, StringComparison.Ordinal);
            return;
        }

        var circuit = Circuit.Parse(text);
        Assert.Equal(written, circuit.ToString());
        Assert.Equal(parameters, string.Join(' ', circuit.Parameters.Select(parameter => parameter.Name)));
        Assert.Equal(written, Circuit.Parse(circuit.ToStringWithValues()).ToString());
    }

    [Fact]
    public void Values_limits_ties_and_knowledge_stand_in_braces()
    {
        var circuit = Circuit.Parse("R0{R=5/0/10}-p(R1{R==2*R0},CPE1{Q=1e-6±2e-7, n=.8F})-Zarc2{tau=1e-3//1}");
        CircuitParameter first = circuit.Parameters[circuit.PlaceOf("R0")];
        Assert.Equal((5, 1e-9, 10), (first.Value, first.Lowest, first.Highest));
        Assert.Equal(new ParameterTie("R0", 2), circuit.Parameters[circuit.PlaceOf("R1")].Tie);
        Assert.Equal(new ParameterPrior(1e-6, 2e-7), circuit.Parameters[circuit.PlaceOf("CPE1.Q")].Prior);
        Assert.True(circuit.Parameters[circuit.PlaceOf("CPE1.n")] is { Fixed: true, Value: 0.8 });
        Assert.Equal(1, circuit.Parameters[circuit.PlaceOf("Zarc2.τ")].Highest);
    }

    [Theory]
    [InlineData("", "nothing is there")]
    [InlineData("R0-", "the circuit ends")]
    [InlineData("R0-X1", "'X' begins no element")]
    [InlineData("R0-p(R1)", "a single part")]
    [InlineData("(R,Q)", "','")]
    [InlineData("R0-p(R1,C1", "the circuit ends")]
    [InlineData("R0)", "stands alone")]
    [InlineData("R1-R1", "a second element is called R1")]
    [InlineData("R{X=1}", "'X' is no parameter of R")]
    [InlineData("R{R=a}", "'a' is not a number")]
    [InlineData("R{R=-1}", "a positive value is expected")]
    [InlineData("R{R=5/6/7}", "a value between its limits")]
    [InlineData("R{R=5", "a closing '}'")]
    [InlineData("R{R==C1}", "which is no parameter")]
    [InlineData("R1{R==R2}-R2{R==R1}", "itself tied")]
    [InlineData("R1-CPE1{n==R1}", "of another kind")]
    public void What_is_no_circuit_is_refused_with_its_place(string text, string found) =>
        Assert.Contains(found, Assert.Throws<CircuitException>(() => Circuit.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Deep_nesting_and_long_texts_are_refused()
    {
        Assert.Throws<CircuitException>(() => Circuit.Parse(new string('[', 500)));
        Assert.Throws<CircuitException>(() => Circuit.Parse(new string('(', 500)));
        Assert.Throws<CircuitException>(() => Circuit.Parse(string.Concat(Enumerable.Repeat("p(R,", 400))));
        Assert.Throws<CircuitException>(() => Circuit.Parse(new string('R', 5000)));
    }

    // What a person may mistype, and what nobody would: pieces of circuits in any order, and any characters.
    [Fact]
    public void Any_text_is_a_circuit_or_is_refused()
    {
        string[] words = ["R", "C1", "CPE2", "p(", "(", ")", "[", "]", ",", "-", "{", "}", "=", "==", "F", "/", "±", "R=5", "n=.8F", "Q", "W", "Tie", " ", "1e-6", "R1", "_"];
        Gen<string> pieces = Gen.Int[0, words.Length - 1].Array[0, 30].Select(parts => string.Concat(parts.Select(i => words[i])));
        Gen.OneOf(pieces, Gen.String).Sample(
            text =>
            {
                try
                {
                    var circuit = Circuit.Parse(text);
                    Assert.Equal(circuit.ToString(), Circuit.Parse(circuit.ToString()).ToString());
                    Assert.NotEmpty(circuit.Parameters);
                }
                catch (CircuitException fault)
                {
                    Assert.InRange(fault.Position, 0, text.Length);
                    Assert.NotEmpty(fault.Expected);
                }
            },
            iter: 20_000);
    }
}
