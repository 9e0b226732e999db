using System.Globalization;
using System.Numerics;

namespace Isobar.Lab.Files.Spectra;

/// <summary>
/// Holds |Z| and phase against Re and Im where a file has all of them. Columns that are shifted or mislabelled, as they are when a program does not
/// know all columns of a newer file, cannot pass.
/// </summary>
internal static class PolarCheck
{
    // Instruments print |Z| with four digits and phases with one decimal; averages of many periods differ a little more.
    private const double ModulusTolerance = 0.02;
    private const double DegreesTolerance = 2;

    // So many contradictions are not single bad points.
    private const double FewShare = 0.1;

    public static string? Check(SpectrumTable table, ColumnChoice columns, IReadOnlyList<int> rows, IReadOnlyList<Complex> ohms, SignEvidence evidence)
    {
        if (!columns.IsCartesian) return CheckParts(table, columns, rows, ohms);
        int wrongModulus = 0, wrongPhase = 0, checkedModulus = 0, checkedPhase = 0, turned = 0, firstWrong = -1;
        ReadOnlySpan<double> moduli = columns.Has(ImpedanceRole.Modulus) ? columns.Numbers(ImpedanceRole.Modulus) : [];
        ReadOnlySpan<double> phases = columns.Has(ImpedanceRole.Phase) ? columns.Numbers(ImpedanceRole.Phase) : [];
        for (int i = 0; i < rows.Count; i++)
        {
            if (!moduli.IsEmpty && double.IsFinite(moduli[rows[i]]))
            {
                checkedModulus++;
                double given = moduli[rows[i]] * columns.Column(ImpedanceRole.Modulus).Factor;
                if (Math.Abs(given - ohms[i].Magnitude) > ModulusTolerance * ohms[i].Magnitude)
                {
                    wrongModulus++;
                    if (firstWrong < 0) firstWrong = i;
                }
            }

            if (phases.IsEmpty || !double.IsFinite(phases[rows[i]])) continue;
            checkedPhase++;
            double phase = phases[rows[i]] * columns.Column(ImpedanceRole.Phase).Factor;
            if (Degrees(phase - ohms[i].Phase) <= DegreesTolerance) continue;
            if (Degrees(-phase - ohms[i].Phase) <= DegreesTolerance) turned++;
            wrongPhase++;
            if (firstWrong < 0) firstWrong = i;
        }

        if (wrongModulus > Math.Max(1, FewShare * checkedModulus)) throw Contradiction(table, columns, rows, ohms, firstWrong, ImpedanceRole.Modulus, $"{wrongModulus} of {checkedModulus} rows");
        if (wrongPhase > Math.Max(1, FewShare * checkedPhase))
        {
            // Every phase the other way round: the file has two conventions of sign.
            if (turned < 0.9 * wrongPhase) throw Contradiction(table, columns, rows, ohms, firstWrong, ImpedanceRole.Phase, $"{wrongPhase} of {checkedPhase} rows");
            if (evidence == SignEvidence.None)
            {
                throw table.Table.RowError(
                    rows[firstWrong], $"imaginary part ('{columns.Name(ImpedanceRole.Imaginary)}') and phase ('{columns.Name(ImpedanceRole.Phase)}') have opposite signs in {wrongPhase} of {checkedPhase} rows",
                    "one sign for both", "say which sign the imaginary parts have: --imaginary negative when the column holds -Im, --imaginary positive when it holds Im");
            }

            // Turned imaginary parts are turned back later, and then the phases agree.
            return evidence == SignEvidence.Turned ? null : "the phases have the opposite sign of the imaginary parts; the imaginary parts count";
        }

        int wrong = wrongModulus + wrongPhase;
        return wrong == 0 ? null : $"|Z| or phase do not fit Re and Im in {Tables.Plural.Of(wrong, "place")}, first in line {table.Table.LineOf(rows[firstWrong]) + 1}; Re and Im count";
    }

    // A file of |Z| and phase with one of Re and Im beside them.
    private static string? CheckParts(SpectrumTable table, ColumnChoice columns, IReadOnlyList<int> rows, IReadOnlyList<Complex> ohms)
    {
        foreach (ImpedanceRole role in (ReadOnlySpan<ImpedanceRole>)[ImpedanceRole.Real, ImpedanceRole.Imaginary])
        {
            if (!columns.Has(role)) continue;
            ReadOnlySpan<double> parts = columns.Numbers(role);
            int wrong = 0, held = 0, first = -1;
            for (int i = 0; i < rows.Count; i++)
            {
                if (!double.IsFinite(parts[rows[i]])) continue;
                held++;
                double given = parts[rows[i]] * columns.Column(role).Factor, part = role == ImpedanceRole.Real ? ohms[i].Real : ohms[i].Imaginary;
                if (Math.Abs(given - part) <= ModulusTolerance * ohms[i].Magnitude) continue;
                wrong++;
                if (first < 0) first = i;
            }

            if (wrong <= Math.Max(1, FewShare * held)) continue;
            throw table.Table.RowError(
                rows[first], $"'{columns.Name(role)}' is not what |Z| and phase make of it, in {wrong} of {held} rows: the columns are shifted or do not hold what their headings say", "columns that agree with each other",
                "check the heading against the instrument's own export; a column that a program does not know shifts all that follow");
        }

        return null;
    }

    private static double Degrees(double radians) => Math.Abs(Math.IEEERemainder(radians, 2 * Math.PI)) * 180 / Math.PI;

    private static IsobarFileException Contradiction(SpectrumTable table, ColumnChoice columns, IReadOnlyList<int> rows, IReadOnlyList<Complex> ohms, int at, ImpedanceRole role, string share)
    {
        int row = rows[at];
        string given = columns.Numbers(role)[row].ToString("G6", CultureInfo.InvariantCulture);
        string computed = (role == ImpedanceRole.Modulus ? ohms[at].Magnitude / columns.Column(role).Factor : ohms[at].Phase / columns.Column(role).Factor).ToString("G6", CultureInfo.InvariantCulture);
        return table.Table.RowError(
            row, $"'{columns.Name(role)}' is {given} and Re and Im make it {computed}; so in {share}: the columns are shifted or do not hold what their headings say", "columns that agree with each other",
            "check the heading against the instrument's own export; a column that a program does not know shifts all that follow");
    }
}
