using System.Numerics;
using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Spectra;

/// <summary>The rows of a table that are points of a spectrum: Hz and Ω (Ω m² where the file is per area), in the order of the file.</summary>
internal sealed class PointRows
{
    // Beyond what any impedance analyser measures, and far from where doubles end.
    private const double HighestHertz = 1e15;
    private const double HighestOhms = 1e30;

    private PointRows(List<int> rows, List<double> hertz, List<Complex> ohms, bool perArea, bool turned)
    {
        Rows = rows;
        Hertz = hertz;
        Ohms = ohms;
        PerArea = perArea;
        Turned = turned;
    }

    public List<int> Rows { get; }

    public List<double> Hertz { get; }

    public List<Complex> Ohms { get; }

    public bool PerArea { get; }

    /// <summary>Whether the column of imaginary parts, or phases, holds them with their sign turned.</summary>
    public bool Turned { get; }

    public static PointRows Of(SpectrumTable table, ColumnChoice columns, SpectrumFileOptions options, List<string> notes)
    {
        (List<int> rows, List<double> hertz) = RowsWithFrequency(table, columns, notes);
        table = WithPhaseUnit(table, ref columns, rows, hertz, notes);
        bool turned = options.NegativeImaginary ?? columns.Column(columns.SignRole).IsNegated;
        List<Complex> ohms = Impedances(table, columns, rows, hertz, turned, notes);
        if (PolarCheck.Check(table, columns, rows, ohms, Evidence(table, columns, hertz, ohms, options)) is { } note) notes.Add(note);
        if (options.NegativeImaginary is null) turned = Judged(table, columns, hertz, ohms, turned, notes);
        return new PointRows(rows, hertz, ohms, columns.Column(columns.IsCartesian ? ImpedanceRole.Real : ImpedanceRole.Modulus).PerArea, turned);
    }

    // Where imaginary parts and phases have opposite signs, causality says which of them is turned; a sign that a person or a heading states stands above it.
    private static SignEvidence Evidence(SpectrumTable table, ColumnChoice columns, List<double> hertz, List<Complex> ohms, SpectrumFileOptions options)
    {
        if (options.NegativeImaginary is not null) return SignEvidence.Upright;
        SignEvidence evidence = ImaginarySign.Of(hertz, ohms);
        return evidence == SignEvidence.Turned && (!table.SignIsOpen || columns.Column(columns.SignRole).IsNegated) ? SignEvidence.None : evidence;
    }

    private static SpectrumTable WithPhaseUnit(SpectrumTable table, ref ColumnChoice columns, List<int> rows, List<double> hertz, List<string> notes)
    {
        if (!columns.Has(ImpedanceRole.Phase) || columns.Column(ImpedanceRole.Phase) is not { Unit: "" } phase) return table;
        ReadOnlySpan<double> given = columns.Numbers(ImpedanceRole.Phase);
        double[] phases = [.. Picked(given, rows)], moduli = [], angles = [];
        if (columns.IsCartesian)
        {
            double[] real = [.. Picked(columns.Numbers(ImpedanceRole.Real), rows)], imaginary = [.. Picked(columns.Numbers(ImpedanceRole.Imaginary), rows)];
            angles = [.. real.Select((re, i) => Math.Atan2(imaginary[i], re))];
        }
        else if (columns.IsPolar) moduli = [.. Picked(columns.Numbers(ImpedanceRole.Modulus), rows)];
        else return table;
        if (!PhaseUnit.IsRadian(phases, [.. hertz], moduli, angles)) return table;
        notes.Add($"'{columns.Name(ImpedanceRole.Phase)}' {PhaseUnit.Note}");
        table = table with { Columns = [.. table.Columns.Select(column => ReferenceEquals(column, phase) ? column with { Factor = Math.Sign(column.Factor), Unit = "rad" } : column)] };
        columns = new ColumnChoice(table);
        return table;
    }

    private static double[] Picked(ReadOnlySpan<double> numbers, List<int> rows)
    {
        double[] picked = new double[rows.Count];
        for (int i = 0; i < picked.Length; i++) picked[i] = numbers[rows[i]];
        return picked;
    }

