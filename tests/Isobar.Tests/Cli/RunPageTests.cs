using Isobar.Cli.Commands;
using Isobar.Planning;
using Isobar.Quantities;
using Spectre.Console;
using Xunit;

namespace Isobar.Tests.Cli;

/// <summary>What isobar run says of measured properties.</summary>
public sealed class RunPageTests
{
    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "1 of 2 measured properties differs from the plan")]
    [InlineData(2, "2 of 2 measured properties differ from the plan")]
    public void Properties_that_differ_are_counted_and_told(int differing, string expected)
    {
        ProvedProperty Property(string key, ProofVerdict verdict) => new(
            key, key, ArealResistance.Dimension, Estimate.Relative(40e-4, 0.1), verdict == ProofVerdict.NotMeasured ? null : Estimate.Relative(80e-4, 0.02), verdict);
        ProofVerdict Verdict(int i) => i < differing ? ProofVerdict.Differs : ProofVerdict.AsPlanned;
        var proof = new CellProof([], [Property("one", Verdict(0)), Property("two", Verdict(1)), Property("three", ProofVerdict.NotMeasured)], []);
        using var writer = new StringWriter();
        IAnsiConsole page = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        page.Profile.Width = 400;
        RunPage.WriteProof(page, proof);
        Assert.Contains(expected, writer.ToString(), StringComparison.Ordinal);
        Assert.Equal(differing > 0, writer.ToString().Contains("by chance", StringComparison.Ordinal));
    }
}
