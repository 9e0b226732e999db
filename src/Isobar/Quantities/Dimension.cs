using System.Collections.Immutable;

namespace Isobar.Quantities;

/// <summary>A unit a person may write: SI value = number × <paramref name="ToSi"/> + <paramref name="Offset"/>.</summary>
/// <param name="Symbol">How it is printed, for example <c>kN</c>.</param>
/// <param name="ToSi">SI units in one of this unit.</param>
/// <param name="Offset">SI value of the unit's zero; only °C and °F have one.</param>
/// <param name="Printed">Whether Isobar itself prints in this unit.</param>
/// <param name="Aliases">Other spellings that are read as this unit.</param>
public sealed record Unit(string Symbol, double ToSi, double Offset = 0, bool Printed = false, params string[] Aliases)
{
    /// <summary>The SI value of <paramref name="number"/> of this unit.</summary>
    public double ToSiValue(double number) => (number * ToSi) + Offset;

    /// <summary>How many of this unit make the SI value <paramref name="si"/>.</summary>
    public double FromSiValue(double si) => (si - Offset) / ToSi;
}

/// <summary>A unit that people write and that does not say enough; reading it is an error that explains itself.</summary>
/// <param name="Symbol">The spelling that is refused.</param>
/// <param name="Reason">What it could mean and what to write instead.</param>
public sealed record RefusedUnit(string Symbol, string Reason);

/// <summary>The one declaration of a kind of quantity: its name, its units, the units it refuses.</summary>
public sealed class Dimension
{
    private readonly Dictionary<string, Unit> _unitsBySpelling = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RefusedUnit> _refusedBySpelling = new(StringComparer.Ordinal);

    /// <summary>Declares a dimension; the first unit is the SI unit.</summary>
    public Dimension(string name, ImmutableArray<Unit> units, ImmutableArray<RefusedUnit> refused = default)
    {
        Name = name;
        Units = units;
        Refused = refused.IsDefault ? [] : refused;
        foreach (Unit unit in units)
        {
            _unitsBySpelling.Add(Normalise(unit.Symbol), unit);
            foreach (string alias in unit.Aliases) _unitsBySpelling.TryAdd(Normalise(alias), unit);
        }

        foreach (RefusedUnit unit in Refused) _refusedBySpelling.Add(Normalise(unit.Symbol), unit);
    }

    /// <summary>What the quantity is called in messages, for example "sample pressure".</summary>
    public string Name { get; }

    /// <summary>All units, the SI unit first.</summary>
    public ImmutableArray<Unit> Units { get; }

    /// <summary>Spellings that are recognised and refused with a reason.</summary>
    public ImmutableArray<RefusedUnit> Refused { get; }

    /// <summary>The coherent SI unit.</summary>
    public Unit SiUnit => Units[0];

    /// <summary>Finds a unit by any of its spellings.</summary>
    public Unit? Find(string spelling) => _unitsBySpelling.GetValueOrDefault(Normalise(spelling));

    /// <summary>Finds why a spelling is refused, if it is.</summary>
    public RefusedUnit? FindRefused(string spelling) => _refusedBySpelling.GetValueOrDefault(Normalise(spelling));

    /// <summary>The unit in which a person wants to read this SI value: the largest printed unit that leaves a number of at least one.</summary>
    public Unit PrintUnit(double si)
    {
        Unit? best = null;
        Unit? smallest = null;
        foreach (Unit unit in Units)
        {
            if (!unit.Printed) continue;
            // Of nothing no unit is better than the usual one, which is declared first.
            if (si == 0 && unit.Offset == 0) return unit;
            if (smallest is null || unit.ToSi < smallest.ToSi) smallest = unit;
            // 0.9995 lets 999.9 kPa print as 1.000 MPa and not as 1000 kPa.
            if (Math.Abs(unit.FromSiValue(si)) >= 0.9995 && (best is null || unit.ToSi > best.ToSi)) best = unit;
        }

        return best ?? smallest ?? SiUnit;
    }

    /// <summary>The unit spellings for an error message: "N, kN, t, ...".</summary>
    public string UnitList() => string.Join(", ", Units.Select(unit => unit.Symbol.Length == 0 ? "(none)" : unit.Symbol));

    // The same unit is typed in many ways: µ and μ, Ω and ohm, cm², cm^2 and cm2, · and *, and any spacing.
    private static string Normalise(string spelling)
    {
        Span<char> buffer = stackalloc char[Math.Min(spelling.Length * 3, 96)];
        int length = 0;
        foreach (char c in spelling)
        {
            string? mapped = c switch
            {
                ' ' or '\t' or '\u00a0' or '\u202f' or '^' => "",
                'μ' or 'µ' => "u",
                'Ω' or 'Ω' => "ohm",
                '²' => "2",
                '³' => "3",
                '⁻' => "-",
                '¹' => "1",
                '·' or '*' or '⋅' or '.' => "",
                _ => null,
            };
            if (mapped is null)
            {
                if (length == buffer.Length) return spelling;
                buffer[length++] = c;
                continue;
            }

            foreach (char m in mapped)
            {
                if (length == buffer.Length) return spelling;
                buffer[length++] = m;
            }
        }

        return new string(buffer[..length]);
    }
}
