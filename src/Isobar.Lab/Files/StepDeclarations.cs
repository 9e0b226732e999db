using System.Collections.Immutable;

namespace Isobar.Lab.Files;

/// <summary>Every word that a protocol file may have, with its keys.</summary>
internal static class StepDeclarations
{
    private static readonly StepSetting s_name = new("name", "press separator", "short and unique; runs and verdicts call the step by it");
    private static readonly StepSetting s_guard = new("guard", "{action: hold, band: 5 %, patience: 2 s}", "what must not happen meanwhile, see below", IsOptional: true);
    private static readonly StepSetting s_kind = new("kind", "fabrication", "which pressure it makes: fabrication, attach or stack");
    private static readonly StepSetting s_rate = new("rate", "5 MPa/s", "rate of the set-point");
    private static readonly StepSetting s_band = new("band", "1 %", "allowed deviation from the target; time counts only within it");
    private static readonly StepSetting s_minimum = new("minimum", "3 min", "time in band that is needed");
    private static readonly StepSetting s_maximum = new("maximum", "10 min", "after this the step ends and says what is missing");
    private static readonly StepSetting s_settle = new("settle_rate_per_minute", "0.1 %", "go on until the thickness changes by less than this share of itself per minute", IsOptional: true);
    private static readonly StepSetting s_quiet = new("settle_pressure_rate", "0.01 MPa/s", "go on until the pressure changes by less than this; for presses that hold with a shut valve", IsOptional: true);

    /// <summary>The file itself.</summary>
    public static StepDeclaration Protocol { get; } = new(
        "protocol", "the protocol", "The keys of the file.",
        [
            new("isobar", "protocol/1", "says what the file is"), new("name", "my protocol", "name of the protocol"),
            new("die_diameter", "10 mm", "the die that the pressures are meant for"), new("limit", "500 MPa", "sample pressure that no step and no disturbance may exceed"),
            new("release_rate", "5 MPa/s", "rate of the release on every way out of a run"),
            new("temperature_limit", "120 °C", "temperature that nothing may exceed; needed to heat", IsOptional: true),
            new("subprotocols", "{conditioning: [...]}", "lists of steps by name, which 'call' does", IsOptional: true), new("steps", "[...]", "the steps in order"),
        ]);

    /// <summary>Approach.</summary>
    public static StepDeclaration Approach { get; } = Of(
        "approach", "the approach", "Closes the gap slowly until the sample carries the contact pressure. Without contact in time the run ends.",
        new("contact", "1 MPa", "pressure that counts as contact"), s_rate with { Example = "0.2 MPa/s" }, new("timeout", "2 min", "without contact after this time the run stops"));

    /// <summary>Ramp.</summary>
    public static StepDeclaration Ramp { get; } = Of(
        "ramp", "the ramp", "Moves the pressure to a target, by rate or by time. Waits for a press that lags.",
        s_kind, new("target", "375 MPa", "pressure at the end"), s_rate with { Meaning = "rate of the set-point; or give the time" },
        new("time", "70 s", "time instead of a rate; the step before must end at a known pressure", IsOptional: true));

    /// <summary>Hold.</summary>
    public static StepDeclaration Hold { get; } = Of(
        "hold", "the hold", "Holds a pressure. Time counts only in band; ends after the minimum and, where asked, when the sample has settled.",
        s_kind, new("target", "375 MPa", "pressure to hold"), s_band, s_minimum, s_maximum, s_settle, s_quiet);

    /// <summary>Constant gap.</summary>
    public static StepDeclaration HoldPosition { get; } = Of(
        "hold_position", "the hold_position step", "Holds the thickness that the sample has at the begin (constant gap); the pressure goes where it must. Needs a press that tells the thickness.",
        s_kind with { Example = "stack" }, new("lowest", "5 MPa", "pressure that is not gone below"), new("highest", "50 MPa", "pressure that is not exceeded"), s_rate with { Example = "0.5 MPa/s" },
        s_minimum with { Meaning = "shortest time" }, s_maximum, s_quiet);

    /// <summary>Densify.</summary>
    public static StepDeclaration Densify { get; } = Of(
        "densify", "the densify step", "Raises the pressure until the stack has a relative density under load, at most to the highest pressure. Needs a press that tells the thickness.",
        s_kind, new("density", "85 %", "solid thickness over thickness, of the whole stack"), new("solid_thickness", "500 µm", "thickness without pores; or give mass and true density"),
        new("mass", "80 mg", "mass instead of the solid thickness", IsOptional: true), new("true_density", "1.64 g/cm3", "true density, with the mass", IsOptional: true),
        new("highest", "400 MPa", "pressure that is not exceeded for the sake of the density"), s_rate);

    /// <summary>Measure.</summary>
    public static StepDeclaration Measure { get; } = Of(
        "measure", "the measurement", "Freezes the set-point, asks for a measurement and waits for it.",
        new("quantities", "[thickness, impedance]", "what to measure: thickness, impedance or both"), new("timeout", "1 h", "without a result after this time the run stops"));

