using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Isobar.Lab.Reports;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>What isobar check and the commands below it share: columns, numbers in the unit of the measure, figures.</summary>
internal static class CheckArguments
{
    public static Argument<string> Table(string example) => new("table") { Description = $"Table (CSV) with the unit in the heading, one row per measurement, for example {example}" };

    public static Option<string?> Measure() => new("--measure") { Description = "Column that was measured (default: the only one of a resistance or conductivity)", HelpName = "resistance_ohm" };

    public static Option<string?> Column(string name, string description, string example) => new(name) { Description = description, HelpName = example };

    public static Option<string?> Decimal() => new("--decimal") { Description = "Decimal sign of the numbers: point (default) or comma", HelpName = "comma" };

    public static Option<string?> Plot(string description) => new("--plot") { Description = description, HelpName = "out.svg or out.png" };

    public static bool IsComma(string? text) => text switch
    {
        null or "point" => false,
        "comma" => true,
        _ => throw new Failure($"'{text}' is not a decimal sign", "point or comma", "write --decimal comma, or leave it out", "option --decimal"),
    };

    public static ImmutableArray<string> Columns(string? text) => text is null ? default : [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>A number in the unit of the measure; the unit may be written behind it.</summary>
    public static double Number(string text, string unit, string option)
    {
        string trimmed = text.Trim();
        int end = 0;
        while (end < trimmed.Length && (char.IsAsciiDigit(trimmed[end]) || trimmed[end] is '.' or '-' or '+' or 'e' or 'E')) end++;
        string rest = trimmed[end..].Trim();
        bool known = rest.Length == 0 || string.Equals(Pretty(rest), Pretty(unit), StringComparison.Ordinal);
        return known && double.TryParse(trimmed.AsSpan(0, end), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new Failure($"'{text}' is not a number{(unit.Length == 0 ? "" : " in " + unit)}", $"a number in the unit of the measured column{(unit.Length == 0 ? "" : $", for example 2{unit}")}", $"correct {option}", $"option {option}");
    }

    /// <summary>"20..30" in the unit of the measure.</summary>
    public static Interval Range(string text, string unit, string option)
    {
        string[] ends = text.Split("..");
        if (ends.Length != 2) throw new Failure($"'{text}' is not a range", "two numbers with two points between, for example 20..30", $"correct {option}", $"option {option}");
        Interval range = new(Number(ends[0], unit, option), Number(ends[1], unit, option));
        return range.Low < range.High ? range : throw new Failure($"'{text}' does not ascend", "the lower end first", $"correct {option}", $"option {option}");
    }

    /// <summary>Writes figures: the first into the named file, the others beside it under their own names.</summary>
    public static ImmutableArray<string> Draw(string? plot, Surroundings surroundings, params ReadOnlySpan<(string Suffix, Figure? Figure)> figures)
    {
        if (plot is null) return [];
        string path = FigureFile.PathOf(plot, surroundings);
        var written = ImmutableArray.CreateBuilder<string>();
        foreach ((string suffix, Figure? figure) in figures)
        {
            if (figure is null) continue;
            string file = suffix.Length == 0 ? path : FigureFile.Beside(path, "-" + suffix);
            FigureFile.Write(file, figure);
            written.Add(file);
        }

        return written.ToImmutable();
    }

    /// <summary>What the library refuses of a set that was read is a fault of the table.</summary>
    public static T Refusing<T>(string table, Func<T> evaluate)
    {
        try
        {
            return evaluate();
        }
        catch (ArgumentException refused)
        {
            int end = refused.Message.LastIndexOf(" (Parameter ", StringComparison.Ordinal);
            string text = end > 0 ? refused.Message[..end] : refused.Message;
            int semicolon = text.IndexOf("; ", StringComparison.Ordinal);
            throw new Failure(semicolon > 0 ? text[..semicolon] : text, semicolon > 0 ? text[(semicolon + 2)..] : "a table that can be evaluated", "add what is missing, or name other columns", table);
        }
    }

    private static string Pretty(string unit) => Quantity.Pretty(unit).Replace('_', '/').Replace(" ", "", StringComparison.Ordinal);
}
