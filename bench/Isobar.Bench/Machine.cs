using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Isobar.Bench;

/// <summary>What a time depends on, without the name of the machine or of its owner.</summary>
/// <param name="Processor">Name of the processor, or its architecture where the system does not tell.</param>
/// <param name="Processors">Logical processors.</param>
/// <param name="Runtime">.NET version.</param>
/// <param name="System">Operating system and architecture.</param>
/// <param name="Load">Whether other programs were running, in words.</param>
/// <param name="Date">Day of the measurement, UTC.</param>
internal sealed record Machine(string Processor, int Processors, string Runtime, string System, string Load, DateOnly Date)
{
    // Below this share of the processors in use by others, a median is hardly moved.
    private const double QuietShare = 0.1;

    /// <summary>The processor as a folder name.</summary>
    public string ProcessorKey => Regex.Replace(Processor, "[^A-Za-z0-9]+", "-", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Trim('-').ToLowerInvariant();

    public static Machine Here(TimeProvider time) => new(
        ProcessorName(),
        Environment.ProcessorCount,
        RuntimeInformation.FrameworkDescription,
        $"{OperatingSystemName()}, {RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}",
        LoadNow(),
        DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));

    private static string ProcessorName()
    {
        if (OperatingSystem.IsLinux() && ValueOf("/proc/cpuinfo", "model name", ':') is { } linux) return Plain(linux);
        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") is { } windows ? Plain(windows) : RuntimeInformation.ProcessArchitecture.ToString();
    }

    // "Vendor(R) Name(TM) 1234 CPU @ 2.00GHz" reads better without its marks.
    private static string Plain(string name) =>
        Regex.Replace(name, @"\((R|TM)\)|\bCPU\b|@.*$|\s+(?=\s|$)", "", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Trim();

    private static string OperatingSystemName() =>
        OperatingSystem.IsLinux() && ValueOf("/etc/os-release", "PRETTY_NAME", '=') is { } name ? name.Trim('"') : RuntimeInformation.OSDescription;

    private static string LoadNow()
    {
        if (!OperatingSystem.IsLinux()) return "load not read on this system";
        double load = double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{(load > QuietShare * Environment.ProcessorCount ? "loaded machine" : "quiet machine")}: load average {load:0.00} when the measurement began");
    }

    private static string? ValueOf(string file, string key, char separator) => File.ReadLines(file)
        .Where(line => line.StartsWith(key, StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf(separator, StringComparison.Ordinal) + 1)..].Trim())
        .FirstOrDefault();
}
