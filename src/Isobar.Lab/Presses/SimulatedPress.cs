using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Presses;

/// <summary>What goes wrong on a simulated press.</summary>
public enum PressFaultKind
{
    /// <summary>The force reading repeats itself.</summary>
    SensorFreeze,

    /// <summary>The force reading is not a number.</summary>
    SensorNotANumber,

    /// <summary>The link is dead: neither reads nor writes arrive, the device's watchdog releases.</summary>
    LinkLoss,

    /// <summary>The force reading jumps to full scale.</summary>
    ForceSpike,

    /// <summary>The actuator does not move.</summary>
    ActuatorStuck,
}

/// <summary>A fault with its time.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Start">When, since the start of the simulated press.</param>
/// <param name="Duration">For how long.</param>
public readonly record struct PressFault(PressFaultKind Kind, Duration Start, Duration Duration);

/// <summary>A press with a sample, on simulated time, behind the same port as a real one, watchdog included.</summary>
public sealed class SimulatedPress : IVirtualPress
{
    /// <summary>Without a heartbeat for this long the device releases, s.</summary>
    public const double WatchdogSeconds = 0.5;

    // Rate at which the device releases on its own: the full capacity in ten seconds.
    private const double WatchdogReleaseSeconds = 10;

    private readonly PressPlantParameters _parameters;
    private readonly ImmutableArray<ColumnLayer> _layers;
    private readonly ImmutableArray<PressFault> _faults;
    private readonly PressTwin _twin;
    private HeartbeatWatch _program = HeartbeatWatch.Start(0);
    private bool _dumping;
    private bool _driven;
    private double _forceNewtons;
    private double _displacementMetres;
    private long _sequence;

    /// <summary>A press of which the sample is known layer by layer.</summary>
    /// <param name="parameters">Which press.</param>
    /// <param name="die">Die with its area and wall friction.</param>
    /// <param name="layers">Layers of the cell, the lowest in the die first; names are unique.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="faults">Faults to inject.</param>
    public SimulatedPress(PressPlantParameters parameters, Die die, ImmutableArray<ColumnLayer> layers, ulong seed, ImmutableArray<PressFault> faults = default)
    {
        _parameters = parameters;
        _layers = layers;
        _faults = faults.IsDefault ? [] : faults;
        var column = new SampleColumn(die.Area, die.WallFriction.Value.Value, die.LateralRatio.Value.Value);
        _twin = new PressTwin(parameters, column, seed);
    }

    /// <inheritdoc/>
    public string Name => _parameters.Name;

    /// <summary>The press as planner, validation and judge see it.</summary>
    public PressInstrument Instrument => _parameters.Instrument;

    /// <summary>How the force sensor of this press errs: its zero, and what it shows for a force. The device closes its loop on what it shows.</summary>
    public ForceChain Indication { get; init; } = ForceChain.Plain;

    /// <summary>Whether the watchdog has tripped: no heartbeat for too long.</summary>
    internal bool Tripped => _program.IsSilent(_twin.TimeSeconds, WatchdogSeconds);

    /// <summary>Largest speed of the ram, m/s.</summary>
    internal double LargestSpeed => _parameters.LargestSpeed;

    /// <summary>What the device itself is asked for now; its watchdog takes it down.</summary>
    internal double SetpointNewtons => _twin.SetpointNewtons;

    /// <summary>The truth behind the readings.</summary>
    internal PressPlant Plant => _twin.Plant;

    /// <inheritdoc/>
    public void Load(Protocol protocol)
    {
        ImmutableHashSet<string> later = [.. protocol.Steps.OfType<PromptStep>().Select(step => step.Adds).OfType<string>()];
        foreach (string name in later) Find(name);
        foreach (ColumnLayer layer in _layers)
        {
            if (!later.Contains(layer.Name)) _twin.AddLayer(layer);
        }
    }

    /// <inheritdoc/>
    public void AddLayer(string name) => _twin.AddLayer(Find(name));

    /// <inheritdoc/>
    public void Advance(Duration time)
    {
        long periods = (long)Math.Round(time.Seconds / ForceController.PeriodSeconds);
        for (long i = 0; i < periods; i++)
        {
            _twin.Sensor = Active(PressFaultKind.SensorFreeze) ? SensorState.Frozen
                : Active(PressFaultKind.SensorNotANumber) ? SensorState.NotANumber
                : Active(PressFaultKind.ForceSpike) ? SensorState.Spiking
                : SensorState.Healthy;
            _twin.Plant.Stuck = Active(PressFaultKind.ActuatorStuck);
            if (_dumping || Tripped) Release();
            _twin.Step();
        }

        _forceNewtons = Indication.IsPlain ? _twin.TakeForce() : Indication.Indicated(new Force(_twin.TakeForce())).Newtons;
        _displacementMetres = _twin.TakeDisplacement();
        _sequence++;
    }

