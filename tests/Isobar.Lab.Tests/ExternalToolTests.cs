using System.Diagnostics;
using Xunit;

namespace Isobar.Lab.Tests;

public sealed class ExternalToolTests
{
    [Fact]
    public void A_program_that_is_there_is_found() => Assert.True(File.Exists(ExternalTool.Require("dotnet")));

    [Fact]
    public void A_program_that_is_missing_ends_the_test()
    {
        Exception? ending = Record.Exception(() => ExternalTool.Require("no-such-program-" + Stopwatch.GetTimestamp()));
        Assert.NotNull(ending);
        Assert.Contains("is not on the PATH", ending.Message, StringComparison.Ordinal);
    }
}
