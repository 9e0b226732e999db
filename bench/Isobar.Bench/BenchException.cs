namespace Isobar.Bench;

/// <summary>A measurement that cannot be made or means nothing; the message says why and what to do.</summary>
internal sealed class BenchException(string message) : Exception(message);
