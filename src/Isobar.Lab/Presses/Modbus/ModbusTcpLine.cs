using System.Buffers.Binary;
using System.Net.Sockets;
using Isobar.Quantities;

namespace Isobar.Lab.Presses.Modbus;

/// <summary>
/// Modbus TCP. Each request carries a transaction number of its own; an answer with another number is late or doubled and is thrown away.
/// After silence the socket is closed: what is still under way dies with it.
/// </summary>
/// <param name="host">Name or address of the device.</param>
/// <param name="port">Its port, usually 502.</param>
/// <param name="timeout">Longest wait for an answer or a connection.</param>
public sealed class ModbusTcpLine(string host, int port, Duration timeout) : IModbusLine
{
    private const int HeaderLength = 7;
    private readonly byte[] _frame = new byte[HeaderLength + ModbusPdu.Longest];
    private readonly byte[] _header = new byte[HeaderLength];
    private Socket? _socket;
    private CancellationTokenSource _deadline = new();
    private ushort _transaction;

    /// <inheritdoc/>
    public string Name { get; } = $"{host}:{port}";

    /// <inheritdoc/>
    public async ValueTask OpenAsync(CancellationToken cancellation)
    {
        if (_socket is not null) return;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(TimeSpan.FromSeconds(timeout.Seconds));
        try
        {
            await socket.ConnectAsync(host, port, deadline.Token);
            _socket = socket;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            cancellation.ThrowIfCancellationRequested();
            string why = exception is SocketException ? exception.Message : $"no connection within {timeout}";
            throw new ModbusException($"{Name} cannot be reached: {why}; check that the press is on, its address and its port", ModbusFailure.NotConnected, exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> ExchangeAsync(byte unit, ReadOnlyMemory<byte> request, Memory<byte> answer, CancellationToken cancellation)
    {
        await OpenAsync(cancellation);
        unchecked
        {
            _transaction++;
        }

        BinaryPrimitives.WriteUInt16BigEndian(_frame, _transaction);
        BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(2), 0);
        BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(4), (ushort)(request.Length + 1));
        _frame[6] = unit;
        request.CopyTo(_frame.AsMemory(HeaderLength));
        if (!_deadline.TryReset())
        {
            _deadline.Dispose();
            _deadline = new CancellationTokenSource();
        }

        _deadline.CancelAfter(TimeSpan.FromSeconds(timeout.Seconds));
        using CancellationTokenRegistration giveUp = cancellation.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _deadline);
        try
        {
            int length = await SendAndReceiveAsync(unit, request, answer);
            return length;
        }
        catch (OperationCanceledException exception)
        {
            Close();
            cancellation.ThrowIfCancellationRequested();
            throw new ModbusException($"{Name}, unit {unit} did not answer function {request.Span[0]} within {timeout}; the connection was closed", ModbusFailure.NoAnswer, exception);
        }
        catch (SocketException exception)
        {
            Close();
            throw new ModbusException($"{Name}: the connection broke: {exception.Message}", ModbusFailure.NotConnected, exception);
        }
        catch (ModbusException)
        {
            Close();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Close();
        _deadline.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<int> SendAndReceiveAsync(byte unit, ReadOnlyMemory<byte> request, Memory<byte> answer)
    {
        Memory<byte> frame = _frame.AsMemory(0, HeaderLength + request.Length);
        while (frame.Length > 0) frame = frame[await _socket!.SendAsync(frame, SocketFlags.None, _deadline.Token)..];
        while (true)
        {
            await FillAsync(_header);
            ushort transaction = BinaryPrimitives.ReadUInt16BigEndian(_header);
            ushort protocol = BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2));
            int length = BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(4)) - 1;
            if (protocol != 0) throw Malformed(unit, $"protocol {protocol} instead of 0");
            if (length is < 2 or > ModbusPdu.Longest) throw Malformed(unit, $"a length field of {length + 1}");
            await FillAsync(answer[..length]);
            if (transaction != _transaction) continue;
            if (_header[6] != unit) throw Malformed(unit, $"unit {_header[6]} answers");
            if (ModbusPdu.Fault(request.Span, answer.Span[..length]) is { } fault) throw Malformed(unit, fault);
            return length;
        }
    }

    private async ValueTask FillAsync(Memory<byte> place)
    {
        while (place.Length > 0)
        {
            int got = await _socket!.ReceiveAsync(place, SocketFlags.None, _deadline.Token);
            if (got == 0) throw new ModbusException($"{Name} closed the connection in the middle of an answer", ModbusFailure.NotConnected);
            place = place[got..];
        }
    }

    private ModbusException Malformed(byte unit, string found) => new($"{Name}, unit {unit}: {found}; the connection was closed", ModbusFailure.Malformed);

    private void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }
}
