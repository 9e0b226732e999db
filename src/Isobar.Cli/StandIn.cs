using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Mechanics.Conversion;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Cli;

/// <summary>What stands in for a cell when a protocol comes without one. Every answer that uses it says so.</summary>
internal static class StandIn
{
    private static readonly Mass s_mass = new(80e-6);

    /// <summary>A die of the protocol's diameter and an undescribed 15 t hand press with a class 1.6 dial.</summary>
    public static PressBench Bench(Protocol protocol) => new(
        protocol.Name,
        Die.OfDiameter(protocol.Diameter, protocol.Limit),
        PressureQuestion.Dial(new Fraction(0.016), GaugeClassBasis.FullScale, new Force(15 * Force.NewtonsPerMetricTon)));

    /// <summary>Every layer that a prompt adds is 80 mg of ball-milled Li₆PS₅Cl.</summary>
    public static Cell Cell(Protocol protocol)
    {
        PressBench bench = Bench(protocol);
        var powder = BuiltInMaterials.Library.Find("li6ps5cl-ball-milled");
        IEnumerable<string> names = protocol.Steps.OfType<PromptStep>().Select(step => step.Adds).OfType<string>().DefaultIfEmpty("powder");
        return new Cell(
            protocol.Name,
            [.. names.Select(name => new Layer(name, LayerRole.Separator, [new Component(powder, 1)], new Estimate<Mass>(s_mass, CellDefaults.MassUncertainty)))],
            BuiltInMaterials.Library.Find("steel"),
            bench.Die,
            bench.Press,
            new Fixture(FixtureKind.Rigid, null, CellDefaults.FixtureRepeatability(FixtureKind.Rigid)),
            new Temperature(298.15),
            new Duty(new CurrentDensity(1), new Duration(3600)));
    }

    /// <summary>What is assumed, in words.</summary>
    /// <param name="protocol">The protocol that came without a cell.</param>
    /// <param name="press">The press that was named; null for the undescribed one.</param>
    /// <param name="powder">Whether a press is simulated, in whose die something must lie.</param>
    public static string Assumption(Protocol protocol, PressInstrument? press = null, bool powder = true)
    {
        string on = press is null ? ", a 15 t press with a class 1.6 dial" : "";
        return $"no cell was given: a {protocol.Diameter} die{on}{(powder ? $", and {s_mass} of ball-milled Li₆PS₅Cl for every layer" : " of steel")}; name the cell with --cell";
    }
}
