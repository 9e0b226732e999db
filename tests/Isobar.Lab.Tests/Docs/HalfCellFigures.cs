using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Lab.Files;
using Isobar.Lab.Reports;
using Isobar.Planning;
using Isobar.Quantities;
using Isobar.Tests;

namespace Isobar.Lab.Tests.Docs;

/// <summary>Figures of the page on the cell model: the open-circuit curve, discharges with bands, losses, pressure, impedance.</summary>
internal static class HalfCellFigures
{
    private static readonly ParameterSet s_chemistry = BuiltInParameterSets.Find("nmc811-lpscl-li")!;

    private static readonly Lazy<Cell> s_cell = new(() => CellFile.Read(Repository.PathOf("examples", "nmc811-lpscl-li", "cell.yaml"), BuiltInMaterials.Library));

    private static readonly Lazy<CellForecast> s_forecast = new(() => At(25, 5, [0.1, 1, 3], 200));

    /// <summary>How to draw each figure, by the name of its file.</summary>
    public static ImmutableSortedDictionary<string, Func<Figure>> All { get; } = ImmutableSortedDictionary.CreateRange<string, Func<Figure>>(
        StringComparer.Ordinal,
        [
            new("cell-model-curve", OpenCircuit),
            new("cell-model-discharge", Discharges),
            new("cell-model-losses", Losses),
            new("cell-model-pressure", Pressure),
            new("cell-model-impedance", Impedance),
        ]);

    private static CellForecast At(double attach, double stack, double[] rates, int draws) => CellForecaster.Forecast(
        s_cell.Value, new CellPressures(400e6, 375e6, Math.Max(attach, stack) * 1e6, stack * 1e6), s_chemistry, new ForecastQuestion([.. rates], []) { Draws = draws });

    private static Figure OpenCircuit()
    {
        StoichiometryCurve own = s_chemistry.Best.OpenCircuit, reference = BuiltInParameterSets.Reference.Best.OpenCircuit;
        ImmutableArray<double> x = [.. Enumerable.Range(0, 400).Select(i => own.Lowest + ((own.Highest - own.Lowest) * i / 400)), .. Enumerable.Range(0, 100).Select(i => 0.998 + (0.002 * i / 99))];
        ImmutableArray<double> sorted = [.. x.Order().Distinct()];
        // Points of another laboratory between the same voltages: C.-H. Chen et al. (2020), 10.1149/1945-7111/ab9050.
        (double X, double Volts)[] theirs =
        [
            (0.277035, 4.24494), (0.301537, 4.19816), (0.320395, 4.18323), (0.350542, 4.16880), (0.401991, 4.10048), (0.451274, 4.02893), (0.500278, 3.97076),
            (0.549282, 3.89956), (0.601009, 3.82316), (0.650014, 3.76960), (0.699018, 3.73016), (0.750745, 3.68981), (0.802472, 3.64705), (0.851477, 3.60499), (0.900481, 3.57021),
        ];
        double low = ParameterSet.StoichiometryAt(own, 4.2935653), high = ParameterSet.StoichiometryAt(own, 3.5672133);
        ImmutableArray<double> placed = [.. theirs.Select(point => low + ((point.X - 0.266145) / (0.905926 - 0.266145) * (high - low)))];
        return new Figure(
            "Open-circuit voltage of NMC811 against lithium",
            new FigureAxis("Filled share of the lithium sites", "", Range: new Interval(0.2, 1.005)),
            new FigureAxis("Voltage", "V", Range: new Interval(2.3, 4.4)),
            [
                new BandSeries("", sorted, [.. sorted.Select(at => own.At(at) - (1.645 * s_chemistry.OpenCircuit.Estimate.StandardUncertainty))], [.. sorted.Select(at => own.At(at) + (1.645 * s_chemistry.OpenCircuit.Estimate.StandardUncertainty))], FigureColour.Blue),
                new LineSeries("reference set", [.. sorted.Where(at => at is > 0.27 and < 0.98)], [.. sorted.Where(at => at is > 0.27 and < 0.98).Select(at => reference.At(at))], FigureColour.Muted, FigureLine.Dashed),
                new LineSeries("built-in NMC811", sorted, [.. sorted.Select(at => own.At(at))], FigureColour.Blue),
                new PointSeries("", placed, [.. theirs.Select(point => point.Volts)], FigureColour.Vermilion, Open: true),
            ])
        { Description = "The built-in curve falls slowly from 4.3 V to 3.5 V and then, over the last thousandth of the sites, steeply to 2.4 V. Points of another laboratory lie on it within 10 mV. The curve of the reference set ends at 0.98 without the fall." };
    }

