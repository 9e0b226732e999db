using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Mechanics.Conversion;
using Isobar.Quantities;

namespace Isobar.Planning;

/// <summary>What a plan says in sentences: habits, the cost of a goal, warnings.</summary>
internal static class PlanWords
{
    private static readonly SamplePressure s_habitualStack = SamplePressure.FromMegapascals(74);
    private static readonly SamplePressure s_habitualCathode = SamplePressure.FromMegapascals(375);
    private static readonly Length s_ten = new(10e-3);
    private static readonly Length s_thirteen = new(13e-3);

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
            atRate.Select((state, i) => atReliability[i].TotalOhmSquareMetres / state.TotalOhmSquareMetres), EstimateScale.Logarithmic);
        string resistance = Math.Abs(ratio.Value - 1) < 0.005
            ? "no resistance worth naming"
            : $"{Percent(ratio.Value - 1)} more resistance (90 % between {Percent(ratio.Band90.Low - 1)} and {Percent(ratio.Band90.High - 1)})";
        string rateLoss = $"{Quantity.Number(rate.RateCapability.Value, 2)} C against {Quantity.Number(reliability.RateCapability.Value, 2)} C at 200 mV";
        string scatter = $"a scatter of {Percent(rate.Scatter.Si.Value)} instead of {Percent(reliability.Scatter.Si.Value)} from cell to cell";
        return goal == Goal.Rate
            ? $"Rate costs reliability: {scatter}. Reliability would cost {resistance}: {rateLoss}."
            : $"Reliability costs rate: {resistance}, {rateLoss}. Rate would cost {scatter}.";
    }

    /// <summary>What a researcher should know before trusting the plan.</summary>
    public static IEnumerable<string> Warnings(CellEnsemble ensemble, CellPressures chosen)
    {
        Cell cell = ensemble.Cell;
        if (cell.Fixture.Stiffness is null)
        {
            yield return "The stiffness of the fixture is not known: the change of stack pressure during cycling is only known within a factor of ten. Measure it, or give it in the cell file.";
        }

        if (ensemble.Best.Anode.Limits is null)
        {
            yield return $"Nothing quantitative is known about shorts of {cell.Anode.Name} under pressure; the upper ends of attach and stack come from the range of published data.";
        }

        if (cell.Cathode.Composition.Any(component => component.Coating is not null))
        {
            yield return "No quantitative data on coating damage against pressing pressure exist; the coating index screens, it does not clear.";
        }

        CellPressures habitual = chosen with { StackPa = s_habitualStack.Pascals, AttachPa = Math.Max(chosen.AttachPa, s_habitualStack.Pascals) };
        double separatorShare = ensemble.Median(chosen, state => state.SeparatorOhmSquareMetres / state.TotalOhmSquareMetres);
        double reopened = ensemble.Median(chosen, state => state.SeparatorOhmSquareMetres) / ensemble.Median(habitual, state => state.SeparatorOhmSquareMetres);
        if (reopened > 1.4 && separatorShare > 0.25)
        {
            yield return $"The electrolyte's grain contacts reopen on release: at {new SamplePressure(chosen.StackPa)} the separator has {Quantity.Number(reopened, 2)} times its resistance at {s_habitualStack.Megapascals:0} MPa. A ball-milled (fine) electrolyte keeps its contacts.";
        }
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
