using System.Collections.Immutable;
using Isobar.Mechanics.Contact;
using Isobar.Quantities;

namespace Isobar.Lab.Reports;

/// <summary>One load of the curves, in the units of the picture.</summary>
/// <param name="Pressure">Mean pressure.</param>
/// <param name="Area">Share in contact.</param>
/// <param name="Voids">Void volume over the area.</param>
/// <param name="Unloading">Whether the load was coming down.</param>
public readonly record struct ContactCurve(double Pressure, double Area, double Voids, bool Unloading);

/// <summary>A creeping contact at one time, in the units of the picture.</summary>
/// <param name="Seconds">Time since the load was put on, above zero, s.</param>
/// <param name="Pressure">Mean pressure by then.</param>
/// <param name="Area">Share in contact.</param>
/// <param name="AreaLow90">The same if it creeps as slowly as may be.</param>
/// <param name="AreaHigh90">The same if it creeps as fast as may be.</param>
/// <param name="Voids">Void volume over the area.</param>
public readonly record struct ContactGrowth(double Seconds, double Pressure, double Area, double AreaLow90, double AreaHigh90, double Voids);

/// <summary>What is drawn of a contact.</summary>
/// <param name="State">The load whose maps are drawn.</param>
/// <param name="Curve">All loads.</param>
/// <param name="PressureUnitPa">One unit of pressure in Pa.</param>
/// <param name="LengthUnitM">One unit of length in m.</param>
/// <param name="PressureUnit">Name of the unit of pressure; empty for plain numbers.</param>
/// <param name="LengthUnit">Name of the unit of length; empty for plain numbers.</param>
/// <param name="Impedance">Frequency, Hz, with real and imaginary part of the impedance of that load, Ω cm²; empty for none.</param>
public sealed record ContactPicture(
    ContactState State, ImmutableArray<ContactCurve> Curve, double PressureUnitPa, double LengthUnitM, string PressureUnit, string LengthUnit, ImmutableArray<(double Hertz, double Real, double Imaginary)> Impedance)
{
    /// <summary>For a creeping contact its states in time, load after load; they are drawn instead of the curves over the pressure.</summary>
    public ImmutableArray<ContactGrowth> Growth { get; init; } = [];
}

/// <summary>Draws a contact: map of what touches, map of the gaps, curves of area and voids over the load, and the impedance when there is one.</summary>
public static class ContactFigure
{
    private const int Margin = 24, MapSide = 400, MapTop = 56, CurveHeight = 300, Gutter = 40;
    private const double TallestMap = 1.4;

    /// <summary>The picture as a self-contained SVG document.</summary>
    /// <exception cref="FigureFontException">The machine has no font for figures.</exception>
    public static string ToSvg(ContactPicture picture) => Board(picture).ToSvg();

    /// <summary>The picture as PNG, at twice its size.</summary>
    /// <exception cref="FigureFontException">The machine has no font for figures.</exception>
    public static byte[] ToPng(ContactPicture picture) => Board(picture).ToPng(2);

    private static PictureBoard Board(ContactPicture picture)
    {
        HeightMap map = picture.State.Map;
        double aspect = Math.Min(TallestMap, map.HeightM / map.WidthM);
        int width = aspect >= map.HeightM / map.WidthM ? MapSide : (int)(MapSide * aspect * map.WidthM / map.HeightM), height = (int)(MapSide * aspect);
        int second = Margin + MapSide + Gutter, curves = MapTop + height + 58;
        bool swept = !picture.Impedance.IsDefaultOrEmpty;
        var board = new PictureBoard(second + MapSide + Margin + 20, curves + CurveHeight + (swept ? CurveHeight + 20 : 0) + 10, "Contact of a rough surface", Words(picture));
        string load = With(picture.State.MeanPressurePa / picture.PressureUnitPa, picture.PressureUnit);
        board.Text(Margin, 28, $"What touches at {load}", FigureColour.Ink, bold: true);
        board.Text(second, 28, $"Gaps at {load}", FigureColour.Ink, bold: true);
        board.Image(Margin, MapTop - 16, width, height, ContactRaster.Contact(picture.State));
        board.Image(second, MapTop - 16, width, height, ContactRaster.Gaps(picture.State, out double widest));
        Legends(board, picture, second, MapTop - 16 + height, width, widest);
        bool creeping = picture.Growth.Length > 0;
        board.Figure(0, curves, creeping ? GrowthFigure.Area(picture, MapSide + Margin + 20, CurveHeight) : Area(picture));
        board.Figure(second - Margin, curves, creeping ? GrowthFigure.Voids(picture, MapSide + Margin + 20, CurveHeight) : Voids(picture));
        if (swept)
        {
            board.Figure(0, curves + CurveHeight + 20, Nyquist(picture));
            board.Figure(second - Margin, curves + CurveHeight + 20, Bode(picture));
        }

        return board;
    }

