using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Presses.Hand;

/// <summary>What a person at a hand press is to do now, and to read.</summary>
/// <param name="StepName">The step; empty on the way out.</param>
/// <param name="Phase">What the run is doing.</param>
/// <param name="Text">What to do, in words.</param>
/// <param name="Target">Force to read; null when any reading will do.</param>
/// <param name="Lowest">Lowest force that counts.</param>
/// <param name="Highest">Highest force that counts.</param>
/// <param name="Time">How long it should take, or how long is still to hold.</param>
public sealed record HandQuestion(string StepName, RunPhase Phase, string Text, Force? Target, Force? Lowest, Force? Highest, Duration? Time);

/// <summary>What the person says: a reading, or something that is to be done with the run.</summary>
/// <param name="Reading">What the gauge shows, as a force; null for a verb.</param>
/// <param name="Verb">Hold, resume, stop or abort; null for a reading.</param>
/// <param name="Reason">Why.</param>
public sealed record HandAnswer(Force? Reading, PressVerb? Verb, string Reason)
{
    /// <summary>A reading.</summary>
    public static HandAnswer Of(Force reading) => new(reading, null, "");
}

/// <summary>The person at a hand press.</summary>
public interface IHandPerson
{
    /// <summary>Asks and waits for the answer; cancelled means STOP.</summary>
    Task<HandAnswer> AskAsync(HandQuestion question, CancellationToken cancellation);
}
