using System.Globalization;
using Xunit;

namespace Isobar.Tests.Reproducibility;

/// <summary>Every number of the reference results (ISO 5725-2, ASTM E691, AIAG, NIST/SEMATECH, JCGM 100 and 101, lme4, ...), none left out.</summary>
public sealed class ReferenceResultTests
{
    [Fact]
    public void Every_number_of_the_reference_results_is_found_again()
    {
        var results = new ReferenceResults();
        List<string> wrong = [];
        int count = 0;
        foreach ((string path, double expected) in results.Numbers())
        {
            count++;
            if (!results.Found.TryGetValue(path, out (double Value, double Relative, double Absolute) found))
            {
                wrong.Add(path + ": not calculated");
            }
            else if (!(Math.Abs(found.Value - expected) <= found.Absolute + (found.Relative * Math.Abs(expected))))
            {
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{path}: {found.Value:R} instead of {expected:R}"));
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {count} numbers:\n{string.Join('\n', wrong)}");
        Assert.Equal(count, results.Found.Count);
    }

    [Fact]
    public void The_constants_of_control_charts_are_those_of_the_table()
    {
        Dictionary<string, string[]> table = SharedData.Table("control_chart_constants.csv");
        double[] sizes = table["n"].Numbers();
        for (int i = 0; i < sizes.Length; i++)
        {
            var constants = Isobar.Reproducibility.ControlChartConstants.For((int)sizes[i]);
            (string Name, double Value)[] all =
            [
                ("d2", constants.D2), ("d3", constants.D3), ("c4", constants.C4), ("A2", constants.A2), ("A3", constants.A3), ("D3", constants.RangeLower), ("D4", constants.RangeUpper),
                ("B3", constants.B3), ("B4", constants.B4), ("E2", constants.E2),
            ];
            // Printed to six decimals.
            foreach ((string name, double value) in all) Assert.Equal(table[name].Numbers()[i], value, 6e-7);
        }
    }
}
