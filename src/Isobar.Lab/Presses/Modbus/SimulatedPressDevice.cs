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

    private const int Count = 17;
    private const double ZeroCelsius = 273.15;
    private readonly SimulatedPress _press;
    private readonly PressRegisters _map;
    private readonly ushort[] _image = new ushort[Count];
    private readonly Lock _gate = new();
    private uint _heartbeat;
    private bool _dumped;

    /// <summary>A device around a loaded press.</summary>
    /// <param name="press">The press.</param>
    /// <param name="driven">Whether it takes ram speeds instead of set-points: a device without a force loop of its own.</param>
    public SimulatedPressDevice(SimulatedPress press, bool driven = false)
    {
        _press = press;
        _map = MapOf(press.Instrument.HottestPlatens is not null, driven);
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

    /// <summary>The register map with heated platens, and without a force loop, as in <c>simulated-heated.yaml</c> and <c>simulated-driven.yaml</c> there.</summary>
    public static PressRegisters MapOf(bool heated, bool driven)
    {
        PressRegisters map = Map;
        if (heated)
        {
            map = map with
            {
                Temperature = new RegisterValue(14, RegisterType.SignedWord, 0.1, ZeroCelsius),
                TemperatureSetpoint = new RegisterValue(15, RegisterType.SignedWord, 0.1, ZeroCelsius),
                HeatingOffKelvins = ZeroCelsius,
            };
        }

        return driven ? map with { Setpoint = null, Actuator = new RegisterValue(10, RegisterType.Real, 1e-6), Tripped = new RegisterValue(16, RegisterType.Word) } : map;
    }

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
        if (input || address + registers.Length > Count) return RegisterRefusal.IllegalAddress;
        lock (_gate) _image.AsSpan(address, registers.Length).CopyTo(registers);
        return RegisterRefusal.None;
    }

    /// <inheritdoc/>
    public RegisterRefusal Write(ushort address, ReadOnlySpan<ushort> values)
    {
        RegisterValue commandPlace = _map.Command!.Value;
        // Only command with heartbeat, the dump, or the temperature: a command alone would come without a pulse.
        bool command = address == commandPlace.Address && values.Length == 3;
        bool dump = address == _map.Dump!.Value.Address && values.Length == 1;
        bool heat = address == _map.TemperatureSetpoint?.Address && values.Length == 1;
        if (!command && !dump && !heat) return RegisterRefusal.IllegalAddress;
        lock (_gate)
        {
            if (dump) return Dump(values[0]);
            if (heat) return Heat(values);
            double asked = commandPlace.Read(values, address, _map.Order);
            bool driven = _map.Actuator is not null;
            if (driven ? !(Math.Abs(asked) <= _press.LargestSpeed) : !(asked >= 0 && asked <= _press.Instrument.Capacity.Newtons)) return RegisterRefusal.IllegalValue;
            values.CopyTo(_image.AsSpan(address));
            _heartbeat = values[2];
            _image[_map.HeartbeatEcho!.Value.Address] = values[2];
            if (driven) _press.Drive(asked, _heartbeat);
            else _press.Write(new Force(asked), _heartbeat);
            return RegisterRefusal.None;
        }
    }

    private RegisterRefusal Heat(ReadOnlySpan<ushort> values)
    {
        RegisterValue place = _map.TemperatureSetpoint!.Value;
        double kelvins = place.Read(values, place.Address, _map.Order);
        if (kelvins > _press.Instrument.HottestPlatens!.Value.Kelvins) return RegisterRefusal.IllegalValue;
        values.CopyTo(_image.AsSpan(place.Address));
        _press.Heat(kelvins <= _map.HeatingOffKelvins ? null : new Temperature(kelvins));
        return RegisterRefusal.None;
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
        if (_map.Temperature is { } temperature) temperature.Write(_image, 0, _map.Order, sample.TemperatureKelvins);
        if (_map.Tripped is { } tripped) _image[tripped.Address] = _press.Tripped ? (ushort)1 : (ushort)0;
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
