using Xunit;

namespace Isobar.Lab.Tests;

public sealed class ExternalToolTests
{
    [Fact]
    public void A_program_that_is_there_is_found() => Assert.True(File.Exists(ExternalTool.Require("dotnet")));

    [Fact]
    public void A_program_that_is_missing_is_not_found() => Assert.Null(ExternalTool.Find("no-such-program-of-isobar"));
}