    private static void Legends(PictureBoard board, ContactPicture picture, int second, int bottom, int width, double widest)
    {
        ContactState state = picture.State;
        double elastic = state.Area - state.PlasticArea;
        board.Text(Margin, bottom + 18, $"■ in contact {Quantity.Number(100 * elastic, 3)} %", FigureColour.Blue);
        if (state.PlasticArea > 0) board.Text(Margin + 170, bottom + 18, $"■ flowing {Quantity.Number(100 * state.PlasticArea, 3)} %", FigureColour.Vermilion);
        board.Text(Margin, bottom + 36, $"{With(state.Map.WidthM / picture.LengthUnitM, picture.LengthUnit)} wide, {state.Map.Rows} × {state.Map.Columns} points", FigureColour.Muted);
        board.Image(second, bottom + 8, width / 2, 12, ContactRaster.Ramp());
        board.Text(second, bottom + 36, "0", FigureColour.Muted);
        board.Text(second + (width / 2) - 30, bottom + 36, $"{With(widest / picture.LengthUnitM, picture.LengthUnit)} and more", FigureColour.Muted);
        board.Text(second + (width / 2) + 14, bottom + 18, "■ in contact", FigureColour.Vermilion);
    }

    private static Figure Area(ContactPicture picture) => new(
        "Area in contact" + Unloaded(picture), PressureAxis(picture), new FigureAxis("Share in contact", "%"), Branches(picture, one => 100 * one.Area, FigureColour.Blue))
    { Width = MapSide + Margin + 20, Height = CurveHeight, Description = "Share of the area in contact over the mean pressure." };

    private static Figure Voids(ContactPicture picture) => new(
        "Voids that remain" + Unloaded(picture), PressureAxis(picture), new FigureAxis("Void volume over area", picture.LengthUnit), Branches(picture, one => one.Voids, FigureColour.Green))
    { Width = MapSide + Margin + 20, Height = CurveHeight, Description = "Void volume over the area against the mean pressure." };

    private static Figure Nyquist(ContactPicture picture) => new(
        "Impedance of the contact", new FigureAxis("Re Z", "Ω cm²"), new FigureAxis("−Im Z", "Ω cm²"),
        [new LineSeries("", [.. picture.Impedance.Select(z => z.Real)], [.. picture.Impedance.Select(z => -z.Imaginary)], FigureColour.Purple), new PointSeries("", [.. picture.Impedance.Select(z => z.Real)], [.. picture.Impedance.Select(z => -z.Imaginary)], FigureColour.Purple)])
    { Width = MapSide + Margin + 20, Height = CurveHeight, EqualScales = true, Description = "Nyquist plot of the contact." };

    private static Figure Bode(ContactPicture picture) => new(
        "Impedance over frequency", new FigureAxis("Frequency", "Hz", FigureScale.Logarithmic), new FigureAxis("|Z|", "Ω cm²", FigureScale.Logarithmic),
        [new LineSeries("", [.. picture.Impedance.Select(z => z.Hertz)], [.. picture.Impedance.Select(z => Math.Sqrt((z.Real * z.Real) + (z.Imaginary * z.Imaginary)))], FigureColour.Purple)])
    { Width = MapSide + Margin + 20, Height = CurveHeight, Description = "Absolute impedance of the contact over frequency." };

    private static string Unloaded(ContactPicture picture) => picture.Curve.Any(one => one.Unloading) ? " (open: unloading)" : "";

    private static FigureAxis PressureAxis(ContactPicture picture)
    {
        double low = picture.Curve.Min(one => one.Pressure), high = picture.Curve.Max(one => one.Pressure);
        // Room at both ends, so that no marker is cut in two.
        return high > 5 * low
            ? new FigureAxis("Mean pressure", picture.PressureUnit, FigureScale.Logarithmic, new Interval(low / Math.Pow(high / low, 0.04), high * Math.Pow(high / low, 0.04)))
            : new FigureAxis("Mean pressure", picture.PressureUnit, FigureScale.Linear, new Interval(Math.Max(0, low - (0.06 * high)), 1.06 * high));
    }

    private static ImmutableArray<FigureElement> Branches(ContactPicture picture, Func<ContactCurve, double> value, FigureColour colour)
    {
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        int turn = 0;
        while (turn < picture.Curve.Length && !picture.Curve[turn].Unloading) turn++;
        ImmutableArray<ContactCurve> up = picture.Curve[..turn];
        // The unloading begins where the loading ended.
        ImmutableArray<ContactCurve> down = turn > 0 ? picture.Curve[(turn - 1)..] : picture.Curve;
        if (turn < picture.Curve.Length && down.Length > 1) elements.Add(Line(down, FigureColour.Muted));
        if (up.Length > 1) elements.Add(Line(up, colour));
        if (turn < picture.Curve.Length) elements.Add(Points(picture.Curve[turn..], FigureColour.Muted, open: true));
        if (up.Length > 0) elements.Add(Points(up, colour, open: false));
        return elements.ToImmutable();

        LineSeries Line(ImmutableArray<ContactCurve> loads, FigureColour of) => new("", [.. loads.Select(one => one.Pressure)], [.. loads.Select(value)], of);

        PointSeries Points(ImmutableArray<ContactCurve> loads, FigureColour of, bool open) => new("", [.. loads.Select(one => one.Pressure)], [.. loads.Select(value)], of, Open: open);
    }

    private static string Words(ContactPicture picture) =>
        $"Maps of contact and gap at {With(picture.State.MeanPressurePa / picture.PressureUnitPa, picture.PressureUnit)}, {Quantity.Number(100 * picture.State.Area, 3)} % of the pixels in contact; curves of area and voids over the {(picture.Growth.Length > 0 ? "time" : "pressure")}.";

    private static string With(double number, string unit) => unit.Length == 0 ? Quantity.Number(number, 3) : $"{Quantity.Number(number, 3)} {unit}";
}
