using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CsCheck;
using Isobar.Lab.Files;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Files;

public class ProtocolFileTests
{
    private const string Good = """
        # What is to be done with one cell. Pressures are nominal sample pressures: force over die area.
        # This file may be edited; units are needed, and no step may exceed the limit.
        isobar: protocol/1
        name: "test"
        die_diameter: 10 mm   # the pressures are meant for this die
        limit: 500 MPa   # above this the run stops and releases
        release_rate: 5 MPa/s   # on every way out of a run
        steps:
          - prompt: {name: "fill", text: "fill in \"60 mg\"", adds: "separator"}
          - approach: {name: "approach", contact: 1 MPa, rate: 0.2 MPa/s, timeout: 2 min}
          - ramp: {name: "press", kind: fabrication, target: 375 MPa, rate: 5 MPa/s}
          - hold: {name: "hold", kind: fabrication, target: 375 MPa, band: 1 %, minimum: 3 min, maximum: 10 min, settle_rate_per_minute: 0.05 %}
          - hold: {name: "wait", kind: stack, target: 74 MPa, band: 2 %, minimum: 1 h, maximum: 2 h}
          - measure: {name: "measure", quantities: [thickness, impedance], timeout: 1 h}
          - release: {name: "release", target: 0 MPa, rate: 5 MPa/s}

        """;

    private static readonly Gen<double> s_positive = Gen.Double[1e-6, 1e9].Where(x => x > 0);
    private static readonly Gen<double> s_share = Gen.Double[1e-9, 0.999];

    private static readonly Gen<string> s_text = Gen.Frequency(
        (3, Gen.String[Gen.Char['!', '~'], 1, 30]),
        (1, Gen.String[Gen.Char["\n\t \"'\\:#{}[],&*!|>%@`±µΩ‑é\u0001\u0085\u2028\ufeff"], 1, 12]),
        (1, Gen.Const("añadir 粉末 🔋")));

    private static readonly Gen<PressureKind> s_kind = Gen.Enum<PressureKind>();

