using System.Collections.Immutable;
using System.Globalization;
using Isobar.Quantities;
using Isobar.Reproducibility;

namespace Isobar.Lab.Files;

/// <summary>
/// Reads a table of cells: one row per cell, the unit in the heading. What can be read in two ways is refused with row, column and reason: a number that is text, a decimal
/// comma, a formula, a load without its die, a pressure without a unit, one cell twice.
/// </summary>
public static class CellTableFile
{
    private static readonly string[] s_usualGroupings = ["batch", "operator", "press", "lab"];
    private static readonly string[] s_usualIds = ["cell", "cell_id", "id", "cell_name", "sample"];
    private static readonly string[] s_notMeasured = ["", "NA", "N/A", "n/a", "NaN", "nan", "-", "–"];

    // Numbers of one column a thousand times apart are two units.
    private const double UnitStep = 1000;
    private const double UnitSlack = 2;

    // Beyond what hard metal punches carry.
    private const double HighestMegapascals = 10_000;

    /// <summary>Reads a file.</summary>
    /// <exception cref="IsobarFileException">The file is not a table of cells, or can be read in two ways.</exception>
    public static CellTable Read(string path, CellTableRequest request)
    {
        if (Directory.Exists(path)) throw new IsobarFileException(path, 1, 1, "", $"'{path}' is a folder", "a table of cells", "name the file in it, for example cells.csv");
        try
        {
            using FileStream stream = File.OpenRead(path);
            return Read(stream, path, request);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IsobarFileException(path, 1, 1, "", $"the file cannot be read: {fault.Message}", "a readable table", "check the path and the permissions", fault);
        }
    }

    /// <summary>Reads a stream; <paramref name="pathForMessages"/> stands for the path in messages.</summary>
    /// <exception cref="IsobarFileException">The stream is not a table of cells, or can be read in two ways.</exception>
    public static CellTable Read(Stream stream, string pathForMessages, CellTableRequest request)
    {
        using RowReader rows = new(stream, pathForMessages);
        return new Reading(rows, request).Run();
    }

    private sealed class Reading
    {
        private readonly RowReader _rows;
        private readonly CellTableRequest _request;
        private readonly MeasuredHeading[] _headings;
        private readonly List<string> _notes = [];
        private readonly int _measure;
        private readonly int _pressure;
        private readonly int _id;
        private readonly List<(string Name, int Column, int Outer)> _groupings;

        public Reading(RowReader rows, CellTableRequest request)
        {
            _rows = rows;
            _request = request;
            _headings = [.. rows.Heading.Select(MeasuredHeading.Of)];
            for (int i = 0; i < _headings.Length; i++)
            {
                int twin = Array.FindIndex(_headings, heading => string.Equals(heading.Text, _headings[i].Text, StringComparison.OrdinalIgnoreCase));
                if (twin < i && _headings[i].Text.Length > 0) throw rows.HeadingError(i, $"'{_headings[i].Text}' is the second column of this name", "a name of its own for each column", "rename one of the two");
            }

            _measure = MeasureColumn();
            _pressure = PressureColumn();
            _groupings = Groupings();
            _id = Array.FindIndex(_headings, heading => s_usualIds.Contains(heading.Text, StringComparer.OrdinalIgnoreCase));
            if (!request.NamesCells || _groupings.Exists(grouping => grouping.Column == _id)) _id = -1;
        }

