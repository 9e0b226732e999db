using System.Collections.Immutable;

namespace Isobar.Reproducibility;

/// <summary>A pattern on a control chart that calls for a look. Each rule that is added finds changes earlier and cries wolf more often.</summary>
public enum RunRule
{
    /// <summary>One point beyond three standard deviations (Western Electric 1, Nelson 1).</summary>
    BeyondThree,

    /// <summary>Two of three points beyond two standard deviations on one side (Western Electric 2, Nelson 5).</summary>
    TwoOfThreeBeyondTwo,

    /// <summary>Four of five points beyond one standard deviation on one side (Western Electric 3, Nelson 6).</summary>
    FourOfFiveBeyondOne,

    /// <summary>Eight points in a row on one side (Western Electric 4).</summary>
    EightOnOneSide,

    /// <summary>Nine points in a row on one side (Nelson 2).</summary>
    NineOnOneSide,

    /// <summary>Six points in a row rising, or falling (Nelson 3).</summary>
    SixTrending,

    /// <summary>Fourteen points in a row up and down in turn (Nelson 4).</summary>
    FourteenAlternating,

    /// <summary>Fifteen points in a row within one standard deviation (Nelson 7).</summary>
    FifteenWithinOne,

    /// <summary>Eight points in a row beyond one standard deviation on either side (Nelson 8).</summary>
    EightBeyondOne,
}

/// <summary>A rule that a point completed.</summary>
/// <param name="Index">The point, from 0.</param>
/// <param name="Rule">The rule.</param>
public readonly record struct RunSignal(int Index, RunRule Rule);

/// <summary>Sets of rules, and where they fire.</summary>
public static class RunRules
{
    /// <summary>The four rules of the Western Electric handbook (1956).</summary>
    public static ImmutableArray<RunRule> WesternElectric { get; } = [RunRule.BeyondThree, RunRule.TwoOfThreeBeyondTwo, RunRule.FourOfFiveBeyondOne, RunRule.EightOnOneSide];

    /// <summary>The eight rules of L. S. Nelson (J. Qual. Technol. 16 (1984) 237, 10.1080/00224065.1984.11978921).</summary>
    public static ImmutableArray<RunRule> Nelson { get; } =
    [
        RunRule.BeyondThree, RunRule.NineOnOneSide, RunRule.SixTrending, RunRule.FourteenAlternating, RunRule.TwoOfThreeBeyondTwo, RunRule.FourOfFiveBeyondOne, RunRule.FifteenWithinOne,
        RunRule.EightBeyondOne,
    ];

    /// <summary>Where the rules fire on points in standard deviations from the centre.</summary>
    public static ImmutableArray<RunSignal> Signals(ReadOnlySpan<double> scores, ImmutableArray<RunRule> rules)
    {
        var signals = ImmutableArray.CreateBuilder<RunSignal>();
        var watch = new RunWatch();
        for (int i = 0; i < scores.Length; i++)
        {
            int fired = watch.Next(scores[i]);
            foreach (RunRule rule in rules)
            {
                if ((fired & (1 << (int)rule)) != 0) signals.Add(new RunSignal(i, rule));
            }
        }

        return signals.ToImmutable();
    }
}

/// <summary>What the rules need to remember of the points so far.</summary>
internal record struct RunWatch
{
    private double _previous;
    private int _count;
    private int _trend;
    private int _alternating;

    // Bits of the last points beyond one and two standard deviations above and below, the newest lowest.
    private int _highTwo;
    private int _lowTwo;
    private int _highOne;
    private int _lowOne;
    private int _side;
    private int _within;
    private int _beyond;

    /// <summary>Takes a point; the bits of the rules that it completes.</summary>
    public int Next(double score)
    {
        int fired = NextZone(score);
        int direction = _count == 0 ? 0 : Math.Sign(score - _previous);
        // A trend of six points has five steps; fourteen alternating points have thirteen.
        _alternating = direction != 0 && _trend != 0 && Math.Sign(_trend) == -direction ? _alternating + 1 : direction == 0 ? 0 : 1;
        _trend = direction == 0 ? 0 : Math.Sign(_trend) == direction ? _trend + direction : direction;
        if (Math.Abs(_trend) >= 5) fired |= 1 << (int)RunRule.SixTrending;
        if (_alternating >= 13) fired |= 1 << (int)RunRule.FourteenAlternating;
        _previous = score;
        _count++;
        return fired;
    }

    /// <summary>The rules that do not look at the order of neighbours.</summary>
    public int NextZone(double score)
    {
        double distance = Math.Abs(score);
        _highTwo = ((_highTwo << 1) | (score > 2 ? 1 : 0)) & 0b111;
        _lowTwo = ((_lowTwo << 1) | (score < -2 ? 1 : 0)) & 0b111;
        _highOne = ((_highOne << 1) | (score > 1 ? 1 : 0)) & 0b11111;
        _lowOne = ((_lowOne << 1) | (score < -1 ? 1 : 0)) & 0b11111;
        _side = score > 0 ? Math.Max(0, _side) + 1 : score < 0 ? Math.Min(0, _side) - 1 : 0;
        _within = distance < 1 ? _within + 1 : 0;
        _beyond = distance > 1 ? _beyond + 1 : 0;
        int fired = 0;
        if (distance > 3) fired |= 1 << (int)RunRule.BeyondThree;
        if (Completes(_highTwo, 2, score > 2) || Completes(_lowTwo, 2, score < -2)) fired |= 1 << (int)RunRule.TwoOfThreeBeyondTwo;
        if (Completes(_highOne, 4, score > 1) || Completes(_lowOne, 4, score < -1)) fired |= 1 << (int)RunRule.FourOfFiveBeyondOne;
        if (Math.Abs(_side) >= 8) fired |= 1 << (int)RunRule.EightOnOneSide;
        if (Math.Abs(_side) >= 9) fired |= 1 << (int)RunRule.NineOnOneSide;
        if (_within >= 15) fired |= 1 << (int)RunRule.FifteenWithinOne;
        if (_beyond >= 8) fired |= 1 << (int)RunRule.EightBeyondOne;
        return fired;
    }

    /// <summary>Forgets what the rules in force never ask, so that equal futures are equal states.</summary>
    public RunWatch For(int rules) => new()
    {
        _highTwo = Has(rules, RunRule.TwoOfThreeBeyondTwo) ? _highTwo & 0b11 : 0,
        _lowTwo = Has(rules, RunRule.TwoOfThreeBeyondTwo) ? _lowTwo & 0b11 : 0,
        _highOne = Has(rules, RunRule.FourOfFiveBeyondOne) ? _highOne & 0b1111 : 0,
        _lowOne = Has(rules, RunRule.FourOfFiveBeyondOne) ? _lowOne & 0b1111 : 0,
        _side = Has(rules, RunRule.EightOnOneSide) || Has(rules, RunRule.NineOnOneSide) ? _side : 0,
        _within = Has(rules, RunRule.FifteenWithinOne) ? _within : 0,
        _beyond = Has(rules, RunRule.EightBeyondOne) ? _beyond : 0,
    };

    private static bool Has(int rules, RunRule rule) => (rules & (1 << (int)rule)) != 0;

    private static bool Completes(int bits, int needed, bool now) => now && System.Numerics.BitOperations.PopCount((uint)bits) >= needed;
}
