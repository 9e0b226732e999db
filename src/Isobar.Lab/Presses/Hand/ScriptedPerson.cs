using Isobar.Quantities;

namespace Isobar.Lab.Presses.Hand;

/// <summary>A reading that was written down with its time.</summary>
/// <param name="At">Time since the begin of the run.</param>
/// <param name="Reading">What the gauge showed.</param>
public readonly record struct WrittenReading(Duration At, Force Reading);

/// <summary>
/// The readings of an operator sheet, entered afterwards: a person and a clock in one, so that the run is made again as it was written down.
/// </summary>
/// <param name="readings">The readings in order of time.</param>
public sealed class ScriptedPerson(IReadOnlyList<WrittenReading> readings) : TimeProvider, IHandPerson, IOperator
{
    private int _next;
    private double _seconds;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => (long)(_seconds * TimestampFrequency);

    /// <inheritdoc/>
    public Task<HandAnswer> AskAsync(HandQuestion question, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_next == readings.Count) throw new EndOfStreamException("the written readings end here");
        WrittenReading reading = readings[_next++];
        _seconds = reading.At.Seconds;
        return Task.FromResult(HandAnswer.Of(reading.Reading));
    }

    /// <inheritdoc/>
    public Task<Reply> ConfirmAsync(PromptRequest request, CancellationToken cancellation) => Task.FromResult(new Reply("as written down", new Duration(0)));
}
