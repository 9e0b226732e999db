using System.Diagnostics;
using Xunit;

namespace Isobar.Lab.Tests.Cli;

/// <summary>The isobar command as a process of its own, as it is installed.</summary>
internal static class CliProcess
{
    public static Process Start(CliBench bench, string[] arguments, string? language = null)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Isobar.Cli.dll");
        Assert.True(File.Exists(program), $"{program} is not built");
        var start = new ProcessStartInfo("dotnet", ["exec", "--runtimeconfig", Path.ChangeExtension(program, ".runtimeconfig.json"), program, .. arguments])
        {
            WorkingDirectory = bench.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["ISOBAR_LAB"] = bench.LabFolder;
        if (language is not null) start.Environment["LANG"] = start.Environment["LC_ALL"] = language;
        return Process.Start(start)!;
    }
}
