using System.Text;
using Isobar.Lab.Files.Cycling;
using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Spectra;

/// <summary>Which columns of a table make the spectrum; those of the same thing twice, and those that are missing, are refused.</summary>
internal sealed class ColumnChoice
{
    private readonly SpectrumTable _table;
    private readonly Dictionary<ImpedanceRole, int> _place = [];

    public ColumnChoice(SpectrumTable table)
    {
        _table = table;
        for (int i = 0; i < table.Columns.Count; i++)
        {
            ImpedanceRole role = table.Columns[i].Role;
            if (role == ImpedanceRole.Other || _place.TryAdd(role, i)) continue;
            if (role is ImpedanceRole.Time or ImpedanceRole.Temperature or ImpedanceRole.Sweep or ImpedanceRole.Area or ImpedanceRole.Thickness) continue;
            int first = _place[role];
            throw table.Table.HeadingError(
                i, $"{FileText.Quote(Name(i))} is the second column of {Words(role)}; the first is {FileText.Quote(Name(first))}", "one column of it, so that it is clear which is meant", "remove or rename the other column");
        }

        if (!Has(ImpedanceRole.Frequency)) throw Missing("no column of frequencies", "a column such as 'freq/Hz' or 'Frequency (Hz)'", "export the data again with the frequency; without it the impedances cannot be used");
        if (!IsCartesian && !IsPolar) throw Missing("no complete impedance", "Re and Im, or |Z| and phase, beside the frequency", "export the data again with these columns");
    }

    public bool IsCartesian => Has(ImpedanceRole.Real) && Has(ImpedanceRole.Imaginary);

    public bool IsPolar => Has(ImpedanceRole.Modulus) && Has(ImpedanceRole.Phase);

    public bool Has(ImpedanceRole role) => _place.ContainsKey(role);

    public ImpedanceColumn Column(ImpedanceRole role) => _table.Columns[_place[role]];

    /// <summary>The column that holds the sign of the imaginary part.</summary>
    public ImpedanceRole SignRole => IsCartesian ? ImpedanceRole.Imaginary : ImpedanceRole.Phase;

    /// <summary>The numbers of a role as the file has them; refused where text stands among them.</summary>
    public ReadOnlySpan<double> Numbers(ImpedanceRole role)
    {
        int place = _place[role];
        if (_table.Table.Odd(place) is { } odd)
        {
            throw _table.Table.Content.Text.Error(
                odd.Line, odd.Column, $"{odd.Text} is not a number, in the column {FileText.Quote(Name(place))}", $"{Words(role)} as a number", "correct the number, or remove the row if the instrument gave none");
        }

        double logarithm = _table.Columns[place].LogarithmBase;
        if (logarithm == 0) return _table.Table.Column(place);
        double[] powers = [.. _table.Table.Column(place)];
        for (int i = 0; i < powers.Length; i++) powers[i] = Math.Pow(logarithm, powers[i]);
        return powers;
    }

    /// <summary>The numbers of a role that a spectrum can do without; NaN where text stands.</summary>
    public ReadOnlySpan<double> NumbersOrText(ImpedanceRole role) => _table.Table.Column(_place[role]);

    public string Name(ImpedanceRole role) => Name(_place[role]);

    /// <summary>For the dialect: "frequency from 'freq/Hz', Re from 'Re(Z)/Ohm', Im from '-Im(Z)/Ohm' with its sign turned".</summary>
    public string Told(bool turned)
    {
        var told = new StringBuilder();
        ImpedanceRole[] roles = IsCartesian ? [ImpedanceRole.Frequency, ImpedanceRole.Real, ImpedanceRole.Imaginary] : [ImpedanceRole.Frequency, ImpedanceRole.Modulus, ImpedanceRole.Phase];
        foreach (ImpedanceRole role in roles)
        {
            if (told.Length > 0) told.Append(", ");
            told.Append(Short(role)).Append(" from ").Append(FileText.Quote(Name(role)));
            if (role == SignRole && turned) told.Append(" with its sign turned");
        }

        return told.ToString();
    }

    private string Name(int place) => _table.Table.Headings[place].Text;

    private IsobarFileException Missing(string what, string expected, string next)
    {
        if (_table.Table.Headings.Any(heading => CyclerColumn.Of(heading).Role == CyclerRole.Voltage) && _table.Table.Headings.Any(heading => CyclerColumn.Of(heading).Role == CyclerRole.Current)) next += ". Cycling data are read by: isobar cycles FILE";
        IEnumerable<string> names = _table.Table.Headings.Select(heading => heading.Text).Where(name => name.Length > 0).Take(24);
        return _table.Table.HeadingError(0, $"the table has {what}; its columns are {string.Join(", ", names.Select(name => FileText.Quote(name)))}", expected, next);
    }

    /// <summary>A resistance and a reactance in series are the impedance only where no other columns are.</summary>
    public static IReadOnlyList<ImpedanceColumn> Settled(IReadOnlyList<ImpedanceColumn> columns)
    {
        if (!columns.Any(column => column.IsSeries)) return columns;
        bool Holds(bool series, params ReadOnlySpan<ImpedanceRole> roles)
        {
            foreach (ImpedanceRole role in roles)
            {
                if (!columns.Any(column => column.Role == role && column.IsSeries == series)) return false;
            }

            return true;
        }

        bool needed = Holds(true, ImpedanceRole.Real, ImpedanceRole.Imaginary) && !Holds(false, ImpedanceRole.Real) && !Holds(false, ImpedanceRole.Imaginary);
        return [.. columns.Select(column => column.IsSeries && !needed ? ImpedanceColumn.Other : column)];
    }

    private static string Short(ImpedanceRole role) => role switch
    {
        ImpedanceRole.Real => "Re",
        ImpedanceRole.Imaginary => "Im",
        ImpedanceRole.Modulus => "|Z|",
        _ => Words(role),
    };

    private static string Words(ImpedanceRole role) => role switch
    {
        ImpedanceRole.Frequency => "frequency",
        ImpedanceRole.Real => "the real part",
        ImpedanceRole.Imaginary => "the imaginary part",
        ImpedanceRole.Modulus => "the modulus",
        ImpedanceRole.Phase => "phase",
        ImpedanceRole.AppliedPressure => "applied pressure",
        ImpedanceRole.SurfacePressure => "surface pressure",
        _ => role.ToString(),
    };
}
