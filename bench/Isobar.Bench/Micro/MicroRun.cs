using System.Text;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Isobar.Bench.Micro;

/// <summary>The hot loops under BenchmarkDotNet, in this process and with few iterations, so that all of them take a minute.</summary>
internal static class MicroRun
{
    public static string Page(string? filter, Machine machine)
    {
        ManualConfig config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithIterationCount(7).WithToolchain(InProcessEmitToolchain.Instance))
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .WithArtifactsPath(Path.Combine(Checkout.Root, "artifacts", "bench"));
        if (filter is not null) config.AddFilter(new SimpleFilter(each => each.Descriptor.WorkloadMethodDisplayInfo.Contains(filter, StringComparison.OrdinalIgnoreCase)));
        Summary summary = BenchmarkRunner.Run<HotLoops>(config);
        if (summary.Reports.IsEmpty) throw new BenchException(filter is null ? "no benchmark ran; the messages above say why" : $"no hot loop has '{filter}' in its name");
        StringBuilder page = PageText.Begin("Hot loops", machine);
        page.Append("BenchmarkDotNet, 7 iterations in one process; ± is half the 99.9 % interval of the mean.\n\n");
        PageText.Row(page, "call", "mean", "±", "allocated");
        PageText.Row(page, "---", "--:", "--:", "--:");
        foreach (BenchmarkReport report in summary.Reports)
        {
            if (report.ResultStatistics is not { } statistics) throw new BenchException($"'{report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo}' failed; the messages above say why");
            PageText.Row(
                page,
                report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''),
                PageText.Time(statistics.Mean * 1e-9),
                PageText.Time(statistics.GetConfidenceInterval(Perfolizer.Mathematics.Common.ConfidenceLevel.L999).Margin * 1e-9),
                PageText.Size(report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0));
        }

        return page.ToString();
    }
}