    private static Figure Discharges()
    {
        CellForecast forecast = s_forecast.Value;
        return HalfCellFigure.Voltages(
            "The lithium example after 400, 375, 25 and 5 MPa",
            [.. forecast.Rates.Select(rate => new DischargeCurve(Name(rate.CRate), rate.Best, rate.CRate < 3 ? rate.Band : null))]);
    }

    private static Figure Losses() => HalfCellFigure.Losses("Where the voltage of the lithium example goes at 1C", s_forecast.Value.Rates[1].Best);

    private static Figure Pressure()
    {
        double[] stacks = [.. Enumerable.Range(0, 13).Select(i => 0.5 * Math.Pow(160, i / 12.0))];
        CellForecast[] forecasts = [.. stacks.Select(stack => At(25, stack, [0.1, 1, 3], 60))];
        IEnumerable<FigureElement> Of(int rate, FigureColour colour, bool banded)
        {
            double Nominal(CellForecast forecast) => forecast.HalfCell.RatedCapacityCoulombsPerSquareMetre / 100;
            if (banded) yield return new BandSeries(
                "", [.. stacks],
                [.. forecasts.Select(forecast => forecast.Rates[rate].CoulombsPerSquareMetre.Low90 / Nominal(forecast))],
                [.. forecasts.Select(forecast => forecast.Rates[rate].CoulombsPerSquareMetre.High90 / Nominal(forecast))],
                colour);
            yield return new LineSeries(Name(forecasts[0].Rates[rate].CRate), [.. stacks], [.. forecasts.Select(forecast => forecast.Rates[rate].CoulombsPerSquareMetre.Value / Nominal(forecast))], colour);
        }

        return new Figure(
            "What the stack pressure does to the capacity of the lithium example",
            new FigureAxis("Stack pressure", "MPa", FigureScale.Logarithmic),
            new FigureAxis("Capacity, share of the nominal one", "%", Range: new Interval(0, 115)),
            [.. Of(0, FigureColour.Blue, banded: true), .. Of(2, FigureColour.Vermilion, banded: true), .. Of(1, FigureColour.Green, banded: false)])
        { Description = "At 0.1C the capacity does not depend on the stack pressure. At 3C it rises steeply with it, in a band that spans everything at low pressure." };
    }

    private static Figure Impedance()
    {
        ImmutableArray<double> hertz = [.. Enumerable.Range(0, 200).Select(i => 1e7 * Math.Pow(1e-10, i / 199.0))];
        HalfCellParameters Half(double stack)
        {
            HalfCellParameters cell = At(25, stack, [], 20).HalfCell;
            return cell with { InitialStoichiometry = 0.6 };
        }

        LineSeries Line(double stack, FigureColour colour)
        {
            ImmutableArray<ImpedanceSplit> splits = HalfCellImpedance.AtEquilibrium(Half(stack), hertz.AsSpan());
            return new LineSeries($"{stack:0} MPa", [.. splits.Select(split => 1e4 * split.Total.Real)], [.. splits.Select(split => -1e4 * split.Total.Imaginary)], colour);
        }

        return new Figure(
            "Impedance of the lithium example at 60 % filled sites, three stack pressures",
            new FigureAxis("Real part", "Ω cm²", Range: new Interval(0, 250)),
            new FigureAxis("−Imaginary part", "Ω cm²", Range: new Interval(0, 45)),
            [Line(2, FigureColour.Vermilion), Line(10, FigureColour.Purple), Line(50, FigureColour.Blue)])
        { EqualScales = true, Description = "From left to right the arcs of separator, anode and cathode, then the tail of diffusion in the particles; all but the tail shrink as the stack pressure rises." };
    }

    private static string Name(double rate) => rate.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture) + "C";
}
