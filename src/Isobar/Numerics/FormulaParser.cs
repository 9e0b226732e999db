using System.Globalization;
using Isobar.Quantities;

namespace Isobar.Numerics;

/// <summary>Turns the text of a formula into postfix steps by recursive descent: sum, product, sign, power, operand.</summary>
internal ref struct FormulaParser
{
    // Deeper formulas are not written by people; the bound keeps a hostile file from exhausting the stack.
    private const int DeepestNesting = 64;

    private static readonly (string Name, FormulaStepKind Kind)[] s_functions =
    [
        ("exp", FormulaStepKind.Exp), ("ln", FormulaStepKind.Ln), ("log10", FormulaStepKind.Log10), ("sqrt", FormulaStepKind.Sqrt),
        ("tanh", FormulaStepKind.Tanh), ("sinh", FormulaStepKind.Sinh), ("cosh", FormulaStepKind.Cosh), ("atan", FormulaStepKind.Atan),
    ];

    private readonly string _text;
    private readonly string _variable;
    private readonly List<FormulaStep> _steps = [];
    private int _at;
    private int _depth;
    private int _deepest;
    private int _nesting;

    private FormulaParser(string text, string variable)
    {
        _text = text;
        _variable = variable;
    }

    public static (FormulaStep[] Steps, int Depth) Parse(string text, string variable)
    {
        var parser = new FormulaParser(text, variable);
        parser.Sum();
        parser.SkipBlanks();
        return parser._at == text.Length
            ? ([.. parser._steps], parser._deepest)
            : throw parser.Unexpected(text[parser._at] == ')' ? "an operator, or one bracket less" : "an operator: + - * / ^");
    }

    private void Sum()
    {
        Product();
        while (Take('+', '-') is { } sign)
        {
            Product();
            Push(sign == '+' ? FormulaStepKind.Add : FormulaStepKind.Subtract, -1);
        }
    }

    private void Product()
    {
        Sign();
        while (Take('*', '/') is { } operation)
        {
            if (_at < _text.Length && _text[_at] == '*') throw new FormulaException(_at - 1, "'**'", "'^' for a power");
            Sign();
            Push(operation == '*' ? FormulaStepKind.Multiply : FormulaStepKind.Divide, -1);
        }
    }

    // −x^2 is −(x^2), as on paper.
    private void Sign()
    {
        if (++_nesting > DeepestNesting) throw new FormulaException(_at, "the formula nests too deeply", string.Create(CultureInfo.InvariantCulture, $"at most {DeepestNesting} levels"));
        char? sign = Take('+', '-');
        if (sign is null) Power();
        else Sign();
        if (sign == '-') Push(FormulaStepKind.Negate, 0);
        _nesting--;
    }

    private void Power()
    {
        Operand();
        if (Take('^', '^') is null) return;
        // 2^3^2 is 2^(3^2), and 2^−3 is allowed.
        Sign();
        Push(FormulaStepKind.Power, -1);
    }

    private void Operand()
    {
        SkipBlanks();
        if (_at == _text.Length) throw new FormulaException(_at, "the formula ends", $"a number, {_variable}, a function or a bracket");
        char c = _text[_at];
        if (c == '(')
        {
            _at++;
            Inside();
        }
        else if (char.IsAsciiDigit(c) || c == '.')
        {
            Number();
        }
        else if (char.IsLetter(c))
        {
            Word();
        }
        else
        {
            throw Unexpected($"a number, {_variable}, a function or a bracket");
        }
    }

    private void Inside()
    {
        int opened = _at - 1;
        Sum();
        if (Take(')', ')') is null)
        {
            SkipBlanks();
            throw _at < _text.Length ? Unexpected("an operator or ')'") : new FormulaException(opened, "this bracket is never closed", "')' further on");
        }
    }

    private void Number()
    {
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.')) _at++;
        if (_at < _text.Length && _text[_at] is 'e' or 'E')
        {
            int mark = _at++;
            if (_at < _text.Length && _text[_at] is '+' or '-') _at++;
            if (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
            {
                while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
            }
            else
            {
                _at = mark;
            }
        }

        ReadOnlySpan<char> digits = _text.AsSpan(start, _at - start);
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
        {
            throw new FormulaException(start, $"'{digits}' is not a number", "a number such as 0.809 or 1.2e-3");
        }

        _steps.Add(new FormulaStep(FormulaStepKind.Number, number));
        Deepen(1);
    }

    private void Word()
    {
        int start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_')) _at++;
        string word = _text[start.._at];
        if (string.Equals(word, _variable, StringComparison.Ordinal))
        {
            Push(FormulaStepKind.Variable, 1);
            return;
        }

        foreach ((string name, FormulaStepKind kind) in s_functions)
        {
            if (!string.Equals(word, name, StringComparison.Ordinal)) continue;
            if (Take('(', '(') is null) throw new FormulaException(_at, $"no bracket after {name}", $"{name}(...)");
            Inside();
            Push(kind, 0);
            return;
        }

        string[] known = [_variable, .. s_functions.Select(function => function.Name)];
        string meant = word is "log" ? "'log' may mean either of two: write ln or log10; " : Spelling.DidYouMean(word, known);
        throw new FormulaException(start, $"'{word}' is not known in a formula", meant + "the variable " + string.Join(", ", known));
    }

    private char? Take(char one, char other)
    {
        SkipBlanks();
        if (_at == _text.Length || (_text[_at] != one && _text[_at] != other)) return null;
        return _text[_at++];
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
    }

    private readonly FormulaException Unexpected(string expected) => new(_at, $"'{_text[_at]}'", expected);

    private void Push(FormulaStepKind kind, int growth)
    {
        _steps.Add(new FormulaStep(kind));
        Deepen(growth);
    }

    private void Deepen(int growth)
    {
        _depth += growth;
        _deepest = Math.Max(_deepest, _depth);
    }
}
