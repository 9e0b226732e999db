namespace Isobar.Lab.Presses;

/// <summary>Something whose force can be read and that is never commanded.</summary>
public interface ILoadCell : IAsyncDisposable
{
    /// <summary>What it is called.</summary>
    string Name { get; }

    /// <summary>Reads it.</summary>
    /// <exception cref="PressException">It does not answer.</exception>
    ValueTask<PressSample> ReadAsync(CancellationToken cancellation);

    /// <summary>Lets time pass where it is simulated; does nothing where it is not.</summary>
    void Advance(double seconds);

    /// <summary>Whether time is simulated.</summary>
    bool IsSimulated { get; }
}

/// <summary>A press that is only read.</summary>
/// <param name="press">The press; it is never written to.</param>
public sealed class WatchedPress(IPress press) : ILoadCell
{
    private bool _connected;

    /// <inheritdoc/>
    public string Name => press.Name;

    /// <inheritdoc/>
    public bool IsSimulated => false;

    /// <inheritdoc/>
    public async ValueTask<PressSample> ReadAsync(CancellationToken cancellation)
    {
        if (!_connected) await press.ConnectAsync(cancellation);
        _connected = true;
        return await press.ReadAsync(cancellation);
    }

    /// <inheritdoc/>
    public void Advance(double seconds)
    {
        // Real time passes by itself.
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => press.DisposeAsync();
}

/// <summary>The load cell of a simulated fixture over a cell that breathes once in a cycle and settles.</summary>
/// <param name="preset">The fixture.</param>
/// <param name="forceNewtons">Force at which it was closed.</param>
/// <param name="seed">Seed of the noise.</param>
public sealed class BreathingFixture(FixturePreset preset, double forceNewtons, ulong seed) : ILoadCell
{
    // A cycle of C/5, and what NMC811 against lithium grows and shrinks in it; the separator creeps by as much again in its first day.
    private const double CycleSeconds = 10 * 3600;
    private const double BreathingMetres = 5e-6;
    private const double CreepMetres = 2e-6;
    private const double CreepSeconds = 86_400;

    private readonly Control.StackFixture _fixture = new(preset.Fixture, forceNewtons, seed);
    private Numerics.RandomSource _noise = new(seed, 7);
    private double _seconds;
    private long _sequence;

    /// <inheritdoc/>
    public string Name => preset.Fixture.Name;

    /// <inheritdoc/>
    public bool IsSimulated => true;

    /// <inheritdoc/>
    public void Advance(double seconds)
    {
        _seconds += seconds;
        double breath = 0.5 * BreathingMetres * (1 - Math.Cos(2 * Math.PI * _seconds / CycleSeconds));
        _fixture.Advance(seconds, breath - (CreepMetres * (1 - Math.Exp(-_seconds / CreepSeconds))));
    }

    /// <inheritdoc/>
    public ValueTask<PressSample> ReadAsync(CancellationToken cancellation) => ValueTask.FromResult(new PressSample(
        ++_sequence, _fixture.ForceNewtons + (preset.Fixture.NoiseNewtons * _noise.NextNormal()), double.NaN, double.NaN, Protocols.SampleQuality.Good));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