    /// <summary>Adaptive steps.</summary>
    public static StepDeclaration Adaptive { get; } = Of(
        "adaptive", "the adaptive step", "Goes up in steps, holds and measures at each, until the interface resistance has stopped falling. With an increment of 0 MPa it stays, and time alone works.",
        s_kind with { Example = "stack" }, new("start", "10 MPa", "pressure of the first measurement"), new("increment", "10 MPa", "what each step adds; 0 MPa to stay"),
        new("highest", "80 MPa", "pressure that is not exceeded"), s_rate with { Example = "1 MPa/s" }, s_band with { Example = "2 %" }, new("dwell", "5 min", "time in band before each measurement"),
        new("stop_below", "2 %", "done when a measurement is lower than the one before by less than this"), new("most_rounds", "10", "largest number of measurements"),
        new("timeout", "1 h", "longest time for one hold, and for one measurement"));

    /// <summary>Heat.</summary>
    public static StepDeclaration Heat { get; } = Of(
        "heat", "the heat step", "Brings the platens to a temperature, up or down, while the pressure stays. Needs heated platens and a temperature limit.",
        new("target", "60 °C", "temperature at the end"), new("rate", "2 K/min", "rate of the temperature's set-point"), new("band", "1 K", "done when the reading is this near"),
        new("timeout", "1 h", "without reaching it after this time the run stops"));

    /// <summary>Soak.</summary>
    public static StepDeclaration Soak { get; } = Of(
        "soak", "the soak", "Keeps a temperature while the pressure stays. Time counts only in band.",
        new("target", "60 °C", "temperature to keep"), new("band", "1 K", "allowed deviation"), s_minimum, s_maximum);

    /// <summary>Prompt.</summary>
    public static StepDeclaration Prompt { get; } = Of(
        "prompt", "the prompt", "Takes the pressure away, asks a person to do something and waits for the confirmation.",
        new("text", "\"fill in the powder\"", "what to do, in plain words"), new("adds", "cathode", "name of the layer that the person adds", IsOptional: true));

    /// <summary>Release.</summary>
    public static StepDeclaration Release { get; } = Of(
        "release", "the release", "Takes the pressure back to a target; from zero it may draw the punch back to a gap.",
        new("target", "0 MPa", "pressure at the end"), s_rate, new("gap", "1 mm", "how far the punch is drawn back, after a release to 0 MPa", IsOptional: true));

    /// <summary>Cycle.</summary>
    public static StepDeclaration Cycle { get; } = new(
        "cycle", "the cycle", "Does a list of steps again and again: so often, for so long, or until a round changes nothing any more. A round that was begun is finished.",
        [
            s_name with { Example = "conditioning" }, new("count", "3", "how often; or give the duration or until"),
            new("duration", "2 h", "instead of the count: rounds are begun until this time is over, rests left out", IsOptional: true),
            new("until", "{thickness: 0.1 %}", "instead of the count: until a round changes the thickness, or lowers the measured resistance, by less than this share", IsOptional: true),
            new("most", "50", "largest number of rounds, with 'until' needed; with a duration it follows from the shortest round", IsOptional: true),
            new("steps", "[...]", "the steps of one round"),
        ]);

    /// <summary>What a cycle waits for.</summary>
    public static StepDeclaration Until { get; } = new(
        "until", "the end of the cycle", "What a cycle waits for, one of the two.",
        [
            new("thickness", "0.1 %", "the thickness at the end of a round differs from the round before by less than this share", IsOptional: true),
            new("resistance", "2 %", "the interface resistance measured in a round is lower than in the round before by less than this share", IsOptional: true),
        ]);

    /// <summary>Call.</summary>
    public static StepDeclaration Call { get; } = new(
        "call", "the call", "Does the steps of a sub-protocol of the same file.", [s_name with { Example = "condition" }, new("protocol", "conditioning", "name of the sub-protocol")]);

    /// <summary>Staircase.</summary>
    public static StepDeclaration Staircase { get; } = Of(
        "staircase", "the staircase", "A list of pressures: at each a ramp, a hold and, where asked, a measurement.",
        s_kind with { Example = "stack" }, new("targets", "[10 MPa, 30 MPa]", "the pressures in order"), s_rate with { Example = "1 MPa/s" }, s_band with { Example = "2 %" }, s_minimum, s_maximum, s_settle,
        new("measure", "[impedance]", "what to measure after each hold", IsOptional: true), new("timeout", "1 h", "longest time for one measurement, with 'measure'", IsOptional: true));

    /// <summary>The guard that any step may have.</summary>
    public static StepDeclaration Guard { get; } = new(
        "guard", "the guard", "What must not happen while a step runs, and what is done when it does. At least one of its limits is needed.",
        [
            new("action", "hold", "log, warn, hold (a person resumes), stop (release), abort (the device's own dump)"),
            new("band", "5 %", "largest deviation from the set-point, a share of it", IsOptional: true), new("lowest", "40 MPa", "lowest pressure", IsOptional: true),
            new("highest", "60 MPa", "highest pressure", IsOptional: true), new("fastest", "20 MPa/s", "fastest change of the pressure over half a second, either way", IsOptional: true),
            new("travel", "0.5 mm", "longest travel within the step, either way", IsOptional: true), new("hottest", "80 °C", "highest temperature of the platens", IsOptional: true),
            new("patience", "2 s", "how long it must last before it counts", IsOptional: true),
        ]);

    /// <summary>Every word under 'steps', the plain ones first.</summary>
    public static ImmutableArray<StepDeclaration> All { get; } =
        [Approach, Ramp, Hold, Measure, Prompt, Release, Densify, HoldPosition, Adaptive, Heat, Soak, Cycle, Call, Staircase];

    private static StepDeclaration Of(string word, string what, string does, params ReadOnlySpan<StepSetting> settings) => new(word, what, does, [s_name, .. settings, s_guard]);
}