        public CellTable Run()
        {
            List<string> ids = [];
            List<double> values = [], pressures = [];
            List<decimal> decimals = [];
            bool exact = true;
            List<string>[] labels = [.. _groupings.Select(_ => new List<string>())];
            List<string> missing = [];
            int missingCount = 0, noPressure = 0;
            var seen = new Dictionary<string, int>(StringComparer.Ordinal);
            IsobarFileException? twice = null;
            while (_rows.Next())
            {
                string id = _id < 0 ? "row " + _rows.Row.ToString(CultureInfo.InvariantCulture) : Label(_id);
                if (_id >= 0 && id.Length == 0) throw Error(_id, "the cell has no name", "a name for each cell", "fill it in");
                if (_id >= 0 && !seen.TryAdd(id, _rows.Row))
                {
                    twice ??= Error(
                        _id, $"cell '{id}' is there a second time; the first is row {seen[id]}", "each cell once",
                        $"rename one of the two; if they are repeated readings of one cell, say --by {(_groupings.Count > 0 ? string.Join(',', _groupings.Select(grouping => grouping.Name)) + "," : "")}{_headings[_id].Text}");
                }

                if (Number(_measure) is not { } number)
                {
                    missingCount++;
                    if (missing.Count < 8) missing.Add(_id < 0 ? id : $"{id} (row {_rows.Row})");
                    continue;
                }

                values.Add(number);
                exact = exact && IsExact(number);
                if (exact) decimals.Add(decimal.Parse(Plain(_rows.Field(_measure)), NumberStyles.Float, CultureInfo.InvariantCulture));
                ids.Add(id);
                for (int i = 0; i < labels.Length; i++)
                {
                    string label = Label(_groupings[i].Column);
                    if (label.Length == 0) throw Error(_groupings[i].Column, $"the cell has no {_groupings[i].Name}", "a name in each row", "fill it in, or leave this column out of --by");
                    labels[i].Add(label);
                }

                double pressure = _pressure < 0 ? double.NaN : Number(_pressure) is { } read ? Megapascals(read) : double.NaN;
                if (double.IsNaN(pressure)) noPressure++;
                if (_pressure >= 0 && !double.IsNaN(pressure)) RequirePossible(pressures, pressure);
                pressures.Add(pressure);
            }

            MeasuredHeading measure = _headings[_measure];
            if (values.Count == 0) throw _rows.HeadingError(_measure, $"no row has a number in column '{measure.Text}'", "one cell per row", "fill the column, or name another with --measure");
            if (missingCount > 0) _notes.Add($"{missingCount} {(missingCount == 1 ? "row has" : "rows have")} no {Words(measure.Name)} and {(missingCount == 1 ? "is" : "are")} not part of the set: {string.Join(", ", missing)}{(missingCount > missing.Count ? ", ..." : "")}");
            Grouping[] groupings = [.. _groupings.Select((grouping, i) => Grouping.Of(grouping.Name, labels[i]))];
            for (int i = 0; i < groupings.Length; i++)
            {
                if (_groupings[i].Outer >= 0) groupings[i] = groupings[i].Within(groupings[_groupings[i].Outer]);
            }

            bool readings = _groupings.Exists(grouping => s_usualIds.Contains(grouping.Name, StringComparer.OrdinalIgnoreCase));
            if (twice is not null)
            {
                // A cell that is there several times is read several times when one of the groupings says just that.
                Grouping cells = Grouping.Of(_headings[_id].Text, ids);
                if (!Array.Exists(groupings, grouping => grouping.IsNestedIn(cells) && cells.IsNestedIn(grouping))) throw twice;
                readings = true;
                for (int i = 0; i < ids.Count; i++) ids[i] = $"{ids[i]} (reading {i + 1})";
            }

            bool anyPressure = _pressure >= 0 && noPressure < values.Count;
            return new CellTable(
                Words(measure.Name), measure.Unit is null ? "" : Quantity.Pretty(measure.Unit.Symbol), exact ? MeasurementSeries.OfDecimals(decimals.ToArray()) : MeasurementSeries.Of(values.ToArray()), [.. ids],
                [.. groupings], anyPressure ? PressureWords(_headings[_pressure].Name) : null, anyPressure ? [.. pressures] : [], [.. _notes])
            {
                RowName = readings ? "reading" : "cell",
            };
        }

        private int MeasureColumn()
        {
            if (_request.Measure is { } name)
            {
                int named = Find(name, "--measure");
                MeasuredHeading heading = _headings[named];
                if (heading.Unit is null && heading.UnitText.Length > 0 && RefusedReason(heading.UnitText) is { } reason) throw _rows.HeadingError(named, $"the column '{heading.Text}' has the unit '{heading.UnitText}': {reason}", "one unit that says enough", "correct the heading");
                if (heading.Unit is null) _notes.Add($"'{heading.Text}' has no unit that Isobar knows; its numbers are taken as they stand");
                return named;
            }

            int[] usual = [.. Enumerable.Range(0, _headings.Length).Where(i => _headings[i].IsUsualMeasure)];
            if (usual.Length == 1) return usual[0];
            throw usual.Length == 0
                ? _rows.HeadingError(0, "no column has the unit of a resistance, an areal resistance or a conductivity", "what was measured, with its unit, for example 'resistance_ohm'", $"write the unit into the heading, or name the column: --measure {_headings.FirstOrDefault(heading => heading.Unit is not null)?.Text ?? _headings[^1].Text}")
                : _rows.HeadingError(usual[1], $"{usual.Length} columns could be meant: {string.Join(", ", usual.Select(i => _headings[i].Text))}", "one of them", $"name it, for example --measure {_headings[usual[0]].Text}");
        }

