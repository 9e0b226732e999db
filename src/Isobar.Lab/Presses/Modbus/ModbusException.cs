namespace Isobar.Lab.Presses.Modbus;

/// <summary>In which way an exchange failed.</summary>
public enum ModbusFailure
{
    /// <summary>No answer in time; the connection was closed, because a late answer must never be taken for the next one.</summary>
    NoAnswer,

    /// <summary>The device answered that it will not; the connection is fine.</summary>
    Refused,

    /// <summary>The answer does not belong to the question or is damaged; the connection was closed.</summary>
    Malformed,

    /// <summary>There is no connection.</summary>
    NotConnected,
}

/// <summary>A Modbus exchange failed. Whether a write took effect is not known then, and nothing is ever sent twice.</summary>
/// <param name="message">What was asked, what came, what was expected.</param>
/// <param name="failure">In which way.</param>
/// <param name="inner">The cause below.</param>
public sealed class ModbusException(string message, ModbusFailure failure, Exception? inner = null) : PressException(message, inner)
{
    /// <summary>In which way.</summary>
    public ModbusFailure Failure { get; } = failure;
}
