using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Presses.Modbus;

/// <summary>
/// A press behind Modbus. Its own device closes the force loop: set-point and heartbeat travel in one transaction and are absolute; or, where it has an actuator
/// and no loop, the program does, and the speed of the ram travels with the heartbeat. Nothing is believed before the profile's constant
/// has been read with its value, nothing is written to a press whose watchdog is not proven, and a ram is not driven before the watchdog was seen to trip.
/// </summary>
public sealed class ModbusPress : IPress, IWatchdogBench
{
    // A constant that went through a 32-bit real comes back with a relative error of this order.
    private const double ProofTolerance = 1e-6;

    // Share of the capacity below which the press counts as empty.
    private const double EmptyShare = 0.005;

    private readonly PressProfile _profile;
    private readonly PressRegisters _map;
    private readonly ModbusClient _client;
    private readonly TimeProvider _time;
    private readonly WireForceLoop? _loop;
    private readonly ushort _first;
    private readonly ushort[] _image;
    private readonly ushort _commandFirst;
    private readonly ushort[] _command;
    private ushort[]? _heat;
    private bool _heatTaken = true;
    private bool _imageFresh;
    private uint _heartbeat;
    private bool _proven;

    /// <summary>A press over a line of its own, commanded 20 times a second.</summary>
    public ModbusPress(PressProfile profile)
        : this(profile, TimeProvider.System, RunEngine.TickSeconds)
    {
    }

    /// <summary>A press over a line of its own.</summary>
    /// <param name="profile">The press.</param>
    /// <param name="time">The clock.</param>
    /// <param name="periodSeconds">Period of the run's loop, which is that of a force loop that the program closes.</param>
    public ModbusPress(PressProfile profile, TimeProvider time, double periodSeconds)
        : this(profile, profile.Connection.Line(), time, periodSeconds)
    {
    }

    /// <summary>A press over a given line.</summary>
    /// <exception cref="ArgumentException">The registers do not fit one transaction.</exception>
    public ModbusPress(PressProfile profile, IModbusLine line, TimeProvider time, double periodSeconds)
    {
        _profile = profile;
        _map = profile.Registers;
        _time = time;
        _client = new ModbusClient(line, profile.Connection.Unit);
        _loop = _map.Actuator is null || profile.Drive is not { } drive ? null : new WireForceLoop(drive, periodSeconds);
        RegisterValue?[] read = [_map.Force, _map.Displacement, _map.Thickness, _map.Sequence, _map.HeartbeatEcho, _map.Temperature, _map.Tripped];
        (_first, _image) = Block(read, ModbusPdu.MostRead, "read in one transaction, so that they belong to one moment");
        (_commandFirst, _command) = Block([_map.Command, _map.Heartbeat], 4, "neighbours, so that command and heartbeat travel in one transaction");
        if (_command.Length > 0 && _map.Command is { } command && _map.Heartbeat is { } heartbeat && _command.Length != command.Length + heartbeat.Length)
            throw new ArgumentException($"the registers of set-point or actuator ({command.Address}) and heartbeat ({heartbeat.Address}) are no neighbours; they must travel in one transaction", nameof(profile));
    }

    /// <inheritdoc/>
    public string Name => _profile.Instrument.Name;

    /// <inheritdoc/>
    public PressLimits Limits => _profile.Limits with { Force = _profile.Limits.Force ?? _profile.Instrument.Capacity };

    /// <summary>What was seen of the watchdog; null before the press was armed, and for a device that closes its loop itself.</summary>
    public WatchdogProof? Proof { get; private set; }

    /// <summary>Told of the proof when the press is armed.</summary>
    public Action<WatchdogProof>? Proved { get; set; }

