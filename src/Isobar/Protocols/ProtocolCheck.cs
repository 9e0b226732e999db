using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>Whether a finding forbids the run.</summary>
public enum FindingSeverity
{
    /// <summary>The run may start; the person should know.</summary>
    Warning,

    /// <summary>The run must not start.</summary>
    Error,
}

/// <summary>What becomes of a step that the force sensor cannot prove.</summary>
public enum Verification
{
    /// <summary>It is a warning: the run is done, the verdict will be "not verifiable".</summary>
    Wanted,

    /// <summary>It is an error: the run is refused.</summary>
    Required,
}

/// <summary>Something about a protocol that should be known before it moves a press.</summary>
/// <param name="StepIndex">Step of the protocol, from 0; -1 for the protocol as a whole.</param>
/// <param name="Severity">Whether it forbids the run.</param>
/// <param name="Text">What was found and what was expected, with numbers and units.</param>
public sealed record ProtocolFinding(int StepIndex, FindingSeverity Severity, string Text);

/// <summary>Holds a protocol against the die, the press and common sense before anything moves.</summary>
public static class ProtocolCheck
{
    /// <summary>Every finding, in order of the steps; a protocol without an <see cref="FindingSeverity.Error"/> may run.</summary>
    /// <param name="protocol">What is to be done.</param>
    /// <param name="die">In which die.</param>
    /// <param name="press">On which press.</param>
    /// <param name="verification">What becomes of targets below the calibrated range and of tolerances finer than twice the sensor's uncertainty.</param>
    public static ImmutableArray<ProtocolFinding> Validate(Protocol protocol, Die die, PressInstrument press, Verification verification = Verification.Wanted)
    {
        var findings = new Findings();
        CheckWhole(protocol, die, press, findings);
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var check = new StepCheck(protocol, die, press, verification, findings);
        var place = new StepCheck.Place(0, 0, double.NaN);
        for (int i = 0; i < protocol.Steps.Length; i++)
        {
            Step step = protocol.Steps[i];
            findings.StepIndex = i;
            if (string.IsNullOrWhiteSpace(step.Name)) findings.Error("the step has no name; give it a short one, for example 'press separator'");
            else if (!names.TryAdd(step.Name, i)) findings.Error($"'{step.Name}' is also the name of step {names[step.Name] + 1}; names are unique, so that the record can point at one");
            place = check.Check(step, place);
        }

        findings.StepIndex = -1;
        if (protocol.Steps.Length > 0 && place.HighestPa > 0)
            findings.Error($"the protocol ends at {place}; end it with a release step to 0 MPa, the release is part of how the cell is made");
        return findings.ToImmutable();
    }

    /// <summary>Whether any finding forbids the run.</summary>
    public static bool Forbids(ImmutableArray<ProtocolFinding> findings) => findings.Any(finding => finding.Severity == FindingSeverity.Error);

    /// <summary>Standard uncertainty of the indicated force over the force.</summary>
    internal static double RelativeForceUncertainty(PressInstrument press, Force force) =>
        press.Indicated(force).StandardUncertainty.Newtons / Math.Abs(force.Newtons);

    private static void CheckWhole(Protocol protocol, Die die, PressInstrument press, Findings findings)
    {
        if (protocol.Steps.IsDefaultOrEmpty) findings.Error("the protocol has no steps");
        if (protocol.Steps.Length > StepSequence.MostSteps) findings.Error($"the protocol has {protocol.Steps.Length} steps, at most {StepSequence.MostSteps} are done in one run");
        if (!Findings.IsPositive(protocol.Limit.Pascals)) findings.Error($"the limit is {protocol.Limit}; it must be above zero");
        else if (protocol.Limit.Pascals > die.Limit.Pascals) findings.Error($"the limit of {protocol.Limit} is {Findings.Percent(protocol.Limit.Pascals / die.Limit.Pascals)} of what the {die.MaterialName} die may see, {die.Limit}");
        if (!Findings.IsPositive(protocol.ReleaseRate.PascalsPerSecond)) findings.Error($"the release rate is {protocol.ReleaseRate}; it must be above zero, every way out of a run needs it");
        double off = Math.Abs(protocol.Diameter.Metres - die.Diameter.Value.Metres);
        if (off > Math.Max(3 * die.Diameter.StandardUncertainty.Metres, 0.005 * die.Diameter.Value.Metres))
            findings.Error($"the protocol is made for a die of {protocol.Diameter}, this die has {die.Diameter.Value}: the same force is {Findings.Percent(Math.Pow(protocol.Diameter.Metres / die.Diameter.Value.Metres, 2))} of the pressure");
        bool heats = protocol.Steps.Any(step => step is HeatStep or SoakStep);
        if (heats && press.HottestPlatens is null) findings.Error($"the protocol heats, and {press.Name} has no heated platens; take the heat and soak steps out, or use another press");
        if (heats && protocol.TemperatureLimit is null) findings.Error("the protocol heats and has no temperature limit; give one, for example 'temperature_limit: 120 °C'");
        if (protocol.TemperatureLimit is { } limit && press.HottestPlatens is { } hottest && limit > hottest)
            findings.Error($"the temperature limit of {limit} is above what the platens of {press.Name} may have, {hottest}");
    }
}

/// <summary>The findings as they come in.</summary>
internal sealed class Findings
{
    private readonly ImmutableArray<ProtocolFinding>.Builder _list = ImmutableArray.CreateBuilder<ProtocolFinding>();

    public int StepIndex { get; set; } = -1;

    public void Error(string text) => _list.Add(new ProtocolFinding(StepIndex, FindingSeverity.Error, text));

    public void Warning(string text) => _list.Add(new ProtocolFinding(StepIndex, FindingSeverity.Warning, text));

    public void Unverifiable(Verification verification, string text) =>
        _list.Add(new ProtocolFinding(StepIndex, verification == Verification.Required ? FindingSeverity.Error : FindingSeverity.Warning, text));

    public ImmutableArray<ProtocolFinding> ToImmutable() => _list.ToImmutable();

    public static bool IsPositive(double value) => value > 0 && double.IsFinite(value);

    public static string Percent(double share) => Quantity.Number(100 * share, 3) + " %";
}
