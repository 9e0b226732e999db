using System.CommandLine;
using Isobar.Lab.Store;

namespace Isobar.Cli.Commands;

/// <summary>A person has looked at a press that was aborted or left, and takes it back into use.</summary>
internal sealed class ClearCommand : IsobarCommand
{
    private readonly Argument<string> _press = new("press") { Description = "Press as isobar presses lists it, its file, or its identity as the refusal named it" };
    private readonly Option<string> _reason = new("--reason") { Description = "What was looked at and why the press may be used; it stays in the log of the press", HelpName = "text", Required = true };
    private readonly Option<string?> _lab = LabPlace.Option();

    public ClearCommand()
        : base("clear", "Take a press back into use that was aborted or left in the middle of a run, after a person has looked at it.")
    {
        Arguments.Add(_press);
        Options.Add(_reason);
        Options.Add(_lab);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("clear lab-24t.yaml --reason 'valve replaced, zero checked'", "the press of this file"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        string? lab = parse.GetValue(_lab);
        using LabDatabase database = LabPlace.Open(lab, surroundings);
        string word = parse.GetRequiredValue(_press), reason = parse.GetRequiredValue(_reason);
        if (string.IsNullOrWhiteSpace(reason)) throw new Failure("the reason is empty", "what was looked at", "write it behind --reason", "option --reason");
        string identity = PressLease.StateOf(database, word, surroundings.Time) is not null ? word : PressPlace.Described(word, lab, "argument press", surroundings).Identity;
        if (PressLease.StateOf(database, identity, surroundings.Time) is null)
            throw new Failure($"{identity} was never commanded from {database.DatabasePath}", "a press that was aborted or left in a run", "there is nothing to clear; isobar presses says which press waits for a person", "argument press");
        LeaseState before = PressLease.Clear(database, identity, Environment.UserName, reason, surroundings.Time);
        output.Answer(new ClearAnswer(identity, before.RunId, before.Blocked, before.IsHeld), page =>
        {
            Prose.Write(page, $"{identity} may be used again");
            if (before.IsHeld) PlanPage.Note(page, "note", $"{before.Who} held it until now and commands it no more");
            if (before.Blocked is { } why) PlanPage.Note(page, "was", why);
        });
        return Task.FromResult(ExitCode.Done);
    }

    private sealed record ClearAnswer(string Press, string? Run, string? Was, bool BrokenLease);
}
