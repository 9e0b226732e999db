namespace Isobar.Numerics;

/// <summary>Roots of functions of one variable.</summary>
public static class RootFinder
{
    /// <summary>
    /// A root inside a bracket by Ridders' method (C. Ridders, IEEE Trans. Circuits Syst. 26 (1979) 979, 10.1109/TCS.1979.1084580):
    /// quadratic near a simple root and never outside the bracket.
    /// </summary>
    /// <param name="function">A continuous function with opposite signs at the ends.</param>
    /// <param name="low">One end.</param>
    /// <param name="high">The other end.</param>
    /// <param name="tolerance">Absolute tolerance in the variable.</param>
    /// <exception cref="ArgumentException">The function has the same sign at both ends.</exception>
    /// <exception cref="ArithmeticException">The function is not finite, or 200 halvings did not reach the tolerance.</exception>
    public static double Bracketed(Func<double, double> function, double low, double high, double tolerance)
    {
        double fLow = function(low), fHigh = function(high);
        if (fLow == 0) return low;
        if (fHigh == 0) return high;
        if (!(fLow * fHigh < 0)) throw new ArgumentException($"the function is {fLow:G6} at {low:G6} and {fHigh:G6} at {high:G6}; a bracket needs opposite signs");
        for (int i = 0; i < 200; i++)
        {
            double middle = 0.5 * (low + high), fMiddle = function(middle);
            double root = Math.Sqrt((fMiddle * fMiddle) - (fLow * fHigh));
            if (!(root > 0)) throw new ArithmeticException($"the function is not finite near {middle:G6}");
            double next = middle + ((middle - low) * Math.Sign(fLow - fHigh) * fMiddle / root);
            double fNext = function(next);
            if (fNext == 0) return next;
            if (fMiddle * fNext < 0)
            {
                (low, fLow) = (middle, fMiddle);
                (high, fHigh) = (next, fNext);
            }
            else if (fLow * fNext < 0) (high, fHigh) = (next, fNext);
            else (low, fLow) = (next, fNext);

            if (Math.Abs(high - low) <= tolerance) return Math.Abs(fLow) < Math.Abs(fHigh) ? low : high;
        }

        throw new ArithmeticException($"no root to {tolerance:G3} after 200 steps; the bracket is [{low:G6}, {high:G6}]");
    }
}
