using Isobar.Cli;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Architecture;

/// <summary>
/// Cli → Web → Lab → Isobar, and inside the library
/// Quantities ← Numerics ← Materials ← Cells ← {Mechanics, Impedance} ← Electrochemistry ← {Protocols ← Control} ← Planning;
/// Reproducibility stands on Quantities and Numerics alone. Read from the compiled assemblies, method bodies included.
/// </summary>
public sealed class ArrowTests
{
    // For each namespace of the library: the namespaces it may use.
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Quantities"] = [],
        ["Numerics"] = ["Quantities"],
        ["Materials"] = ["Quantities", "Numerics"],
        ["Cells"] = ["Quantities", "Numerics", "Materials"],
        ["Mechanics"] = ["Quantities", "Numerics", "Materials", "Cells"],
        ["Impedance"] = ["Quantities", "Numerics", "Materials", "Cells"],
        ["Reproducibility"] = ["Quantities", "Numerics"],
        ["Electrochemistry"] = ["Quantities", "Numerics", "Materials", "Cells", "Mechanics", "Impedance"],
        ["Protocols"] = ["Quantities", "Numerics", "Materials", "Cells", "Mechanics", "Impedance", "Electrochemistry"],
        ["Control"] = ["Quantities", "Numerics", "Materials", "Cells", "Mechanics", "Impedance", "Electrochemistry", "Protocols"],
        ["Planning"] = ["Quantities", "Numerics", "Materials", "Cells", "Mechanics", "Impedance", "Electrochemistry", "Protocols", "Control", "Reproducibility"],
    };

    private static readonly string[] House = ["Isobar", "Isobar.Lab", "Isobar.Web", "Isobar.Cli"];

    [Theory]
    [InlineData("Isobar", new string[0])]
    [InlineData("Isobar.Lab", new[] { "Isobar" })]
    [InlineData("Isobar.Web", new[] { "Isobar", "Isobar.Lab" })]
    [InlineData("Isobar.Cli", new[] { "Isobar", "Isobar.Lab", "Isobar.Web" })]
    public void An_assembly_refers_only_to_those_below_it(string assembly, string[] allowed)
    {
        IEnumerable<string> own = CompiledReferences.Assemblies(PathOf(assembly)).Intersect(House, StringComparer.Ordinal);
        Assert.Empty(own.Except(allowed, StringComparer.Ordinal));
    }

    [Fact]
    public void The_library_stands_on_the_framework_and_MathNet_alone()
    {
        IEnumerable<string> foreign = CompiledReferences.Assemblies(PathOf("Isobar"))
            .Where(name => !name.StartsWith("System", StringComparison.Ordinal) && name is not "netstandard" and not "MathNet.Numerics");
        Assert.Empty(foreign);
    }

    [Fact]
    public void No_type_of_the_library_uses_a_namespace_above_its_own()
    {
        var upward = new SortedSet<string>(StringComparer.Ordinal);
        int edges = 0;
        foreach ((string from, string to) in CompiledReferences.Types(PathOf("Isobar")))
        {
            if (RoomOf(from) is not { } source || RoomOf(to) is not { } target || string.Equals(source, target, StringComparison.Ordinal)) continue;
            edges++;
            if (!Allowed[source].Contains(target, StringComparer.Ordinal)) upward.Add($"{from} uses {to}: {source} may use only {string.Join(", ", Allowed[source])}");
        }

        Assert.True(edges > 20, $"only {edges} references between namespaces were found; the scan does not see the assembly");
        Assert.True(upward.Count == 0, "upward arrows:\n" + string.Join('\n', upward));
    }

    [Fact]
    public void Every_type_of_the_library_lives_in_a_namespace_of_the_design()
    {
        IEnumerable<string> strays = typeof(Quantity).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("Isobar", StringComparison.Ordinal) == true && RoomOf(type.FullName!) is null)
            .Select(type => type.FullName!);
        Assert.Empty(strays);
    }

    [Fact]
    public void The_library_opens_no_file_starts_no_thread_and_reads_no_clock()
    {
        string[] forbidden =
        [
            "System.IO.File", "System.IO.FileStream", "System.IO.Directory", "System.Threading.Thread", "System.Threading.Tasks.Parallel", "System.Threading.ThreadPool",
            "System.Diagnostics.Stopwatch", "System.Console", "System.Random", "System.Net.Http.HttpClient", "System.Diagnostics.Process",
        ];
        IEnumerable<string> used = CompiledReferences.ForeignTypes(PathOf("Isobar")).Intersect(forbidden, StringComparer.Ordinal);
        Assert.Empty(used);
    }

    [Fact]
    public void The_scan_sees_references_in_signatures_fields_and_bodies()
    {
        // Known facts of the library: a field, a parameter and a call.
        IReadOnlySet<(string From, string To)> edges = CompiledReferences.Types(PathOf("Isobar"));
        Assert.Contains(("Isobar.Cells.Die", "Isobar.Quantities.Area"), edges);
        Assert.Contains(("Isobar.Mechanics.Conversion.PressureConversion", "Isobar.Numerics.Propagation.UncertaintyBudget"), edges);
        Assert.DoesNotContain(edges, edge => edge.From.StartsWith("Isobar.Quantities.", StringComparison.Ordinal) && edge.To.StartsWith("Isobar.Numerics.", StringComparison.Ordinal));
    }

    private static string? RoomOf(string typeName)
    {
        string[] parts = typeName.Split('.');
        return parts.Length > 2 && parts[0] is "Isobar" && Allowed.ContainsKey(parts[1]) ? parts[1] : null;
    }

    private static string PathOf(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly + ".dll");

    [Fact]
    public void The_command_is_the_top_of_the_house() => Assert.Equal("Isobar.Cli", typeof(IsobarProgram).Assembly.GetName().Name);
}
