using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Isobar.Lab.Presses.Modbus;

/// <summary>
/// Shows a device on Modbus TCP, on loopback only: the simulated press speaks the language of a real one, so that driver and strangers'
/// tools see the same device.
/// </summary>
public sealed class ModbusTcpServer : IAsyncDisposable
{
    private const int HeaderLength = 7;
    private readonly IRegisterDevice _device;
    private readonly byte _unit;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _connections = [];
    private readonly Task _accepting;

    /// <summary>Listens at once.</summary>
    /// <param name="device">What is shown.</param>
    /// <param name="unit">Address it answers to, besides 255 and 0, which mean "you, whoever you are".</param>
    /// <param name="port">Port on loopback; 0 takes a free one.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public ModbusTcpServer(IRegisterDevice device, byte unit, int port)
    {
        _device = device;
        _unit = unit;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>The port it listens on.</summary>
    public int Port { get; }

    /// <summary>Closes every connection and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        // Before the listener stops: accepting on a stopped one is an error of its own kind.
        await _accepting;
        _listener.Stop();
        Task[] open;
        lock (_gate) open = [.. _connections];
        await Task.WhenAll(open);
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync(_closing.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            Task connection = ServeAsync(socket);
            lock (_gate) _connections.Add(connection);
            _ = connection.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private void Forget(Task connection)
    {
        lock (_gate) _connections.Remove(connection);
    }

    private async Task ServeAsync(Socket socket)
    {
        using Socket owned = socket;
        owned.NoDelay = true;
        byte[] request = new byte[HeaderLength + ModbusPdu.Longest];
        byte[] answer = new byte[HeaderLength + ModbusPdu.Longest];
        try
        {
            while (await FillAsync(owned, request.AsMemory(0, HeaderLength)))
            {
                int length = BinaryPrimitives.ReadUInt16BigEndian(request.AsSpan(4)) - 1;
                // A stranger that does not speak Modbus is hung up on.
                if (BinaryPrimitives.ReadUInt16BigEndian(request.AsSpan(2)) != 0 || length is < 1 or > ModbusPdu.Longest) return;
                if (!await FillAsync(owned, request.AsMemory(HeaderLength, length))) return;
                if (request[6] != _unit && request[6] is not (0 or 255)) continue;
                int answered = RegisterServer.Answer(_device, request.AsSpan(HeaderLength, length), answer.AsSpan(HeaderLength));
                request.AsSpan(0, HeaderLength).CopyTo(answer);
                BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(4), (ushort)(answered + 1));
                await SendAsync(owned, answer.AsMemory(0, HeaderLength + answered));
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // The client is gone or the server closes; both end the conversation and nothing else.
        }
    }

    private async ValueTask<bool> FillAsync(Socket socket, Memory<byte> place)
    {
        while (place.Length > 0)
        {
            int got = await socket.ReceiveAsync(place, SocketFlags.None, _closing.Token);
            if (got == 0) return false;
            place = place[got..];
        }

        return true;
    }

    private async ValueTask SendAsync(Socket socket, Memory<byte> bytes)
    {
        while (bytes.Length > 0) bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, _closing.Token)..];
    }
}
