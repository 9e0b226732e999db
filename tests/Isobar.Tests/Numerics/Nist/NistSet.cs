using System.Globalization;
using Isobar.Numerics.LeastSquares;

namespace Isobar.Tests.Numerics.Nist;

/// <summary>One of NIST's nonlinear reference sets: data, official starts and certified answers, with its model written here.</summary>
internal sealed class NistSet : ILeastSquaresModel
{
    private readonly Func<double[], Dual[], Dual> _model;
    private readonly double[][] _data;

    private NistSet(string name, Func<double[], Dual[], Dual> model, string[] lines)
    {
        Name = name;
        _model = model;
        double[][] rows = [.. lines.Where(line => line.TrimStart().StartsWith('b') && line.Contains('=', StringComparison.Ordinal)).Select(line => Numbers(line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..])).Where(row => row.Length == 4)];
        Starts = [[.. rows.Select(row => row[0])], [.. rows.Select(row => row[1])]];
        Certified = [.. rows.Select(row => row[2])];
        StandardErrors = [.. rows.Select(row => row[3])];
        string residual = lines.Single(line => line.StartsWith("Residual Sum of Squares", StringComparison.Ordinal));
        SumOfSquares = Numbers(residual[(residual.IndexOf(':', StringComparison.Ordinal) + 1)..])[0];
        int heading = Array.FindLastIndex(lines, line => line.StartsWith("Data:", StringComparison.Ordinal));
        _data = [.. lines.Skip(heading + 1).Select(Numbers).Where(row => row.Length > 1)];
        // Nelson's model is for the logarithm of the response.
        if (name == "Nelson") _data = [.. _data.Select(row => (double[])[Math.Log(row[0]), .. row[1..]])];
    }

    public string Name { get; }

    public double[][] Starts { get; }

    public double[] Certified { get; }

    public double[] StandardErrors { get; }

    public double SumOfSquares { get; }

    public int ParameterCount => Certified.Length;

    public int ResidualCount => _data.Length;

    public static IEnumerable<string> Names => Models.Keys;

    private static Dictionary<string, Func<double[], Dual[], Dual>> Models { get; } = new(StringComparer.Ordinal)
    {
        ["Misra1a"] = (x, b) => b[0] * (1 - Dual.Exp(-b[1] * x[0])),
        ["Chwirut1"] = (x, b) => Dual.Exp(-b[0] * x[0]) / (b[1] + (b[2] * x[0])),
        ["Chwirut2"] = (x, b) => Dual.Exp(-b[0] * x[0]) / (b[1] + (b[2] * x[0])),
        ["Lanczos1"] = (x, b) => Decays(x[0], b),
        ["Lanczos2"] = (x, b) => Decays(x[0], b),
        ["Lanczos3"] = (x, b) => Decays(x[0], b),
        ["Gauss1"] = (x, b) => Hills(x[0], b),
        ["Gauss2"] = (x, b) => Hills(x[0], b),
        ["Gauss3"] = (x, b) => Hills(x[0], b),
        ["DanWood"] = (x, b) => b[0] * Dual.Pow(x[0], b[1]),
        ["Misra1b"] = (x, b) => b[0] * (1 - (1 / ((1 + (b[1] * x[0] / 2)) * (1 + (b[1] * x[0] / 2))))),
        ["Kirby2"] = (x, b) => (b[0] + (x[0] * (b[1] + (x[0] * b[2])))) / (1 + (x[0] * (b[3] + (x[0] * b[4])))),
        ["Hahn1"] = (x, b) => Ratio(x[0], b),
        ["Nelson"] = (x, b) => b[0] - (b[1] * x[0] * Dual.Exp(-b[2] * x[1])),
        ["MGH17"] = (x, b) => b[0] + (b[1] * Dual.Exp(-x[0] * b[3])) + (b[2] * Dual.Exp(-x[0] * b[4])),
        ["Misra1c"] = (x, b) => b[0] * (1 - Dual.Pow(1 + (2 * b[1] * x[0]), -0.5)),
        ["Misra1d"] = (x, b) => b[0] * b[1] * x[0] / (1 + (b[1] * x[0])),
        ["Roszman1"] = (x, b) => b[0] - (b[1] * x[0]) - (Dual.Atan(b[2] / (x[0] - b[3])) / Math.PI),
        ["ENSO"] = (x, b) => b[0] + Wave(x[0], 12, b[1], b[2]) + Wave(x[0], b[3], b[4], b[5]) + Wave(x[0], b[6], b[7], b[8]),
        ["MGH09"] = (x, b) => b[0] * (x[0] * (x[0] + b[1])) / ((x[0] * (x[0] + b[2])) + b[3]),
        ["Thurber"] = (x, b) => Ratio(x[0], b),
        ["BoxBOD"] = (x, b) => b[0] * (1 - Dual.Exp(-b[1] * x[0])),
        ["Rat42"] = (x, b) => b[0] / (1 + Dual.Exp(b[1] - (b[2] * x[0]))),
        ["MGH10"] = (x, b) => b[0] * Dual.Exp(b[1] / (x[0] + b[2])),
        ["Eckerle4"] = (x, b) => b[0] / b[1] * Dual.Exp(-0.5 * ((x[0] - b[2]) / b[1]) * ((x[0] - b[2]) / b[1])),
        ["Rat43"] = (x, b) => b[0] / Dual.Pow(1 + Dual.Exp(b[1] - (b[2] * x[0])), 1 / b[3]),
        ["Bennett5"] = (x, b) => b[0] * Dual.Pow(b[1] + x[0], -1 / b[2]),
    };

    public static NistSet Read(string name) => new(name, Models[name], File.ReadAllLines(SharedData.PathOf("statistics", "nist", name + ".dat")));

    public void Evaluate(ReadOnlySpan<double> parameters, Span<double> residuals, Span<double> jacobian)
    {
        int n = ParameterCount;
        Dual[] b = new Dual[n];
        for (int j = 0; j < n; j++)
        {
            double[] unit = new double[n];
            unit[j] = 1;
            b[j] = new Dual(parameters[j], unit);
        }

        for (int i = 0; i < _data.Length; i++)
        {
            Dual value = _model(_data[i][1..], b);
            residuals[i] = value.Value - _data[i][0];
            for (int j = 0; j < n && !jacobian.IsEmpty; j++) jacobian[(i * n) + j] = j < value.Derivatives.Length ? value.Derivatives[j] : 0;
        }
    }

    /// <summary>Agreeing digits of the worst parameter.</summary>
    public double Digits(ReadOnlySpan<double> parameters)
    {
        double digits = 16;
        for (int j = 0; j < ParameterCount; j++) digits = Math.Min(digits, -Math.Log10((Math.Abs(parameters[j] - Certified[j]) / Math.Abs(Certified[j])) + 1e-16));
        return digits;
    }

    private static Dual Decays(double x, Dual[] b) => (b[0] * Dual.Exp(-b[1] * x)) + (b[2] * Dual.Exp(-b[3] * x)) + (b[4] * Dual.Exp(-b[5] * x));

    private static Dual Hills(double x, Dual[] b) => (b[0] * Dual.Exp(-b[1] * x)) + Hill(x, b[2], b[3], b[4]) + Hill(x, b[5], b[6], b[7]);

    private static Dual Hill(double x, Dual height, Dual place, Dual width) => height * Dual.Exp(-(x - place) * (x - place) / (width * width));

    private static Dual Ratio(double x, Dual[] b) => (b[0] + (x * (b[1] + (x * (b[2] + (x * b[3])))))) / (1 + (x * (b[4] + (x * (b[5] + (x * b[6]))))));

    private static Dual Wave(double x, Dual period, Dual cosine, Dual sine) => (cosine * Dual.Cos(2 * Math.PI * x / period)) + (sine * Dual.Sin(2 * Math.PI * x / period));

    private static double[] Numbers(string line)
    {
        string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        double[] numbers = [.. parts.Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        return numbers.Any(double.IsNaN) ? [] : numbers;
    }
}