    private static (List<int> Rows, List<double> Hertz) RowsWithFrequency(SpectrumTable table, ColumnChoice columns, List<string> notes)
    {
        ReadOnlySpan<double> frequencies = columns.Numbers(ImpedanceRole.Frequency);
        double factor = columns.Column(ImpedanceRole.Frequency).Factor;
        List<int> rows = [];
        List<double> hertz = [];
        for (int row = 0; row < frequencies.Length; row++)
        {
            double f = frequencies[row] * factor;
            if (double.IsInfinity(f)) throw table.Table.RowError(row, "the frequency is not a finite number", "a frequency that an instrument reaches", "check which column is the frequency, and whether it is a logarithm");
            if (f < 0) throw table.Table.RowError(row, $"the frequency is {frequencies[row]:G6}", "frequencies above zero", "check that this column is the frequency, and not its logarithm");
            if (!(f > 0)) continue;
            if (f > HighestHertz) throw table.Table.RowError(row, $"the frequency is {f:G6} Hz", "a frequency that an instrument reaches", "check which column is the frequency, and its unit");
            rows.Add(row);
            hertz.Add(f);
        }

        int without = frequencies.Length - rows.Count;
        if (without > 0) notes.Add($"{Plural.Of(without, "row")} without a frequency (empty or 0: rests, padding) {(without == 1 ? "is" : "are")} left out");
        return (rows, hertz);
    }

    private static List<Complex> Impedances(SpectrumTable table, ColumnChoice columns, List<int> rows, List<double> hertz, bool turned, List<string> notes)
    {
        bool cartesian = columns.IsCartesian;
        ImpedanceRole sizeRole = cartesian ? ImpedanceRole.Real : ImpedanceRole.Modulus;
        ReadOnlySpan<double> sizes = columns.Numbers(sizeRole), signs = columns.Numbers(columns.SignRole);
        double size = Math.Abs(columns.Column(sizeRole).Factor), sign = Math.Abs(columns.Column(columns.SignRole).Factor) * (turned ? -1 : 1);
        List<Complex> ohms = new(rows.Count);
        int kept = 0, without = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double a = sizes[rows[i]] * size, b = signs[rows[i]] * sign;
            Complex z = cartesian ? new Complex(a, b) : Complex.FromPolarCoordinates(a, b);
            if (!cartesian && a < 0) throw table.Table.RowError(rows[i], $"the modulus is {sizes[rows[i]]:G6}", "a modulus above zero", "check which column is |Z|");
            if (Math.Abs(a) > HighestOhms || (cartesian && Math.Abs(b) > HighestOhms)) throw table.Table.RowError(rows[i], $"the impedance is {Math.Max(Math.Abs(a), Math.Abs(b)):G3} ohm", "an impedance that an instrument measures", "check which columns are the impedance, and their unit");
            if (!Complex.IsFinite(z) || z == Complex.Zero)
            {
                without++;
                continue;
            }

            (rows[kept], hertz[kept]) = (rows[i], hertz[i]);
            kept++;
            ohms.Add(z);
        }

        rows.RemoveRange(kept, rows.Count - kept);
        hertz.RemoveRange(kept, hertz.Count - kept);
        if (without > 0) notes.Add($"{Plural.Of(without, "row")} without an impedance (empty or 0) {(without == 1 ? "is" : "are")} left out");
        return ohms;
    }

    private static bool Judged(SpectrumTable table, ColumnChoice columns, List<double> hertz, List<Complex> ohms, bool turned, List<string> notes)
    {
        if (ImaginarySign.Of(hertz, ohms) != SignEvidence.Turned) return turned;
        string name = columns.Name(columns.SignRole);
        if (!table.SignIsOpen || columns.Column(columns.SignRole).IsNegated)
        {
            notes.Add($"the sign of the imaginary part looks turned: Re falls towards high frequency while Im is positive. It is kept as '{name}' states it; --imaginary {(turned ? "positive" : "negative")} turns it");
            return turned;
        }

        for (int i = 0; i < ohms.Count; i++) ohms[i] = Complex.Conjugate(ohms[i]);
        notes.Add($"'{name}' holds -Im: Re falls towards high frequency while the column is positive, which only a capacitive sample with its sign turned does. Read so; --imaginary positive keeps the sign of the file");
        return !turned;
    }
}
