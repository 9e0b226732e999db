namespace Isobar.Lab.Presses.Modbus;

/// <summary>Why a device refuses a request; the numbers are those on the wire.</summary>
public enum RegisterRefusal : byte
{
    /// <summary>It does not refuse.</summary>
    None = 0,

    /// <summary>It does not know the function.</summary>
    IllegalFunction = 1,

    /// <summary>A register does not exist.</summary>
    IllegalAddress = 2,

    /// <summary>A value is out of range or the request is malformed.</summary>
    IllegalValue = 3,

    /// <summary>The device failed.</summary>
    Failure = 4,
}

/// <summary>A device made of 16-bit registers, as a server shows it.</summary>
public interface IRegisterDevice
{
    /// <summary>Fills registers; a refusal leaves them meaningless.</summary>
    /// <param name="input">Input registers (function 4) instead of holding registers (function 3).</param>
    /// <param name="address">First register.</param>
    /// <param name="registers">Takes the values.</param>
    RegisterRefusal Read(bool input, ushort address, Span<ushort> registers);

    /// <summary>Takes values all at once or not at all.</summary>
    RegisterRefusal Write(ushort address, ReadOnlySpan<ushort> values);
}
