using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Isobar.Numerics;

namespace Isobar.Lab.Tests.Presses.Modbus;

/// <summary>What happens to an answer on the way.</summary>
internal enum WireFault
{
    None,
    Late,
    Lost,
    Doubled,
    Truncated,
    WrongUnit,
    WrongFunction,
    WrongCount,
    WrongProtocol,
    Split,
    Reset,
}

/// <summary>
/// A TCP proxy that does to answers what no well-behaved server offers. It knows framing from the specification alone, nothing of the driver.
/// </summary>
internal sealed class FaultyWire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly Func<RandomDraw, WireFault> _choose;
    private readonly CancellationTokenSource _closing = new();
    private readonly List<Task> _tasks = [];
    private readonly Task _accepting;
    private readonly RandomDraw _draw;
    private readonly TimeSpan _delay;

    public FaultyWire(int target, ulong seed, TimeSpan delay, Func<RandomDraw, WireFault> choose)
    {
        _target = target;
        _delay = delay;
        _choose = choose;
        _draw = new RandomDraw(seed);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Dictionary<WireFault, int> Count { get; } = [];

    public async ValueTask DisposeAsync()
    {
        // In this order: whoever accepts must not meet a listener that was stopped, and adds no task any more.
        await _closing.CancelAsync();
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_tasks);
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync(_closing.Token);
                client.NoDelay = true;
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                if (!await ConnectAsync(server))
                {
                    client.Dispose();
                    server.Dispose();
                    continue;
                }

                _tasks.Add(PassRequestsAsync(client, server));
                _tasks.Add(PassAnswersAsync(server, client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    // A busy server may turn a connection away: the client loses that one, and the wire goes on.
    private async Task<bool> ConnectAsync(Socket server)
    {
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, _closing.Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task PassRequestsAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[512];
        try
        {
            while (await from.ReceiveAsync(buffer, SocketFlags.None, _closing.Token) is > 0 and var got) await to.SendAsync(buffer.AsMemory(0, got), SocketFlags.None, _closing.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One side hung up.
        }

        to.Dispose();
    }

    private async Task PassAnswersAsync(Socket from, Socket to)
    {
        byte[] frame = new byte[512];
        try
        {
            while (await FillAsync(from, frame.AsMemory(0, 7)))
            {
                int length = BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(4)) - 1;
                if (!await FillAsync(from, frame.AsMemory(7, length))) break;
                WireFault fault = _choose(_draw);
                Count[fault] = Count.GetValueOrDefault(fault) + 1;
                if (!await PassAsync(to, frame.AsMemory(0, 7 + length), fault)) break;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One side hung up.
        }

        to.Dispose();
        from.Dispose();
    }

    private async Task<bool> PassAsync(Socket to, Memory<byte> frame, WireFault fault)
    {
        switch (fault)
        {
            case WireFault.Late:
                await Task.Delay(_delay, _closing.Token);
                break;
            case WireFault.Lost:
                return true;
            case WireFault.Doubled:
                await to.SendAsync(frame, SocketFlags.None, _closing.Token);
                break;
            case WireFault.Truncated:
                frame = frame[..(frame.Length / 2)];
                break;
            case WireFault.WrongUnit:
                frame.Span[6] ^= 0x55;
                break;
            case WireFault.WrongFunction:
                frame.Span[7] = 4;
                break;
            case WireFault.WrongCount:
                frame.Span[8] ^= 0x02;
                break;
            case WireFault.WrongProtocol:
                frame.Span[3] = 1;
                break;
            case WireFault.Split:
                foreach (int cut in (int[])[3, 6])
                {
                    await to.SendAsync(frame[..cut], SocketFlags.None, _closing.Token);
                    frame = frame[cut..];
                    await Task.Yield();
                }

                break;
            case WireFault.Reset:
                to.LingerState = new LingerOption(true, 0);
                return false;
            default:
                break;
        }

        await to.SendAsync(frame, SocketFlags.None, _closing.Token);
        return fault != WireFault.Truncated;
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
}

/// <summary>Seeded draws, one reader at a time.</summary>
internal sealed class RandomDraw(ulong seed)
{
    private RandomSource _source = new(seed);

    public double Next() => _source.NextUniform();
}
