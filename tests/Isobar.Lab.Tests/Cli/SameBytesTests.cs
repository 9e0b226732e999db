using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Isobar.Lab.Tests.Cli;

/// <summary>The same seed gives the same bytes, whatever language the machine speaks.</summary>
public sealed class SameBytesTests(SameBytesTests.Reference reference) : IClassFixture<SameBytesTests.Reference>
{
    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public async Task A_run_gives_the_same_report_and_page_in_another_language(string culture)
    {
        using var bench = new CliBench();
        CultureInfo before = CultureInfo.CurrentCulture, beforeUi = CultureInfo.CurrentUICulture;
        CliBench.Result result;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            result = await bench.RunAsync("run cell.yaml --seed 1");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
            CultureInfo.CurrentUICulture = beforeUi;
        }

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(reference.Report, await File.ReadAllBytesAsync(bench.PathOf("report.html"), TestContext.Current.CancellationToken));
        Assert.Equal(reference.Page, PageOf(result));
    }

    [Fact]
    public async Task A_turkish_process_gives_the_same_report()
    {
        using var bench = new CliBench();
        using Process process = CliProcess.Start(bench, ["run", "cell.yaml", "--seed", "1"], language: "tr_TR.UTF-8");
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, error);
        Assert.Equal(reference.Report, await File.ReadAllBytesAsync(bench.PathOf("report.html"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Another_seed_gives_another_report()
    {
        using var bench = new CliBench();
        CliBench.Result result = await bench.RunAsync("run cell.yaml --seed 2");
        Assert.InRange(result.ExitCode, 0, 2);
        Assert.NotEqual(reference.Report, await File.ReadAllBytesAsync(bench.PathOf("report.html"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_run_says_what_it_is_doing_and_names_its_facts()
    {
        foreach (string said in (string[])["… searching pressures", "… hold cathode", "… measure cell"]) Assert.Contains(said, reference.Error, StringComparison.Ordinal);
        foreach (string found in (string[])["run completed", "hold cathode", "as planned", "wrote report.html"]) Assert.Contains(found, reference.Page, StringComparison.Ordinal);
    }

    // Id and place of the run differ from run to run, as they should.
    private static string PageOf(CliBench.Result result) => result.Out[..result.Out.IndexOf("\nrun 0", StringComparison.Ordinal)] + result.Out[result.Out.IndexOf("\nwrote ", StringComparison.Ordinal)..];

    /// <summary>One run in the invariant culture.</summary>
    public sealed class Reference : IAsyncLifetime
    {
        internal byte[] Report { get; private set; } = [];

        internal string Page { get; private set; } = "";

        internal string Error { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            using var bench = new CliBench();
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
            CliBench.Result result = await bench.RunAsync("run cell.yaml --seed 1");
            if (result.ExitCode != 0) throw new InvalidOperationException(result.Error);
            Report = await File.ReadAllBytesAsync(bench.PathOf("report.html"));
            Page = SameBytesTests.PageOf(result);
            Error = result.Error;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
