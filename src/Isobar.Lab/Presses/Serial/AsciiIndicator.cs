using System.Text;

namespace Isobar.Lab.Presses.Serial;

/// <summary>A reading of a load cell.</summary>
/// <param name="Sequence">Counter; 0 before the first.</param>
/// <param name="ForceNewtons">Force; NaN before the first.</param>
/// <param name="Timestamp">When it came, on the clock that was given.</param>
public readonly record struct IndicatorReading(long Sequence, double ForceNewtons, long Timestamp);

/// <summary>
/// Listens to a load cell or indicator. Half a line is no reading: what came before the first line end, or without one, is thrown away,
/// and so is a line that the pattern does not know; how many is counted.
/// </summary>
public sealed class AsciiIndicator : IAsyncDisposable
{
    private const int LongestLine = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly IndicatorProfile _profile;
    private readonly Stream _stream;
    private readonly IDisposable? _owned;
    private readonly Func<bool> _isThere;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly List<Task> _working = [];
    private IndicatorReading _last = new(0, double.NaN, 0);
    private string? _failure;

    /// <summary>Listens on the port of the profile.</summary>
    /// <exception cref="PressException">The port cannot be opened.</exception>
    public static AsciiIndicator Open(IndicatorProfile profile, TimeProvider time)
    {
        try
        {
            System.IO.Ports.SerialPort port = profile.Serial.Open();
            // A pending read of a port that was pulled out may never come back; that its name has gone tells.
            Func<bool> isThere = OperatingSystem.IsWindows() ? () => true : () => File.Exists(profile.Serial.Port);
            return new AsciiIndicator(profile, port.BaseStream, port, time, isThere);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new PressException($"the indicator at {profile.Serial.Port} cannot be opened: {exception.Message}", exception);
        }
    }

    internal AsciiIndicator(IndicatorProfile profile, Stream stream, IDisposable? owned, TimeProvider time, Func<bool>? isThere = null)
    {
        _isThere = isThere ?? (() => true);
        _profile = profile;
        _stream = stream;
        _owned = owned;
        _time = time;
        _working.Add(Task.Run(ListenAsync));
        if (profile.Request is not null) _working.Add(Task.Run(RequestAsync));
    }

    /// <summary>The last reading.</summary>
    public IndicatorReading Last
    {
        get
        {
            lock (_gate) return _last;
        }
    }

    /// <summary>Why nothing comes any more; null while the line is open.</summary>
    public string? Failure
    {
        get
        {
            lock (_gate) return _failure;
        }
    }

    /// <summary>Lines that the pattern did not know.</summary>
    public long Unknown { get; private set; }

    /// <summary>Closes the line.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await CloseAsync();
        await Task.WhenAll(_working);
        _closing.Dispose();
    }

    // Closing a port that was pulled out may block for ever in the runtime; its handle is closed with the process then.
    private async Task CloseAsync()
    {
        if (_owned is not { } port) return;
        Task closed = Task.Run(port.Dispose);
        await Task.WhenAny(closed, Task.Delay(Patience, _time));
        if (closed.IsCompleted) await closed;
    }

    private async Task ListenAsync()
    {
        byte[] buffer = new byte[LongestLine];
        var line = new StringBuilder(LongestLine);
        bool whole = false;
        try
        {
            while (true)
            {
                int got = await ReadAsync(buffer);
                if (got == 0)
                {
                    Fail("the line was closed at the other end");
                    return;
                }

                foreach (byte value in buffer.AsSpan(0, got))
                {
                    if (value is (byte)'\r' or (byte)'\n')
                    {
                        if (whole && line.Length > 0) Take(line.ToString());
                        line.Clear();
                        whole = true;
                    }
                    else if (line.Length >= LongestLine)
                    {
                        whole = false;
                        line.Clear();
                    }
                    else
                    {
                        line.Append((char)value);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Closed by us.
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or UnauthorizedAccessException)
        {
            Fail(exception.Message);
        }
    }

    // Zero when the line has ended.
    private async Task<int> ReadAsync(byte[] buffer)
    {
        Task<int> reading = _stream.ReadAsync(buffer, _closing.Token).AsTask();
        while (true)
        {
            try
            {
                return await reading.WaitAsync(Patience, _time, _closing.Token);
            }
            catch (TimeoutException)
            {
                if (!_isThere()) return 0;
            }
        }
    }

    private async Task RequestAsync()
    {
        byte[] request = Encoding.ASCII.GetBytes(_profile.Request!.Replace("\\r", "\r", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal));
        try
        {
            while (true)
            {
                await _stream.WriteAsync(request, _closing.Token).AsTask().WaitAsync(_closing.Token);
                await Task.Delay(TimeSpan.FromSeconds(1 / _profile.RateHertz), _time, _closing.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Closed by us.
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            Fail(exception.Message);
        }
    }

    private void Take(string line)
    {
        double? force = _profile.ForceOf(line);
        lock (_gate)
        {
            if (force is { } newtons) _last = new IndicatorReading(_last.Sequence + 1, newtons, _time.GetTimestamp());
            else Unknown++;
        }
    }

    private void Fail(string why)
    {
        lock (_gate) _failure ??= why;
    }
}
