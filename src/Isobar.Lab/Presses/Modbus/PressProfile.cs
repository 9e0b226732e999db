using Isobar.Cells;
using Isobar.Control;
using Isobar.Quantities;

namespace Isobar.Lab.Presses.Modbus;

/// <summary>What a press does on its own when the heartbeat stays away.</summary>
public enum WatchdogBehaviour
{
    /// <summary>It takes its pressure away.</summary>
    Release,

    /// <summary>It keeps its force, valves locked.</summary>
    Hold,
}

/// <summary>The watchdog of a press, described by whoever has tested it.</summary>
/// <param name="Timeout">Longest silence it accepts.</param>
/// <param name="Behaviour">What it does then.</param>
/// <param name="Proven">When it was last shown to work; null when it never was.</param>
public sealed record PressWatchdog(Duration Timeout, WatchdogBehaviour Behaviour, DateOnly? Proven);

/// <summary>A constant of the device that proves address, type and word order before anything is believed.</summary>
/// <param name="Register">Where it stands.</param>
/// <param name="Value">What it must read.</param>
public readonly record struct ProofConstant(RegisterValue Register, double Value);

/// <summary>Where a press keeps what Isobar reads and writes.</summary>
/// <param name="Input">Read from input registers (function 4) instead of holding registers (function 3).</param>
/// <param name="Order">Order of the words of two-register values.</param>
/// <param name="Proof">Constant that proves the map.</param>
/// <param name="Force">Force on the sample, N.</param>
/// <param name="Displacement">Displacement, m; null when the press has none.</param>
/// <param name="Thickness">Thickness of the sample, m; null when the press has none.</param>
/// <param name="Sequence">Counter of the device's readings.</param>
/// <param name="HeartbeatEcho">Where the device shows the heartbeat it got last; null when it does not.</param>
/// <param name="Setpoint">Set-point, N; null when the press takes none.</param>
/// <param name="Heartbeat">Heartbeat counter, beside the set-point; null when the press takes none.</param>
/// <param name="Dump">Writing 1 here makes the device take its pressure away.</param>
public sealed record PressRegisters(
    bool Input,
    WordOrder Order,
    ProofConstant Proof,
    RegisterValue Force,
    RegisterValue? Displacement,
    RegisterValue? Thickness,
    RegisterValue Sequence,
    RegisterValue? HeartbeatEcho,
    RegisterValue? Setpoint,
    RegisterValue? Heartbeat,
    RegisterValue? Dump)
{
    /// <summary>Temperature of the platens, K; null when the press has none.</summary>
    public RegisterValue? Temperature { get; init; }

    /// <summary>Set-point of the platens' temperature, K; null when the press does not heat.</summary>
    public RegisterValue? TemperatureSetpoint { get; init; }

    /// <summary>What is written there to switch the heating off, K.</summary>
    public double HeatingOffKelvins { get; init; }

    /// <summary>Ram speed, m/s, positive when pressing, instead of a set-point: the program closes the force loop; null when the device does.</summary>
    public RegisterValue? Actuator { get; init; }

    /// <summary>Not zero while the watchdog of the device has tripped; null when it does not tell.</summary>
    public RegisterValue? Tripped { get; init; }

    /// <summary>Whether the device writes and reads in one transaction (function 23).</summary>
    public bool ReadWrite { get; init; }

    /// <summary>What is written in every tick beside the heartbeat: the set-point, or the speed of the ram.</summary>
    public RegisterValue? Command => Setpoint ?? Actuator;
}

/// <summary>How a line is reached.</summary>
/// <param name="Host">Host of a TCP line; null for a serial one.</param>
/// <param name="Port">Port of a TCP line.</param>
/// <param name="Serial">Settings of a serial line; null for TCP.</param>
/// <param name="Unit">Address of the device.</param>
/// <param name="Timeout">Longest wait for an answer.</param>
public sealed record PressConnection(string? Host, int Port, SerialSettings? Serial, byte Unit, Duration Timeout)
{
    /// <summary>A line to the device, not yet open.</summary>
    public IModbusLine Line() => Serial is { } serial ? new ModbusRtuLine(serial, Timeout) : new ModbusTcpLine(Host!, Port, Timeout);
}

/// <summary>A press as its laboratory describes it: how to reach it, where its values stand, what it can, what it does without us.</summary>
/// <param name="Instrument">Capacity, gauge class, resolution, calibrated range.</param>
/// <param name="Connection">How to reach it.</param>
/// <param name="Registers">Where its values stand.</param>
/// <param name="Watchdog">Its watchdog; a press without one is only watched, never commanded.</param>
public sealed record PressProfile(PressInstrument Instrument, PressConnection Connection, PressRegisters Registers, PressWatchdog? Watchdog) : PressDescription(Instrument)
{
    /// <summary>Limits of the press itself, watched beside those of the protocol.</summary>
    public PressLimits Limits { get; init; } = new();

    /// <summary>The press as the program's force loop knows it; null for a device that closes the loop itself.</summary>
    public DriveParameters? Drive { get; init; }

    /// <summary>The wire and the address.</summary>
    public override string Identity => Connection.Serial is { } serial
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"modbus rtu {serial.Port} unit {Connection.Unit}")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"modbus tcp {Connection.Host}:{Connection.Port} unit {Connection.Unit}");

    /// <summary>Why this press is only watched; null when it may be commanded.</summary>
    public string? MonitorOnly =>
        Watchdog is null ? "its profile describes no watchdog, so nothing would release it if this computer failed"
        : Watchdog.Proven is null ? "its watchdog was never proven; test it (pull the cable under a small load) and write the date as 'proven'"
        : Registers.Command is null || Registers.Heartbeat is null ? "its profile has no register for set-point and heartbeat"
        : Registers.Actuator is not null && Drive is null ? "the program would close its force loop, and its profile has no 'loop' that says how its ram answers"
        : Registers.Actuator is not null && Registers.Tripped is null ? "the program would close its force loop, and its profile has no register 'tripped' by which its watchdog could be proven before every run"
        : null;
}
