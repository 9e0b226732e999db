namespace Isobar.Lab.Presses.Modbus;

/// <summary>A way to one or more Modbus devices: TCP or a serial line (RTU). One exchange at a time.</summary>
public interface IModbusLine : IAsyncDisposable
{
    /// <summary>What it leads to, for messages.</summary>
    string Name { get; }

    /// <summary>
    /// Sends a request once and gives the answer that belongs to it. After silence or damage the line is closed or drained, so that what
    /// comes late is never taken for an answer; the next exchange opens it again.
    /// </summary>
    /// <param name="unit">Address of the device.</param>
    /// <param name="request">Function code and data.</param>
    /// <param name="answer">Takes function code and data of the answer.</param>
    /// <param name="cancellation">Gives up waiting; the line is then treated as after silence.</param>
    /// <returns>Length of the answer, bytes.</returns>
    /// <exception cref="ModbusException">No answer, or one that does not belong to the request.</exception>
    ValueTask<int> ExchangeAsync(byte unit, ReadOnlyMemory<byte> request, Memory<byte> answer, CancellationToken cancellation);

    /// <summary>Opens the line when it is closed.</summary>
    /// <exception cref="ModbusException">It cannot be opened.</exception>
    ValueTask OpenAsync(CancellationToken cancellation);
}
