using Isobar.Quantities;

namespace Isobar.Lab.Presses.Modbus;

/// <summary>
/// A simulated press as a Modbus device, watchdog included, so that the driver of a real press, mbpoll or a protocol analyser can look at it.
/// Time passes when <see cref="Advance"/> is called; <see cref="RealTimeDevice"/> does so in life's own time.
/// </summary>
public sealed class SimulatedPressDevice : IRegisterDevice
{
    /// <summary>What the constant register reads.</summary>
    public const double ProofValue = 1234.5;

    private const int Registers = 16;
    private readonly SimulatedPress _press;
    private readonly PressRegisters _map;
    private readonly ushort[] _image = new ushort[Registers];
    private readonly Lock _gate = new();
    private uint _heartbeat;
    private bool _dumped;

    /// <summary>A device around a loaded press.</summary>
    public SimulatedPressDevice(SimulatedPress press)
    {
        _press = press;
        _map = Map;
        _map.Proof.Register.Write(_image, 0, _map.Order, ProofValue);
        Publish();
    }

    /// <summary>Its register map, the same as in <c>examples/presses/simulated-modbus.yaml</c>.</summary>
    public static PressRegisters Map { get; } = new(
        Input: false,
        WordOrder.HighFirst,
        new ProofConstant(new RegisterValue(0, RegisterType.Real), ProofValue),
        Force: new RegisterValue(2, RegisterType.Real),
        Displacement: new RegisterValue(4, RegisterType.Real, 1e-3),
        Thickness: new RegisterValue(6, RegisterType.Real, 1e-3),
        Sequence: new RegisterValue(8, RegisterType.Word),
        HeartbeatEcho: new RegisterValue(9, RegisterType.Word),
        Setpoint: new RegisterValue(10, RegisterType.Real),
        Heartbeat: new RegisterValue(12, RegisterType.Word),
        Dump: new RegisterValue(13, RegisterType.Word));

    /// <summary>Lets time pass in the device.</summary>
    public void Advance(Duration time)
    {
        lock (_gate)
        {
            _press.Advance(time);
            Publish();
        }
    }

    /// <summary>Puts a layer in.</summary>
    public void AddLayer(string name)
    {
        lock (_gate) _press.AddLayer(name);
    }

    /// <inheritdoc/>
    public RegisterRefusal Read(bool input, ushort address, Span<ushort> registers)
    {
        if (input || address + registers.Length > Registers) return RegisterRefusal.IllegalAddress;
        lock (_gate) _image.AsSpan(address, registers.Length).CopyTo(registers);
        return RegisterRefusal.None;
    }

    /// <inheritdoc/>
    public RegisterRefusal Write(ushort address, ReadOnlySpan<ushort> values)
    {
        RegisterValue setpointPlace = _map.Setpoint!.Value;
        RegisterValue dumpPlace = _map.Dump!.Value;
        // Only set-point with heartbeat, or the dump: a set-point alone would be a command without a pulse.
        bool command = address == setpointPlace.Address && values.Length == 3;
        bool dump = address == dumpPlace.Address && values.Length == 1;
        if (!command && !dump) return RegisterRefusal.IllegalAddress;
        lock (_gate)
        {
            if (dump) return Dump(values[0]);
            double newtons = setpointPlace.Read(values, address, _map.Order);
            if (!(newtons >= 0 && newtons <= _press.Instrument.Capacity.Newtons)) return RegisterRefusal.IllegalValue;
            values.CopyTo(_image.AsSpan(address));
            _heartbeat = values[2];
            _press.Write(new Force(newtons), _heartbeat);
            return RegisterRefusal.None;
        }
    }

    private RegisterRefusal Dump(ushort value)
    {
        if (value != 1) return RegisterRefusal.IllegalValue;
        _press.Dump();
        _dumped = true;
        return RegisterRefusal.None;
    }

    private void Publish()
    {
        PressSample sample = _press.Read();
        Put(_map.Force, sample.ForceNewtons);
        Put(_map.Displacement!.Value, sample.DisplacementMetres);
        Put(_map.Thickness!.Value, sample.ThicknessMetres);
        _image[_map.Sequence.Address] = unchecked((ushort)sample.Sequence);
        _image[_map.HeartbeatEcho!.Value.Address] = unchecked((ushort)_heartbeat);
        _image[_map.Dump!.Value.Address] = _dumped ? (ushort)1 : (ushort)0;
    }

    // What the press does not know travels as the number that is none.
    private void Put(RegisterValue place, double si)
    {
        if (double.IsFinite(si))
        {
            place.Write(_image, 0, _map.Order, si);
            return;
        }

        uint bits = BitConverter.SingleToUInt32Bits(float.NaN);
        _image[place.Address] = (ushort)(bits >> 16);
        _image[place.Address + 1] = (ushort)bits;
    }
}
