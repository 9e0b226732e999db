using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Presses.Modbus;

/// <summary>
/// A press behind Modbus whose own device closes the force loop. Set-point and heartbeat travel in one transaction and are absolute; nothing is
/// believed before the profile's constant has been read with its value, and nothing is written to a press whose watchdog is not proven.
/// </summary>
public sealed class ModbusPress : IPress
{
    // A constant that went through a 32-bit real comes back with a relative error of this order.
    private const double ProofTolerance = 1e-6;

    private readonly PressProfile _profile;
    private readonly PressRegisters _map;
    private readonly ModbusClient _client;
    private readonly ushort _first;
    private readonly ushort[] _image;
    private readonly ushort _commandFirst;
    private readonly ushort[] _command;
    private bool _proven;

    /// <summary>A press over a line of its own.</summary>
    public ModbusPress(PressProfile profile)
        : this(profile, profile.Connection.Line())
    {
    }

    /// <summary>A press over a given line.</summary>
    /// <exception cref="ArgumentException">The registers do not fit one transaction.</exception>
    public ModbusPress(PressProfile profile, IModbusLine line)
    {
        _profile = profile;
        _map = profile.Registers;
        _client = new ModbusClient(line, profile.Connection.Unit);
        RegisterValue?[] read = [_map.Force, _map.Displacement, _map.Thickness, _map.Sequence, _map.HeartbeatEcho, _map.Temperature];
        (_first, _image) = Block(read, ModbusPdu.MostRead, "read in one transaction, so that they belong to one moment");
        (_commandFirst, _command) = Block([_map.Setpoint, _map.Heartbeat], 4, "neighbours, so that set-point and heartbeat travel in one transaction");
        if (_command.Length > 0 && _map.Setpoint is { } setpoint && _map.Heartbeat is { } heartbeat && _command.Length != setpoint.Length + heartbeat.Length)
            throw new ArgumentException($"the registers of set-point ({setpoint.Address}) and heartbeat ({heartbeat.Address}) are no neighbours; they must travel in one transaction", nameof(profile));
    }

    /// <inheritdoc/>
    public string Name => _profile.Instrument.Name;

    /// <inheritdoc/>
    public PressLimits Limits => _profile.Limits with { Force = _profile.Limits.Force ?? _profile.Instrument.Capacity };

    /// <inheritdoc/>
    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        await _client.OpenAsync(cancellation);
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
    public async ValueTask WriteAsync(Force setpoint, uint heartbeat, CancellationToken cancellation)
    {
        if (_profile.MonitorOnly is { } reason) throw new PressException($"{Name} is only watched: {reason}");
        if (!_proven) throw new PressException($"{Name}: nothing is written before its constant was read");
        double newtons = setpoint.Newtons;
        if (!(newtons >= 0 && newtons <= _profile.Instrument.Capacity.Newtons))
            throw new PressException($"{Name} goes from 0 to {_profile.Instrument.Capacity}, the set-point is {setpoint}");
        _map.Setpoint!.Value.Write(_command, _commandFirst, _map.Order, newtons);
        RegisterValue beat = _map.Heartbeat!.Value;
        uint counted = beat.Length == 1 ? heartbeat & 0xFFFF : heartbeat;
        beat.Write(_command, _commandFirst, _map.Order, counted);
        await _client.WriteAsync(_commandFirst, _command, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask<PressSample> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            // Behind a line that was opened anew may stand another device.
            if (!_proven) await ConnectAsync(cancellation);
            await _client.ReadAsync(_map.Input, _first, _image, cancellation);
        }
        catch (PressException)
        {
            _proven = false;
            throw;
        }

        double force = Value(_map.Force);
        double displacement = _map.Displacement is { } x ? Value(x) : double.NaN;
        double thickness = _map.Thickness is { } h ? Value(h) : double.NaN;
        SampleQuality quality = double.IsFinite(force) ? SampleQuality.Good : SampleQuality.Bad;
        double kelvins = _map.Temperature is { } temperature ? Value(temperature) : double.NaN;
        return new PressSample((long)Value(_map.Sequence), force, displacement, thickness, quality, kelvins) { Echo = _map.HeartbeatEcho is { } echo ? new HeartbeatEcho((uint)Value(echo), 16 * echo.Length) : null };
    }

    /// <inheritdoc/>
    public async ValueTask DumpAsync(CancellationToken cancellation)
    {
        if (_profile.MonitorOnly is { } reason) throw new PressException($"{Name} is only watched: {reason}");
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