        private int PressureColumn()
        {
            if (_request.Pressure is { } name)
            {
                int named = Find(name, "--pressure");
                MeasuredHeading heading = _headings[named];
                if (ReferenceEquals(heading.Dimension, SamplePressure.Dimension)) return named;
                if (ReferenceEquals(heading.Dimension, Force.Dimension))
                {
                    if (_request.Die is null) throw _rows.HeadingError(named, $"'{heading.Text}' is a load, not a pressure", "a pressure on the sample in MPa, or the die that makes one of a load", "give the die, for example --die 10mm");
                    _notes.Add($"pressures are loads in {heading.Unit!.Symbol} over a die of {_request.Die}; the friction of its wall is not taken off");
                    return named;
                }

                string? reason = RefusedReason(heading.UnitText);
                throw _rows.HeadingError(
                    named, heading.UnitText.Length == 0 ? $"the column '{heading.Text}' has no unit" : $"the column '{heading.Text}' has the unit '{heading.UnitText}'{(reason is null ? ", which is not one of a pressure" : ": " + reason)}",
                    "a pressure with its unit, for example 'stack_MPa'", "write the unit into the heading");
            }

            if (!_request.FindPressure) return -1;
            int[] usual = [.. Enumerable.Range(0, _headings.Length).Where(i => i != _measure && ReferenceEquals(_headings[i].Dimension, SamplePressure.Dimension))];
            if (usual.Length > 1) _notes.Add($"{usual.Length} columns are pressures ({string.Join(", ", usual.Select(i => _headings[i].Text))}); none is used. Name one: --pressure {_headings[usual[0]].Text}");
            return usual.Length == 1 ? usual[0] : -1;
        }

        private List<(string Name, int Column, int Outer)> Groupings()
        {
            List<(string Name, int Column, int Outer)> found = [];
            if (_request.By.IsDefault)
            {
                foreach (string usual in s_usualGroupings)
                {
                    int column = Array.FindIndex(_headings, heading => string.Equals(heading.Text, usual, StringComparison.OrdinalIgnoreCase));
                    if (column >= 0 && column != _measure) found.Add((_headings[column].Text, column, -1));
                }

                return found;
            }

            foreach (string name in _request.By)
            {
                int outer = -1;
                foreach (string part in name.Split('/'))
                {
                    int column = Find(part, "--by");
                    int known = found.FindIndex(grouping => grouping.Column == column);
                    if (known < 0)
                    {
                        found.Add((_headings[column].Text, column, outer));
                        known = found.Count - 1;
                    }

                    outer = known;
                }
            }

            return found;
        }

        // By the whole heading, else by what stands before the unit.
        private int Find(string name, string option)
        {
            int found = Array.FindIndex(_headings, heading => string.Equals(heading.Text, name.Trim(), StringComparison.OrdinalIgnoreCase));
            if (found < 0) found = Array.FindIndex(_headings, heading => string.Equals(heading.Name, name.Trim(), StringComparison.OrdinalIgnoreCase));
            string[] all = [.. _headings.Select(heading => heading.Text)];
            return found >= 0 ? found : throw _rows.HeadingError(0, $"there is no column '{name.Trim()}'", Spelling.DidYouMean(name.Trim(), all) + "the columns are " + string.Join(", ", all), $"name one of them with {option}");
        }

        private string Label(int column)
        {
            string text = _rows.Field(column);
            return text.Length > 0 && IsFormula(text) ? throw Formula(column, text) : text;
        }

