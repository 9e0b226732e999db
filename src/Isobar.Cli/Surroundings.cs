namespace Isobar.Cli;

/// <summary>
/// What a command may touch of the process around it. Commands take it from here and never from <see cref="Console"/> or the
/// process's current folder, so that tests run many of them side by side.
/// </summary>
internal sealed record Surroundings(TextWriter Out, TextWriter Error)
{
    /// <summary>Width of tables where nobody looks at a terminal: wide enough for every table, narrow enough for a page.</summary>
    public const int PlainWidth = 110;

    public TextReader In { get; init; } = TextReader.Null;

    /// <summary>Folder that relative paths on the command line start from.</summary>
    public string Folder { get; init; } = Directory.GetCurrentDirectory();

    /// <summary>Folder of the laboratory database where no option names one.</summary>
    public string LabFolder { get; init; } = DefaultLabFolder();

    /// <summary>Whether colour makes sense.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether progress can be written over itself on the error stream.</summary>
    public bool IsLive { get; init; }

    public int Width { get; init; } = PlainWidth;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A path of the command line, absolute.</summary>
    public string PathOf(string path) => Path.GetFullPath(path, Folder);

    public static Surroundings OfThisProcess()
    {
        // https://no-color.org: any non-empty value switches colour off.
        bool colour = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Surroundings(Console.Out, Console.Error)
        {
            In = Console.In,
            IsTerminal = colour,
            IsLive = !Console.IsOutputRedirected && !Console.IsErrorRedirected,
            Width = Console.IsOutputRedirected ? PlainWidth : Math.Max(40, Console.WindowWidth),
        };
    }

    private static string DefaultLabFolder() => Environment.GetEnvironmentVariable("ISOBAR_LAB") is { Length: > 0 } folder
        ? Path.GetFullPath(folder)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "isobar");
}
