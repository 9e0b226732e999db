using Isobar.Lab.Files;
using Isobar.Protocols;
using Xunit;

namespace Isobar.Tests.Files;

/// <summary>Cycles by duration and until, as they stand in a protocol file.</summary>
public sealed class CycleFileTests
{
    private const string Good = """
        isobar: protocol/1
        name: "breathing"
        die_diameter: 10 mm
        limit: 500 MPa
        release_rate: 5 MPa/s
        steps:
          - ramp: {name: "to stack", kind: stack, target: 5 MPa, rate: 5 MPa/s}
          - cycle:
              name: "two hours"
              duration: 2 h
              steps:
                - ramp: {name: "up", kind: stack, target: 10 MPa, time: 10 s}
                - hold: {name: "top", kind: stack, target: 10 MPa, band: 2 %, minimum: 1 min, maximum: 5 min}
                - ramp: {name: "down", kind: stack, target: 5 MPa, time: 10 s}
          - cycle:
              name: "until it is still"
              until: {thickness: 0.1 %}
              most: 50
              steps:
                - ramp: {name: "up", kind: stack, target: 10 MPa, rate: 1 MPa/s}
                - cycle: {name: "inner", until: {resistance: 2 %}, most: 3, steps: [{measure: {name: "eis", quantities: [impedance], timeout: 10 min}}]}
                - ramp: {name: "down", kind: stack, target: 5 MPa, rate: 1 MPa/s}
          - release: {name: "open", target: 0 MPa, rate: 5 MPa/s}

        """;

    [Fact]
    public void Cycles_are_written_out_with_a_step_before_every_round_and_folded_again()
    {
        Protocol protocol = Parse(Good);
        // The shortest round is 10 s + 1 min + 10 s: 90 of them in two hours.
        var first = (RoundStep)protocol.Steps[1];
        Assert.Equal((90, 3, 7200.0), (first.End.Most, first.Steps, first.End.After!.Value.Seconds));
        Assert.Equal("two hours 2 of up to 90 / top", protocol.Steps[1 + 4 + 2].Name);
        Assert.Equal("until it is still 1 of up to 50 / inner 2 of up to 3 / eis", protocol.Steps[1 + (90 * 4) + 1 + 1 + 1 + 3].Name);
        Assert.Equal(protocol.Steps.Length, protocol.Steps.Select(step => step.Name).Distinct(StringComparer.Ordinal).Count());
        string text = ProtocolFile.ToText(protocol);
        Assert.InRange(text.Split('\n').Length, 10, 45);
        Assert.Contains("most: 90", text, StringComparison.Ordinal);
        Protocol back = Parse(text);
        Assert.Equal<Step>(protocol.Steps, back.Steps);
        Assert.Equal(text, ProtocolFile.ToText(back));
    }

    [Theory]
    [InlineData("duration: 2 h", "duration: ¤0 h", "above zero")]
    [InlineData("duration: 2 h", "count: 3\n      duration: ¤2 h", "one of count, duration and until")]
    [InlineData("duration: 2 h", "count: 3\n      most: ¤4", "'most' with a duration or until")]
    [InlineData("duration: 2 h", "duration: 2 h\n      most: ¤0", "a whole number from 1")]
    [InlineData("minimum: 1 min, maximum: 5 min}", "minimum: 1 min, maximum: 5 min}\n        - hold_position: ¤{name: g}", "the hold_position step has no")]
    [InlineData("until: {thickness: 0.1 %}", "until: ¤{thickness: 0.1 %, resistance: 2 %}", "thickness or resistance")]
    [InlineData("until: {thickness: 0.1 %}", "until: {¤thicknes: 0.1 %}", "did you mean 'thickness'?")]
    [InlineData("until: {thickness: 0.1 %}", "until: {thickness: ¤0.1 mm}", "not a unit")]
    [InlineData("target: 5 MPa, time: 10 s}\n  - cycle", "target: 6 MPa, time: 10 s}\n  - cycle", "so that a ramp by time differs", "steps:\n        - ramp: {name: \"up\", kind: stack, target: 10 MPa, time", "steps:\n        ¤- ramp: {name: \"up\", kind: stack, target: 10 MPa, time")]
    public void A_fault_is_shown_where_it_stands(string piece, string replacement, string expected, string? more = null, string? marked = null)
    {
        string text = Good.ReplaceLineEndings("\n").With(piece, replacement);
        if (more is not null) text = text.With(more, marked!);
        MarkedText.Expect(text, each => Parse(each), expected);
    }

    [Fact]
    public void Until_needs_a_largest_number_of_rounds()
    {
        string text = Good.ReplaceLineEndings("\n").Replace("      most: 50\n", "", StringComparison.Ordinal);
        Assert.Contains("no 'most'", Assert.Throws<IsobarFileException>(() => Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_duration_of_rounds_of_unknown_length_needs_a_largest_number_too()
    {
        string text = Good.ReplaceLineEndings("\n").Replace("until: {resistance: 2 %}, most: 3,", "duration: 1 h,", StringComparison.Ordinal);
        Assert.Contains("how long a round takes shows only in the run", Assert.Throws<IsobarFileException>(() => Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rounds_that_are_not_the_same_have_no_text()
    {
        Protocol protocol = Parse(Good);
        Protocol bent = protocol with { Steps = protocol.Steps.SetItem(3, protocol.Steps[2]) };
        Assert.Contains("no text", Assert.Throws<ArgumentException>(() => ProtocolFile.ToText(bent)).Message, StringComparison.Ordinal);
    }

    private static Protocol Parse(string text) => ProtocolFile.Parse(text.ReplaceLineEndings("\n"), "file.yaml");
}
