using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Mechanics;
using Isobar.Mechanics.Conversion;
using Isobar.Mechanics.Pellets;
using Isobar.Quantities;

namespace Isobar.Planning;

/// <summary>What a plan says in sentences: habits, the cost of a goal, warnings.</summary>
internal static class PlanWords
{
    private static readonly SamplePressure s_habitualStack = SamplePressure.FromMegapascals(74);
    private static readonly SamplePressure s_habitualCathode = SamplePressure.FromMegapascals(375);
    private static readonly Length s_ten = new(10e-3);
    private static readonly Length s_thirteen = new(13e-3);

    // Of the die's limit; the search leaves a twentieth.
    private const double NearLimit = 0.85;

    // Share of the pressure that the wall may take unmentioned: the error of a usual gauge.
    private const double WorthTelling = 0.03;

    /// <summary>What habit says about a pressure, where the habit comes from, and what it would do in this cell.</summary>
    public static string Habit(CellEnsemble ensemble, FailureRisk risk, CellPressures chosen, string key)
    {
        Die die = ensemble.Cell.Die;
        switch (key)
        {
            case "separator_press":
                SamplePressure oneTon = die.PressureOf(new Force(Force.NewtonsPerMetricTon));
                return $"Habit says one metric ton, which is {oneTon} on this {die.Diameter.Value} die.";
            case "cathode_press":
                return $"Habit says {s_habitualCathode.Megapascals:0} MPa: {TonHabit.Of(s_habitualCathode, s_ten, s_thirteen)}. On this die it needs {Tons(die, s_habitualCathode)}"
                    + Consequence(ensemble, chosen, chosen with { CathodePressPa = s_habitualCathode.Pascals })
                    + $", with {Percent(FailureRisk.Cracked(ensemble, s_habitualCathode.Pascals))} cracked particles (screening index).";
            case "attach":
                return $"Habit attaches and stacks at {s_habitualStack.Megapascals:0} MPa: {TonHabit.Of(s_habitualStack, s_ten, s_thirteen)}. On this die it needs {Tons(die, s_habitualStack)}"
                    + Consequence(ensemble, chosen, chosen with { AttachPa = s_habitualStack.Pascals })
                    + Shorts(ensemble, risk, s_habitualStack.Pascals, chosen.StackPa);
            default:
                return $"Habit says {s_habitualStack.Megapascals:0} MPa: {TonHabit.Of(s_habitualStack, s_ten, s_thirteen)}. On this die it needs {Tons(die, s_habitualStack)}"
                    + Consequence(ensemble, chosen, chosen with { StackPa = s_habitualStack.Pascals, AttachPa = Math.Max(chosen.AttachPa, s_habitualStack.Pascals) })
                    + Shorts(ensemble, risk, Math.Max(chosen.AttachPa, s_habitualStack.Pascals), s_habitualStack.Pascals);
        }
    }

    /// <summary>What the goal costs in terms of the other one, cell by cell of the ensemble so that common unknowns cancel.</summary>
    public static string Cost(CellEnsemble ensemble, Goal goal, CellPressures forRate, CellPressures forReliability, GoalOutcome rate, GoalOutcome reliability)
    {
        if (forRate == forReliability)
        {
            return $"Both goals lead to the same pressures in this cell: nothing that is known about it makes the lowest resistance ({rate.Resistance}) scatter more than another choice.";
        }

        CellState[] atRate = ensemble.StatesAfter(forRate), atReliability = ensemble.StatesAfter(forReliability);
        Estimate ratio = CellEnsemble.Summarise(
            atRate.Select((state, i) => atReliability[i].TotalOhmSquareMetres / state.TotalOhmSquareMetres).Where(double.IsFinite), EstimateScale.Logarithmic);
        string resistance = Math.Abs(ratio.Value - 1) < 0.005
            ? "no resistance worth naming"
            : $"{Percent(ratio.Value - 1)} more resistance (90 % between {Percent(ratio.Band90.Low - 1)} and {Percent(ratio.Band90.High - 1)})";
        string rateLoss = $"{Quantity.Number(rate.RateCapability.Value, 2)} C against {Quantity.Number(reliability.RateCapability.Value, 2)} C at 200 mV";
        string scatter = rate.ShortRisk.Value > 0 || reliability.ShortRisk.Value > 0
            ? $"{Percent(rate.ShortRisk.Value)} of the cells are expected to short instead of {Percent(reliability.ShortRisk.Value)}, and those that do not scatter by {Percent(rate.SurvivingScatter.Si.Value)} instead of {Percent(reliability.SurvivingScatter.Si.Value)}"
            : $"cells scatter by {Percent(rate.Scatter.Si.Value)} instead of {Percent(reliability.Scatter.Si.Value)}";
        return goal == Goal.Rate
            ? $"Rate costs reliability: {scatter}. Reliability would cost {resistance}: {rateLoss}."
            : $"Reliability costs rate: {resistance}, {rateLoss}. With rate {scatter}.";
    }

