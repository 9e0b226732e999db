using System.Numerics;
using Isobar.Numerics;
using Xunit;

namespace Isobar.Tests.Numerics;

/// <summary>Elementary functions of several numbers at a time against those of the library.</summary>
public sealed class LanesTests
{
    [Fact]
    public void The_exponential_is_that_of_the_library_to_two_units_of_the_last_place()
    {
        for (double x = -700; x < 700; x += 0.0713)
        {
            double expected = Math.Exp(x), found = Lanes.Exp(new Vector<double>(x))[0];
            // What is lost in x·log₂e far out is one more unit.
            Assert.True(Math.Abs(found - expected) <= 4.5e-16 * expected, FormattableString.Invariant($"e^{x}: {found:R} against {expected:R}"));
        }

        Assert.Equal(1.0, Lanes.Exp(Vector<double>.Zero)[0], 0.0);
        Assert.True(Lanes.Exp(new Vector<double>(-1e9))[0] is >= 0 and < 1e-300);
        Assert.True(double.IsFinite(Lanes.Exp(new Vector<double>(1e9))[0]));
    }

    [Fact]
    public void The_logarithm_is_that_of_the_library_to_two_units_of_the_last_place()
    {
        for (double power = -300; power < 300; power += 0.0371)
        {
            double x = Math.Pow(10, power), expected = Math.Log(x), found = Lanes.Log(new Vector<double>(x))[0];
            Assert.True(Math.Abs(found - expected) <= 4.5e-16 * Math.Max(Math.Abs(expected), 1e-3), FormattableString.Invariant($"ln {x}: {found:R} against {expected:R}"));
        }

        Assert.Equal(0.0, Lanes.Log(Vector<double>.One)[0], 0.0);
    }
}
