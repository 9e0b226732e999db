using System.CommandLine;
using System.Globalization;
using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Planning;

namespace Isobar.Cli;

/// <summary>The arguments and options that several commands share, declared once.</summary>
internal static class CellArguments
{
    public static Argument<string> Cell() => new("cell") { Description = "Cell file, for example examples/nmc811-lpscl-li/cell.yaml" };

    public static Argument<string> Protocol() => new("protocol") { Description = "Protocol file, as isobar plan writes it" };

    public static Option<string?> CellOption() => new("--cell")
    {
        Description = "Cell file: gives the die, the press and the layers (default: the die of the protocol and an undescribed press)",
        HelpName = "cell.yaml",
    };

    public static Option<Goal> Goal()
    {
        var option = new Option<Goal>("--goal")
        {
            Description = "rate (lowest resistance) or reliability (lowest scatter)",
            HelpName = "rate or reliability",
            DefaultValueFactory = _ => Planning.Goal.Rate,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (text.Equals("rate", StringComparison.OrdinalIgnoreCase)) return Planning.Goal.Rate;
                if (text.Equals("reliability", StringComparison.OrdinalIgnoreCase)) return Planning.Goal.Reliability;
                result.AddError($"'{text}' is not a goal; write rate or reliability");
                return Planning.Goal.Rate;
            },
        };
        option.CompletionSources.Add("rate", "reliability");
        return option;
    }

    public static Option<ulong> Seed() => new("--seed")
    {
        Description = "Seed of the simulated cell, press and instruments; the same seed gives the same bytes",
        HelpName = "number",
        DefaultValueFactory = _ => 1,
        CustomParser = result =>
        {
            if (ulong.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)) return seed;
            result.AddError($"'{result.Tokens[0].Value}' is not a seed; write a whole number from 0 up");
            return 1;
        },
    };

    public static Option<string?> Folder() => new("--out") { Description = "Folder for the files that are written (default: here)", HelpName = "folder" };

    /// <summary>Reads a cell file and its text.</summary>
    public static (Cell Cell, string Text) Read(string path, Surroundings surroundings)
    {
        string full = surroundings.PathOf(path);
        Cell cell = CellFile.Read(full, BuiltInMaterials.Library);
        return (cell, File.ReadAllText(full));
    }

    /// <summary>The folder to write to, made when it does not exist.</summary>
    public static string FolderFor(string? folder, Surroundings surroundings)
    {
        string full = folder is null ? surroundings.Folder : surroundings.PathOf(folder);
        try
        {
            Directory.CreateDirectory(full);
            return full;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new Failure($"the folder cannot be made: {fault.Message}", "a folder that exists or can be made", "name another folder with --out", full, ExitCode.OutsideFailed);
        }
    }
}
