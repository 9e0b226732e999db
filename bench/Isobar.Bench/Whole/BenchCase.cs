using System.Diagnostics;

namespace Isobar.Bench.Whole;

/// <summary>Something whose whole time counts.</summary>
/// <param name="name">What runs.</param>
internal abstract class BenchCase(string name)
{
    // Repeats fill about this time, within the limits; below eight a quartile is a single run.
    private const double SecondsForRepeats = 5;
    private const int FewestRepeats = 8;

    // What takes longer than all of them together is run three times.
    private const int FewestLongRepeats = 3;
    private const int MostRepeats = 40;

    public string Name { get; } = name;

    /// <summary>Warms up, repeats and checks that every repeat gives the same answer.</summary>
    public Timing Measure()
    {
        double seconds = WarmUp();
        int repeats = Math.Clamp((int)(SecondsForRepeats / seconds), seconds > SecondsForRepeats ? FewestLongRepeats : FewestRepeats, MostRepeats);
        var samples = new Sample[repeats];
        Answer? answer = null;
        for (int i = 0; i < repeats; i++)
        {
            (samples[i], Answer now) = Once();
            if (answer is not null && now != answer) throw new BenchException($"'{Name}' gave {answer} first and {now} in repeat {i + 1}; the same inputs must give the same bits");
            answer = now;
        }

        return new Timing(Name, samples, answer!);
    }

    /// <summary>Runs until times no longer fall and returns the time of one repeat.</summary>
    protected abstract double WarmUp();

    /// <summary>One repeat.</summary>
    protected abstract (Sample Sample, Answer Answer) Once();
}

/// <summary>A call in this process. Short calls are measured in batches, so that the clock's step does not show.</summary>
/// <param name="name">What runs.</param>
/// <param name="run">The call.</param>
/// <param name="answer">What its result says; not part of the time.</param>
internal sealed class CallCase<T>(string name, Func<T> run, Func<T, Answer> answer) : BenchCase(name)
{
    // The runtime compiles a hot method again after 30 calls and 100 ms, in the background.
    private const double WarmUpSeconds = 1;
    private const double BatchSeconds = 0.05;

    private int _batch = 1;

    protected override double WarmUp()
    {
        long start = Stopwatch.GetTimestamp();
        double fastest = double.PositiveInfinity;
        do
        {
            long call = Stopwatch.GetTimestamp();
            run();
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(call).TotalSeconds);
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds);
        _batch = (int)Math.Clamp(Math.Ceiling(BatchSeconds / fastest), 1, 1_000_000);
        return fastest * _batch;
    }

    protected override (Sample Sample, Answer Answer) Once()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        T result = run();
        for (int i = 1; i < _batch; i++) result = run();
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        cpu = Environment.CpuUsage.TotalTime - cpu;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return (new Sample(wall / _batch, cpu.TotalSeconds / _batch, (double)allocated / _batch), answer(result));
    }
}
