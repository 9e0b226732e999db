using Isobar.Lab.Files.Spectra;
using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Cycling;

/// <summary>Which columns of a cycler table are used.</summary>
internal sealed class CyclerChoice
{
    // A quantity that is there twice and cannot be told apart by name is refused; of these the first counts.
    private static readonly CyclerRole[] s_first = [CyclerRole.Other, CyclerRole.Step, CyclerRole.Temperature, CyclerRole.State];

    private readonly CyclerDraft _draft;
    private readonly Dictionary<CyclerRole, int> _place = [];
    private readonly Dictionary<int, double[]> _values = [];

    public CyclerChoice(CyclerDraft draft)
    {
        _draft = draft;
        for (int i = 0; i < draft.Columns.Count; i++)
        {
            CyclerRole role = draft.Columns[i].Role;
            if (role == CyclerRole.Other || _place.TryAdd(role, i) || s_first.Contains(role)) continue;
            throw draft.Table.HeadingError(
                i, $"{FileText.Quote(Name(i))} is the second column of {Words(role)}; the first is {FileText.Quote(Name(_place[role]))}", "one column of it, so that it is clear which is meant", "remove or rename the other column");
        }
    }

    public int? Find(CyclerRole role) => _place.TryGetValue(role, out int place) ? place : null;

    public int Require(CyclerRole role, string what, string expected)
    {
        if (Find(role) is { } place) return place;
        IEnumerable<string> names = _draft.Table.Headings.Select(heading => heading.Text).Where(name => name.Length > 0).Take(24);
        throw _draft.Table.HeadingError(0, $"the table has no column of {what}; its columns are {string.Join(", ", names.Select(name => FileText.Quote(name)))}", expected, "export the data again with it" + (IsSpectrum ? ". Impedance spectra are read by: isobar spectra FILE" : ""));
    }

    /// <summary>SI values of a column; refused where text stands among them.</summary>
    public double[] Values(int place)
    {
        if (_values.TryGetValue(place, out double[]? known)) return known;
        if (_draft.Table.Odd(place) is { } odd)
        {
            throw _draft.Table.Content.Text.Error(
                odd.Line, odd.Column, $"{odd.Text} is not a {(IsClock(place) ? "time" : "number")}, in the column {FileText.Quote(Name(place))}", $"{Words(_draft.Columns[place].Role)} as a {(IsClock(place) ? "number of seconds or hh:mm:ss" : "number")}", "correct it, or remove the row");
        }

        ReadOnlySpan<double> numbers = _draft.Table.Column(place);
        var values = new double[numbers.Length];
        CyclerColumn column = _draft.Columns[place];
        for (int i = 0; i < values.Length; i++) values[i] = (numbers[i] * column.Factor) + column.Offset;
        return _values[place] = values;
    }

    public string Told(params ReadOnlySpan<int> places)
    {
        List<string> told = [];
        foreach (int place in places) told.Add($"{Words(_draft.Columns[place].Role)} from {FileText.Quote(Name(place))}");
        foreach (CyclerRole role in (ReadOnlySpan<CyclerRole>)[CyclerRole.Cycle, CyclerRole.SurfacePressure, CyclerRole.AppliedPressure])
        {
            if (Find(role) is { } place) told.Add($"{Words(role)} from {FileText.Quote(Name(place))}");
        }

        return string.Join(", ", told);
    }

    private bool IsSpectrum => _draft.Table.Headings.Any(heading => ImpedanceColumn.Of(heading).Role == ImpedanceRole.Frequency);

    private bool IsClock(int place) => _draft.Columns[place].Role is CyclerRole.TestTime or CyclerRole.StepTime;

    private string Name(int place) => _draft.Table.Headings[place].Text;

    private static string Words(CyclerRole role) => role switch
    {
        CyclerRole.TestTime => "time",
        CyclerRole.StepTime => "time within the step",
        CyclerRole.ChargeCounter => "counter of charge",
        CyclerRole.DischargeCounter => "counter of discharge",
        CyclerRole.AppliedPressure => "applied pressure",
        CyclerRole.SurfacePressure => "measured pressure",
        _ => role.ToString().ToLowerInvariant(),
    };
}
