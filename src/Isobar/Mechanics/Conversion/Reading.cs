using Isobar.Quantities;

namespace Isobar.Mechanics.Conversion;

/// <summary>A reading sorted into what it is: a force, a pressure on the sample, or a pressure of oil.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Si">Its value, N or Pa.</param>
/// <param name="UnitSymbol">The unit it was given in.</param>
internal readonly record struct Reading(ReadingKind Kind, double Si, string UnitSymbol)
{
    public static Reading Of(PressureQuestion question)
    {
        string text = question.Reading;
        if (!Quantity.TrySplit(text, Force.Dimension, out double number, out string unitText, out string error))
        {
            throw new ConversionException(error, "a number with its unit: a force, or a pressure of sample or oil", "write for example 10t, 29.4kN, 74MPa or 250bar");
        }

        if (unitText.Length == 0) throw NoUnit(text.Trim());
        if (number <= 0) throw new ConversionException($"'{text}'", "a load above zero", "write for example 10t, 29.4kN, 74MPa or 250bar");
        if (Force.Dimension.Find(unitText) is { } forceUnit) return OfForce(question, forceUnit.ToSiValue(number), forceUnit);
        if (Force.Dimension.FindRefused(unitText) is { } refused) throw Refused(text, refused);
        if (SamplePressure.Dimension.Find(unitText) is { } either) return OfPressure(question, either.ToSiValue(number), either);
        if (OilPressure.Dimension.Find(unitText) is { } oil) return OfGauge(question, oil.ToSiValue(number), oil);
        throw new ConversionException(
            $"'{unitText}' in '{text}' is not a unit of force or pressure",
            $"a force in {Force.Dimension.UnitList()}, a sample pressure in {SamplePressure.Dimension.UnitList()}, or an oil pressure in {OilPressure.Dimension.UnitList()}",
            "check the spelling; capitals count (mN is not MN)");
    }

    private static Reading OfForce(PressureQuestion question, double newtons, Unit unit) => question.Basis is null
        ? new Reading(ReadingKind.Force, newtons, unit.Symbol)
        : throw new ConversionException(
            $"'{question.Reading}' is a force, with a basis of {Name(question.Basis.Value)}",
            "a basis only for a pressure in MPa, where it says whose pressure it is",
            "leave --basis out");

    // MPa is written on both kinds of gauge. With a die alone it can only be the sample; with die and ram it could be either.
    private static Reading OfPressure(PressureQuestion question, double pascals, Unit unit)
    {
        if (question.Basis is null && question.Ram is not null)
        {
            throw new ConversionException(
                $"'{question.Reading}' with a ram",
                "to know whether this is the pressure on the sample or the oil pressure on the gauge: with a ram it can be both",
                "add --basis sample, or --basis oil");
        }

        return new Reading(question.Basis == PressureBasis.Oil ? ReadingKind.OilPressure : ReadingKind.SamplePressure, pascals, unit.Symbol);
    }

    private static Reading OfGauge(PressureQuestion question, double pascals, Unit unit) => question.Basis == PressureBasis.Sample
        ? throw new ConversionException(
            $"'{question.Reading}' with --basis sample",
            $"a pressure on the sample in MPa; {unit.Symbol} is how a hydraulic gauge is marked and is read as oil pressure",
            $"if it is on the sample, write {Quantity.Number(pascals / 1e6)}MPa")
        : new Reading(ReadingKind.OilPressure, pascals, unit.Symbol);

    private static ConversionException NoUnit(string number) => new(
        $"'{number}' has no unit",
        $"one of three things that '{number}' could be: a force, a pressure on the sample, or an oil pressure on the gauge of the press",
        $"write the force as {number}t --die 10mm (or {number}kN, {number}short_ton, {number}long_ton); the pressure on the sample as {number}MPa --die 10mm; the oil pressure as {number}bar --die 10mm --ram 40mm");

    private static ConversionException Refused(string text, RefusedUnit refused) => new(
        $"'{text}' does not say which unit is meant",
        refused.Reason.Split(';')[0],
        refused.Reason.Contains(';', StringComparison.Ordinal) ? refused.Reason[(refused.Reason.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim() : "write the unit in full");

    private static string Name(PressureBasis basis) => basis == PressureBasis.Oil ? "oil" : "sample";
}
