using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Isobar.Lab.Files;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>Lists the dies of the laboratory.</summary>
internal sealed class DiesCommand : IsobarCommand
{
    private readonly Option<string?> _lab = LabPlace.Option();

    public DiesCommand()
        : base("dies", "List the dies of the laboratory: diameter, limit, wall friction, when they were measured.") => Options.Add(_lab);

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("dies", "every die in the folder 'dies' of the laboratory"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        string folder = CalibrationPlace.Dies(parse.GetValue(_lab), surroundings);
        ImmutableArray<RegisteredDie> dies = DieFile.All(folder);
        output.Answer(dies.Select(die => new DieFacts(die.Name, die.Die.Diameter.Value.Millimetres, die.Die.Diameter.StandardUncertainty.Millimetres, die.Die.MaterialName, die.Die.Limit.Megapascals, die.Die.WallFriction.Value.Value, die.Measured, die.File)).ToArray(), page =>
        {
            if (dies.IsEmpty)
            {
                Prose.Write(page, $"no dies yet in {folder}; write one file for each: isobar: die/1, name, measured, and die as in a cell file");
                return;
            }

            var table = new Listing("die", "diameter", "material", "limit", "wall friction", "measured");
            foreach (RegisteredDie die in dies)
                table.Add(die.Name, die.Die.Diameter.ToString(), die.Die.MaterialName, Quantity.Format(die.Die.Limit), Quantity.Number(die.Die.WallFriction.Value.Value), die.Measured?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "not recorded");
            table.Write(page);
        });
        return Task.FromResult(ExitCode.Done);
    }

    private sealed record DieFacts(string Name, double DiameterMillimetres, double DiameterUncertaintyMillimetres, string Material, double LimitMegapascals, double WallFriction, DateOnly? Measured, string File);
}
