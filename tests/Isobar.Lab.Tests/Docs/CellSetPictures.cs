using System.Collections.Immutable;
using Isobar.Lab.Files;
using Isobar.Lab.Reports;
using Isobar.Reproducibility;
using Isobar.Tests;

namespace Isobar.Lab.Tests.Docs;

/// <summary>Figures of the pages on sets of cells: the example, what few cells know, what a rule costs.</summary>
internal static class CellSetPictures
{
    private static readonly CellSetAnswer s_answer = CellSetCheck.Of(
        CellTableFile.Read(Repository.PathOf("examples", "cells", "cells.csv"), new CellTableRequest { By = ["operator", "batch"] }).ToSet());

    /// <summary>How to draw each figure, by the name of its file.</summary>
    public static ImmutableSortedDictionary<string, Func<Figure>> All { get; } = ImmutableSortedDictionary.CreateRange<string, Func<Figure>>(
        StringComparer.Ordinal,
        [
            new("cells-strip", () => CellSetFigures.Strip(s_answer)), new("cells-pressure", () => CellSetFigures.AgainstPressure(s_answer)!), new("cells-components", () => CellSetFigures.Components(s_answer)!),
            new("cells-few", Few), new("cells-rules", Rules),
        ]);

    private static Figure Few()
    {
        ImmutableArray<double> counts = [.. Enumerable.Range(3, 38).Select(n => (double)n)];
        ImmutableArray<double> Factor(Func<int, double> of) => [.. counts.Select(n => of((int)n))];
        return new Figure(
            "How well n cells know their scatter",
            new FigureAxis("Cells", ""),
            new FigureAxis("True standard deviation over the observed one", "", FigureScale.Logarithmic),
            [
                new BandSeries("", counts, Factor(n => Spread.FactorsFor(n).Low), Factor(n => Spread.FactorsFor(n).High), FigureColour.Blue),
                new LineSeries("upper end", counts, Factor(n => Spread.FactorsFor(n).High), FigureColour.Blue),
                new LineSeries("lower end", counts, Factor(n => Spread.FactorsFor(n).Low), FigureColour.Blue),
                new LineSeries("tolerance factor k, 90 % of all cells", counts, Factor(n => ToleranceFactor.TwoSided(n)), FigureColour.Green),
            ])
        { Description = "With three cells the true standard deviation lies between 0.52 and 6.3 times the observed one, with ten between 0.69 and 1.8. The tolerance factor falls from 8.3 to 2.1." };
    }

    private static Figure Rules()
    {
        ImmutableArray<double> shifts = [.. Enumerable.Range(0, 31).Select(i => 0.1 * i)];
        ImmutableArray<double> Length(Func<double, double> of) => [.. shifts.Select(of)];
        return new Figure(
            "Cells until a signal",
            new FigureAxis("Shift of the mean", "standard deviations"),
            new FigureAxis("Average run length", "cells", FigureScale.Logarithmic),
            [
                new LineSeries("beyond three s", shifts, Length(shift => RunLength.Shewhart(3, shift)), FigureColour.Muted),
                new LineSeries("four Western Electric rules", shifts, Length(shift => RunLength.OfZoneRules(RunRules.WesternElectric, shift)), FigureColour.Vermilion),
                new LineSeries("EWMA 0.2, 2.962", shifts, Length(shift => RunLength.Ewma(0.2, 2.962, shift)), FigureColour.Blue),
            ])
        { Description = "The Western Electric rules find a shift of one standard deviation after 9 cells instead of 44, and cry wolf every 92 cells instead of 370. The EWMA needs 10.5 cells and cries wolf every 500." };
    }
}