    /// <summary>What a researcher should know before trusting the plan.</summary>
    public static IEnumerable<string> Warnings(CellEnsemble ensemble, CellPressures chosen)
    {
        Cell cell = ensemble.Cell;
        if (cell.Fixture.Stiffness is null)
        {
            yield return "The stiffness of the fixture is not known: the change of stack pressure during cycling is only known within a factor of ten. Measure it, or give it in the cell file.";
        }

        foreach (string warning in DieWarnings(ensemble, chosen)) yield return warning;
        if (ensemble.Best.Anode.Contact.Face is not null) yield return FaceWarning(ensemble, chosen);
        yield return ChargedWarning(ensemble, chosen);
        double density = ensemble.Median(chosen, state => state.Layers[ensemble.Best.Roles.IndexOf(LayerRole.CathodeComposite)].RelativeDensity);

        double open = ensemble.StatesAfter(chosen).Count(state => !double.IsFinite(state.TotalOhmSquareMetres)) / (double)ensemble.Draws.Length;
        if (open > 0.01)
        {
            yield return $"In {Percent(open)} of what the constants could be, the electrolyte of the cathode does not percolate and the cell is an open circuit; give the cathode more electrolyte, or measure its ionic conductivity.";
        }

        if (Math.Abs(cell.Temperature.Kelvins - 298.15) > 10)
        {
            yield return $"Contacts, exchange currents and the limits of lithium were measured at room temperature; at {cell.Temperature} only the conductivity of the electrolyte follows the temperature.";
        }

        if (ensemble.Best.Anode.Limits is not null && cell.Duty.Current.MilliamperesPerSquareCentimetre is < 0.03 or > 0.3)
        {
            yield return $"The time to a short was measured at 0.075 mA/cm² and does not follow the current in this model; at {cell.Duty.Current} the true limit lies elsewhere, for larger currents lower.";
        }

        double perDecade = Math.Log(10) * PelletPrior.TypicalHoldEffect * density * (1 - density);
        yield return $"Hold times are habit: no window depends on the time held. Ten times longer adds about {Percent(perDecade)} of density, known to a factor of three (isobar pellet --hold tells more); what it does to contacts is not known.";

        if (ensemble.Best.Anode.Limits is null)
        {
            yield return $"Nothing quantitative is known about shorts of {cell.Anode.Name} under pressure; the upper ends of attach and stack come from the range of published data.";
        }

        if (cell.Cathode.Composition.Any(component => component.Coating is not null))
        {
            yield return "No quantitative data on coating damage against pressing pressure exist; the coating index screens, it does not clear. Name and thickness of the coating are recorded, not modelled.";
        }

        CellPressures habitual = chosen with { StackPa = s_habitualStack.Pascals, AttachPa = Math.Max(chosen.AttachPa, s_habitualStack.Pascals) };
        double separatorShare = ensemble.Median(chosen, state => state.SeparatorOhmSquareMetres / state.TotalOhmSquareMetres);
        double reopened = ensemble.Median(chosen, state => state.SeparatorOhmSquareMetres) / ensemble.Median(habitual, state => state.SeparatorOhmSquareMetres);
        if (reopened > 1.4 && separatorShare > 0.25)
        {
            yield return $"The electrolyte's grain contacts reopen on release: at {new SamplePressure(chosen.StackPa)} the separator has {Quantity.Number(reopened, 2)} times its resistance at {s_habitualStack.Megapascals:0} MPa. A ball-milled (fine) electrolyte keeps its contacts.";
        }
    }

    // The window leaves room for overshoot; a die that is used that close to its limit ages.
    private static IEnumerable<string> DieWarnings(CellEnsemble ensemble, CellPressures chosen)
    {
        Die die = ensemble.Cell.Die;
        double highestPa = Math.Max(Math.Max(chosen.SeparatorPressPa, chosen.CathodePressPa), Math.Max(chosen.AttachPa, chosen.StackPa));
        if (highestPa > NearLimit * die.Limit.Pascals)
        {
            yield return $"The highest pressure, {new SamplePressure(highestPa)}, is {Percent(highestPa / die.Limit.Pascals)} of what the {die.MaterialName} die may see ({die.Limit}); its wall then carries about {new SamplePressure(die.LateralRatio.Value.Value * highestPa)}. With its outer diameter isobar pellet --die-outer tells what it holds.";
        }

        double solid = ensemble.Best.Layers.Where((_, i) => !ensemble.Cell.Layers[i].IsFoil).Sum(layer => layer.SolidThicknessMetres);
        var pressing = new DiePressing(die.Diameter.Value.Metres, solid, die.WallFriction.Value.Value, die.LateralRatio.Value.Value);
        double lost = 1 - (pressing.LowestPa(highestPa) / highestPa), lostByBoth = 1 - ((pressing with { Action = PressAction.BothPunches }).LowestPa(highestPa) / highestPa);
        if (lost > WorthTelling)
        {
            yield return $"The wall of the die takes {Percent(lost)} of the pressure on the way through the powders ({new Length(solid)} of solid); with both punches moving it would be {Percent(lostByBoth)}.";
        }
    }

