namespace Isobar.Cli;

/// <summary>Why a command did not do what was asked. A command throws it; the program prints it and returns its exit code.</summary>
/// <param name="found">What was found.</param>
/// <param name="expected">What was expected instead.</param>
/// <param name="next">What to do next.</param>
/// <param name="where">File with line and column, or option; null when the command line as a whole is meant.</param>
/// <param name="exitCode">How the program ends.</param>
/// <param name="facts">Facts that are worth having even so, name and text; they are printed after the error.</param>
/// <param name="line">The line of the file that is meant, as it stands there.</param>
internal sealed class Failure(
    string found,
    string expected,
    string next,
    string? where = null,
    ExitCode exitCode = ExitCode.BadInput,
    IReadOnlyList<KeyValuePair<string, string>>? facts = null,
    string? line = null) : Exception($"{found}; expected {expected}; {next}")
{
    public string Found { get; } = found;

    public string Expected { get; } = expected;

    public string Next { get; } = next;

    public string? Where { get; } = where;

    public string? Line { get; } = line;

    public ExitCode ExitCode { get; } = exitCode;

    public IReadOnlyList<KeyValuePair<string, string>> Facts { get; } = facts ?? [];
}
