using Isobar.Cells;
using Isobar.Quantities;

namespace Isobar.Lab.Reports;

/// <summary>The cell: its stack in section, its layers in numbers, and what presses and holds it.</summary>
internal static class StackSection
{
    public static void Write(ReportInput input, Cell cell, MarkupWriter html)
    {
        using MarkupWriter.Scope section = ReportTable.Section(html, "stack", input.Layers.Length > 0 ? "The stack" : "Die and press");
        if (input.Layers.Length > 0)
        {
            using (html.Open("figure"))
            {
                html.Element("figcaption", "Section through the die, filled and pressed.");
                using MarkupWriter.Scope frame = html.Open("div", ("class", "wide"));
                SectionDrawing.Write(input.Layers, cell, html);
            }

            ReportTable.Write(
                html,
                "Layers from the cathode's collector down; relative densities with their 90 % bands.",
                [new("layer"), new("role"), new("mass (mg)", true), new("filled (µm)", true), new("pressed (µm)", true), new("relative density (%)", true)],
                input.Layers.Select(layer => (ReportCell[])
                [
                    layer.Name,
                    Name(layer.Role),
                    Mass(layer.Mass),
                    ReportText.Number(layer.ThicknessBefore.Micrometres),
                    ReportText.Number(layer.ThicknessAfter.Micrometres),
                    Density(layer),
                ]));
        }

        ReportTable.Write(html, "What presses and holds it.", [new("item"), new("value with unit")], Equipment(cell));
    }

    internal static string Name(LayerRole role) => role switch
    {
        LayerRole.CathodeComposite => "cathode composite",
        LayerRole.Separator => "separator",
        LayerRole.Anode => "anode",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "a role without a name"),
    };

    /// <summary>"84.2 (82.0 to 86.1)", or the number alone when it is exact.</summary>
    internal static string Density(LayerView layer)
    {
        BandText band = ReportText.Band(AnswerSection.Percent, layer.RelativeDensity.Si);
        return layer.RelativeDensity.Si.StandardUncertainty > 0 ? $"{band.Value} ({band.Low} to {band.High})" : band.Value;
    }

    private static string Mass(Estimate<Mass> mass) =>
        $"{ReportText.Number(mass.Value.Milligrams)} ± {ReportText.Number(mass.StandardUncertainty.Milligrams, 1)}";

    private static List<ReportCell[]> Equipment(Cell cell)
    {
        PressInstrument press = cell.Press;
        string basis = press.ClassBasis == GaugeClassBasis.FullScale ? "of full scale" : "of the reading";
        string stiffness = cell.Fixture.Stiffness is { } k ? ReportText.Of(k.Value) : "stiffness unknown";
        return
        [
            ["die", $"{cell.Die.MaterialName}, {ReportText.Of(cell.Die.Diameter.Value)} ± {ReportText.Of(cell.Die.Diameter.StandardUncertainty, 1)} (standard uncertainty), limit {ReportText.Of(cell.Die.Limit)}"],
            ["press", $"{press.Name}, up to {ReportText.Of(press.Capacity)}, indication within {ReportText.Of(press.GaugeClass)} {basis}"],
            ["fixture", $"{FixtureName(cell.Fixture.Kind)}, {stiffness}, repeatability {ReportText.Of(cell.Fixture.Repeatability)}"],
            ["temperature", ReportText.Of(cell.Temperature)],
        ];
    }

    private static string FixtureName(FixtureKind kind) => kind switch
    {
        FixtureKind.Rigid => "rigid frame",
        FixtureKind.Spring => "spring",
        FixtureKind.Pneumatic => "gas cylinder",
        FixtureKind.Servo => "servo",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "a fixture without a name"),
    };
}
