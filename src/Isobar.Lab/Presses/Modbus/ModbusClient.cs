namespace Isobar.Lab.Presses.Modbus;

/// <summary>
/// Reads and writes registers of one device. Every header field of every answer is checked, an answer nobody waits for is thrown away,
/// and neither reads nor writes are ever repeated on their own: the caller knows whether a command may be given again.
/// </summary>
/// <param name="line">The way to the device.</param>
/// <param name="unit">Its address on the line.</param>
public sealed class ModbusClient(IModbusLine line, byte unit) : IAsyncDisposable
{
    private readonly byte[] _request = new byte[ModbusPdu.Longest];
    private readonly byte[] _answer = new byte[ModbusPdu.Longest];
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Opens the line.</summary>
    /// <exception cref="ModbusException">It cannot be opened.</exception>
    public ValueTask OpenAsync(CancellationToken cancellation) => line.OpenAsync(cancellation);

    /// <summary>Reads holding registers (function 3) or input registers (function 4).</summary>
    /// <exception cref="ModbusException">The exchange failed; <paramref name="registers"/> is untouched.</exception>
    public async ValueTask ReadAsync(bool input, ushort address, Memory<ushort> registers, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            int length = ModbusPdu.Read(_request, input ? ModbusFunction.ReadInput : ModbusFunction.ReadHolding, address, registers.Length);
            int got = await ExchangeAsync(length, cancellation);
            ModbusPdu.Registers(_answer.AsSpan(0, got), registers.Span);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Writes one register (function 6).</summary>
    /// <exception cref="ModbusException">The exchange failed; whether the device took it is not known.</exception>
    public async ValueTask WriteAsync(ushort address, ushort value, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await ExchangeAsync(ModbusPdu.WriteOne(_request, address, value), cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Writes neighbouring registers in one transaction (function 16).</summary>
    /// <exception cref="ModbusException">The exchange failed; whether the device took it is not known.</exception>
    public async ValueTask WriteAsync(ushort address, ReadOnlyMemory<ushort> values, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await ExchangeAsync(ModbusPdu.WriteMany(_request, address, values.Span), cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Writes and then reads in one transaction (function 23).</summary>
    /// <exception cref="ModbusException">The exchange failed; whether the device took it is not known.</exception>
    public async ValueTask ReadWriteAsync(ushort readAddress, Memory<ushort> registers, ushort writeAddress, ReadOnlyMemory<ushort> values, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            int got = await ExchangeAsync(ModbusPdu.ReadWrite(_request, readAddress, registers.Length, writeAddress, values.Span), cancellation);
            ModbusPdu.Registers(_answer.AsSpan(0, got), registers.Span);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Closes the line.</summary>
    public async ValueTask DisposeAsync()
    {
        await line.DisposeAsync();
        _turn.Dispose();
    }

    private async ValueTask<int> ExchangeAsync(int length, CancellationToken cancellation)
    {
        int got = await line.ExchangeAsync(unit, _request.AsMemory(0, length), _answer, cancellation);
        return ModbusPdu.Refusal(_answer.AsSpan(0, got)) is { } reason
            ? throw new ModbusException($"{line.Name}, unit {unit} refuses function {_request[0]}: {reason}", ModbusFailure.Refused)
            : got;
    }
}
