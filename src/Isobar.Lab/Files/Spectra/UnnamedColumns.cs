using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Spectra;

/// <summary>
/// Gives names to columns that have none. Three are frequency, Re, Im, or frequency, |Z|, phase in degrees. By the local forms of the Kramers-Kronig
/// relations, Im Z ≈ (π/2) dRe Z/d ln ω and arg Z ≈ (π/2) d ln|Z|/d ln ω, the numbers tell which they are. Five are these with |Z| and phase beside Re and Im, where the numbers agree; nine are those of ZPlot.
/// </summary>
internal static class UnnamedColumns
{
    // Share of the third column that the relation leaves unexplained: what is |Z| and phase follows its own relation to a tenth or so.
    private const double Follows = 0.15;
    private const double Better = 5;
    private const int Fewest = 8;

    public static List<TableHeading> Headings(FileContent content, NumberBlock block, TableShape shape, List<string> notes)
    {
        if (block.Fields == ZPlot.Length)
        {
            notes.Add("the columns have no names: taken as those of ZPlot, with Re and Im in ohm in the fifth and sixth (a line of names says otherwise)");
            return [.. ZPlot.Select(name => new TableHeading(name, -1, 0))];
        }

        if (block.Fields == Whole.Length && HoldsModulus(TableReader.Read(content, [.. Whole.Select(name => new TableHeading(name, -1, 0))], block.First, block.End, shape)))
        {
            notes.Add("the columns have no names: taken as frequency in Hz, Re, Im, |Z| in ohm and phase in degrees, since the fourth is the modulus of the second and third");
            return [.. Whole.Select(name => new TableHeading(name, -1, 0))];
        }

        if (block.Fields != 3)
        {
            throw content.Text.Error(
                block.First, 0, $"{Plural.Of(block.Fields, "column")} of numbers and no line that names them", "a line of names above the numbers, for example 'freq/Hz,Re(Z)/Ohm,Im(Z)/Ohm'",
                "add the line of names; without one, only three columns (frequency, Re, Im), five (with |Z| and phase) or the nine of ZPlot can be read");
        }

        List<TableHeading> cartesian = [new("frequency", -1, 0), new("Re", -1, 0), new("Im", -1, 0)], polar = [new("frequency", -1, 0), new("|Z|", -1, 0), new("phase", -1, 0)];
        if (IsPolar(TableReader.Read(content, cartesian, block.First, block.End, shape)))
        {
            notes.Add("the columns have no names: taken as frequency in Hz, |Z| in ohm and phase in degrees, since the third follows the slope of the second as a phase does (a line of names says otherwise)");
            return polar;
        }

        notes.Add("the columns have no names: taken as frequency in Hz, Re and Im in ohm (--unit and --rad-per-s say otherwise)");
        return cartesian;
    }

    private static string[] ZPlot { get; } = ["Freq(Hz)", "Ampl", "Bias", "Time(Sec)", "Z'(a)", "Z''(b)", "GD", "Err", "Range"];

    private static string[] Whole { get; } = ["frequency", "Re", "Im", "|Z|", "phase"];

    private static bool HoldsModulus(NumberTable table)
    {
        for (int i = 0; i < table.Count; i++)
        {
            double given = table.Column(3)[i], computed = Math.Sqrt((table.Column(1)[i] * table.Column(1)[i]) + (table.Column(2)[i] * table.Column(2)[i]));
            if (!(Math.Abs(given - computed) <= 0.02 * computed)) return false;
        }

        return table.Count >= Fewest;
    }

    private static bool IsPolar(NumberTable table)
    {
        double[] frequency = table.Column(0).ToArray(), second = table.Column(1).ToArray(), third = table.Column(2).ToArray();
        int[] order = [.. Enumerable.Range(0, table.Count).Where(i => frequency[i] > 0 && second[i] > 0 && Math.Abs(third[i]) <= 180).OrderBy(i => frequency[i])];
        // A modulus and a phase are all of these; a few points outside make the columns something else.
        if (order.Length < Fewest || order.Length < table.Count) return false;
        double asPhase = Unexplained(order, frequency, i => Math.Log(second[i]), i => third[i] * Math.PI / 180);
        double asImaginary = Unexplained(order, frequency, i => second[i], i => third[i]);
        return asPhase < Follows && asPhase * Better < asImaginary;
    }

    // Of either sign: that of the third column may be turned.
    private static double Unexplained(int[] order, double[] frequency, Func<int, double> of, Func<int, double> part)
    {
        double all = 0, upright = 0, turned = 0;
        for (int k = 1; k < order.Length - 1; k++)
        {
            double step = Math.Log(frequency[order[k + 1]] / frequency[order[k - 1]]);
            if (!(step > 0)) continue;
            double follows = Math.PI / 2 * (of(order[k + 1]) - of(order[k - 1])) / step, here = part(order[k]);
            all += here * here;
            upright += (here - follows) * (here - follows);
            turned += (here + follows) * (here + follows);
        }

        return all > 0 ? Math.Min(upright, turned) / all : double.PositiveInfinity;
    }
}
