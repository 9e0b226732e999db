using System.CommandLine;
using System.Globalization;
using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Lab.Reports;
using Isobar.Protocols;

namespace Isobar.Cli.Commands;

/// <summary>Prints the operator sheet for a hand press.</summary>
internal sealed class SheetCommand : IsobarCommand
{
    private readonly Argument<string> _protocol = CellArguments.Protocol();
    private readonly Option<string?> _cell = CellArguments.CellOption();
    private readonly Option<string?> _out = CellArguments.Folder();

    public SheetCommand()
        : base("sheet", "Write the operator sheet of a protocol for a hand press, as a page to print.")
    {
        Arguments.Add(_protocol);
        foreach (Option option in (Option[])[_cell, _out]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("sheet protocol.yaml --cell cell.yaml", "gauge readings of the press in the cell file"),
        ("sheet protocol.yaml", "forces only, for the die of the protocol"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        Protocol protocol = ProtocolFile.Read(surroundings.PathOf(parse.GetRequiredValue(_protocol)));
        string? cellPath = parse.GetValue(_cell);
        PressBench bench = cellPath is null ? StandIn.Bench(protocol) : CellArguments.Read(cellPath, surroundings).Cell.Bench;
        PressCommand.Refuse(ProtocolCheck.Validate(protocol, bench.Die, bench.Press));
        string path = Path.Combine(CellArguments.FolderFor(parse.GetValue(_out), surroundings), "sheet.html");
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        OperatorSheet.Write(protocol, bench, writer);
        WholeFile.Write(path, writer.ToString());
        output.Answer(new SheetAnswer(path), page =>
        {
            if (cellPath is null) PlanPage.Note(page, "assumed", StandIn.Assumption(protocol));
            PlanPage.Wrote(page, surroundings, path);
        });
        return Task.FromResult(ExitCode.Done);
    }

    private sealed record SheetAnswer(string Sheet);
}
