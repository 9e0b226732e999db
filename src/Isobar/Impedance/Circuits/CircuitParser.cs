using System.Collections.Immutable;
using System.Globalization;

namespace Isobar.Impedance.Circuits;

/// <summary>
/// Reads circuits in both common forms, which may be mixed: <c>R0-p(R1,CPE1)-W1</c>, where a hyphen joins in series and <c>p( , )</c> side by side,
/// and Boukamp's <c>R(RQ)([RW]C)</c>, where what follows is in series, round brackets hold parts side by side and square ones a series.
/// After an element, braces hold <c>symbol=value</c> with <c>/lowest/highest</c>, <c>F</c> for fixed, <c>±</c> for what is known, and <c>symbol==name</c> or
/// <c>symbol==factor*name</c> for a tie.
/// </summary>
internal sealed class CircuitParser(string text)
{
    private const int LongestText = 2000;
    private const int DeepestNesting = 24;

    private readonly List<CircuitParameter> _parameters = [];
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counted = new(StringComparer.Ordinal);
    private int _at;

    public static (CircuitNode Root, ImmutableArray<CircuitParameter> Parameters) Parse(string text)
    {
        if (text.Length > LongestText) throw new CircuitException(text, LongestText, $"{text.Length} characters", $"a circuit has at most {LongestText}");
        var parser = new CircuitParser(text);
        parser.SkipBlanks();
        if (parser.AtEnd) throw new CircuitException(text, 0, "nothing is there", "a circuit is expected, for example R0-p(R1,CPE1)-CPE2");
        CircuitNode root = parser.Series(0);
        if (!parser.AtEnd) throw parser.Error($"'{parser.Here}' stands alone", "an element, or the end of the circuit is expected");
        parser.CheckTies();
        return (root, [.. parser._parameters]);
    }

    private bool AtEnd => _at >= text.Length;

    private char Here => text[_at];

    private CircuitNode Series(int depth)
    {
        if (depth > DeepestNesting) throw Error("another bracket", $"brackets are nested at most {DeepestNesting} deep");
        var parts = new List<CircuitNode> { Part(depth) };
        while (true)
        {
            SkipBlanks();
            if (AtEnd || Here is ')' or ']' or ',') break;
            if (Here == '-') Advance();
            parts.Add(Part(depth));
        }

        return parts.Count == 1 ? parts[0] : new SeriesNode(Flat<SeriesNode>(parts, node => node.Parts));
    }

    private CircuitNode Part(int depth)
    {
        SkipBlanks();
        if (AtEnd) throw Error("the circuit ends", "an element or a bracket is expected");
        switch (Here)
        {
            case '[':
                Advance();
                CircuitNode inner = Series(depth + 1);
                Close(']');
                return inner;
            case '(':
                Advance();
                return Beside(BoukampParts(depth));
            case 'p' when _at + 1 < text.Length && text[_at + 1] == '(':
                Advance();
                Advance();
                return Beside(ListedParts(depth));
            default:
                return Element();
        }
    }

    private List<CircuitNode> BoukampParts(int depth)
    {
        if (depth >= DeepestNesting) throw Error("another bracket", $"brackets are nested at most {DeepestNesting} deep");
        var parts = new List<CircuitNode>();
        while (true)
        {
            SkipBlanks();
            if (!AtEnd && Here is ')') return parts;
            if (!AtEnd && Here is ',' or '-') throw Error($"'{Here}' between round brackets", "side by side is written p(R1,CPE1), or (RQ) without separators and [RQ] for a series");
            parts.Add(Part(depth + 1));
        }
    }

    private List<CircuitNode> ListedParts(int depth)
    {
        var parts = new List<CircuitNode> { Series(depth + 1) };
        while (!AtEnd && Here == ',')
        {
            Advance();
            parts.Add(Series(depth + 1));
        }

        return parts;
    }

    private ParallelNode Beside(List<CircuitNode> parts)
    {
        if (parts.Count < 2) throw Error(parts.Count == 0 ? "empty round brackets" : "round brackets around a single part", "at least two parts stand side by side, for example p(R1,CPE1) or (RQ)");
        Close(')');
        return new ParallelNode(Flat<ParallelNode>(parts, node => node.Parts));
    }

