using System.Collections.Immutable;
using System.CommandLine;
using Isobar.Lab.Presses;
using Isobar.Lab.Store;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>Lists the presses that can be named.</summary>
internal sealed class PressesCommand : IsobarCommand
{
    private readonly Argument<string?> _press = new("press") { Description = "One press, to show all that is known of it", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _lab = LabPlace.Option();

    public PressesCommand()
        : base("presses", "List the presses: built-in simulated ones and fixtures, and the press files of the laboratory; or show one.")
    {
        Arguments.Add(_press);
        Options.Add(_lab);
        Subcommands.Add(new PressesServeCommand());
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("presses", "every press with what it is, and why one is only watched"),
        ("presses simulated-modbus", "one: watchdog, limits, what stop does, calibration in force, its zero and how it drifts"),
        ("presses serve 5t --port 1502", "show a simulated press as a Modbus device on this machine"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        string? lab = parse.GetValue(_lab);
        if (parse.GetValue(_press) is { } one)
        {
            PressPage.Write(one, lab, output, surroundings);
            return Task.FromResult(ExitCode.Done);
        }

        ImmutableArray<KnownPress> presses = PressRegister.All(PressPlace.Folders(lab, surroundings));
        ImmutableArray<PressFacts> facts = [.. presses.Select(press => Facts(press, lab, surroundings))];
        output.Answer(facts, page =>
        {
            var table = new Listing("press", "kind", "largest force", "what it is", "state") { Flexible = 3 };
            foreach (PressFacts press in facts)
                table.Add(press.Id, press.Kind, press.CapacityKilonewtons is { } kilonewtons ? Quantity.Format(Force.FromKilonewtons(kilonewtons), 3) : "", press.Describes, press.Blocked is not null ? "waits for a person" : press.HeldBy is not null ? "in use" : press.MonitorOnly is not null ? "watched only" : "");
            table.Write(page);
            foreach (PressFacts press in facts.Where(press => press.MonitorOnly is not null && press.Kind is not "fixture")) PlanPage.Note(page, press.Id, press.MonitorOnly!);
            foreach (PressFacts press in facts.Where(press => press.Blocked is not null)) PlanPage.Note(page, press.Id, press.Blocked!);
        });
        return Task.FromResult(ExitCode.Done);
    }

    private static PressFacts Facts(KnownPress press, string? lab, Surroundings surroundings)
    {
        LeaseState? lease = null;
        if (press.File is not null && press.Kind is "modbus" or "hand")
        {
            using LabDatabase database = LabPlace.Open(lab, surroundings);
            lease = PressLease.StateOf(database, Lab.Files.PressFile.ReadAny(press.File!).Identity, surroundings.Time);
        }

        return new PressFacts(press.Id, press.Kind, press.Name, press.Capacity?.Kilonewtons, press.Describes, press.MonitorOnly, press.File, lease is { IsHeld: true } ? lease.Who : null, lease?.Blocked);
    }

    private sealed record PressFacts(string Id, string Kind, string Name, double? CapacityKilonewtons, string Describes, string? MonitorOnly, string? File, string? HeldBy, string? Blocked);
}
