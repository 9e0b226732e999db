using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Lab.Files;
using Isobar.Lab.Reports;
using Isobar.Quantities;

namespace Isobar.Cli;

/// <summary>What the commands about the cell model share: parameter sets, lists of C-rates, ranges of frequency, files beside the answer.</summary>
internal static class ModelArguments
{
    // A range of more decades or points than this is a slip.
    private const int MostFrequencies = 100_000;

    private const double MostRate = 1000;

    public static Option<string?> Rates(string name, string description) => new(name) { Description = description, HelpName = "0.1,1,3" };

    public static Option<string?> Impedance() => new("--impedance") { Description = "Impedance over a range of frequencies", HelpName = "1mHz..7MHz" };

    public static Option<int> PointsPerDecade() => new("--points")
    {
        Description = "Frequencies per decade, counted from the lowest",
        HelpName = "number",
        DefaultValueFactory = _ => 8,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int points) && points is > 0 and <= 1000) return points;
            result.AddError($"'{result.Tokens[0].Value}' is not a number of frequencies per decade; write a whole number from 1 to 1000");
            return 8;
        },
    };

    public static Option<string?> Csv() => new("--csv") { Description = "Write every point into this table; the impedance beside it", HelpName = "out.csv" };

    public static Option<string?> Plot() => new("--plot") { Description = "Draw the voltages into this file; losses and impedance beside it", HelpName = "out.svg or out.png" };

    /// <summary>A built-in set by its id, or a parameter file by its path.</summary>
    public static ParameterSet Set(string nameOrPath, Surroundings surroundings)
    {
        if (BuiltInParameterSets.Find(nameOrPath) is { } known) return known;
        string path = surroundings.PathOf(nameOrPath);
        if (File.Exists(path)) return ParameterFile.Read(path);
        throw new Failure(
            $"'{nameOrPath}' is neither a built-in parameter set nor a file",
            Spelling.DidYouMean(nameOrPath, BuiltInParameterSets.Ids) + "the sets are " + string.Join(", ", BuiltInParameterSets.Ids),
            "correct the name, or the path of your file");
    }

    /// <summary>"0.1,1,3": positive C-rates; a C behind each is allowed.</summary>
    public static ImmutableArray<double> ParseRates(string? text, string option)
    {
        if (text is null) return [];
        var rates = ImmutableArray.CreateBuilder<double>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string number = part.EndsWith('C') ? part[..^1].TrimEnd() : part;
            if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) || rate is not (> 0 and <= MostRate))
            {
                throw new Failure($"'{part}' is not a C-rate", "C-rates above zero such as 0.1,1,3", $"correct {option}", $"option {option}");
            }

            rates.Add(rate);
        }

        return rates.ToImmutable();
    }

    /// <summary>"1mHz..7MHz": frequencies from the lowest up, evenly in the logarithm; the highest is always among them.</summary>
    public static ImmutableArray<double> ParseFrequencies(string? text, int pointsPerDecade)
    {
        const string option = "option --impedance";
        if (text is null) return [];
        string[] ends = text.Split("..", StringSplitOptions.TrimEntries);
        if (ends.Length != 2) throw new Failure($"'{text}' is not a range of frequencies", "the lowest and the highest, such as 1mHz..7MHz", "write two frequencies with two points between them", option);
        double low = Hertz(ends[0]), high = Hertz(ends[1]);
        if (low > high) throw new Failure($"'{text}' ends below where it begins", "the lowest frequency first", "exchange the two", option);
        var hertz = ImmutableArray.CreateBuilder<double>();
        double decades = Math.Log10(high / low);
        if (decades * pointsPerDecade > MostFrequencies) throw new Failure($"'{text}' with {pointsPerDecade} per decade makes too many frequencies", $"at most {MostFrequencies}", "lower --points", option);
        // A last step shorter than a thousandth of the others is rounding and not a frequency of its own.
        for (int i = 0; i < (decades * pointsPerDecade) - 1e-3; i++) hertz.Add(low * Math.Pow(10, (double)i / pointsPerDecade));
        hertz.Add(high);
        return hertz.ToImmutable();

        double Hertz(string end)
        {
            if (!Quantity.TryParse(end, out Frequency frequency, out string error)) throw new Failure(error, "frequencies with their unit, such as 1mHz..7MHz", "correct --impedance", option);
            return frequency.Hertz is > 0 and <= 1e15 ? frequency.Hertz : throw new Failure($"'{end}' is not a frequency of an impedance", "frequencies above zero", "correct --impedance", option);
        }
    }

    /// <summary>Writes a figure as SVG or PNG, by the ending of the name; <paramref name="beside"/> goes between name and ending.</summary>
    public static string Draw(Figure figure, string path, string beside = "")
    {
        string file = FigureFile.Beside(path, beside);
        FigureFile.Write(file, figure);
        return file;
    }
}
