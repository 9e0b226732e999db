using System.Diagnostics;
using System.Globalization;
using Isobar.Fuzz;
using SharpFuzz;

// The program behind ./run: see there. Under afl-fuzz it feeds one reader with what the fuzzer makes, guided by the branches that an input reaches.
const string Usage = """
    usage: Isobar.Fuzz list                       the readers, and the folder of seeds of each
           Isobar.Fuzz instrument ASSEMBLY...     put counters of branches into assemblies, in their place
           Isobar.Fuzz run READER                 feed it with what afl-fuzz gives (or with standard input, once)
           Isobar.Fuzz try READER FILE...         feed it with files, and say what became of each
    """;

switch (args)
{
    case ["list"]:
        foreach (FuzzTarget each in FuzzTargets.All) Console.WriteLine($"{each.Name} {each.Seeds}");
        return 0;
    case ["instrument", .. var assemblies]:
        foreach (string assembly in assemblies) Console.WriteLine($"{assembly}: {Fuzzer.Instrument(assembly, static _ => true, Options.Value).Count()} types");
        return 0;
    case ["run", var name]:
        // Nothing that is instrumented may run before the fuzzer has lent its counters, so the reader is looked up inside.
        FuzzTarget? fed = null;
        Fuzzer.Run(stream =>
        {
            fed ??= Find(name) ?? throw new FuzzException($"'{name}' is no reader; see list");
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            fed.Feed(bytes.ToArray());
        });
        return 0;
    case ["try", var name, .. var files] when Find(name) is { } target:
        // All of them are tried, also behind one that fails.
        return Array.TrueForAll(Array.ConvertAll(files, file => Try(target, file)), static good => good) ? 0 : 2;
    default:
        Console.Error.WriteLine(Usage);
        return 1;
}

static FuzzTarget? Find(string name) => FuzzTargets.All.FirstOrDefault(each => each.Name == name);

static bool Try(FuzzTarget target, string file)
{
    var watch = Stopwatch.StartNew();
    string end;
    bool good = true;
    try
    {
        end = target.Feed(File.ReadAllBytes(file)) ? "read" : "refused";
    }
    catch (Exception fault)
    {
        // Whatever it is, it is what the fuzzer looks for, and the next file is still to be tried.
        (end, good) = (fault.ToString(), false);
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {watch.Elapsed.TotalSeconds:0.000} s, {end}"));
    return good;
}
