namespace Isobar.Lab.Presses.Modbus;

/// <summary>Shows a device on a serial line as Modbus RTU. Frames are told by their length and checksum; what fits neither is thrown away.</summary>
public sealed class ModbusRtuServer : IAsyncDisposable
{
    private const int Longest = 256;
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(50);

    private readonly IRegisterDevice _device;
    private readonly byte _unit;
    private readonly System.IO.Ports.SerialPort _port;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _serving;

    /// <summary>Listens at once.</summary>
    /// <param name="device">What is shown.</param>
    /// <param name="unit">Its address.</param>
    /// <param name="settings">The line.</param>
    /// <exception cref="IOException">The port cannot be opened.</exception>
    public ModbusRtuServer(IRegisterDevice device, byte unit, SerialSettings settings)
    {
        _device = device;
        _unit = unit;
        _port = settings.Open();
        _serving = Task.Run(ServeAsync);
    }

    /// <summary>Closes the line.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _serving;
        _port.Dispose();
        _closing.Dispose();
    }

    private async Task ServeAsync()
    {
        byte[] frame = new byte[Longest];
        byte[] answer = new byte[Longest];
        int got = 0;
        while (!_closing.IsCancellationRequested)
        {
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
            if (got > 0) quiet.CancelAfter(Quiet);
            try
            {
                int read = await _port.BaseStream.ReadAsync(frame.AsMemory(got), quiet.Token);
                if (read == 0) return;
                got += read;
            }
            catch (OperationCanceledException)
            {
                // Silence in the middle of a frame: it will not be completed.
                got = 0;
                continue;
            }
            catch (IOException)
            {
                return;
            }

            if (Length(frame.AsSpan(0, got)) is not { } length) continue;
            if (got < length) continue;
            bool valid = got == length && Crc16.Of(frame.AsSpan(0, length - 2)) == (frame[length - 2] | (frame[length - 1] << 8));
            got = 0;
            if (!valid || frame[0] != _unit) continue;
            int answered = RegisterServer.Answer(_device, frame.AsSpan(1, length - 3), answer.AsSpan(1));
            answer[0] = _unit;
            ushort crc = Crc16.Of(answer.AsSpan(0, answered + 1));
            answer[answered + 1] = (byte)crc;
            answer[answered + 2] = (byte)(crc >> 8);
            await _port.BaseStream.WriteAsync(answer.AsMemory(0, answered + 3), _closing.Token);
        }
    }

    // Length of the request that begins here; null while too little of it has come.
    private static int? Length(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 2) return null;
        int counted = (ModbusFunction)frame[1] switch
        {
            ModbusFunction.WriteMany => 6,
            ModbusFunction.ReadWrite => 10,
            _ => 0,
        };
        if (counted == 0) return 8;
        return frame.Length > counted ? counted + 1 + frame[counted] + 2 : null;
    }
}
