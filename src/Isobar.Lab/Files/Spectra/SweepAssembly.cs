using System.Collections.Immutable;
using System.Globalization;
using Isobar.Impedance;
using Isobar.Lab.Files.Tables;
using Isobar.Quantities;

namespace Isobar.Lab.Files.Spectra;

/// <summary>Makes sweeps of the tables that a format found: units, sign, rows that are no points, cross-checks, where one sweep ends.</summary>
internal static class SweepAssembly
{
    private const double SquareCentimetre = 1e-4;
    private const double SameFrequency = 1e-3;

    public static SpectrumFile Assemble(FileContent content, SpectrumFormat format, SpectrumDraft draft, SpectrumFileOptions options)
    {
        if (draft.Tables.Count == 0) throw content.Error($"the file is of the format '{format.Name}' and holds no table of impedances", "at least one sweep", "check that the measurement was an impedance spectrum and that it ran");
        List<string> notes = [.. draft.Notes], dialect = [.. draft.Dialect];
        Estimate<Area>? area = AreaOf(draft, options);
        List<SpectrumSweep> sweeps = [];
        int tables = 0;
        foreach (SpectrumTable raw in draft.Tables)
        {
            SpectrumTable table = ColumnUnits.Complete(content, raw with { Columns = ColumnChoice.Settled(raw.Columns) }, options, notes);
            Add(notes, table.Table.Notes);
            Add(notes, table.Columns.Select((column, i) => (column.NotUsed, table.Table.Headings[i].Text)).Where(pair => pair.NotUsed is not null).Select(pair => $"the column {FileText.Quote(pair.Text)} is not used: {pair.NotUsed}"));
            var columns = new ColumnChoice(table);
            PointRows points = PointRows.Of(table, columns, options, notes);
            if (points.Rows.Count == 0) continue;
            tables++;
            Add(dialect, [columns.Told(points.Turned), Units(columns)]);
            bool areaColumn = options.Area is null && columns.Has(ImpedanceRole.Area);
            if (points.PerArea && area is null && !areaColumn) Add(notes, ["the impedances are per area and no area is given: they are kept as those of 1 cm² (--area gives the real one)"]);
            Estimate<Area>? each = area ?? (points.PerArea ? new Estimate<Area>(new Area(SquareCentimetre), default) : null);
            Func<double?, Estimate<Area>?> areaFor = own => areaColumn && own is { } given and > 0 ? new Estimate<Area>(new Area(given), default) : each;
            string name = Path.GetFileName(content.Path);
            foreach (SpectrumSweep sweep in Sweeps(table, columns, points, draft, areaFor, notes))
            {
                sweeps.Add(sweep with { Spectrum = sweep.Spectrum with { Name = sweep.Spectrum.Name.Length > 0 ? sweep.Spectrum.Name : name } });
            }
        }

        LeaveOutCutSweep(draft, sweeps, notes);
        if (tables == 0) throw content.Error("no row of the file has a frequency and an impedance", "rows of frequency and impedance", "check that the measurement ran");
        // Sweeps of one name are told apart by their number.
        if (sweeps.Select(sweep => sweep.Spectrum.Name).Distinct(StringComparer.Ordinal).Count() < sweeps.Count) sweeps = [.. sweeps.Select((sweep, i) => sweep with { Spectrum = sweep.Spectrum with { Name = $"{sweep.Spectrum.Name} #{(i + 1).ToString(CultureInfo.InvariantCulture)}" } })];
        Add(dialect, [Order(sweeps)]);
        if (!draft.Tables[0].Table.IsBinary && content.Text.Encoding != "UTF-8") dialect.Add($"text in {content.Text.Encoding}");
        return new SpectrumFile(content.Path, format.Name, [.. dialect], [.. sweeps], [.. draft.Facts], [.. notes]);
    }

    private static IEnumerable<SpectrumSweep> Sweeps(SpectrumTable table, ColumnChoice columns, PointRows points, SpectrumDraft draft, Func<double?, Estimate<Area>?> areaFor, List<string> notes)
    {
        double[]? numbers = Optional(columns, points, ImpedanceRole.Sweep), seconds = Optional(columns, points, ImpedanceRole.Time);
        double[]? kelvins = Optional(columns, points, ImpedanceRole.Temperature), pascals = Optional(columns, points, ImpedanceRole.SurfacePressure) ?? Optional(columns, points, ImpedanceRole.AppliedPressure);
        double[]? areas = Optional(columns, points, ImpedanceRole.Area), thicknesses = Optional(columns, points, ImpedanceRole.Thickness);
        List<int> starts = SweepSplit.Starts(points.Hertz, numbers, draft.TurnsWithinSweep, out bool inNoOrder);
        if (inNoOrder) Add(notes, ["the frequencies stand in no order: taken as one sweep"]);
        for (int piece = 0; piece < starts.Count; piece++)
        {
            int first = starts[piece], end = piece + 1 < starts.Count ? starts[piece + 1] : points.Rows.Count;
            if (end - first < 3) Add(notes, [$"sweep {piece + 1} has only {Plural.Of(end - first, "point")}"]);
            double began = seconds is null ? double.NaN : seconds[first..end].Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
            Estimate<Area>? area = areaFor(MeanOf(areas, first, end));
            double? squareMetres = points.PerArea ? area!.Value.Value.SquareMetres : null;
            IEnumerable<SpectrumPoint> of = Enumerable.Range(first, end - first).Select(i => new SpectrumPoint(points.Hertz[i], points.Ohms[i] / (squareMetres ?? 1)) { Seconds = seconds is null ? double.NaN : seconds[i] - began });
            var spectrum = new Spectrum(of)
            {
                Name = table.SweepNames is { } names && numbers is not null ? names[(int)numbers[first]] : "",
                Temperature = MeanOf(kelvins, first, end) is { } t and > 0 ? new Temperature(t) : null,
                StackPressure = PressureOf(pascals, first, end),
                Area = area,
                Thickness = MeanOf(thicknesses, first, end) is { } metres and > 0 ? new Estimate<Length>(new Length(metres), default) : null,
                Began = SweepClock.Began(draft, began, isFirst: piece == 0 && ReferenceEquals(table.Table, draft.Tables[0].Table)),
            };
            yield return new SpectrumSweep(spectrum, points.Hertz[end - 1] > points.Hertz[first], table.Table.LineOf(points.Rows[first]) + 1, began);
        }
    }

