using System.CommandLine.Parsing;
using System.Text.Json;
using Isobar.Cli;
using Isobar.Lab.Tests.Files;
using Microsoft.Data.Sqlite;

namespace Isobar.Lab.Tests.Cli;

/// <summary>The isobar command in a folder of its own, with its own laboratory database and its own clock.</summary>
internal sealed class CliBench : IDisposable
{
    public const string Example = "nmc811-lpscl-li";

    // Planned once: every plan of the example for one goal is the same.
    private static readonly Lazy<Task<string>> s_protocol = new(async () =>
    {
        using var bench = new CliBench();
        Result planned = await bench.RunAsync("plan cell.yaml");
        return planned.ExitCode == 0 ? bench.Read("protocol.yaml") : throw new InvalidOperationException(planned.Error);
    });

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isobar-cli-");
    private readonly SteppingClock _clock = new();

    public CliBench() => File.Copy(ExampleCellTests.Example(Example), PathOf("cell.yaml"));

    internal sealed record Result(int ExitCode, string Out, string Error)
    {
        public JsonElement Json() => JsonDocument.Parse(Out).RootElement;
    }

    public string Folder => _folder.FullName;

    public string LabFolder => PathOf("lab");

    public string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    public string Read(params string[] parts) => File.ReadAllText(PathOf(parts));

    public void Write(string name, string text) => File.WriteAllText(PathOf(name), text);

    /// <summary>Runs a command line; <paramref name="onProgress"/> sees every line that it says on its error stream.</summary>
    public async Task<Result> RunAsync(string commandLine, Action<string>? onProgress = null, CancellationToken cancellation = default)
    {
        using var output = new StringWriter();
        using var error = new ListeningWriter(onProgress);
        int exitCode = await IsobarProgram.RunAsync([.. CommandLineParser.SplitCommandLine(commandLine.Replace('\'', '"'))], Around(output, error), cancellation);
        return new Result(exitCode, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }

    public Surroundings Around(TextWriter output, TextWriter error) => new(output, error) { Folder = Folder, LabFolder = LabFolder, Time = _clock };

    /// <summary>Writes the protocol that is planned for the example, and one without measurements, which needs no cell.</summary>
    public async Task PlanAsync()
    {
        string protocol = await s_protocol.Value;
        Write("protocol.yaml", protocol);
        Write("pellet.yaml", string.Join('\n', protocol.Split('\n').Where(line => !line.Contains("measure:", StringComparison.Ordinal))));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    // A run reports progress by elapsed time; a clock that steps when it is read makes that the same on every machine.
    private sealed class SteppingClock : TimeProvider
    {
        private long _reads;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Interlocked.Increment(ref _reads);

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddSeconds(Interlocked.Increment(ref _reads));
    }

    private sealed class ListeningWriter(Action<string>? listener) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            listener?.Invoke(value ?? "");
        }
    }
}

internal static class JsonNames
{
    /// <summary>Names of the members of an object, in order.</summary>
    public static string Names(this JsonElement element) => string.Join(' ', element.EnumerateObject().Select(property => property.Name));
}
