using System.Globalization;
using System.Text;
using Isobar.Lab.Files;
using Isobar.Protocols;
using Xunit;

namespace Isobar.Tests.Documents;

/// <summary>The page of protocol steps is written from their declarations: ISOBAR_ACCEPT=1 rewrites it after one has changed.</summary>
public sealed class StepPageTests
{
    [Fact]
    public void The_page_of_steps_shows_every_word_as_it_is_declared()
    {
        var page = new StringBuilder();
        page.Append("# Protocol files\n\n<!-- Written from src/Isobar.Lab/Files/StepDeclarations.cs by StepPageTests; change those, then run the tests with ISOBAR_ACCEPT=1. -->\n\n");
        page.Append("A protocol says what is done with one cell. Pressures are nominal sample pressures: force over die area. Units are needed. Each step is one word\n");
        page.Append("with its settings: `- ramp: {name: press separator, kind: fabrication, target: 375 MPa, rate: 5 MPa/s}`. What the set-point does at a rate, it begins and\n");
        page.Append("ends within half a second, so that no ramp starts or stops with a jerk. Every way out of a run takes the pressure away at the release rate.\n");
        Append(page, StepDeclarations.Protocol);
        foreach (StepDeclaration declaration in StepDeclarations.All) Append(page, declaration);
        Append(page, StepDeclarations.Until);
        Append(page, StepDeclarations.Guard);
        Golden.Check(page.ToString(), "docs", "reference", "protocol.md");
    }

    [Fact]
    public void Every_example_of_a_declaration_is_read()
    {
        var text = new StringBuilder("isobar: protocol/1\nname: all\ndie_diameter: 10 mm\nlimit: 500 MPa\nrelease_rate: 5 MPa/s\ntemperature_limit: 120 °C\n");
        text.Append("subprotocols:\n  conditioning:\n    - release: {name: down, target: 0 MPa, rate: 5 MPa/s}\nsteps:\n");
        foreach (StepDeclaration declaration in StepDeclarations.All)
        {
            IEnumerable<string> settings = declaration.Settings
                .Where(setting => !setting.IsOptional || setting.Key is "guard" or "adds" or "gap" or "settle_rate_per_minute" or "settle_pressure_rate" or "measure" or "timeout")
                .Select(setting => setting.Key switch
                {
                    "name" => $"name: {declaration.Word} here",
                    "steps" => "steps: [{release: {name: down, target: 0 MPa, rate: 5 MPa/s}}]",
                    _ => $"{setting.Key}: {setting.Example}",
                });
            text.Append(CultureInfo.InvariantCulture, $"  - {declaration.Word}: {{{string.Join(", ", settings)}}}\n");
        }

        Protocol protocol = ProtocolFile.Parse(text.ToString(), "examples.yaml");
        Assert.Equal(StepDeclarations.All.Length - 3 + 3 + 1 + 6, protocol.Steps.Length);
        Assert.Equal(protocol.Steps.AsEnumerable(), ProtocolFile.Parse(ProtocolFile.ToText(protocol), "again.yaml").Steps.AsEnumerable());
    }

    [Fact]
    public void Every_example_of_the_guard_is_read_alone()
    {
        foreach (StepSetting setting in StepDeclarations.Guard.Settings.Where(setting => setting.Key is not ("action" or "patience")))
        {
            string file = $"isobar: protocol/1\nname: all\ndie_diameter: 10 mm\nlimit: 500 MPa\nrelease_rate: 5 MPa/s\nsteps:\n  - release: {{name: down, target: 0 MPa, rate: 5 MPa/s, guard: {{action: warn, {setting.Key}: {setting.Example}}}}}\n";
            Assert.False(Assert.Single(ProtocolFile.Parse(file, "guard.yaml").Steps).Guard!.IsEmpty);
        }
    }

    private static void Append(StringBuilder page, StepDeclaration declaration)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {declaration.Word}\n\n{declaration.Does}\n\n| key | for example | may be left out | meaning |\n|---|---|---|---|\n");
        foreach (StepSetting setting in declaration.Settings)
            page.Append(CultureInfo.InvariantCulture, $"| `{setting.Key}` | `{setting.Example}` | {(setting.IsOptional ? "yes" : "")} | {setting.Meaning} |\n");
    }
}