    /// <inheritdoc/>
    public ValueTask ConnectAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask WriteAsync(Force setpoint, uint heartbeat, CancellationToken cancellation)
    {
        Write(setpoint, heartbeat);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<PressSample> ReadAsync(CancellationToken cancellation) => ValueTask.FromResult(Read());

    /// <inheritdoc/>
    public ValueTask DumpAsync(CancellationToken cancellation)
    {
        Dump();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask HeatAsync(Temperature? target, CancellationToken cancellation)
    {
        Heat(target);
        return ValueTask.CompletedTask;
    }

    /// <summary>Takes a set-point of the platens' temperature; null switches the heating off.</summary>
    internal void Heat(Temperature? target)
    {
        ThrowWhenUnreachable();
        if (_twin.Heat is null)
        {
            if (target is null) return;
            throw new PressException($"{Name} has no heated platens");
        }

        if (target is { } kelvins && kelvins.Kelvins > _parameters.HottestKelvins) throw new PressException($"{Name} refuses {target}; its platens go up to {new Temperature(_parameters.HottestKelvins)}");
        _twin.WriteTemperature(target?.Kelvins ?? double.NaN);
    }

    /// <inheritdoc/>
    public ValueTask OpenAsync(Length gap, CancellationToken cancellation)
    {
        ThrowWhenUnreachable();
        _twin.Open(gap.Metres);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Puts every layer into the die at once, for a device that nobody opens.</summary>
    public void LoadAll()
    {
        foreach (ColumnLayer layer in _layers) _twin.AddLayer(layer);
    }

    /// <summary>Takes an absolute set-point with its heartbeat.</summary>
    internal void Write(Force setpoint, uint heartbeat)
    {
        ThrowWhenUnreachable();
        _program = _program.Hear(_twin.TimeSeconds, heartbeat);
        if (!(setpoint.Newtons >= 0 && setpoint.Newtons <= _parameters.CapacityNewtons))
            throw new PressException($"{Name} refuses a set-point of {setpoint}; it goes from 0 to {new Force(_parameters.CapacityNewtons)}");
        if (!_dumping && !Tripped) _twin.Write(Indication.IsPlain ? setpoint.Newtons : Math.Clamp(Indication.Sample(setpoint).Newtons, 0, _parameters.CapacityNewtons));
    }

    /// <summary>Takes a ram speed with its heartbeat, for a device without a force loop of its own.</summary>
    internal void Drive(double speedMetresPerSecond, uint heartbeat)
    {
        ThrowWhenUnreachable();
        _driven = true;
        _program = _program.Hear(_twin.TimeSeconds, heartbeat);
        if (!(Math.Abs(speedMetresPerSecond) <= _parameters.LargestSpeed)) throw new PressException($"{Name} refuses a ram speed of {new Speed(speedMetresPerSecond)}; it goes up to {new Speed(_parameters.LargestSpeed)}");
        if (!_dumping && !Tripped) _twin.Drive(speedMetresPerSecond);
    }

    /// <summary>The latest reading.</summary>
    internal PressSample Read()
    {
        ThrowWhenUnreachable();
        bool contact = _displacementMetres > -1e-6 || _twin.Plant.InContact;
        double thickness = contact ? _twin.Plant.ThicknessAtClosingMetres - _displacementMetres : double.NaN;
        SampleQuality quality = double.IsFinite(_forceNewtons) ? SampleQuality.Good : SampleQuality.Bad;
        return new PressSample(_sequence, _forceNewtons, _displacementMetres, thickness, quality, _twin.Heat?.PlatenKelvins ?? double.NaN) { Echo = new HeartbeatEcho(_program.Counter, 32) };
    }

    /// <summary>Begins to take the pressure away by the device's own means.</summary>
    internal void Dump()
    {
        ThrowWhenUnreachable();
        _dumping = true;
    }

    // The safe state: pressure away, heating off. A device without a force loop opens its valve until the punch is free.
    private void Release()
    {
        double rate = _parameters.CapacityNewtons / WatchdogReleaseSeconds;
        if (_driven) _twin.Drive(_twin.Plant.InContact ? -Math.Min(_parameters.LargestSpeed, rate / _parameters.SeriesStiffness) : 0);
        else _twin.Write(Math.Max(0, _twin.SetpointNewtons - (rate * ForceController.PeriodSeconds)));
        if (_twin.Heat is not null) _twin.WriteTemperature(double.NaN);
    }

    private void ThrowWhenUnreachable()
    {
        if (Active(PressFaultKind.LinkLoss)) throw new PressException($"{Name} does not answer");
    }

    private bool Active(PressFaultKind kind)
    {
        double now = _twin.TimeSeconds;
        foreach (PressFault fault in _faults)
        {
            if (fault.Kind == kind && now >= fault.Start.Seconds && now < fault.Start.Seconds + fault.Duration.Seconds) return true;
        }

        return false;
    }

    private ColumnLayer Find(string name)
    {
        foreach (ColumnLayer layer in _layers)
        {
            if (string.Equals(layer.Name, name, StringComparison.Ordinal)) return layer;
        }

        throw new PressException($"a prompt adds the layer '{name}', but the simulated cell has {string.Join(", ", _layers.Select(layer => $"'{layer.Name}'"))}");
    }
}
