using System.CommandLine;
using System.CommandLine.Parsing;
using Isobar.Quantities;

namespace Isobar.Cli;

/// <summary>
/// A command of the program: its options, its examples and what it does. One file per command under Commands/;
/// <see cref="IsobarProgram"/> lists them.
/// </summary>
internal abstract class IsobarCommand(string name, string description) : Command(name, description)
{
    /// <summary>The same facts for machines; understood by every command.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Print the answer as one JSON document", Recursive = true };

    /// <summary>Command lines for the help page, without the leading "isobar", each with what it does.</summary>
    public abstract IReadOnlyList<(string CommandLine, string Does)> Examples { get; }

    /// <summary>Ties the command and those below it to where they run.</summary>
    public void Bind(Surroundings surroundings)
    {
        SetAction(async (parse, cancellation) =>
            (int)await RunAsync(parse, new Output(surroundings, parse.GetValue(Json)), surroundings, cancellation));
        foreach (IsobarCommand below in Subcommands.OfType<IsobarCommand>()) below.Bind(surroundings);
    }

    /// <summary>Does the work. Failures are thrown as <see cref="Failure"/>, or as an exception that <see cref="Failures"/> knows.</summary>
    protected abstract Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation);

    /// <summary>An option that takes a quantity with its unit; a wrong unit is refused with the quantity's own message.</summary>
    protected static Option<T?> QuantityOption<T>(string name, string description, string example) where T : struct, IQuantity<T> => new(name)
    {
        Description = description,
        HelpName = example,
        CustomParser = Parse<T>,
    };

    private static T? Parse<T>(ArgumentResult result) where T : struct, IQuantity<T>
    {
        if (Quantity.TryParse(result.Tokens[0].Value, out T value, out string error)) return value;
        result.AddError(error);
        return null;
    }
}
