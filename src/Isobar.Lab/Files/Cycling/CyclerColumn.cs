using System.Collections.Frozen;
using Isobar.Lab.Files.Tables;
using Isobar.Quantities;

namespace Isobar.Lab.Files.Cycling;

/// <summary>What a column of a cycler table is.</summary>
internal enum CyclerRole
{
    /// <summary>Nothing that the analysis needs.</summary>
    Other,
    TestTime,
    StepTime,
    Voltage,
    Current,
    Cycle,
    Step,
    State,
    ChargeCounter,
    DischargeCounter,
    AppliedPressure,
    SurfacePressure,
    Temperature,
}

/// <summary>The meaning of one column: SI value = number × <paramref name="Factor"/>, plus the offset.</summary>
/// <param name="Role">What it holds.</param>
/// <param name="Factor">SI units in one of its unit.</param>
/// <param name="Unit">Its unit as the file writes it; empty where it states none.</param>
internal sealed record CyclerColumn(CyclerRole Role, double Factor = 1, string Unit = "")
{
    private static readonly FrozenDictionary<string, CyclerRole> s_roles = Names(
        (CyclerRole.TestTime, "testtime totaltime elapsedtime time t runtime totalelapsedtime testtimesecond"),
        (CyclerRole.StepTime, "steptime steptimesecond"),
        (CyclerRole.Voltage, "voltage volts ewe <ewe> ecell e u cellvoltage vol potential ewe-ece workingelectrodepotential"),
        (CyclerRole.Current, "current amps i <i> cur amperage"),
        (CyclerRole.Cycle, "cycle cycleindex cyclenumber cyc# cyclep cycleid cyclecount cyc cycleno zcycle"),
        (CyclerRole.Step, "step stepindex stepid stepcount stepno stepnumber ns"),
        (CyclerRole.State, "state steptype status steptypename md stepname"),
        (CyclerRole.ChargeCounter, "chargecapacity chgcap chargingcapacity qcharge capchg chargecap cumulativechargingcapacity"),
        (CyclerRole.DischargeCounter, "dischargecapacity dchgcap dischargingcapacity qdischarge capdchg dischargecap discap cumulativedischargingcapacity"),
        (CyclerRole.AppliedPressure, "appliedpressure stackpressure pressure externalpressure"),
        (CyclerRole.SurfacePressure, "surfacepressure"),
        (CyclerRole.Temperature, "temperature temp auxtemperature temperaturet1 t1 surfacetemperature celltemperature auxtemperature1 temp1 ambienttemperature"));

    public double Offset { get; init; }

    public static CyclerColumn Other { get; } = new(CyclerRole.Other);

    /// <summary>The meaning of a heading such as "Voltage(V)", "I/mA", "charging_capacity_ah".</summary>
    public static CyclerColumn Of(TableHeading heading)
    {
        string text = HeadingText.Tidy(heading.Text);
        (string name, string? unit) = heading.Unit is { Length: > 0 } given && IsUnit(given) ? (text, given) : HeadingUnit.SplitOff(text, IsUnit);
        CyclerRole role = s_roles.GetValueOrDefault(HeadingText.Bare(name));
        // "C/D" of a capacity has another meaning than a unit; a name without a role needs none.
        double? factor = role switch
        {
            CyclerRole.Other => null,
            CyclerRole.Cycle or CyclerRole.Step or CyclerRole.State => 1,
            CyclerRole.TestTime or CyclerRole.StepTime => Time(unit),
            CyclerRole.Voltage => unit is null ? 1 : Volts(unit),
            CyclerRole.Current => unit is null ? 1 : Amperes(unit),
            CyclerRole.ChargeCounter or CyclerRole.DischargeCounter => unit is null ? null : Coulombs(unit),
            CyclerRole.Temperature => unit is null ? null : Quantities.Temperature.Dimension.Find(Spectra.ImpedanceUnit.Spelled(unit))?.ToSi,
            _ => unit is null ? null : SamplePressure.Dimension.Find(Spectra.ImpedanceUnit.Spelled(unit))?.ToSi,
        };
        if (factor is null) return Other;
        double offset = role == CyclerRole.Temperature ? Quantities.Temperature.Dimension.Find(Spectra.ImpedanceUnit.Spelled(unit!))!.Offset : 0;
        return new CyclerColumn(role, factor.Value, unit ?? "") { Offset = offset };
    }

    public static bool IsUnit(string unit) => unit.Length is > 0 and < 24
        && ((Time(unit) ?? Volts(unit) ?? Amperes(unit) ?? Coulombs(unit)) is not null
            || SamplePressure.Dimension.Find(Spectra.ImpedanceUnit.Spelled(unit)) is not null || Quantities.Temperature.Dimension.Find(Spectra.ImpedanceUnit.Spelled(unit)) is not null);

    // "hh:mm:ss" stands where a unit would; the cells say the same.
    private static double? Time(string? unit) => unit is not null && unit.Contains("mm", StringComparison.Ordinal) && unit.Contains(':', StringComparison.Ordinal) ? 1 : Spectra.ImpedanceUnit.Time(unit);

    private static double? Volts(string unit) => unit switch
    {
        "V" or "volt" or "volts" or "Volt" => 1,
        "mV" => 1e-3,
        _ => null,
    };

    private static double? Amperes(string unit) => unit switch
    {
        "A" or "ampere" or "amperes" or "amp" or "Amp" => 1,
        "mA" => 1e-3,
        "uA" or "µA" => 1e-6,
        "nA" => 1e-9,
        _ => null,
    };

    private static double? Coulombs(string unit) => unit.Replace(".", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal) switch
    {
        "Ah" or "ah" or "AHr" or "Ahr" or "amperehour" or "AH" => 3600,
        "mAh" or "mAHr" or "mAhr" => 3.6,
        "uAh" or "µAh" => 3.6e-3,
        "As" or "C" or "coulomb" => 1,
        _ => null,
    };

    private static FrozenDictionary<string, CyclerRole> Names(params ReadOnlySpan<(CyclerRole Role, string Words)> groups)
    {
        Dictionary<string, CyclerRole> names = new(StringComparer.Ordinal);
        foreach ((CyclerRole role, string words) in groups)
        {
            foreach (string word in words.Split(' ')) names.Add(word, role);
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
