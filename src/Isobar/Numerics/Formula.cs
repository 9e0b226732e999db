namespace Isobar.Numerics;

/// <summary>
/// A function of one variable, written as people write it: numbers, the variable, + − * / ^, brackets and the functions exp, ln, log10, sqrt,
/// tanh, sinh, cosh and atan. It is evaluated together with its exact derivative (forward differentiation), without code generation.
/// Nothing else is understood, so that a text from a file can do nothing but compute.
/// </summary>
public sealed class Formula
{
    private readonly FormulaStep[] _steps;
    private readonly int _depth;

    private Formula(string text, string variable, FormulaStep[] steps, int depth)
    {
        Text = text;
        Variable = variable;
        _steps = steps;
        _depth = depth;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Name of the variable.</summary>
    public string Variable { get; }

    /// <summary>Reads a formula.</summary>
    /// <param name="text">For example "4.4875 - 0.809*x - 0.0428*tanh(18.5138*(x - 0.5542))".</param>
    /// <param name="variable">Name of the variable.</param>
    /// <exception cref="FormulaException">The text is not a formula; the message says at which place and why.</exception>
    public static Formula Parse(string text, string variable)
    {
        (FormulaStep[] steps, int depth) = FormulaParser.Parse(text, variable);
        return new Formula(text, variable, steps, depth);
    }

    /// <summary>The value at x; not a number where the formula has none.</summary>
    public double At(double x) => At(x, out _);

    /// <summary>The value and the derivative at x.</summary>
    public double At(double x, out double derivative)
    {
        Span<double> value = stackalloc double[_depth];
        Span<double> slope = stackalloc double[_depth];
        int top = -1;
        foreach (FormulaStep step in _steps)
        {
            switch (step.Kind)
            {
                case FormulaStepKind.Number:
                    value[++top] = step.Number;
                    slope[top] = 0;
                    break;
                case FormulaStepKind.Variable:
                    value[++top] = x;
                    slope[top] = 1;
                    break;
                case FormulaStepKind.Negate:
                    value[top] = -value[top];
                    slope[top] = -slope[top];
                    break;
                case FormulaStepKind.Power:
                    top--;
                    (value[top], slope[top]) = Power(value[top], slope[top], value[top + 1], slope[top + 1]);
                    break;
                case FormulaStepKind.Add or FormulaStepKind.Subtract or FormulaStepKind.Multiply or FormulaStepKind.Divide:
                    top--;
                    (value[top], slope[top]) = Combine(step.Kind, value[top], slope[top], value[top + 1], slope[top + 1]);
                    break;
                default:
                    (value[top], double gain) = Apply(step.Kind, value[top]);
                    slope[top] *= gain;
                    break;
            }
        }

        derivative = slope[0];
        return value[0];
    }

    private static (double Value, double Slope) Combine(FormulaStepKind kind, double a, double da, double b, double db) => kind switch
    {
        FormulaStepKind.Add => (a + b, da + db),
        FormulaStepKind.Subtract => (a - b, da - db),
        FormulaStepKind.Multiply => (a * b, (da * b) + (a * db)),
        _ => (a / b, (da - (a / b * db)) / b),
    };

    private static (double Value, double Slope) Power(double a, double da, double b, double db)
    {
        double power = Math.Pow(a, b);
        // With a constant exponent the base may be negative or zero, where its logarithm does not exist.
        return db == 0 ? (power, b == 0 ? 0 : b * Math.Pow(a, b - 1) * da) : (power, power * ((db * Math.Log(a)) + (b * da / a)));
    }

    // Value and derivative of a function of one argument.
    private static (double Value, double Gain) Apply(FormulaStepKind kind, double a)
    {
        switch (kind)
        {
            case FormulaStepKind.Exp:
                double exp = Math.Exp(a);
                return (exp, exp);
            case FormulaStepKind.Ln:
                return (Math.Log(a), 1 / a);
            case FormulaStepKind.Log10:
                return (Math.Log10(a), 1 / (a * Math.Log(10)));
            case FormulaStepKind.Sqrt:
                double root = Math.Sqrt(a);
                return (root, 0.5 / root);
            case FormulaStepKind.Tanh:
                double tanh = Math.Tanh(a);
                return (tanh, 1 - (tanh * tanh));
            case FormulaStepKind.Sinh:
                return (Math.Sinh(a), Math.Cosh(a));
            case FormulaStepKind.Cosh:
                return (Math.Cosh(a), Math.Sinh(a));
            case FormulaStepKind.Atan:
                return (Math.Atan(a), 1 / (1 + (a * a)));
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a function of a formula");
        }
    }
}

/// <summary>A text that is not a formula.</summary>
/// <param name="position">Index of the character at fault, from 0.</param>
/// <param name="found">What was found there.</param>
/// <param name="expected">What was expected instead.</param>
public sealed class FormulaException(int position, string found, string expected)
    : FormatException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{found} at character {position + 1}; expected {expected}"))
{
    /// <summary>Index of the character at fault, from 0.</summary>
    public int Position { get; } = position;

    /// <summary>What was found there.</summary>
    public string Found { get; } = found;

    /// <summary>What was expected instead.</summary>
    public string Expected { get; } = expected;
}

/// <summary>What one step of a formula does to the stack of numbers.</summary>
internal enum FormulaStepKind
{
    /// <summary>Pushes a number.</summary>
    Number,

    /// <summary>Pushes the variable.</summary>
    Variable,

    /// <summary>Changes the sign.</summary>
    Negate,

    /// <summary>Sum of the two uppermost.</summary>
    Add,

    /// <summary>Difference of the two uppermost.</summary>
    Subtract,

    /// <summary>Product of the two uppermost.</summary>
    Multiply,

    /// <summary>Quotient of the two uppermost.</summary>
    Divide,

    /// <summary>The second to the power of the uppermost.</summary>
    Power,

    /// <summary>e to the power of it.</summary>
    Exp,

    /// <summary>Natural logarithm.</summary>
    Ln,

    /// <summary>Decimal logarithm.</summary>
    Log10,

    /// <summary>Square root.</summary>
    Sqrt,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary>Hyperbolic sine.</summary>
    Sinh,

    /// <summary>Hyperbolic cosine.</summary>
    Cosh,

    /// <summary>Inverse tangent.</summary>
    Atan,
}

/// <summary>One step of a formula in postfix order.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Number">The number, when it pushes one.</param>
internal readonly record struct FormulaStep(FormulaStepKind Kind, double Number = 0);
