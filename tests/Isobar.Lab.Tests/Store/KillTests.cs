using System.Diagnostics;
using System.Globalization;
using Isobar.Lab.Store;
using Isobar.Numerics;
using Isobar.Protocols;
using Xunit;

namespace Isobar.Lab.Tests.Store;

/// <summary>A process is killed in the middle of its run, at several moments.</summary>
public sealed class KillTests
{
    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    [InlineData(4UL)]
    [InlineData(5UL)]
    public async Task What_was_acknowledged_survives_a_kill_and_the_run_reads_interrupted(ulong seed)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("isobar-kill-");
        try
        {
            string path = Path.Combine(folder.FullName, "lab.db");
            int chunks = 1 + (int)(new RandomSource(seed).NextUniform() * 40);
            using Process child = Start(path);
            string id = (await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
            long acknowledged = 0;
            for (int i = 0; i < chunks; i++) acknowledged = long.Parse((await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!, CultureInfo.InvariantCulture);
            using LabDatabase lab = LabDatabase.OpenOrCreate(path);
            Assert.Equal(RunOutcome.Running, Assert.Single(lab.Runs()).Outcome);
            child.Kill();
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);

            StoredRun kept = lab.Open(id);
            Assert.Equal(RunOutcome.Interrupted, kept.Record.Outcome);
            Assert.True(kept.Record.Samples.Length >= acknowledged, $"{acknowledged} were acknowledged, {kept.Record.Samples.Length} are there");
            for (int i = 0; i < kept.Record.Samples.Length; i++) Assert.Equal(i, kept.Record.Samples[i].ForceNewtons, 1e-9);
            Assert.True(lab.Verify(id).Intact, lab.Verify(id).Text);
            Assert.NotEqual(StepJudgement.Passed, Judge.Overall(kept.Record, []));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The child is built beside this project: artifacts/bin/Isobar.Lab.CrashChild/<configuration>.
    private static Process Start(string databasePath)
    {
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string child = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Isobar.Lab.CrashChild", configuration, "Isobar.Lab.CrashChild.dll"));
        Assert.True(File.Exists(child), $"{child} is not built");
        return Process.Start(new ProcessStartInfo("dotnet", [child, databasePath]) { RedirectStandardOutput = true, UseShellExecute = false })!;
    }
}
