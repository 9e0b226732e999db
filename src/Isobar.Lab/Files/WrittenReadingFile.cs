using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Lab.Presses.Hand;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Reads the readings of an operator sheet: a table with <c>time_s</c> and <c>force_kN</c>, or <c>oil_bar</c> behind a piston; any unit of time, force or pressure.</summary>
public static class WrittenReadingFile
{
    /// <summary>Reads them.</summary>
    /// <exception cref="IsobarFileException">The file is no such table, or its times do not rise.</exception>
    public static ImmutableArray<WrittenReading> Read(string path, PressInstrument press) => Read(CsvTable.Read(TextFile.Read(path)), press);

    private static ImmutableArray<WrittenReading> Read(CsvTable table, PressInstrument press)
    {
        (int time, double perTime) = UnitColumn.Find<Duration>(table, "time") ?? throw table.Heading[0].Error("there is no column of times", "a heading such as time_s or time_min", "name the column");
        (int Index, double Factor)? force = UnitColumn.Find<Force>(table, "force"), oil = UnitColumn.Find<OilPressure>(table, "oil");
        if (force is null && oil is null) throw table.Heading[0].Error("there is no column of readings", "a heading such as force_kN or oil_bar", "name the column");
        if (force is null && press.Ram is null) throw table.Heading[oil!.Value.Index].Error($"the readings are oil pressures and {press.Name} has no piston", "the piston of the press ('ram' in the press file), or readings of force", "add the piston to the press file");
        var readings = ImmutableArray.CreateBuilder<WrittenReading>(table.Rows.Count);
        double before = double.NegativeInfinity;
        foreach (IReadOnlyList<CsvField> row in table.Rows)
        {
            double seconds = UnitColumn.Read(row[time], perTime);
            if (seconds <= before) throw row[time].Error($"the time {new Duration(seconds)} comes after {new Duration(before)}", "times that rise", "put the rows in order");
            before = seconds;
            Force reading = force is { } direct
                ? new Force(UnitColumn.Read(row[direct.Index], direct.Factor))
                : press.Ram!.ForceOf(new OilPressure(UnitColumn.Read(row[oil!.Value.Index], oil.Value.Factor)));
            readings.Add(new WrittenReading(new Duration(seconds), reading));
        }

        return readings.ToImmutable();
    }
}
