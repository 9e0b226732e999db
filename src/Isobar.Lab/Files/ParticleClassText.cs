using System.Collections.Immutable;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Reads the particle classes of a cathode: a list of <c>{R_p: ..., share: ..., theta_c: ..., f_iso: ...}</c>.</summary>
internal static class ParticleClassText
{
    // Shares written with a few digits add up to one no better than this.
    private const double ShareTolerance = 1e-6;

    public static ImmutableArray<ParticleClass> Read(FileNode node)
    {
        FileList list = node.AsList("particle classes");
        ImmutableArray<ParticleClass> classes = [.. list.Items.Select(ReadOne)];
        double sum = classes.Sum(each => each.VolumeShare);
        return Math.Abs(sum - 1) <= ShareTolerance
            ? classes
            : throw list.Error($"the shares of the particle classes make {Quantity.Number(sum)}", "shares of the active volume that make 1", "correct 'share' of one class");
    }

    private static ParticleClass ReadOne(FileNode node)
    {
        FileMap map = node.AsMap("a particle class", "R_p", "share", "theta_c", "f_iso");
        return new ParticleClass(
            Number(map.Require("R_p", "the particle class", "2.5e-06"), "R_p"),
            OpenCircuitText.ReadNumber(map.Require("share", "the particle class", "0.5"), "the share of the active volume"),
            map.Find("theta_c") is { } contact ? Number(contact, "theta_c") : 1,
            map.Find("f_iso") is { } isolated ? Number(isolated, "f_iso") : 0);
    }

    private static double Number(FileNode node, string name)
    {
        HalfCellSymbol symbol = HalfCellSymbols.Find(name)!;
        double value = OpenCircuitText.ReadNumber(node, symbol.Meaning);
        return value >= symbol.Lowest && value <= symbol.Highest
            ? value
            : throw node.Error($"{name} is {Quantity.Number(value)}", $"{symbol.Meaning} from {Quantity.Number(symbol.Lowest)} to {Quantity.Number(symbol.Highest)}", "check the number; all values are in SI units");
    }
}
