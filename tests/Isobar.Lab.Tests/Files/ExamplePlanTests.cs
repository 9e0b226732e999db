using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Planning;
using Isobar.Protocols;
using Xunit;

namespace Isobar.Lab.Tests.Files;

public class ExamplePlanTests
{
    [Theory]
    [InlineData("nmc811-lpscl-li")]
    [InlineData("nmc811-argyrodite-inli")]
    public void The_protocol_planned_for_an_example_survives_its_file(string example)
    {
        Cell cell = CellFile.Read(ExampleCellTests.Example(example), BuiltInMaterials.Library);
        Protocol protocol = Planner.Plan(cell, Goal.Reliability).Protocol;
        Protocol back = ProtocolFile.Parse(ProtocolFile.ToText(protocol), "protocol.yaml");
        Assert.Equal(protocol with { Steps = [] }, back with { Steps = [] });
        Assert.Equal<Step>(protocol.Steps, back.Steps);
    }
}
