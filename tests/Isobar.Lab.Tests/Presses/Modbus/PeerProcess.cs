using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Isobar.Lab.Tests.Presses.Modbus;

/// <summary>A program that nobody here wrote, kept running for the length of a test.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    private PeerProcess(Process process) => _process = process;

    /// <summary>Starts it and waits until it says a word.</summary>
    public static async Task<PeerProcess> StartAsync(string word, bool onError, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var peer = new PeerProcess(process);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        List<string> said = [];
        while (await (onError ? process.StandardError : process.StandardOutput).ReadLineAsync(patience.Token) is { } line)
        {
            said.Add(line);
            if (!line.Contains(word, StringComparison.Ordinal)) continue;
            // A peer that complains for long enough would stop when nobody listens.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return peer;
        }

        string rest = await process.StandardError.ReadToEndAsync(patience.Token);
        peer.Dispose();
        throw new InvalidOperationException($"{program} ended without saying '{word}': {string.Join(" | ", said)} {rest}");
    }

    /// <summary>Runs a program to its end and gives what it printed.</summary>
    public static async Task<(int Code, string Text)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output + await error);
    }

    /// <summary>A port of loopback that is free now.</summary>
    public static int FreePort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }

    /// <summary>Asks it to end as a terminal would, so that it finishes its files.</summary>
    public async Task InterruptAsync()
    {
        await RunAsync("kill", "-INT", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(patience.Token);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
