using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Lab.Reports;
using Isobar.Mechanics;
using Isobar.Quantities;

namespace Isobar.Lab.Tests.Docs;

/// <summary>Figures of the page about the press: the corner between a ramp and a hold, and a cell that breathes in its fixture.</summary>
internal static class PressFigures
{
    private const double TargetMPa = 375;
    private const double RateMPa = 5;
    private const double TickSeconds = 0.05;

    private static readonly Area s_die = Die.AreaOf(new Length(10e-3));

    /// <summary>How to draw each figure, by the name of its file.</summary>
    public static ImmutableSortedDictionary<string, Func<Figure>> All { get; } = ImmutableSortedDictionary.CreateRange<string, Func<Figure>>(
        StringComparer.Ordinal, [new("press-control-corner", Corner), new("press-control-stack", Stack)]);

    private static Figure Corner()
    {
        ImmutableArray<double> seconds = [.. Enumerable.Range(0, 801).Select(i => -20 + (0.25 * i))];
        LineSeries Line(string label, PressPlantParameters press, FigureColour colour) => new(label, seconds, Deviations(press, seconds), colour);
        return new Figure(
            $"From a ramp of {RateMPa} MPa/s into a hold at {TargetMPa} MPa: what the sample feels",
            new FigureAxis("Time since the set-point arrived", "s"),
            new FigureAxis("Pressure − set-point, of the target", "%", Range: new Interval(-3, 1)),
            [
                new HorizontalMark(0.5, "±0.5 %", FigureColour.Muted), new HorizontalMark(-0.5, "", FigureColour.Muted),
                Line("24 t, pump on/off", PressPlantParameters.OnOffPump24t, FigureColour.Vermilion),
                Line("24 t, proportional", PressPlantParameters.Hydraulic24t, FigureColour.Blue),
                Line("servo screw", PressPlantParameters.ServoScrew, FigureColour.Green),
            ])
        { Description = "Presses with a loop follow the ramp within a quarter of a per cent and stay within their dead band of 0.2 % at the corner and after; a pump that runs or stands lags in the ramp and is topped up in the hold." };
    }

    private static Figure Stack()
    {
        const double StackPa = 5e6;
        ImmutableArray<double> hours = [.. Enumerable.Range(0, 481).Select(i => i / 10.0)];
        LineSeries Line(string label, StackFixtureParameters fixture, FigureColour colour)
        {
            var held = new StackFixture(fixture, StackPa * s_die.SquareMetres, 7);
            var values = ImmutableArray.CreateBuilder<double>();
            double seconds = 0;
            foreach (double hour in hours)
            {
                for (; seconds < hour * 3600; seconds += 5) held.Advance(5, Growth(seconds));
                values.Add(((held.ForceNewtons / s_die.SquareMetres) - StackPa) / 1e6);
            }

            return new LineSeries(label, hours, values.ToImmutable(), colour);
        }

        return new Figure(
            "Two days in a fixture at 5 MPa on 10 mm; the cell breathes by 10 µm every ten hours",
            new FigureAxis("Time", "h"),
            new FigureAxis("Change of stack pressure", "MPa", Range: new Interval(-0.2, 0.4)),
            [
                new HorizontalMark(0.1, "±0.1 MPa", FigureColour.Muted), new HorizontalMark(-0.1, "", FigureColour.Muted),
                Line("springs, 1.5 N/µm", StackFixtureParameters.Spring, FigureColour.Vermilion),
                Line("pneumatic, load cell", StackFixtureParameters.Pneumatic, FigureColour.Blue),
                Line("servo screw, disc spring", StackFixtureParameters.ServoScrew, FigureColour.Green),
            ])
        { Description = "Springs turn the breathing into 0.2 MPa and rub by another 0.05 MPa each way; a fixture with a loop stays within ±0.05 MPa. A bolted frame of 75 N/µm would change by 9.5 MPa." };
    }

    // A growing cell under a triangle of ten hours.
    private static double Growth(double seconds)
    {
        double turn = seconds / 36_000 % 1;
        return 10e-6 * (turn < 0.5 ? 2 * turn : 2 - (2 * turn));
    }

    // The true force, not the reading, of a powder pressed from contact.
    private static ImmutableArray<double> Deviations(PressPlantParameters parameters, ImmutableArray<double> seconds)
    {
        var column = new SampleColumn(s_die, 0.2, 0.6);
        var press = new PressTwin(parameters, column, 44);
        press.AddLayer(ColumnLayer.Powder("separator", new Length(150e-6 / (1640 * s_die.SquareMetres)), new CompactionLaw(0.55, 200e6, 0.5, CompactionLaw.ConfinedModulus(22e9, 0.35), 10)));
        const double ContactMPa = 5;
        for (int tick = 0; tick < 1200; tick++) Tick(press, Math.Min(ContactMPa, 0.5 * tick * TickSeconds));
        double arrival = (TargetMPa - ContactMPa) / RateMPa;
        var values = ImmutableArray.CreateBuilder<double>();
        long ticks = 0;
        foreach (double second in seconds)
        {
            double off = 0;
            while (ticks * TickSeconds < arrival + second - 1e-9)
            {
                double setpoint = Math.Min(TargetMPa, ContactMPa + (RateMPa * ++ticks * TickSeconds));
                Tick(press, setpoint);
                off = (press.Plant.ForceNewtons / s_die.SquareMetres / 1e6) - setpoint;
            }

            values.Add(100 * off / TargetMPa);
        }

        return values.ToImmutable();
    }

    private static void Tick(PressTwin press, double megapascals)
    {
        press.Write(megapascals * 1e6 * s_die.SquareMetres);
        for (int i = 0; i < 5; i++) press.Step();
    }
}
