using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Isobar.Quantities;
using Isobar.Reproducibility;

namespace Isobar.Lab.Files;

/// <summary>Keeps force calibrations of a laboratory: <c>isobar: force-calibration/1</c>, one file each, never changed; and reads the points that were taken.</summary>
public static class ForceCalibrationFile
{
    internal const string Format = "force-calibration/1";

    /// <summary>Reads a kept calibration.</summary>
    /// <exception cref="IsobarFileException">The file is not a valid calibration.</exception>
    public static ForceCalibrationRecord Read(string path) => Read(TextFile.Read(path));

    /// <summary>Reads the points of a calibration: a table with <c>indicated_kN</c>, <c>series_1_kN</c>, <c>series_2_kN</c> and so on, and <c>falling_kN</c>; any unit of force.</summary>
    /// <exception cref="IsobarFileException">The file is no such table.</exception>
    public static ImmutableArray<ForceCalibrationPoint> ReadPoints(string path)
    {
        CsvTable table = CsvTable.Read(TextFile.Read(path));
        (int indicated, double perIndicated) = UnitColumn.Find<Force>(table, "indicated")
            ?? throw table.Heading[0].Error("there is no column of what the press shows", "a heading such as indicated_kN", "name the column");
        List<(int Index, double Factor)> series = [];
        for (int i = 1; UnitColumn.Find<Force>(table, string.Create(CultureInfo.InvariantCulture, $"series_{i}")) is { } column; i++) series.Add(column);
        if (series.Count == 0) throw table.Heading[0].Error("there is no series of the transfer load cell", "headings such as series_1_kN, series_2_kN, series_3_kN", "name the columns");
        (int Index, double Factor)? falling = UnitColumn.Find<Force>(table, "falling");
        return
        [
            .. table.Rows.Select(row => new ForceCalibrationPoint(
                new Force(UnitColumn.Read(row[indicated], perIndicated)),
                [.. series.Select(column => new Force(UnitColumn.Read(row[column.Index], column.Factor)))],
                falling is { } down && row[down.Index].Text.Length > 0 ? new Force(UnitColumn.Read(row[down.Index], down.Factor)) : null)),
        ];
    }

    /// <summary>Every kept calibration of a press in a folder, the newest last.</summary>
    /// <exception cref="IsobarFileException">A file of the folder is not a valid calibration.</exception>
    public static ImmutableArray<ForceCalibrationRecord> Of(string folder, string press) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Select(Read).Where(record => record.Press.Equals(press, StringComparison.Ordinal)).OrderBy(record => record.Date)];

    /// <summary>Keeps a calibration in a folder; gives the path.</summary>
    /// <exception cref="IOException">There is one of this press and day already, or the folder cannot be written.</exception>
    public static string Keep(string folder, ForceCalibrationRecord record)
    {
        Directory.CreateDirectory(folder);
        string slug = string.Concat(record.Press.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{slug}-{record.Date:yyyy-MM-dd}.yaml"));
        if (File.Exists(path)) throw new IOException($"there is a calibration of '{record.Press}' of {record.Date:yyyy-MM-dd} already, {path}; a calibration is never changed");
        string beside = path + ".partial";
        File.WriteAllText(beside, ToText(record));
        File.Move(beside, path);
        return path;
    }

    /// <summary>The calibration as text.</summary>
    public static string ToText(ForceCalibrationRecord record)
    {
        var text = new StringBuilder();
        CultureInfo culture = CultureInfo.InvariantCulture;
        text.Append(culture, $"isobar: {Format}\npress: {Quoted(record.Press)}\ndate: {record.Date:yyyy-MM-dd}\ndue: {record.Due:yyyy-MM-dd}\n");
        text.Append(culture, $"certificate: {Quoted(record.Certificate)}\nby: {Quoted(record.By)}\nfull_scale: {Newtons(record.FullScale)}\n");
        text.Append(culture, $"zero_after_release: {Newtons(record.ZeroAfterRelease)}\nresolution: {Newtons(record.Resolution)}\npoints:\n");
        foreach (ForceCalibrationPoint point in record.Points)
        {
            string falling = point.Falling is { } down ? $", falling: {Newtons(down)}" : "";
            text.Append(culture, $"  - {{indicated: {Newtons(point.Indicated)}, true: [{string.Join(", ", point.True.Select(Newtons))}]{falling}}}\n");
        }

        return text.ToString();
    }

    private static ForceCalibrationRecord Read(SourceText source)
    {
        FileMap root = YamlText.ReadMap(source);
        root.RequireFormat(Format);
        root.AsMap("a force calibration", "isobar", "press", "date", "due", "certificate", "by", "full_scale", "zero_after_release", "resolution", "points");
        FileList points = root.Require("points", "the calibration", "- {indicated: 10 kN, true: [10.01 kN]}").AsList("points");
        return new ForceCalibrationRecord(
            root.Require("press", "the calibration", "lab 24 t").AsText("the press"),
            root.Require("date", "the calibration", "2026-11-23").AsDay("the date"),
            root.Require("due", "the calibration", "2027-11-23").AsDay("the due date"),
            root.Require("certificate", "the calibration", "K-118").AsText("the certificate"),
            root.Require("by", "the calibration", "who did it").AsText("who did it"),
            root.Require("full_scale", "the calibration", "50 kN").Positive<Force>("the full scale"),
            root.Require("zero_after_release", "the calibration", "1 N").Quantity<Force>("the zero after release"),
            root.Require("resolution", "the calibration", "1 N").Positive<Force>("the resolution"),
            [.. points.Items.Select(Point)]);
    }

    private static ForceCalibrationPoint Point(FileNode node)
    {
        FileMap map = node.AsMap("a point", "indicated", "true", "falling");
        return new ForceCalibrationPoint(
            map.Require("indicated", "the point", "10 kN").Positive<Force>("the indicated force"),
            [.. map.Require("true", "the point", "[10.01 kN, 10.02 kN, 10.00 kN]").AsList("forces").Items.Select(force => force.Positive<Force>("the true force"))],
            map.Find("falling")?.Positive<Force>("the falling force"));
    }

    private static string Newtons(Force force) => force.Newtons.ToString("R", CultureInfo.InvariantCulture) + " N";

    private static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