    /// <inheritdoc/>
    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        await _client.OpenAsync(cancellation);
        _imageFresh = false;
        // Behind a line that was opened anew may stand a device that was switched off meanwhile.
        _heatTaken = _heat is null;
        RegisterValue place = _map.Proof.Register;
        ushort[] registers = new ushort[place.Length];
        await _client.ReadAsync(_map.Input, place.Address, registers, cancellation);
        double found = place.Read(registers, place.Address, _map.Order);
        double expected = _map.Proof.Value;
        _proven = Math.Abs(found - expected) <= ProofTolerance * Math.Abs(expected);
        if (_proven) return;
        WordOrder other = _map.Order == WordOrder.HighFirst ? WordOrder.LowFirst : WordOrder.HighFirst;
        bool swapped = place.Length == 2 && Math.Abs(place.Read(registers, place.Address, other) - expected) <= ProofTolerance * Math.Abs(expected);
        string next = swapped ? "the words come in the other order: correct 'word_order' in the profile" : "check the address, the type and whether this is the press the profile describes";
        throw new PressException($"{Name}: register {place.Address} reads {found:R} where the constant {expected:R} is expected; {next}. Nothing was written");
    }

    /// <inheritdoc/>
    public async ValueTask ArmAsync(CancellationToken cancellation)
    {
        ThrowWhenWatched();
        if (_loop is null) return;
        Proof = await new WatchdogTest(Name, _profile.Watchdog!, EmptyShare * _profile.Instrument.Capacity.Newtons, _time).RunAsync(this, cancellation);
        Proved?.Invoke(Proof);
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(Force setpoint, uint heartbeat, CancellationToken cancellation)
    {
        ThrowWhenWatched();
        double newtons = setpoint.Newtons;
        if (!(newtons >= 0 && newtons <= _profile.Instrument.Capacity.Newtons))
            throw new PressException($"{Name} goes from 0 to {_profile.Instrument.Capacity}, the set-point is {setpoint}");
        if (_loop is not null && Proof is null) throw new PressException($"{Name}: its ram is not driven before its watchdog was seen to trip; arm the press first");
        // The counter goes on from where the proof left it: a device knows no run, only beats.
        await CommandAsync(_loop?.Next(newtons) ?? newtons, unchecked(_heartbeat + heartbeat), cancellation);
        if (_heatTaken) return;
        await _client.WriteAsync(_map.TemperatureSetpoint!.Value.Address, _heat!, cancellation);
        _heatTaken = true;
    }

    /// <inheritdoc/>
    public async ValueTask HeatAsync(Temperature? target, CancellationToken cancellation)
    {
        if (_map.TemperatureSetpoint is not { } place)
        {
            if (target is null) return;
            throw new PressException($"{Name} has no register for the set-point of its platens' temperature");
        }

        ThrowWhenWatched();
        if (target is { } kelvins && !(kelvins.Kelvins > 0 && (_profile.Instrument.HottestPlatens is not { } hottest || kelvins <= hottest)))
            throw new PressException($"{Name}: a set-point of {kelvins} for platens that may have {_profile.Instrument.HottestPlatens} at most");
        ushort[] registers = new ushort[place.Length];
        place.Write(registers, place.Address, _map.Order, target?.Kelvins ?? _map.HeatingOffKelvins);
        // Absolute, like the set-point of the force: what did not arrive goes out with the next tick, and again to a device that comes back.
        (_heat, _heatTaken) = (registers, false);
        await _client.WriteAsync(place.Address, registers, cancellation);
        _heatTaken = true;
    }

    /// <inheritdoc/>
    public async ValueTask<PressSample> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            // Behind a line that was opened anew may stand another device.
            if (!_proven) await ConnectAsync(cancellation);
            if (!_imageFresh) await _client.ReadAsync(_map.Input, _first, _image, cancellation);
        }
        catch (PressException)
        {
            _proven = false;
            throw;
        }

        _imageFresh = false;
        double force = Value(_map.Force);
        double displacement = _map.Displacement is { } x ? Value(x) : double.NaN;
        double thickness = _map.Thickness is { } h ? Value(h) : double.NaN;
        SampleQuality quality = double.IsFinite(force) ? SampleQuality.Good : SampleQuality.Bad;
        double kelvins = _map.Temperature is { } temperature ? Value(temperature) : double.NaN;
        var sample = new PressSample((long)Value(_map.Sequence), force, displacement, thickness, quality, kelvins) { Echo = _map.HeartbeatEcho is { } echo ? new HeartbeatEcho((uint)Value(echo), 16 * echo.Length) : null };
        _loop?.Saw(sample);
        return sample;
    }

    /// <inheritdoc/>
    public async ValueTask DumpAsync(CancellationToken cancellation)
    {
        ThrowWhenWatched();
        if (_map.Dump is not { } dump)
        {
            // Without a dump of its own the watchdog is the way out: no heartbeat, no pressure.
            throw new PressException($"{Name} has no register for dumping; its watchdog releases it {_profile.Watchdog!.Timeout} after the last heartbeat");
        }

        ushort[] registers = new ushort[dump.Length];
        dump.Write(registers, dump.Address, _map.Order, 1);
        await _client.WriteAsync(dump.Address, registers, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _client.DisposeAsync();

    ValueTask IWatchdogBench.BeatAsync(CancellationToken cancellation) => CommandAsync(0, ++_heartbeat, cancellation);

    async ValueTask<(double ForceNewtons, bool Tripped)> IWatchdogBench.LookAsync(CancellationToken cancellation)
    {
        PressSample sample = await ReadAsync(cancellation);
        return (sample.ForceNewtons, Value(_map.Tripped!.Value) != 0);
    }

    // Command and heartbeat in one transaction; with function 23 the readings come back in it.
    private async ValueTask CommandAsync(double command, uint heartbeat, CancellationToken cancellation)
    {
        if (!_proven) throw new PressException($"{Name}: nothing is written before its constant was read");
        _map.Command!.Value.Write(_command, _commandFirst, _map.Order, command);
        RegisterValue beat = _map.Heartbeat!.Value;
        uint counted = beat.Length == 1 ? heartbeat & 0xFFFF : heartbeat;
        beat.Write(_command, _commandFirst, _map.Order, counted);
        _imageFresh = false;
        if (_map.ReadWrite)
        {
            await _client.ReadWriteAsync(_first, _image, _commandFirst, _command, cancellation);
            _imageFresh = true;
        }
        else
        {
            await _client.WriteAsync(_commandFirst, _command, cancellation);
        }
    }

    private void ThrowWhenWatched()
    {
        if (_profile.MonitorOnly is { } reason) throw new PressException($"{Name} is only watched: {reason}");
    }

    private double Value(RegisterValue place) => place.Read(_image, _first, _map.Order);

    private static (ushort First, ushort[] Block) Block(IReadOnlyList<RegisterValue?> values, int most, string why)
    {
        RegisterValue[] present = [.. values.OfType<RegisterValue>()];
        if (present.Length == 0) return (0, []);
        ushort first = present.Min(value => value.Address);
        int length = present.Max(value => value.Address + value.Length) - first;
        return length <= most ? (first, new ushort[length]) : throw new ArgumentException($"registers {first} to {first + length - 1} must be {why}; {length} is more than {most}", nameof(values));
    }
}
