using System.Globalization;
using System.Numerics;
using System.Text;
using Isobar.Impedance;
using Isobar.Lab.Files;
using Isobar.Lab.Files.Spectra;
using Isobar.Tests.Files.Spectra;
using Xunit;

namespace Isobar.Tests.Fuzzing;

/// <summary>
/// Headings that do not stand above their numbers: names lost, added, moved. With |Z| and phase in the table, a spectrum comes out right or not at all.
/// The frequency keeps its place: nothing in a table tells a frequency from another falling number.
/// </summary>
public sealed class ShiftedColumnTests
{
    private static readonly string[] s_names = ["freq/Hz", "Re(Z)/Ohm", "-Im(Z)/Ohm", "|Z|/Ohm", "Phase(Z)/deg", "time/s", "<Ewe>/V"];

    [Fact]
    public void Moved_names_and_columns_never_give_a_wrong_spectrum()
    {
        int refused = 0, right = 0;
        for (int k = 0; k < 4000; k++)
        {
            var random = new Random(77_000 + k);
            List<string> names = [.. s_names];
            List<int> columns = [.. Enumerable.Range(0, s_names.Length)];
            for (int damage = random.Next(3); damage >= 0; damage--) Move(names, columns, random);
            // Two numbers make an impedance and a third contradicts them; |Z| alone does not tell Re and Im apart.
            if (!names.Contains("Phase(Z)/deg") || names.Intersect(s_names[1..5], StringComparer.Ordinal).Count() < 3) continue;
            string text = Write(names, columns);
            try
            {
                Spectrum spectrum = SpectrumFiles.Parse(text, "moved.txt").Sweeps[0].Spectrum;
                AssertRight(spectrum, $"input {k}:\n{text[..Math.Min(200, text.Length)]}");
                right++;
            }
            catch (IsobarFileException)
            {
                refused++;
            }
        }

        // Both happen, or the test shows nothing.
        Assert.True(refused > 1000, $"{refused} refused");
        Assert.True(right > 100, $"{right} right");
    }

    private static void Move(List<string> names, List<int> columns, Random random)
    {
        int a = 1 + random.Next(names.Count - 1), b = 1 + random.Next(names.Count - 1), c = 1 + random.Next(columns.Count - 1);
        switch (random.Next(5))
        {
            case 0:
                (names[a], names[b]) = (names[b], names[a]);
                break;
            case 1 when names.Count > 4:
                names.RemoveAt(a);
                break;
            case 2 when columns.Count > 4:
                columns.RemoveAt(c);
                break;
            case 3:
                names.Insert(a, "unknown");
                break;
            default:
                columns.Insert(c, 99);
                break;
        }
    }

    private static string Write(List<string> names, List<int> columns)
    {
        var text = new StringBuilder(string.Join('\t', names)).Append('\n');
        for (int i = 0; i < MadeSpectrum.Count; i++)
        {
            Complex z = MadeSpectrum.Ohms[i];
            double[] values = [MadeSpectrum.Hertz[i], z.Real, -z.Imaginary, z.Magnitude, MadeSpectrum.Degrees(z), 10 + i, 3.1];
            text.AppendJoin('\t', columns.Select(column => (column == 99 ? 0.001 * i : values[column]).ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        }

        return text.ToString();
    }

    private static void AssertRight(Spectrum spectrum, string input)
    {
        Assert.True(spectrum.Count == MadeSpectrum.Count, input);
        for (int i = 0; i < MadeSpectrum.Count; i++) Assert.True(Complex.Abs(spectrum.Ohms[i] - MadeSpectrum.Ohms[i]) <= 1e-9 * MadeSpectrum.Ohms[i].Magnitude, input);
    }
}