    // A run that was stopped leaves a last sweep over the beginning of the frequencies of those before.
    private static void LeaveOutCutSweep(SpectrumDraft draft, List<SpectrumSweep> sweeps, List<string> notes)
    {
        if (sweeps.Count < 2 || draft.Tables.Any(table => table.SweepNames is not null)) return;
        SpectrumSweep last = sweeps[^1], before = sweeps[^2];
        int missing = before.Spectrum.Count - last.Spectrum.Count;
        if (missing <= 0 || last.Ascending != before.Ascending || sweeps.SkipLast(1).Any(sweep => sweep.Spectrum.Count != before.Spectrum.Count)) return;
        for (int i = 0; i < last.Spectrum.Count; i++)
        {
            double here = last.Spectrum.Hertz[i], there = before.Spectrum.Hertz[last.Ascending ? i + missing : i];
            if (Math.Abs(here - there) > SameFrequency * there) return;
        }

        sweeps.RemoveAt(sweeps.Count - 1);
        notes.Add($"the last sweep (line {last.FirstLine}) stops after {last.Spectrum.Count} of {before.Spectrum.Count} frequencies: the run was stopped there. It is left out, the {Plural.Of(sweeps.Count, "complete sweep")} given");
    }

    private static double[]? Optional(ColumnChoice columns, PointRows points, ImpedanceRole role)
    {
        if (!columns.Has(role)) return null;
        // Text in a column that a spectrum can do without is no reason to refuse it.
        ReadOnlySpan<double> all = columns.NumbersOrText(role);
        ImpedanceColumn column = columns.Column(role);
        var values = new double[points.Rows.Count];
        for (int i = 0; i < values.Length; i++) values[i] = (all[points.Rows[i]] * column.Factor) + column.Offset;
        return values;
    }

    private static double? MeanOf(double[]? values, int first, int end)
    {
        if (values is null) return null;
        double[] given = [.. values[first..end].Where(double.IsFinite)];
        return given.Length == 0 ? null : given.Average();
    }

    private static Estimate<SamplePressure>? PressureOf(double[]? pascals, int first, int end)
    {
        if (MeanOf(pascals, first, end) is not { } mean) return null;
        double[] given = [.. pascals![first..end].Where(double.IsFinite)];
        double spread = given.Length < 2 ? 0 : Math.Sqrt(given.Sum(p => (p - mean) * (p - mean)) / (given.Length - 1));
        return new Estimate<SamplePressure>(new SamplePressure(mean), new SamplePressure(spread));
    }

    private static Estimate<Area>? AreaOf(SpectrumDraft draft, SpectrumFileOptions options) =>
        options.Area ?? (draft.AreaM2 is { } stated ? new Estimate<Area>(new Area(stated), default) : null);

    private static string Units(ColumnChoice columns)
    {
        ImpedanceColumn frequency = columns.Column(ImpedanceRole.Frequency), impedance = columns.Column(columns.IsCartesian ? ImpedanceRole.Real : ImpedanceRole.Modulus);
        string f = frequency.Unit.Length > 0 ? frequency.Unit : frequency.Angular ? "rad/s" : "Hz";
        return $"frequency in {f}{(frequency.Angular ? ", turned into Hz" : "")}; impedance in {Ohms(impedance)}";
    }

    private static string Ohms(ImpedanceColumn column) => (Math.Abs(column.Factor) / (column.PerArea ? SquareCentimetre : 1), column.PerArea ? " cm²" : "") switch
    {
        ( > 0.9e9 and < 1.1e9, var area) => "GΩ" + area,
        ( > 0.9e6 and < 1.1e6, var area) => "MΩ" + area,
        ( > 900 and < 1100, var area) => "kΩ" + area,
        ( > 0.9 and < 1.1, var area) => "Ω" + area,
        ( > 0.9e-3 and < 1.1e-3, var area) => "mΩ" + area,
        _ => Quantity.Pretty(column.Unit),
    };

    private static string Order(List<SpectrumSweep> sweeps)
    {
        int up = sweeps.Count(sweep => sweep.Ascending);
        return up == 0 ? "from high to low frequency" : up == sweeps.Count ? "from low to high frequency" : "some sweeps from high to low frequency, some back";
    }

    private static void Add(List<string> to, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            if (!to.Contains(line, StringComparer.Ordinal)) to.Add(line);
        }
    }
}
