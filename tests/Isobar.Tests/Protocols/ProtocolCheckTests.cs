using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Protocols;
using Isobar.Quantities;
using Xunit;
using static Isobar.Tests.Protocols.ExecutorTests;

namespace Isobar.Tests.Protocols;

public sealed class ProtocolCheckTests
{
    private static readonly PressInstrument Press = PressPlantParameters.Hydraulic5t.Instrument;
    private static readonly PressInstrument DialPress = new("24 t with dial", new Force(235e3), new Fraction(0.016), GaugeClassBasis.FullScale, new Force(500), new Force(10e3), new Fraction(0.02));

    public static TheoryData<string, FindingSeverity, Step[]> Cases() => new()
    {
        { "1700 MPa is 850 % of the protocol's limit", FindingSeverity.Error, [Up(1700), Down] },
        { "133.5 kN is 272 % of this press", FindingSeverity.Error, [Up(1700), Down] },
        { "below the lowest calibrated force", FindingSeverity.Warning, [Up(2), Down] },
        { "is also the name of step 1", FindingSeverity.Error, [Up(100), Up(100), Down] },
        { "end it with a release step", FindingSeverity.Error, [Up(100)] },
        { "it must be above zero, for example 5 MPa/s", FindingSeverity.Error, [new RampStep("up", PressureKind.Stack, Mpa(100), Rate(0)), Down] },
        { "the maximum time of 10 s is shorter than the minimum of 20 s", FindingSeverity.Error, [Up(100), Hold(100, 0.02, 20, 10), Down] },
        { "the hold is at 50 MPa but the step before ends at 100 MPa", FindingSeverity.Error, [Up(100), Hold(50, 0.02, 1, 10), Down] },
        { "a band of ±0.1 % is not verifiable", FindingSeverity.Warning, [Up(100), Hold(100, 0.001, 1, 10), Down] },
        { "noise alone may trip it", FindingSeverity.Warning, [Up(199), Down] },
        { "a release to 100 MPa would raise", FindingSeverity.Error, [Up(50), new ReleaseStep("x", Mpa(100), Rate(1)), Down] },
        { "nothing is to be measured", FindingSeverity.Error, [Up(50), new MeasureStep("m", MeasuredQuantities.None, new Duration(1)), Down] },
        { "the press is released from 50 MPa", FindingSeverity.Warning, [Up(50), new PromptStep("p", "look")] },
        { "the prompt says nothing", FindingSeverity.Error, [new PromptStep("p", " ")] },
        { "the protocol has no steps", FindingSeverity.Error, [] },
        { "an approach starts without pressure", FindingSeverity.Error, [Up(50), new ApproachStep("a", Mpa(2), Rate(1), new Duration(10)), Down] },
        { "must be a pressure of zero or more", FindingSeverity.Error, [Up(double.NaN), Down] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_wrong_is_said_with_numbers(string text, FindingSeverity severity, Step[] steps)
    {
        ImmutableArray<ProtocolFinding> findings = ProtocolCheck.Validate(Simple([.. steps]), Die.OfDiameter(new Length(10e-3)), Press);
        Assert.Contains(findings, finding => finding.Severity == severity && finding.Text.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_sound_protocol_has_no_findings()
    {
        Protocol sound = Simple([new ApproachStep("touch", Mpa(2), Rate(0.5), new Duration(60)), Up(100), Hold(100, 0.02, 20, 60), Down]);
        Assert.Empty(ProtocolCheck.Validate(sound, Die.OfDiameter(new Length(10e-3)), Press));
    }

    [Fact]
    public void The_force_that_a_larger_die_needs_is_compared_with_the_press()
    {
        Protocol large = Simple([Up(375), Down], 400) with { Diameter = new Length(13e-3) };
        ImmutableArray<ProtocolFinding> findings = ProtocolCheck.Validate(large, Die.OfDiameter(new Length(13e-3)), Press);
        Assert.Contains(findings, finding => finding.Text.Contains("49.77 kN is 102 % of this press", StringComparison.Ordinal));
        Assert.True(ProtocolCheck.Forbids(findings));
    }

    [Fact]
    public void A_protocol_for_another_die_is_refused()
    {
        ImmutableArray<ProtocolFinding> findings = ProtocolCheck.Validate(Simple([Up(50), Down]), Die.OfDiameter(new Length(12e-3)), Press);
        Assert.Contains(findings, finding => finding.StepIndex == -1 && finding.Text.Contains("made for a die of 10 mm", StringComparison.Ordinal));
    }

    [Fact]
    public void On_a_dial_gauge_a_stack_pressure_is_not_verifiable()
    {
        // 1.6 % of 235 kN is 3.8 kN; 74 MPa on 10 mm is 5.8 kN.
        ImmutableArray<ProtocolFinding> findings = ProtocolCheck.Validate(Simple([Up(74), Hold(74, 0.05, 1, 10), Down]), Die.OfDiameter(new Length(10e-3)), DialPress);
        Assert.Contains(findings, finding => finding.Text.Contains("not verifiable", StringComparison.Ordinal) && finding.StepIndex == 1);
    }

    [Fact]
    public void The_dry_run_knows_duration_and_force()
    {
        DryRun dry = ProtocolDryRun.Run(Simple([Up(100), Hold(100, 0.02, 20, 60), Down]), Die.OfDiameter(new Length(10e-3)));
        Assert.Equal(RunOutcome.Completed, dry.Outcome);
        Assert.Equal(100e6 * Math.PI / 4 * 1e-4, dry.LargestForce.Newtons, 1e-6);
        // 20 s up, 20 s held, 20 s down, half a second more for each way because the set-point is eased; each step may take two ticks more.
        Assert.Equal(61, dry.Duration.Seconds, 0.3);
        Assert.Equal(20, dry.Steps[1].Seconds, 0.1);
    }

    private static ReleaseStep Down => new("down", Mpa(0), Rate(5));

    private static RampStep Up(double megapascals) => new("up", PressureKind.Fabrication, Mpa(megapascals), Rate(5));

    private static HoldStep Hold(double megapascals, double band, double minimum, double maximum) =>
        new("hold", PressureKind.Fabrication, Mpa(megapascals), new Fraction(band), new Duration(minimum), new Duration(maximum), null);
}
