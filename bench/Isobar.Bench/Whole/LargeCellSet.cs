using System.Globalization;
using System.Text;
using Isobar.Lab.Files;
using Isobar.Numerics;
using Isobar.Reproducibility;

namespace Isobar.Bench.Whole;

/// <summary>
/// A table of 10 000 cells and 20 columns with known components: batches scatter by 3 %, operators by 1 %, presses by 2 %, cells by 4 %, pressure by 5 % with slope −0.6.
/// </summary>
internal static class LargeCellSet
{
    private const int Cells = 10_000;
    private const double Slope = -0.6;

    private static readonly byte[] s_table = Table();

    /// <summary>Reads the table and checks the set, everything that `isobar check` does but print.</summary>
    public static CellSetAnswer Check()
    {
        using var stream = new MemoryStream(s_table);
        return CellSetCheck.Of(CellTableFile.Read(stream, "cells.csv", new CellTableRequest { Measure = "resistance_ohm", By = ["operator", "batch", "press"] }).ToSet(0.01));
    }

    public static Answer AnswerOf(CellSetAnswer answer) => new(
        $"{answer.Spread.Count} cells, spread {PageText.Number(100 * answer.Spread.CoefficientOfVariation, "0.0000")} %, {string.Join(", ", answer.Components!.Components.Select(component => $"{component.Name} {PageText.Number(100 * component.Share, "0.00")} %"))}",
        $"slope {PageText.Number(answer.Pressure!.Slope - Slope, "+0.0000;-0.0000")} ± {PageText.Number(answer.Pressure.SlopeError, "0.0000")} from the true one");

    private static byte[] Table()
    {
        var random = new RandomSource(20);
        double[] batches = Draws(ref random, 120, 0.03), operators = Draws(ref random, 6, 0.01), presses = Draws(ref random, 4, 0.02);
        var text = new StringBuilder("cell,batch,operator,press,stack_MPa,resistance_ohm");
        for (int column = 7; column <= 20; column++) text.Append(CultureInfo.InvariantCulture, $",value{column}_mV");
        text.Append('\n');
        for (int i = 0; i < Cells; i++)
        {
            int batch = i % 120, person = i * 7 % 6, press = i / 3 % 4;
            double pressure = 0.05 * random.NextNormal(), log = batches[batch] + operators[person] + presses[press] + (Slope * pressure) + (0.04 * random.NextNormal());
            text.Append(CultureInfo.InvariantCulture, $"C{i},B{batch},O{person},P{press},{74 * Math.Exp(pressure):0.000},{30 * Math.Exp(log):0.0000}");
            for (int column = 7; column <= 20; column++) text.Append(CultureInfo.InvariantCulture, $",{1000 * random.NextUniform():0.000}");
            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static double[] Draws(ref RandomSource random, int count, double deviation)
    {
        var draws = new double[count];
        for (int i = 0; i < count; i++) draws[i] = deviation * random.NextNormal();
        return draws;
    }
}
