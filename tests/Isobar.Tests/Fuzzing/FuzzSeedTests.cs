using System.Text;
using Isobar.Tests.Files.Cycling;
using Isobar.Tests.Files.Spectra;
using Isobar.Tests.Files.Surfaces;
using Xunit;

namespace Isobar.Tests.Fuzzing;

/// <summary>
/// The seeds of the coverage-guided fuzzer (tests/Isobar.Fuzz/seeds) are the files that the tests of the readers are written with, and the examples. ISOBAR_ACCEPT=1 writes them anew.
/// </summary>
public sealed class FuzzSeedTests
{
    private const int MostBytes = 6000;

    private static readonly string[] s_circuits =
    [
        "R0-p(R1,CPE1)-W1", "L1-R0-p(R1,C1)-p(R2,CPE2)", "R(RQ)(R[QW])", "R{R=5/0/10}(RQ{n=0.8F})", "R0-p(R1,CPE1{n==CPE2.n})-p(R2{R==2*R1},CPE2)", "Zarc{R=5±0.5, tau=1e-3}-Tie-La-Ws", "Con-HN-Gs-K-Tb-Tr-Tee",
    ];

    private static readonly (string Folder, string Pattern, string Seeds)[] s_examples =
    [
        ("examples/cells", "*.csv", "cells"), ("examples/pellets", "*.csv", "pellets"), ("examples/presses", "*.yaml", "press"), ("examples/protocols", "*.yaml", "protocol"), ("examples/cell-model", "*.yaml", "parameters"),
        ("examples/nmc811-lpscl-li", "cell.yaml", "cell"), ("examples/nmc811-argyrodite-inli", "cell.yaml", "cell"), ("data/materials", "carbon-additive.yaml", "material"), ("data/materials", "indium.yaml", "material"),
        ("examples/spectra", "*.csv", "spectra"),
    ];

    [Fact]
    public void The_seeds_of_the_fuzzer_are_the_files_of_the_tests()
    {
        (string Path, byte[] Bytes)[] seeds = [.. Seeds()];
        Assert.Equal(seeds.Length, seeds.Select(seed => seed.Path).Distinct(StringComparer.Ordinal).Count());
        string root = Repository.PathOf("tests", "Isobar.Fuzz", "seeds");
        bool accept = string.Equals(Environment.GetEnvironmentVariable("ISOBAR_ACCEPT"), "1", StringComparison.Ordinal);
        foreach ((string path, byte[] bytes) in seeds)
        {
            string file = Path.Combine(root, path);
            // An archive carries the time at which it was written: one that is there stays.
            bool archive = bytes is [(byte)'P', (byte)'K', ..];
            if (accept && !(archive && File.Exists(file)))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, bytes);
            }

            Assert.True(File.Exists(file) && (archive || bytes.AsSpan().SequenceEqual(File.ReadAllBytes(file))), $"tests/Isobar.Fuzz/seeds/{path} is not what the tests are written with; run them with ISOBAR_ACCEPT=1");
        }

        string[] known = [.. seeds.Select(seed => Path.GetFullPath(Path.Combine(root, seed.Path)))];
        // A fault that was found is kept beside the seeds, in a file whose name begins with "found-".
        Assert.Empty(Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(file => !Path.GetFileName(file).StartsWith("found-", StringComparison.Ordinal)).Except(known, StringComparer.Ordinal));
    }

    private static IEnumerable<(string Path, byte[] Bytes)> Seeds()
    {
        foreach ((string text, int i) in SpectrumFormatTests.Files.Select((row, i) => (row.Data.Item2, i))) yield return ($"spectra/{i:00}.txt", Encoding.UTF8.GetBytes(text));
        yield return ("spectra/mpr", MprFileTests.Mpr([32, 37, 38, 36, 35, 4], 11));
        yield return ("spectra/mpr-old", MprFileTests.Mpr([1, 2, 32, 9999, 37, 38], 3));
        foreach ((string text, int i) in CyclerFileTests.Files.Select((row, i) => (row.Data.Item2, i))) yield return ($"cycling/{i:00}.txt", Encoding.UTF8.GetBytes(text)[..MostBytes]);
        yield return ("cycling/mpr", MprFileTests.Mpr([4, 6, 8, 24], 11));
        for (int i = 0; i < s_circuits.Length; i++) yield return ($"circuits/{i}.txt", Encoding.UTF8.GetBytes(s_circuits[i]));
        foreach (((string name, string _, byte[] bytes), int i) in SurfaceSamples.All.Select((sample, i) => (sample, i))) yield return ($"surface/{i:00}-{name.Replace(' ', '-')}", bytes);
        foreach ((string folder, string pattern, string kind) in s_examples)
        {
            foreach (string file in Directory.EnumerateFiles(Repository.PathOf(folder.Split('/')), pattern)) yield return ($"{kind}/{Path.GetFileName(folder)}-{Path.GetFileName(file)}", File.ReadAllBytes(file));
        }
    }
}
