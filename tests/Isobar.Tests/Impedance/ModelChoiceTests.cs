using Isobar.Impedance;
using Isobar.Impedance.Fitting;
using Xunit;

namespace Isobar.Tests.Impedance;

/// <summary>Circuits that are chosen, and "not identifiable" where none is.</summary>
public sealed class ModelChoiceTests
{
    [Theory]
    [InlineData("S01", "L0-R0-p(R1,CPE1)-p(R2,CPE2)-p(R3,CPE3)-CPE4", SampleKind.FullCell)]
    [InlineData("S04", "R0-p(R1,CPE1)-p(R2,CPE2)", SampleKind.SymmetricCell)]
    public void The_circuit_behind_a_spectrum_is_chosen(string id, string circuit, SampleKind kind)
    {
        ChosenCircuit chosen = ModelChoice.Of(ReferenceSpectra.Canonical(id));
        Assert.Equal(circuit, chosen.Proposal.Text);
        Assert.Equal(kind, chosen.Kind);
        Assert.True(chosen.Accepted, chosen.Reason);
        Assert.All(chosen.Fit.Parameters, parameter => Assert.True(parameter.Identifiable));
    }

    [Fact]
    public void A_pellet_whose_bulk_arc_lies_above_the_sweep_is_not_identifiable()
    {
        ChosenCircuit chosen = ModelChoice.Of(ReferenceSpectra.Canonical("S02"));
        Assert.Equal(SampleKind.BlockingPellet, chosen.Kind);
        Assert.Equal("L0-R0-p(R1,CPE1)-CPE2", chosen.Proposal.Text);
        Assert.False(chosen.Accepted);
        Assert.Contains("not identifiable", chosen.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pellet_with_both_arcs_in_sight_is_named()
    {
        Spectrum spectrum = ReferenceSpectra.Computed("R0{R=200}-p(R1{R=800},CPE1{Q=2e-9,n=.92})-CPE2{Q=2e-6,n=.9}", 5e6, 1, 70, 0.001, 4);
        ChosenCircuit chosen = ModelChoice.Of(spectrum);
        Assert.Equal("R0-p(R1,CPE1)-CPE2", chosen.Proposal.Text);
        Assert.True(chosen.Accepted, chosen.Reason);
        Assert.Contains(chosen.Proposal.Roles, role => role is ("CPE2", "blocking contacts"));
    }

    // Information criteria go on asking for arcs on a real cell; standard errors and correlations do not let them.
    [Fact]
    public void A_real_cell_is_not_given_arcs_that_mean_nothing()
    {
        ChosenCircuit chosen = ModelChoice.Of(ReferenceSpectra.Canonical("R15"), new FitOptions { BootstrapRepeats = 0 });
        Assert.False(chosen.Accepted);
        Assert.NotEmpty(chosen.Fit.Findings);
        Assert.True(chosen.Tried.Length > 5);
    }
}
