using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Isobar.Cli;

/// <summary>
/// The one place where a command speaks: a page for people, or the same facts as one JSON document for machines.
/// Errors go to the error stream; with --json also to the output, so that a script always reads exactly one document there.
/// </summary>
internal sealed class Output
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Output is not embedded in HTML; µ and ± stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly Surroundings _surroundings;

    public Output(Surroundings surroundings, bool json)
    {
        _surroundings = surroundings;
        IsJson = json;
        Page = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new WriterOutput(surroundings),
            Ansi = surroundings.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = surroundings.IsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = surroundings.IsTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
    }

    public bool IsJson { get; }

    /// <summary>The page for people. Text from outside must be escaped: <see cref="Markup.Escape"/>.</summary>
    public IAnsiConsole Page { get; }

    /// <summary>Answers: <paramref name="page"/> for people, or <paramref name="facts"/> as JSON.</summary>
    public void Answer<T>(T facts, Action<IAnsiConsole> page)
    {
        if (IsJson) _surroundings.Out.WriteLine(JsonSerializer.Serialize(facts, JsonOptions));
        else page(Page);
    }

    /// <summary>A line of plain text for people.</summary>
    public void Line(string text = "") => Page.WriteLine(text);

    /// <summary>Prints a failure.</summary>
    public void Fail(Failure failure)
    {
        TextWriter error = _surroundings.Error;
        error.WriteLine($"error: {failure.Found}");
        if (failure.Expected.Length > 0) error.WriteLine($"  expected: {failure.Expected}");
        if (failure.Where is not null) error.WriteLine($"  where:    {failure.Where}");
        if (failure.Line is not null) error.WriteLine($"  line:     {failure.Line.Trim()}");
        if (failure.Next.Length > 0) error.WriteLine($"  next:     {failure.Next}");
        foreach (KeyValuePair<string, string> fact in failure.Facts) error.WriteLine($"  {fact.Key + ":",-9} {fact.Value}");
        if (!IsJson) return;
        var facts = failure.Facts.Count == 0 ? null : failure.Facts.ToDictionary(StringComparer.Ordinal);
        var document = new ErrorDocument(new ErrorFacts(failure.Found, failure.Expected, failure.Where, failure.Line, failure.Next, (int)failure.ExitCode, facts));
        _surroundings.Out.WriteLine(JsonSerializer.Serialize(document, JsonOptions));
    }

    private sealed record ErrorDocument(ErrorFacts Error);

    private sealed record ErrorFacts(string Found, string Expected, string? Where, string? Line, string Next, int ExitCode, Dictionary<string, string>? Facts);

    private sealed class WriterOutput(Surroundings surroundings) : IAnsiConsoleOutput
    {
        public TextWriter Writer => surroundings.Out;

        public bool IsTerminal => surroundings.IsTerminal;

        public int Width => surroundings.Width;

        public int Height => 24;

        public void SetEncoding(System.Text.Encoding encoding)
        {
            // The writer belongs to the surroundings, which have chosen its encoding.
        }
    }
}
