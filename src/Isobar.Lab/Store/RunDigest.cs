using System.Security.Cryptography;
using Isobar.Protocols;

namespace Isobar.Lab.Store;

/// <summary>
/// Digest of what a run did: SHA-256 over the protocol, its samples and its events, each with its time since the start. No clock, no id and
/// no name of a machine goes in, so that a simulated run with the same seed has the same digest.
/// </summary>
public sealed class RunDigest : IDisposable
{
    private readonly byte[] _protocol;
    private readonly IncrementalHash _samples = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _events = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _sample = new byte[RunEncoding.SampleBytes];

    /// <summary>A digest that has seen the protocol only.</summary>
    public RunDigest(Protocol protocol) => _protocol = SHA256.HashData(ProtocolJson.Write(protocol));

    /// <summary>Takes a sample.</summary>
    public void Add(in TraceSample sample)
    {
        RunEncoding.Write(sample, _sample);
        _samples.AppendData(_sample);
    }

    /// <summary>Takes an event.</summary>
    public void Add(RunEvent runEvent) => _events.AppendData(RunEncoding.Pack(runEvent));

    /// <summary>The digest so far, with an outcome, in hexadecimal.</summary>
    public string Of(RunOutcome outcome)
    {
        byte[] all = [.. _protocol, .. _samples.GetCurrentHash(), .. _events.GetCurrentHash(), (byte)outcome];
        return Convert.ToHexStringLower(SHA256.HashData(all));
    }

    /// <summary>The digest of a finished run.</summary>
    public static string Of(RunRecord run)
    {
        using var digest = new RunDigest(run.Protocol);
        foreach (TraceSample sample in run.Samples) digest.Add(sample);
        foreach (RunEvent e in run.Events) digest.Add(e);
        return digest.Of(run.Outcome);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _samples.Dispose();
        _events.Dispose();
    }
}
