using System.Collections.Concurrent;
using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Planning;

namespace Isobar.Tests.Planning;

/// <summary>The example cells, variants of them by changed lines, and their plans, each planned once.</summary>
internal static class ExampleCells
{
    public const string Lithium = "nmc811-lpscl-li";
    public const string Indium = "nmc811-argyrodite-inli";

    private static readonly ConcurrentDictionary<(string Example, Goal Goal), Lazy<Plan>> s_plans = new();

    /// <summary>An example, with lines of its file replaced.</summary>
    /// <exception cref="ArgumentException">The file has no such line.</exception>
    public static Cell Read(string example, params (string Line, string Replacement)[] changes)
    {
        string text = File.ReadAllText(Repository.PathOf("examples", example, "cell.yaml"));
        foreach ((string line, string replacement) in changes)
        {
            if (!text.Contains(line, StringComparison.Ordinal)) throw new ArgumentException($"examples/{example}/cell.yaml has no '{line}'", nameof(changes));
            text = text.Replace(line, replacement, StringComparison.Ordinal);
        }

        return CellFile.Parse(text, "cell.yaml", BuiltInMaterials.Library);
    }

    /// <summary>The plan of an example as it stands, with seed 1.</summary>
    public static Plan Plan(string example, Goal goal) => s_plans.GetOrAdd((example, goal), static key => new Lazy<Plan>(() => Planner.Plan(Read(key.Example), key.Goal))).Value;
}
