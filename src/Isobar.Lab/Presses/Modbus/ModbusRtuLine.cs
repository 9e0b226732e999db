using System.IO.Ports;
using Isobar.Quantities;

namespace Isobar.Lab.Presses.Modbus;

/// <summary>How a serial line is set.</summary>
/// <param name="Port">Device file or COM port.</param>
/// <param name="Baud">Bits per second.</param>
/// <param name="Parity">Parity; Modbus asks for even, or none with two stop bits.</param>
/// <param name="StopBits">Stop bits.</param>
public sealed record SerialSettings(string Port, int Baud, Parity Parity, StopBits StopBits)
{
    /// <summary>Bits of one byte on the line, with start, parity and stop bits.</summary>
    internal double BitsPerByte => 9 + (Parity == Parity.None ? 0 : 1) + (StopBits == StopBits.Two ? 2 : 1);

    /// <summary>Opens the port.</summary>
    /// <exception cref="IOException">There is no such port or it is in use.</exception>
    internal SerialPort Open()
    {
        var port = new SerialPort(Port, Baud, Parity, 8, StopBits);
        try
        {
            port.Open();
            return port;
        }
        catch
        {
            port.Dispose();
            throw;
        }
    }
}

/// <summary>
/// Modbus RTU. An answer carries no number, so what comes late can only be told by time: after silence or damage everything is thrown away
/// until the line has been quiet for a whole time-out, before anything is sent again.
/// </summary>
/// <param name="settings">The line.</param>
/// <param name="timeout">Longest wait for an answer.</param>
public sealed class ModbusRtuLine(SerialSettings settings, Duration timeout) : IModbusLine
{
    private const int Longest = 256;
    private readonly byte[] _frame = new byte[Longest];
    private readonly byte[] _received = new byte[Longest];
    private SerialPort? _port;
    private bool _unquiet;

    /// <inheritdoc/>
    public string Name => settings.Port;

    /// <inheritdoc/>
    public ValueTask OpenAsync(CancellationToken cancellation)
    {
        if (_port is not null) return ValueTask.CompletedTask;
        try
        {
            _port = settings.Open();
            _unquiet = true;
            return ValueTask.CompletedTask;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            throw new ModbusException($"the serial line {Name} cannot be opened: {exception.Message}; check the name, the cable and the rights on the port", ModbusFailure.NotConnected, exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> ExchangeAsync(byte unit, ReadOnlyMemory<byte> request, Memory<byte> answer, CancellationToken cancellation)
    {
        await OpenAsync(cancellation);
        try
        {
            if (_unquiet) await DrainAsync(cancellation);
            _unquiet = true;
            int length = await SendAndReceiveAsync(unit, request, answer, cancellation);
            _unquiet = false;
            return length;
        }
        catch (Exception exception) when (exception is IOException and not ModbusException or InvalidOperationException or UnauthorizedAccessException)
        {
            Close();
            throw new ModbusException($"{Name}: the serial line broke: {exception.Message}", ModbusFailure.NotConnected, exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<int> SendAndReceiveAsync(byte unit, ReadOnlyMemory<byte> request, Memory<byte> answer, CancellationToken cancellation)
    {
        _frame[0] = unit;
        request.CopyTo(_frame.AsMemory(1));
        int sent = request.Length + 3;
        ushort crc = Crc16.Of(_frame.AsSpan(0, sent - 2));
        _frame[sent - 2] = (byte)crc;
        _frame[sent - 1] = (byte)(crc >> 8);
        Stream stream = _port!.BaseStream;
        await stream.WriteAsync(_frame.AsMemory(0, sent), cancellation);

        int wanted = ModbusPdu.AnswerLength(request.Span) + 3;
        double wireSeconds = (sent + wanted) * settings.BitsPerByte / settings.Baud;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(TimeSpan.FromSeconds(timeout.Seconds + wireSeconds));
        int got = 0;
        while (got < wanted)
        {
            int read;
            try
            {
                read = await stream.ReadAsync(_received.AsMemory(got, wanted - got), deadline.Token);
            }
            catch (OperationCanceledException exception)
            {
                cancellation.ThrowIfCancellationRequested();
                string came = got == 0 ? "did not answer" : $"sent {got} of {wanted} bytes in answer to";
                throw new ModbusException($"{Name}, unit {unit} {came} function {request.Span[0]} within {timeout}", got == 0 ? ModbusFailure.NoAnswer : ModbusFailure.Malformed, exception);
            }

            if (read == 0) throw new ModbusException($"{Name}: the serial line was closed", ModbusFailure.NotConnected);
            got += read;
            // A refusal is shorter than what was asked for.
            if (got >= 2 && ModbusPdu.IsRefusal(_received[1])) wanted = 5;
        }

        return Accept(unit, request.Span, got, answer.Span);
    }

    private int Accept(byte unit, ReadOnlySpan<byte> request, int got, Span<byte> answer)
    {
        ushort crc = (ushort)(_received[got - 2] | (_received[got - 1] << 8));
        if (crc != Crc16.Of(_received.AsSpan(0, got - 2))) throw Malformed(unit, "the checksum of the answer is wrong; check the cable, its ends and the line's settings");
        if (_received[0] != unit) throw Malformed(unit, $"unit {_received[0]} answers");
        ReadOnlySpan<byte> pdu = _received.AsSpan(1, got - 3);
        if (ModbusPdu.Fault(request, pdu) is { } fault) throw Malformed(unit, fault);
        pdu.CopyTo(answer);
        return pdu.Length;
    }

    // Throws away what comes until nothing has come for a whole time-out.
    private async ValueTask DrainAsync(CancellationToken cancellation)
    {
        while (true)
        {
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            quiet.CancelAfter(TimeSpan.FromSeconds(timeout.Seconds));
            try
            {
                if (await _port!.BaseStream.ReadAsync(_received, quiet.Token) == 0) throw new ModbusException($"{Name}: the serial line was closed", ModbusFailure.NotConnected);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private ModbusException Malformed(byte unit, string found) => new($"{Name}, unit {unit}: {found}", ModbusFailure.Malformed);

    private void Close()
    {
        _port?.Dispose();
        _port = null;
    }
}
