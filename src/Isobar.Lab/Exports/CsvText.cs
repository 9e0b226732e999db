using System.Globalization;
using System.Text;

namespace Isobar.Lab.Exports;

/// <summary>
/// Fields of a table as RFC 4180 has them. A text that a spreadsheet would take for a formula gets an apostrophe in front, so that nothing in a name or a remark is ever run.
/// </summary>
internal sealed class CsvText
{
    private readonly StringBuilder _text = new();
    private bool _inRow;

    /// <summary>A text; never a formula.</summary>
    public CsvText Text(string text) => Field(IsFormula(text) ? "'" + text : text);

    /// <summary>A number with all its digits, in any culture; empty where nothing is known.</summary>
    public CsvText Number(double? value) => Field(value is { } known ? Of(known) : "");

    /// <summary>A whole number.</summary>
    public CsvText Whole(long value) => Field(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Ends the row.</summary>
    public void EndRow()
    {
        _text.Append('\n');
        _inRow = false;
    }

    /// <summary>The table so far, UTF-8.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString());

    // The bits of a number come back from its text; the two usual ones that are none are told apart, since the digest of a run sees bits.
    private static string Of(double value) => double.IsNaN(value)
        ? BitConverter.DoubleToInt64Bits(value) == BitConverter.DoubleToInt64Bits(double.NaN) ? "" : "NaN"
        : double.IsPositiveInfinity(value) ? "INF" : double.IsNegativeInfinity(value) ? "-INF" : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The number of a field as <see cref="Number"/> wrote it; false for anything else.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out double value)
    {
        switch (text)
        {
            case "":
                value = double.NaN;
                return true;
            case "NaN":
                value = BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0000);
                return true;
            case "INF":
                value = double.PositiveInfinity;
                return true;
            case "-INF":
                value = double.NegativeInfinity;
                return true;
            default:
                return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        }
    }

    private static bool IsFormula(string text) => text.AsSpan().TrimStart(' ') is { Length: > 0 } first && first[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n';

    private CsvText Field(string text)
    {
        if (_inRow) _text.Append(',');
        _inRow = true;
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0) _text.Append(text);
        else _text.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        return this;
    }
}