    [Fact]
    public void A_ramp_may_be_given_by_its_time()
    {
        // From the 1 MPa of the approach to 375 MPa in 100 s: 3.74 MPa/s.
        Protocol protocol = Parse(Good.Replace("rate: 5 MPa/s}\n  - hold", "time: 100 s}\n  - hold", StringComparison.Ordinal));
        Assert.Equal(3.74e6, protocol.Steps.OfType<RampStep>().Single().Rate.PascalsPerSecond, 1.0);
        Assert.Contains("a rate and a time", Assert.Throws<IsobarFileException>(() => Parse(Good.Replace("rate: 5 MPa/s}\n  - hold", "rate: 5 MPa/s, time: 100 s}\n  - hold", StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_written_protocol_reads_back_to_the_same_text()
    {
        Assert.Equal(Good.ReplaceLineEndings("\n"), ProtocolFile.ToText(Parse(Good)));
    }

    [Fact]
    public void The_values_are_those_of_the_file()
    {
        Protocol protocol = Parse(Good);
        HoldStep hold = Assert.IsType<HoldStep>(protocol.Steps[3]);
        Assert.Equal(375, hold.Target.Megapascals, 1e-9);
        Assert.Equal(0.01, hold.Band.Value, 1e-15);
        Assert.Equal(180, hold.Minimum.Seconds, 1e-9);
        Assert.Equal(0.0005, hold.SettleRate!.Value.Value, 1e-15);
        Assert.Null(Assert.IsType<HoldStep>(protocol.Steps[4]).SettleRate);
        Assert.Equal(MeasuredQuantities.Thickness | MeasuredQuantities.Impedance, Assert.IsType<MeasureStep>(protocol.Steps[5]).Quantities);
        Assert.Equal("fill in \"60 mg\"", Assert.IsType<PromptStep>(protocol.Steps[0]).Text);
    }

    [Fact]
    public void Every_protocol_survives_writing_and_reading_to_the_last_bit()
    {
        Protocols().Sample(protocol =>
        {
            Protocol back = Parse(ProtocolFile.ToText(protocol));
            Assert.Equal(protocol with { Steps = [] }, back with { Steps = [] });
            Assert.Equal<Step>(protocol.Steps, back.Steps);
        }, iter: 500);
    }

    [Fact]
    public void Every_protocol_survives_being_kept_with_its_run_to_the_last_bit()
    {
        Protocols().Sample(protocol =>
        {
            using JsonDocument kept = JsonDocument.Parse(ProtocolJson.Write(protocol));
            Protocol back = ProtocolJson.Read(kept.RootElement);
            Assert.Equal(protocol with { Steps = [] }, back with { Steps = [] });
            Assert.Equal<Step>(protocol.Steps, back.Steps);
        }, iter: 500);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void Text_does_not_depend_on_the_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(Good.ReplaceLineEndings("\n"), ProtocolFile.ToText(Parse(Good)));
            Assert.Equal(10, CellFileTests.Parse(CellFileTests.Good).Die.Diameter.Value.Millimetres, 1e-12);
            Assert.Equal(0.5, Measured.Parse<Fraction>("0.5 ± 0.1").Value.Value, 1e-15);
            IsobarFileException fault = Assert.Throws<IsobarFileException>(() => Parse(Good.With("0.2 MPa/s", "0,2 MPa/s")));
            Assert.StartsWith("file.yaml:10:", fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("name: \"press\", kind: fabrication, target: 375 MPa", "name: \"press\", kind: fabrication, target: ¤525 MPa", "above the limit 500")]
    [InlineData("contact: 1 MPa", "contact: ¤0 MPa", "above zero")]
    [InlineData("- ramp:", "- ¤rampe:", "did you mean 'ramp'?", "approach, ramp, hold, measure, prompt, release")]
    [InlineData("kind: stack", "kind: ¤stak", "did you mean 'stack'?")]
    [InlineData("maximum: 10 min", "maximum: ¤2 min", "before its minimum")]
    [InlineData("band: 1 %", "band: ¤100 %", "below 100 %")]
    [InlineData("[thickness, impedance]", "[thickness, ¤thickness]", "stands twice")]
    [InlineData("[thickness, impedance]", "¤[]", "is empty")]
    [InlineData("name: \"wait\"", "name: \"hold\"", "two steps have the name 'hold'", "- hold: {name: \"hold\", kind: stack", "- ¤hold: {name: \"hold\", kind: stack")]
    [InlineData("rate: 0.2 MPa/s", "rate: ¤0.2 MPa", "not a unit of")]
    [InlineData("target: 0 MPa", "target: ¤-1 MPa", "zero or more")]
    [InlineData("text: \"fill", "¤test: \"fill", "did you mean 'text'?")]
    [InlineData("limit: 500 MPa", "limit: ¤500 bar", "bar")]
    public void A_fault_is_shown_where_it_stands(string piece, string replacement, string first, string? more = null, string? marked = null)
    {
        string text = Good.With(piece, replacement);
        if (marked is not null) text = text.With(more!, marked);
        MarkedText.Expect(text, t => Parse(t), marked is null && more is not null ? [first, more] : [first]);
    }

    [Fact]
    public void A_step_with_two_keys_is_refused()
    {
        string text = Good.With("  - release: {", "  - ¤hold: {}\n    release: {");
        MarkedText.Expect(text, t => Parse(t), "more or less than one key");
    }

    [Fact]
    public void Half_a_character_and_a_number_without_end_cannot_be_written()
    {
        Protocol protocol = Parse(Good);
        Assert.Throws<ArgumentException>(() => ProtocolFile.ToText(protocol with { Name = "\ud83d" }));
        Assert.Throws<ArgumentException>(() => ProtocolFile.ToText(protocol with { Limit = new SamplePressure(double.NaN) }));
    }

    // The first steps in a cycle, with others behind it, within another one, or one beside the other.
    private static ImmutableArray<Step> Cycled(ImmutableArray<Step> steps, int how, CycleEnd end, CycleEnd other) => how switch
    {
        1 => [.. StepSequence.Repeat("cycle", end, [steps[0]]), .. steps[1..]],
        2 => StepSequence.Repeat("outer", other, [.. StepSequence.Repeat("inner", end, [steps[0]]), .. steps[1..]]),
        3 => [.. StepSequence.Cycle("counted", 2, StepSequence.Repeat("timed", end, steps)), .. StepSequence.Repeat("again", other, [steps[0]])],
        _ => steps,
    };

    private static Protocol Parse(string text) => ProtocolFile.Parse(text, "file.yaml");

    private static Gen<Protocol> Protocols()
    {
        const double LimitPa = 1e9;
        Gen<SamplePressure> pressure = Gen.Double[1e-3, LimitPa].Select(x => new SamplePressure(x));
        Gen<PressureRate> rate = s_positive.Select(x => new PressureRate(x));
        Gen<Duration> duration = s_positive.Select(x => new Duration(x));
        Gen<Length> length = Gen.Double[1e-7, 1].Select(x => new Length(x));
        Gen<Temperature> kelvins = Gen.Double[1, 2000].Select(x => new Temperature(x));
        Gen<Fraction> share = s_share.Select(x => new Fraction(x));
        Gen<Step> approach = Gen.Select(pressure, rate, duration, (p, r, t) => (Step)new ApproachStep("", p, r, t));
        Gen<Step> ramp = Gen.Select(s_kind, pressure, rate, (k, p, r) => (Step)new RampStep("", k, p, r));
        Gen<Step> hold = Gen.Select(s_kind, pressure, share, duration, share, Gen.Bool, (k, p, b, t, s, settles) =>
            (Step)new HoldStep("", k, p, b, t, new Duration(t.Seconds * 3), settles ? s : null) { SettlePressureRate = settles ? null : new PressureRate(p.Pascals / 1e6) });
        Gen<Step> measure = Gen.Select(Gen.Int[1, 3], duration, (q, t) => (Step)new MeasureStep("", (MeasuredQuantities)q, t));
        Gen<Step> prompt = Gen.Select(s_text, s_text, Gen.Bool, (text, adds, has) => (Step)new PromptStep("", text, has ? adds : null));
        Gen<Step> release = Gen.Select(Gen.Bool, pressure, rate, length, (zero, p, r, g) => (Step)new ReleaseStep("", zero ? new SamplePressure(0) : p, r) { Gap = zero ? g : null });
        Gen<Step> densify = Gen.Select(s_kind, share, length, pressure, rate, (k, d, l, p, r) => (Step)new DensifyStep("", k, d, l, p, r));
        Gen<Step> position = Gen.Select(s_kind, pressure, rate, duration, Gen.Bool, (k, p, r, t, settles) =>
            (Step)new HoldPositionStep("", k, new SamplePressure(p.Pascals / 2), p, r, t, new Duration(t.Seconds * 2), settles ? r : null));
        Gen<Step> adaptive = Gen.Select(s_kind, pressure, Gen.Select(rate, share, share), Gen.Int[2, 10_000], duration, (k, p, o, n, t) =>
            (Step)new AdaptiveStep("", k, new SamplePressure(p.Pascals / 3), new SamplePressure(p.Pascals / 7), p, o.Item1, o.Item2, t, o.Item3, n, t));
        Gen<Step> heat = Gen.Select(kelvins, s_positive, s_positive, duration, (k, r, b, t) => (Step)new HeatStep("", k, new TemperatureRate(r), new TemperatureDifference(b), t));
        Gen<Step> soak = Gen.Select(kelvins, s_positive, duration, (k, b, t) => (Step)new SoakStep("", k, new TemperatureDifference(b), t, new Duration(t.Seconds * 2)));
        Gen<StepGuard?> guard = Gen.Select(Gen.Enum<GuardAction>(), Gen.Int[0, 127], pressure, rate, share, Gen.Select(length, kelvins, duration), (action, given, p, r, b, more) =>
        {
            var made = new StepGuard(action)
            {
                Band = (given & 1) != 0 ? b : null,
                Lowest = (given & 2) != 0 ? p : null,
                Highest = (given & 4) != 0 ? p : null,
                Fastest = (given & 8) != 0 ? r : null,
                Travel = (given & 16) != 0 ? more.Item1 : null,
                Hottest = (given & 32) != 0 ? more.Item2 : null,
                Patience = (given & 64) != 0 ? more.Item3 : default,
            };
            return made.IsEmpty ? null : made;
        });
        Gen<Step> plain = Gen.OneOf(approach, ramp, hold, measure, prompt, release, densify, position, adaptive, heat, soak);
        Gen<Step> step = Gen.Select(plain, guard, (s, g) => s with { Guard = g });
        Gen<CycleEnd> end = Gen.Select(Gen.Int[1, 4], Gen.Int[0, 2], duration, share, (most, kind, t, s) => new CycleEnd(most)
        {
            After = kind is 0 ? t : null,
            Thickness = kind is 1 ? s : null,
            Resistance = kind is 2 ? s : null,
        });
        return Gen.Select(s_text, Gen.Double[1e-3, 0.1], rate, step.Array[1, 8], s_text, Gen.Select(Gen.Int[0, 3], end, end), (name, diameter, releaseRate, steps, stepName, cycles) => new Protocol(
            name, new Length(diameter), new SamplePressure(LimitPa), releaseRate,
            Cycled([.. steps.Select((s, i) => s with { Name = stepName + i.ToString(CultureInfo.InvariantCulture) })], cycles.Item1, cycles.Item2, cycles.Item3))
        {
            TemperatureLimit = steps.Length % 2 == 0 ? new Temperature(diameter * 1e4) : null,
        });
    }
}
