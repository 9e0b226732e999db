using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Isobar.Bench.Whole;

/// <summary>The isobar command as a person starts it: a new process, nothing compiled yet, files in the system's cache.</summary>
/// <param name="name">What runs.</param>
/// <param name="arguments">Its arguments; <c>{folder}</c> stands for an empty folder.</param>
/// <param name="answer">What the JSON that it prints says.</param>
internal sealed class ColdCase(string name, string[] arguments, Func<JsonElement, Answer> answer) : BenchCase(name)
{
    protected override double WarmUp() => Once().Sample.WallSeconds;

    protected override (Sample Sample, Answer Answer) Once()
    {
        string folder = Directory.CreateTempSubdirectory("isobar-bench-").FullName;
        try
        {
            string[] words = [Checkout.CommandLine, .. arguments.Select(word => word.Replace("{folder}", folder, StringComparison.Ordinal)), "--json"];
            var start = new ProcessStartInfo("dotnet", words) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            double cpu = ChildrenCpuSeconds();
            long clock = Stopwatch.GetTimestamp();
            using Process process = Process.Start(start) ?? throw new BenchException("dotnet did not start");
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            double wall = Stopwatch.GetElapsedTime(clock).TotalSeconds;
            cpu = ChildrenCpuSeconds() - cpu;
            if (process.ExitCode != 0) throw new BenchException($"'{Name}' ended with {process.ExitCode}: {errors.Result.Trim()}");
            using JsonDocument document = JsonDocument.Parse(output);
            return (new Sample(wall, cpu, double.NaN), answer(document.RootElement));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Processor time of the children that have ended, in the ticks of 10 ms in which Linux counts it.
    private static double ChildrenCpuSeconds()
    {
        if (!OperatingSystem.IsLinux()) return double.NaN;
        string text = File.ReadAllText("/proc/self/stat");
        // Behind the program's name in brackets, which may hold spaces: state is field 3, cutime 16 and cstime 17.
        string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / 100.0;
    }
}
