using System.Diagnostics;
using System.Globalization;
using System.Text;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Bench.Whole;

/// <summary>A record of a hundred million samples: what it takes to write, how much memory, and how long the run takes to open afterwards.</summary>
internal static class LongRecordPage
{
    private const long Whole = 100_000_000;

    public static string Page(string? samples, Machine machine, TextWriter progress)
    {
        long wanted = samples is null ? Whole : long.Parse(samples, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        StringBuilder page = PageText.Begin("A long record", machine);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("isobar-long-");
        try
        {
            string path = Path.Combine(folder.FullName, "lab.db");
            PageText.Row(page, "samples", "wall so far", "working set", "managed heap", "database");
            PageText.Row(page, "--:", "--:", "--:", "--:", "--:");
            string id = Write(path, wanted, page, progress);
            using LabDatabase lab = LabDatabase.OpenOrCreate(path);
            var watch = Stopwatch.StartNew();
            RunOverview overview = lab.Overview(id);
            double opened = watch.Elapsed.TotalSeconds;
            watch.Restart();
            bool intact = lab.Verify(id).Intact;
            double verified = watch.Elapsed.TotalSeconds;
            page.Append(CultureInfo.InvariantCulture, $"\nThe run opens in {PageText.Time(opened)}: {overview.Samples} samples, envelope of {overview.Trace.Length} stretches, {overview.Events.Length} events.\n");
            page.Append(CultureInfo.InvariantCulture, $"Every record checked (checksums and chain, {(intact ? "intact" : "NOT INTACT")}) in {PageText.Time(verified)}; working set then {PageText.Size(Process.GetCurrentProcess().WorkingSet64)}.\n");
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return page.ToString();
    }

    private static string Write(string path, long wanted, StringBuilder page, TextWriter progress)
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(path);
        var protocol = new Protocol("long", new Length(10e-3), SamplePressure.FromMegapascals(450), new PressureRate(5e6), []);
        using RunWriter writer = lab.Begin(new RunDescription("long", protocol, "none", "steps: []"));
        double area = Cells.Die.AreaOf(protocol.Diameter).SquareMetres;
        var watch = Stopwatch.StartNew();
        ulong noise = 1;
        for (long i = 0; i < wanted; i++)
        {
            // A load cell of 1 N steps with some newtons of noise, and a creeping displacement: what a real record compresses like.
            noise = (noise * 6364136223846793005) + 1442695040888963407;
            double newtons = 5812 + (long)(noise >> 61);
            var sample = new TraceSample(i * 0.05, 0, 74e6, newtons, newtons / area, 1e-4 + (1e-7 * Math.Log(1 + (i * 0.05))));
            writer.Append(sample);
            writer.Append(new RunInput(ExecutorEvent.Tick(sample.TimeSeconds, sample.PressurePa, 0.5e-3 - sample.DisplacementMetres, SampleQuality.Good, sample.DisplacementMetres), IsSample: true));
            if ((i + 1) % (wanted / 10) != 0) continue;
            using var process = Process.GetCurrentProcess();
            long database = new DirectoryInfo(Path.GetDirectoryName(path)!).GetFiles().Sum(file => file.Length);
            progress.WriteLine($"{i + 1} samples, {watch.Elapsed.TotalSeconds:0} s");
            PageText.Row(page, (i + 1).ToString("N0", CultureInfo.InvariantCulture), PageText.Time(watch.Elapsed.TotalSeconds), PageText.Size(process.WorkingSet64), PageText.Size(GC.GetTotalMemory(false)), PageText.Size(database));
        }

        writer.Finish(RunOutcome.Stopped);
        return writer.Id;
    }
}