        // The number of a field; null where nothing was measured.
        private double? Number(int column)
        {
            string text = _rows.Field(column);
            if (Array.IndexOf(s_notMeasured, text) >= 0) return null;
            string plain = Plain(text);
            bool number = double.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value);
            if (number && double.IsFinite(value) && !(_request.DecimalComma && text.Contains('.', StringComparison.Ordinal)))
            {
                if (value <= 0 && _headings[column].IsPositive) throw Error(column, $"{text} is not a possible {_headings[column].Dimension!.Name}", "a number above zero, or an empty field where nothing was measured", "correct the number, or empty the field");
                return value;
            }

            if (IsFormula(text)) throw Formula(column, text);
            if (_request.DecimalComma) throw Error(column, $"'{text}' is not a number with a decimal comma", "numbers like 12,5 in the whole column", "write all numbers in one way");
            if (text.Contains(',', StringComparison.Ordinal) && double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            {
                throw Error(column, $"'{text}' has a comma", "numbers with a decimal point", "if it is a decimal comma in the whole file, say --decimal comma; if it separates thousands, remove it");
            }

            string unit = _headings[column].UnitText.Length == 0 ? "the unit in the heading" : "the unit, " + _headings[column].UnitText.Replace('_', '/') + ", in the heading only";
            throw Error(column, $"'{text}' is not a number", $"a number with {unit}, or an empty field", "write the number alone, all rows in one unit");
        }

        private string Plain(string text) => (_request.DecimalComma ? text.Replace(',', '.') : text).Replace('−', '-');

        private double Megapascals(double number)
        {
            MeasuredHeading heading = _headings[_pressure];
            double si = heading.Unit!.ToSiValue(number);
            if (ReferenceEquals(heading.Dimension, SamplePressure.Dimension)) return si / 1e6;
            if (si <= 0) throw Error(_pressure, $"a load of {_rows.Field(_pressure)} makes no pressure", "a number above zero, or an empty field", "correct the number, or empty the field");
            double d = _request.Die!.Value.Metres;
            return si / (Math.PI / 4 * d * d) / 1e6;
        }

        private void RequirePossible(List<double> before, double pressure)
        {
            if (pressure > HighestMegapascals)
                throw Error(_pressure, $"{_rows.Field(_pressure)} makes {Quantity.Number(pressure, 3)} MPa, more than any die carries", $"pressures up to {Quantity.Number(HighestMegapascals, 2)} MPa", $"check the unit of this row; the heading says {_headings[_pressure].Text}");
            double first = before.Find(each => !double.IsNaN(each));
            if (first == 0) return;
            double ratio = pressure > first ? pressure / first : first / pressure;
            if (ratio is > UnitStep / UnitSlack and < UnitStep * UnitSlack)
            {
                throw Error(_pressure, $"{_rows.Field(_pressure)} is about {(pressure > first ? "a thousand times" : "a thousandth of")} the first pressure of this column", $"one unit in the whole column, {_headings[_pressure].Text}", "write all rows in the unit of the heading");
            }
        }

        private static bool IsFormula(string text) => text[0] is '=' or '@' || (text[0] is '+' or '-' && text.Length > 1 && (char.IsLetter(text[1]) || text[1] is '(' or '='));

        private IsobarFileException Formula(int column, string text) => Error(column, $"'{(text.Length > 40 ? text[..40] + "..." : text)}' is a formula of a spreadsheet", "its value", "export values, not formulas");

        private IsobarFileException Error(int column, string found, string expected, string next) => _rows.Error(column, $"row {_rows.Row}, column {_headings[column].Text}: {found}", expected, next);

        // Numbers that a decimal holds with all digits that were written.
        private static bool IsExact(double value) => value == 0 || Math.Abs(value) is > 1e-9 and < 1e15;

        private static string? RefusedReason(string unit) => Force.Dimension.FindRefused(unit)?.Reason ?? SamplePressure.Dimension.FindRefused(unit)?.Reason;

        private static string Words(string name) => name.Replace('_', ' ').Trim();

        private static string PressureWords(string name)
        {
            string words = Words(name);
            return words.Contains("pressure", StringComparison.OrdinalIgnoreCase) ? words : words is "p" or "P" ? "pressure" : words + " pressure";
        }
    }
}