    // The law of the material was measured on faces of its own roughness; the larger of the two counts.
    private static string FaceWarning(CellEnsemble ensemble, CellPressures chosen)
    {
        LoadHistory history = CellHistory.Of(ensemble.Cell, chosen).Anode;
        double[] face = [.. ensemble.Draws.Select(draw => draw.Anode.Contact.Face!.OhmSquareMetres(Seen(draw).EffectivePa(draw.Anode.Contact.Memory)))];
        double[] law = [.. ensemble.Draws.Select(draw => (draw.Anode.Contact with { Face = null }).OhmSquareMetres(Seen(draw)) - draw.Anode.Contact.FullContactOhmSquareMetres)];
        double counts = face.Zip(law).Count(pair => pair.First > pair.Second) / (double)face.Length;
        Interval band = CellEnsemble.Band90(face);
        Array.Sort(face);
        Array.Sort(law);
        string rough = CellEnsemble.Quantile(face, 0.5) > 0
            ? $"{Quantity.Format(new ArealResistance(CellEnsemble.Quantile(face, 0.5)), 2)} (90 %: {Quantity.Format(new ArealResistance(band.Low), 2)} to {Quantity.Format(new ArealResistance(band.High), 2)})"
            : $"nothing{(band.High > 0 ? $" (90 %: up to {Quantity.Format(new ArealResistance(band.High), 2)})" : "")}, because the softer side flows until everything touches,";
        return $"The roughness of the face ({ensemble.Cell.Anode.Roughness!.RmsHeight.Value} rms) alone costs {rough} at the stack pressure, after Persson's theory; the law of {ensemble.Cell.Anode.Composition[0].Material.Name} says {Quantity.Format(new ArealResistance(CellEnsemble.Quantile(law, 0.5)), 2)} for the faces that it was measured on. The larger of the two counts; the roughness is it in {Percent(counts)} of what the constants could be.";

        LoadHistory Seen(CellParameters draw) => draw.Gauge.True(history);
    }

    private static string ChargedWarning(CellEnsemble ensemble, CellPressures chosen)
    {
        double again = FailureRisk.CrackedCharged(ensemble, chosen.CathodePressPa), fresh = FailureRisk.Cracked(ensemble, chosen.CathodePressPa), stack = FailureRisk.CrackedCharged(ensemble, chosen.StackPa);
        string held = stack > FailureRisk.Accepted
            ? $"Even the stack pressure of {new SamplePressure(chosen.StackPa)} cracks {Percent(stack)} of them on charge, more than is accepted"
            : $"The stack pressure of {new SamplePressure(chosen.StackPa)} cracks {(stack < 0.001 ? "less than 0.1 %" : Percent(stack))} of them on charge";
        string advice = char.ToUpperInvariant(ParticleDamage.ChargedCellAdvice[0]) + ParticleDamage.ChargedCellAdvice[1..];
        return $"{advice}. The cathode press of {new SamplePressure(chosen.CathodePressPa)} would crack {Percent(again)} of the charged particles instead of {Percent(fresh)} (lower estimates). {held}.";
    }

    private static string Tons(Die die, SamplePressure pressure)
    {
        Force force = die.ForceFor(pressure);
        return $"{Quantity.Number(force.Kilonewtons, 3)} kN ({Quantity.Number(force.MetricTons, 3)} t)";
    }

    private static string Consequence(CellEnsemble ensemble, CellPressures chosen, CellPressures habit)
    {
        double change = ensemble.ResistanceRatio(habit, chosen) - 1;
        return Math.Abs(change) < 0.005
            ? " and leaves the cell resistance as it is"
            : $" and would make the cell resistance {Percent(Math.Abs(change))} {(change < 0 ? "lower" : "higher")}";
    }

    private static string Shorts(CellEnsemble ensemble, FailureRisk risk, double attachPa, double stackPa) => risk.Known
        ? $", with {Percent(risk.Short(attachPa, stackPa))} risk of a short within {ensemble.Cell.Duty.Life}."
        : ".";

    private static string Percent(double share) => Quantity.Number(100 * share, 2) + " %";
}
