using System.Numerics;
using Isobar.Impedance.Circuits;
using Isobar.Numerics;
using Xunit;

namespace Isobar.Tests.Impedance;

/// <summary>Every element's declaration against its own equation: limits, derivatives, parts side by side.</summary>
public sealed class CircuitElementTests
{
    private static readonly double[] s_hertz = [1e7, 3e5, 1e4, 200, 3, 0.05, 1e-3];

    public static TheoryData<string> Circuits() =>
    [
        .. CircuitElements.All.Select(element => element.Symbol + "1"),
        "R0-p(R1,CPE1)-p(R2,C2)", "R(RQ)([RW]C)", "L-p(CPE1,R1-W1,C3)-Tie1", "p(R1,CPE1)", "p(C1,p(R1-p(R2,C2),L1))",
    ];

    [Theory]
    [MemberData(nameof(Circuits))]
    public void The_derivatives_are_those_of_the_impedance(string text)
    {
        var circuit = Circuit.Parse(text);
        var grid = new FrequencyGrid(s_hertz);
        var program = new CircuitProgram(circuit, grid);
        var random = new RandomSource(7);
        for (int repeat = 0; repeat < 5; repeat++)
        {
            double[] values = [.. circuit.Parameters.Select(each => each.Declaration.Logarithmic ? each.Value * Math.Exp(3 * (random.NextUniform() - 0.5)) : each.Value * (0.5 + (0.5 * random.NextUniform())))];
            double[] z = new double[2 * grid.Padded], columns = new double[values.Length * 2 * grid.Padded], shifted = new double[2 * grid.Padded];
            program.Evaluate(values, z, columns);
            for (int k = 0; k < values.Length; k++)
            {
                CircuitParameter parameter = circuit.Parameters[k];
                for (int i = 0; i < s_hertz.Length; i++)
                {
                    Complex slope = FrequencyGrid.At(columns.AsSpan(k * 2 * grid.Padded), grid.Padded, i);
                    double real = Derivative.Central(u => At(u).Real, parameter.Coordinate(values[k]), 1e-2), imaginary = Derivative.Central(u => At(u).Imaginary, parameter.Coordinate(values[k]), 1e-2);
                    // Extrapolated differences reach ten digits of the impedance.
                    double tolerance = 1e-8 * (FrequencyGrid.At(z, grid.Padded, i).Magnitude + slope.Magnitude);
                    Assert.True(Math.Abs(slope.Real - real) < tolerance && Math.Abs(slope.Imaginary - imaginary) < tolerance, $"{parameter.Name} at {s_hertz[i]} Hz: {slope} and ({real}, {imaginary})");

                    Complex At(double coordinate)
                    {
                        double[] moved = [.. values];
                        moved[k] = parameter.FromCoordinate(coordinate);
                        program.Evaluate(moved, shifted, default);
                        return FrequencyGrid.At(shifted, grid.Padded, i);
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Circuits))]
    public void An_impedance_grows_by_the_declared_powers(string text)
    {
        var circuit = Circuit.Parse(text);
        double[] grown = [.. circuit.Parameters.Select(each => each.Value * Math.Pow(7, each.Declaration.ImpedancePower))];
        foreach ((Complex one, Complex other) in circuit.Impedance(s_hertz).Zip(circuit.WithValues(grown).Impedance(s_hertz)))
        {
            Assert.True((other - (7 * one)).Magnitude < 1e-12 * other.Magnitude, $"{one} and {other}");
        }
    }

    // Worked out by hand from the equation, or its limit at low or high frequency.
    [Theory]
    [InlineData("CPE{Q=2e-3, n=.5}", 1, 141.0474, -141.0474)]
    [InlineData("La{L=2, a=.5}", 10, 11.20998, 11.20998)]
    [InlineData("W{sigma=50}", 1, 19.94711, -19.94711)]
    [InlineData("Ws{R=50, tau=2}", 1e-6, 50, 0)]
    [InlineData("Wo{R=30, tau=2}", 1e-3, 10, -2387.324)]
    [InlineData("Tb{Ri=30, Q=1, n=1}", 1e-4, 10, -1591.549)]
    [InlineData("Tr{Ri=3, Rct=1000, Q=1e-6, n=1}", 1e-4, 1001, 0)]
    [InlineData("Tee{Ri=30, Re=20, Rct=1e9, Q=1e-5, n=1}", 1e-6, 20, 0)]
    [InlineData("Tee{Ri=30, Re=20, Rct=1e9, Q=1e-5, n=1}", 1e9, 12, 0)]
    [InlineData("Tie{Ri=30, Re=20, Rct=1e3, Q=1, n=1}", 1e9, 12, 0)]
    [InlineData("G{R=30, tau=2}", 1e-6, 30, 0)]
    [InlineData("HN{R=30, tau=2, n=.8, beta=.7}", 1e-9, 30, 0)]
    public void A_known_impedance_comes_out(string text, double hertz, double real, double imaginary)
    {
        Complex z = Circuit.Parse(text).Impedance([hertz])[0];
        // A limit is reached to a thousandth at these frequencies.
        Assert.True((z - new Complex(real, imaginary)).Magnitude < 1e-3 * z.Magnitude, $"{z}");
    }
}
