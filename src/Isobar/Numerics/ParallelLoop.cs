namespace Isobar.Numerics;

/// <summary>
/// How a long calculation may share its work. The library starts no threads: the caller lends a loop, for example
/// <c>new ParallelLoop(4, (count, body) =&gt; Parallel.For(0, count, body))</c>. Results are the same to the last bit for every degree.
/// </summary>
/// <param name="Degree">Number of parts that may run at the same time, at least 1.</param>
/// <param name="Run">Runs the body for 0 to count − 1 in any order and returns when all are done.</param>
public sealed record ParallelLoop(int Degree, Action<int, Action<int>> Run)
{
    /// <summary>Everything on the calling thread.</summary>
    public static ParallelLoop Sequential { get; } = new(1, static (count, body) =>
    {
        for (int i = 0; i < count; i++) body(i);
    });

    /// <summary>Divides 0 to count − 1 into one contiguous range per part and runs body(part, first, end).</summary>
    internal void Divide(int count, Action<int, int, int> body)
    {
        int parts = Math.Min(Math.Max(Degree, 1), count);
        if (parts <= 1) body(0, 0, count);
        else Run(parts, part => body(part, (int)((long)count * part / parts), (int)((long)count * (part + 1) / parts)));
    }
}
