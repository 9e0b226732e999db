namespace Isobar.Bench;

/// <summary>The checkout that is measured, found from the built program upwards.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    /// <summary>The cell that every run is about.</summary>
    public static string ExampleCell => PathOf("examples", "nmc811-lpscl-li", "cell.yaml");

    /// <summary>The command as it was built last; a build of this project does not build it.</summary>
    public static string CommandLine
    {
        get
        {
            string program = PathOf("artifacts", "bin", "Isobar.Cli", "release", "Isobar.Cli.dll");
            return File.Exists(program)
                ? program
                : throw new BenchException("the isobar command is not built; build it first: dotnet build -c Release src/Isobar.Cli");
        }
    }

    public static string Version { get; } = typeof(Quantities.Quantity).Assembly.GetName().Version!.ToString(3);

    /// <summary>Writes a page of results and returns its place, relative to the checkout.</summary>
    public static string Record(Machine machine, string kind, string page)
    {
        string place = Path.Combine("bench", "results", machine.ProcessorKey, $"{kind}-{Version}.md");
        string file = PathOf(place);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, page);
        return place;
    }

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Isobar.slnx"))) return folder.FullName;
        }

        throw new BenchException("no folder above the program holds Isobar.slnx; run it from a checkout");
    }
}
