using System.Diagnostics;
using System.Globalization;
using System.Text;
using Isobar.Electrochemistry.Cycling;
using Isobar.Impedance.Circuits;
using Isobar.Lab.Files;
using Isobar.Lab.Files.Cycling;
using Isobar.Lab.Files.Spectra;
using Isobar.Tests.Files.Cycling;
using Isobar.Tests.Files.Spectra;
using Xunit;

namespace Isobar.Tests.Fuzzing;

/// <summary>
/// Damaged files of every format, and damaged circuits: a reader gives an answer or refuses with <see cref="IsobarFileException"/>, in bounded time and
/// memory. Six thousand of each kind in every run; a million with <c>ISOBAR_FUZZ=1000000</c>.
/// </summary>
public sealed class ReaderFuzzTests
{
    private const int Usual = 6000;
    private const int Seed = 20260111;

    // A file of 64 kB at most; a reader that needs more than this for it is not bounded by its input.
    private const long MostBytes = 64L << 20;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);

    private static readonly SpectrumFileOptions[] s_options =
    [
        SpectrumFileOptions.None, SpectrumFileOptions.None, SpectrumFileOptions.None, new() { Angular = true, Unit = "kohm cm2" }, new() { NegativeImaginary = true },
        .. SpectrumFiles.FormatNames.Select(name => new SpectrumFileOptions { Format = name }),
    ];

    [Fact]
    public void Damaged_spectra_are_read_or_refused()
    {
        byte[][] seeds = [.. SpectrumFormatTests.Files.Select(row => Encoding.UTF8.GetBytes(row.Data.Item2)), MprFileTests.Mpr([32, 37, 38, 36, 35, 4], 11), MprFileTests.Mpr([1, 2, 32, 9999, 37, 38], 3), Encoding.Latin1.GetBytes(SpectrumFormatTests.BioLogic)];
        Run(seeds, (bytes, random) =>
        {
            SpectrumFile file = SpectrumFiles.Parse(bytes, "damaged", s_options[random.Next(s_options.Length)]);
            Assert.NotEmpty(file.Sweeps);
            Assert.All(file.Spectra, spectrum => Assert.True(spectrum.Hertz[^1] > 0));
        });
    }

    [Fact]
    public void Damaged_cycling_data_are_read_or_refused()
    {
        byte[][] seeds = [.. CyclerFileTests.Files.Select(row => Encoding.UTF8.GetBytes(row.Data.Item2)[..6000]), MprFileTests.Mpr([4, 6, 8, 24], 11)];
        string?[] formats = [null, null, null, .. CyclerFiles.FormatNames];
        Run(seeds, (bytes, random) =>
        {
            CyclerFile file = CyclerFiles.Parse(bytes, "damaged", new CyclerFileOptions { Format = formats[random.Next(formats.Length)], DischargeIsPositive = random.Next(4) == 0 });
            CyclingResult result = CyclingAnalysis.Of(file.Series);
            foreach (Cycle cycle in result.Cycles.Take(3))
            {
                if ((cycle.Charge ?? cycle.Discharge) is { } half) _ = DifferentialVoltage.Of(file.Series, half, 20);
            }
        });
    }

    [Fact]
    public void Damaged_circuits_are_read_or_refused()
    {
        byte[][] seeds = [.. new[] { "R0-p(R1,CPE1)-W1", "L1-R0-p(R1,C1)-p(R2,CPE2)", "R(RQ)(R[QW])", "R{R=5/0/10}(RQ{n=0.8F})" }.Select(Encoding.UTF8.GetBytes)];
        Run(seeds, (bytes, random) =>
        {
            _ = Circuit.Parse(Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 2000)]));
        });
    }

    private static void Run(byte[][] seeds, Action<byte[], Random> read)
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("ISOBAR_FUZZ"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int asked) && asked > 0 ? asked : Usual;
        var mutator = new Mutator(seeds);
        int answered = 0;
        for (int k = 0; k < count; k++)
        {
            var random = new Random(Seed + k);
            byte[] bytes = mutator.Next(random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            try
            {
                read(bytes, random);
                answered++;
            }
            catch (CircuitException)
            {
                // Refused, as it should be.
            }
            catch (IsobarFileException fault)
            {
                Assert.NotEmpty(fault.Found);
                Assert.NotEmpty(fault.Next);
            }
            catch (Exception other) when (other is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"input {k} of seed {Seed}: {other.GetType().Name}: {other.Message}\n{other.StackTrace}\n{Convert.ToBase64String(bytes)}");
            }

            Assert.True(watch.Elapsed < s_longest, $"input {k} of seed {Seed} took {watch.Elapsed}");
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytes, $"input {k} of seed {Seed} took {GC.GetAllocatedBytesForCurrentThread() - before} bytes");
        }

        // Damage that leaves nothing readable would test only the refusals.
        Assert.InRange(answered, count / 50, count * 19 / 20);
    }
}
