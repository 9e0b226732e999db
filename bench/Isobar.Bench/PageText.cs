using System.Globalization;
using System.Text;

namespace Isobar.Bench;

/// <summary>How results are written: numbers with three digits and a unit, tables in Markdown.</summary>
internal static class PageText
{
    private static readonly (double Scale, string Unit)[] s_times = [(1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")];
    private static readonly (double Scale, string Unit)[] s_sizes = [(1e6, "MB"), (1e3, "kB"), (1, "B")];

    public static string Time(double seconds) => Scaled(seconds, s_times);

    public static string Size(double bytes) => Scaled(bytes, s_sizes);

    public static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Title and circumstances that every record begins with.</summary>
    public static StringBuilder Begin(string title, Machine machine) => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $"# {title}, Isobar {Checkout.Version}\n\n")
        .Append(CultureInfo.InvariantCulture, $"- processor: {machine.Processor}, {machine.Processors} logical\n")
        .Append(CultureInfo.InvariantCulture, $"- system: {machine.System}; {machine.Runtime}\n")
        .Append(CultureInfo.InvariantCulture, $"- date: {machine.Date:yyyy-MM-dd}; {machine.Load}\n\n");

    public static void Row(StringBuilder page, params ReadOnlySpan<string> cells)
    {
        foreach (string cell in cells) page.Append("| ").Append(cell.Replace("|", "\\|", StringComparison.Ordinal)).Append(' ');
        page.Append("|\n");
    }

    private static string Scaled(double value, (double Scale, string Unit)[] units)
    {
        if (value <= 0) return "0 " + units[^1].Unit;
        (double scale, string unit) = units.FirstOrDefault(each => value >= each.Scale, units[^1]);
        double scaled = value / scale;
        return Number(scaled, scaled >= 99.95 ? "0" : scaled >= 9.995 ? "0.0" : "0.00") + " " + unit;
    }
}