    private ElementNode Element()
    {
        int start = _at;
        if (CircuitElements.LongestAt(text.AsSpan(_at)) is not { } found)
        {
            throw Error($"'{Here}' begins no element", $"an element is one of {string.Join(", ", CircuitElements.All.Select(each => each.Symbol))}");
        }

        string spelling = text.Substring(_at, found.Length);
        _at += found.Length;
        int digits = _at;
        while (!AtEnd && (char.IsAsciiDigit(Here) || (Here == '_' && _at > start))) _at++;
        string label = _at > digits ? text[start.._at] : spelling + (_counted[spelling] = _counted.GetValueOrDefault(spelling) + 1).ToString(CultureInfo.InvariantCulture);
        if (!_labels.Add(label)) throw new CircuitException(text, start, $"a second element is called {label}", "every element has a name of its own, for example R1 and R2");
        int first = _parameters.Count;
        foreach (ElementParameter declaration in found.Element.Parameters)
        {
            _parameters.Add(new CircuitParameter(found.Element.Parameters.Length == 1 ? label : $"{label}.{declaration.Symbol}", declaration));
        }

        if (!AtEnd && Here == '{') Settings(first, found.Element);
        return new ElementNode(found.Element, label, first);
    }

    // {R=5/0/10, n=.8F}
    private void Settings(int first, CircuitElement element)
    {
        Advance();
        while (true)
        {
            SkipBlanks();
            int start = _at;
            while (!AtEnd && Here is not ('=' or ',' or '}')) _at++;
            string symbol = text[start.._at].Trim();
            int place = PlaceOf(element, symbol);
            if (place < 0)
            {
                throw new CircuitException(text, start, $"'{symbol}' is no parameter of {element.Symbol}", $"its parameters are {string.Join(", ", element.Parameters.Select(each => each.Symbol))}");
            }

            if (AtEnd || Here != '=') throw Error($"'{symbol}' has no value", $"a value is expected, for example {symbol}={Text(element.Parameters[place].Default)}");
            Advance();
            int valueStart = _at;
            while (!AtEnd && Here is not (',' or '}')) _at++;
            if (AtEnd) throw Error("the circuit ends inside braces", "a closing '}' is expected");
            _parameters[first + place] = new ParameterSetting(text, valueStart, text[valueStart.._at]).ApplyTo(_parameters[first + place]);
            bool more = Here == ',';
            Advance();
            if (!more) return;
        }
    }

    // τ, β and σ may be written in Latin letters.
    private static int PlaceOf(CircuitElement element, string symbol)
    {
        for (int i = 0; i < element.Parameters.Length; i++)
        {
            string own = element.Parameters[i].Symbol;
            if (string.Equals(own, symbol, StringComparison.Ordinal) || string.Equals(Latin(own), symbol, StringComparison.Ordinal)) return i;
        }

        return -1;
    }

    private static string Latin(string symbol) => symbol switch { "τ" => "tau", "β" => "beta", "σ" => "sigma", _ => symbol };

    private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private void CheckTies()
    {
        foreach (CircuitParameter parameter in _parameters)
        {
            if (parameter.Tie is not { } tie) continue;
            CircuitParameter? other = _parameters.Find(each => string.Equals(each.Name, tie.Other, StringComparison.Ordinal));
            if (other is null) throw new CircuitException(text, 0, $"{parameter.Name} is tied to '{tie.Other}', which is no parameter", $"the parameters are {string.Join(", ", _parameters.Select(each => each.Name))}");
            if (other.Tie is not null) throw new CircuitException(text, 0, $"{parameter.Name} is tied to {other.Name}, which is itself tied", "tie it to the parameter that is free");
            if (other.Declaration.Logarithmic != parameter.Declaration.Logarithmic) throw new CircuitException(text, 0, $"{parameter.Name} is tied to {other.Name}, which is of another kind", "exponents are tied to exponents");
        }
    }

    private void Close(char bracket)
    {
        SkipBlanks();
        if (AtEnd) throw Error("the circuit ends", $"a closing '{bracket}' is expected");
        if (Here != bracket) throw Error($"'{Here}'", $"a closing '{bracket}' is expected");
        Advance();
    }

    private void Advance() => _at++;

    private void SkipBlanks()
    {
        while (!AtEnd && Here == ' ') _at++;
    }

    private CircuitException Error(string found, string expected) => new(text, Math.Min(_at, text.Length), found, expected);

    private static ImmutableArray<CircuitNode> Flat<T>(List<CircuitNode> parts, Func<T, ImmutableArray<CircuitNode>> inner)
        where T : CircuitNode => [.. parts.SelectMany(part => part is T same ? inner(same) : [part])];
}
