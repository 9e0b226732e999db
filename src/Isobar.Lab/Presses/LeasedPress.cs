using Isobar.Lab.Store;
using Isobar.Quantities;

namespace Isobar.Lab.Presses;

/// <summary>A real press together with the right to command it. Every command asks for the lease first; reading needs none.</summary>
/// <param name="press">The press.</param>
/// <param name="lease">The right to command it.</param>
public sealed class LeasedPress(IPress press, PressLease lease) : IPress
{
    /// <summary>The right to command it.</summary>
    public PressLease Lease { get; } = lease;

    /// <inheritdoc/>
    public string Name => press.Name;

    /// <inheritdoc/>
    public PressLimits Limits => press.Limits;

    /// <inheritdoc/>
    public bool FollowsByItself => press.FollowsByItself;

    /// <inheritdoc/>
    public ValueTask ConnectAsync(CancellationToken cancellation) => press.ConnectAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask ArmAsync(CancellationToken cancellation)
    {
        Require();
        return press.ArmAsync(cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<PressSample> ReadAsync(CancellationToken cancellation) => press.ReadAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask WriteAsync(Force setpoint, uint heartbeat, CancellationToken cancellation)
    {
        Require();
        return press.WriteAsync(setpoint, heartbeat, cancellation);
    }

    /// <summary>Dumping takes force away and is open to whoever can reach the press.</summary>
    public ValueTask DumpAsync(CancellationToken cancellation) => press.DumpAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask HeatAsync(Temperature? target, CancellationToken cancellation)
    {
        Require();
        return press.HeatAsync(target, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask OpenAsync(Length gap, CancellationToken cancellation)
    {
        Require();
        return press.OpenAsync(gap, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => press.DisposeAsync();

    private void Require()
    {
        if (Lease.Lost is { } lost) throw new PressException(lost);
    }
}
