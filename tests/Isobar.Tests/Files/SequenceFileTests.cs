using Isobar.Lab.Files;
using Isobar.Protocols;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Files;

/// <summary>What stands for several steps in a protocol file, and the steps beyond ramp and hold.</summary>
public sealed class SequenceFileTests
{
    private const string Good = """
        isobar: protocol/1
        name: "all kinds"
        die_diameter: 10 mm
        limit: 500 MPa
        release_rate: 5 MPa/s
        temperature_limit: 120 °C
        subprotocols:
          condition:
            - ramp: {name: "up", kind: stack, target: 20 MPa, rate: 1 MPa/s}
            - ramp: {name: "down", kind: stack, target: 5 MPa, time: 30 s}
        steps:
          - densify: {name: "dense", kind: fabrication, density: 85 %, mass: 100 mg, true_density: 1.64 g/cm3, highest: 400 MPa, rate: 5 MPa/s}
          - hold_position: {name: "gap", kind: fabrication, lowest: 0 MPa, highest: 450 MPa, rate: 1 MPa/s, minimum: 1 min, maximum: 5 min, settle_pressure_rate: 0.01 MPa/s}
          - ramp: {name: "to stack", kind: stack, target: 5 MPa, rate: 5 MPa/s, guard: {action: hold, band: 5 %, patience: 2 s}}
          - cycle:
              name: breathe
              count: 3
              steps:
                - ramp: {name: "up", kind: stack, target: 10 MPa, time: 10 s}
                - call: {name: "settle", protocol: condition}
          - staircase: {name: "series", kind: stack, targets: [5 MPa, 10 MPa, 20 MPa], rate: 1 MPa/s, band: 2 %, minimum: 1 min, maximum: 5 min, measure: [impedance], timeout: 10 min}
          - adaptive: {name: "until it stops", kind: stack, start: 20 MPa, increment: 10 MPa, highest: 80 MPa, rate: 1 MPa/s, band: 2 %, dwell: 1 min, stop_below: 2 %, most_rounds: 7, timeout: 30 min}
          - heat: {name: "warm", target: 60 °C, rate: 2 K/min, band: 1 K, timeout: 1 h}
          - soak: {name: "stay warm", target: 60 °C, band: 1 K, minimum: 10 min, maximum: 1 h}
          - release: {name: "open", target: 0 MPa, rate: 5 MPa/s, gap: 2 mm}

        """;

    [Fact]
    public void Cycles_calls_and_staircases_are_written_out_as_plain_steps_with_names_of_their_own()
    {
        Protocol protocol = Parse(Good);
        Assert.Equal(3 + (3 * 3) + (3 * 3) + 4, protocol.Steps.Length);
        Assert.Equal("breathe 2 of 3 / settle / down", protocol.Steps[3 + 3 + 2].Name);
        Assert.Equal("series 3 of 3 / measure", protocol.Steps[3 + 9 + 8].Name);
        Assert.Equal(protocol.Steps.Length, protocol.Steps.Select(step => step.Name).Distinct(StringComparer.Ordinal).Count());
        string text = ProtocolFile.ToText(protocol);
        Protocol back = Parse(text);
        Assert.Equal<Step>(protocol.Steps, back.Steps);
        Assert.Equal(protocol.TemperatureLimit, back.TemperatureLimit);
        Assert.Equal(text, ProtocolFile.ToText(back));
    }

    [Fact]
    public void A_ramp_by_time_starts_in_every_round_where_the_round_before_ended()
    {
        Protocol protocol = Parse(Good);
        // Each round comes from 5 MPa: 5 MPa in 10 s; inside the call 20 MPa go down to 5 MPa in 30 s.
        Assert.All([3, 6, 9], at => Assert.Equal(0.5e6, ((RampStep)protocol.Steps[at]).Rate.PascalsPerSecond, 1e-6));
        Assert.All([5, 8, 11], at => Assert.Equal(0.5e6, ((RampStep)protocol.Steps[at]).Rate.PascalsPerSecond, 1e-6));
    }

    [Fact]
    public void The_solid_thickness_follows_from_mass_true_density_and_die()
    {
        var densify = (DensifyStep)Parse(Good).Steps[0];
        // 100 mg / (1640 kg/m³ · 78.54 mm²) = 776.4 µm.
        Assert.Equal(100e-6 / (1640 * Math.PI / 4 * 1e-4), densify.SolidThickness.Metres, 1e-12);
    }

    [Fact]
    public void The_settings_of_the_new_steps_are_those_of_the_file()
    {
        Protocol protocol = Parse(Good);
        Assert.Equal(new StepGuard(GuardAction.Hold) { Band = new Fraction(0.05), Patience = new Duration(2) }, protocol.Steps[2].Guard);
        var adaptive = (AdaptiveStep)protocol.Steps[^4];
        Assert.Equal((7, 0.02), (adaptive.MostRounds, adaptive.StopBelow.Value));
        Assert.Equal(333.15, ((SoakStep)protocol.Steps[^2]).Target.Kelvins, 1e-9);
        Assert.Equal(2e-3, ((ReleaseStep)protocol.Steps[^1]).Gap!.Value.Metres, 1e-12);
        Assert.Equal(1e4, ((HoldPositionStep)protocol.Steps[1]).SettleRate!.Value.PascalsPerSecond, 1e-6);
    }

    [Theory]
    [InlineData("protocol: condition}", "protocol: ¤conditon}", "did you mean 'condition'?")]
    [InlineData("count: 3", "count: ¤0", "a whole number from 1 to 100000")]
    [InlineData("count: 3", "count: ¤2.5", "a whole number")]
    [InlineData("target: 10 MPa, time: 10 s", "target: 5 MPa, time: ¤10 s", "differs from the pressure before")]
    [InlineData("target: 5 MPa, rate: 5 MPa/s, guard", "target: 5 MPa, time: ¤1 min, guard", "shows only in the run")]
    [InlineData("{action: hold, band: 5 %, patience: 2 s}", "¤{action: hold, patience: 2 s}", "watches nothing")]
    [InlineData("action: hold", "action: ¤halt", "log, warn, hold, stop, abort")]
    [InlineData("measure: [impedance], timeout: 10 min", "timeout: ¤10 min", "measures nothing")]
    [InlineData("lowest: 0 MPa, highest: 450", "lowest: ¤460 MPa, highest: 450", "lies above the highest")]
    [InlineData("rate: 2 K/min, band: 1 K", "rate: 2 K/min, band: ¤1 °C", "a difference of temperatures is written in K")]
    [InlineData("mass: 100 mg", "solid_thickness: ¤700 um, mass: 100 mg", "one of them")]
    public void A_fault_is_shown_where_it_stands(string piece, string replacement, string expected) =>
        MarkedText.Expect(Good.With(piece, replacement), text => Parse(text), expected);

    [Fact]
    public void A_sub_protocol_that_calls_itself_or_is_never_called_is_refused()
    {
        string loop = Good.With("    - ramp: {name: \"up\", kind: stack, target: 20 MPa, rate: 1 MPa/s}", "    - call: {name: \"again\", protocol: ¤condition}");
        MarkedText.Expect(loop, text => Parse(text), "calls itself");
        string idle = Good.With("subprotocols:\n", "subprotocols:\n  ¤idle:\n    - release: {name: \"down\", target: 0 MPa, rate: 1 MPa/s}\n");
        MarkedText.Expect(idle, text => Parse(text), "is never called");
    }

    private static Protocol Parse(string text) => ProtocolFile.Parse(text.ReplaceLineEndings("\n"), "file.yaml");
}
