using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Mechanics;

namespace Isobar.Planning;

/// <summary>What bounds the search for pressures, all nominal sample pressures in Pa.</summary>
/// <param name="Highest">Least of the limits of die and press, with room for overshoot.</param>
/// <param name="Lowest">Lowest pressure that counts as pressing.</param>
/// <param name="Cracking">Cathode press at which the cracking index reaches the accepted share.</param>
/// <param name="Stripping">Stack pressure that stripping needs with 90 % probability; zero when unknown.</param>
internal readonly record struct SearchBounds(double Highest, double Lowest, double Cracking, double Stripping)
{
    /// <summary>Room that a limit leaves for overshoot of the press.</summary>
    public const double OvershootRoom = 0.05;

    // Below half a megapascal a stack is held, not pressed; where the press is not calibrated is a warning and not a bound.
    private const double LowestPa = 0.5e6;

    public static SearchBounds Of(CellEnsemble ensemble)
    {
        Cell cell = ensemble.Cell;
        double highest = Math.Min(cell.Die.Limit.Pascals, cell.Die.PressureOf(cell.Press.Capacity).Pascals) * (1 - OvershootRoom);
        double low = 10e6, high = 2e9;
        double cracking = FailureRisk.Cracked(ensemble, high) <= FailureRisk.Accepted
            ? high
            : Math.Exp(Numerics.RootFinder.Bracketed(
                logPa => FailureRisk.Cracked(ensemble, Math.Exp(logPa)) - FailureRisk.Accepted, Math.Log(low * 1e-3), Math.Log(high), 1e-4));
        var risk = new FailureRisk(ensemble, new CellPressures(100e6, 300e6, 50e6, 10e6), cell.Duty.Life.Seconds, 1);
        double stripping = risk.Known
            ? Quantile90(risk.StrippingPressures(cell.Duty.Current.AmperesPerSquareMetre))
            : 0;
        return new SearchBounds(highest, LowestPa, cracking, stripping);
    }

    private static double Quantile90(IEnumerable<double> values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return CellEnsemble.Quantile(sorted, 0.90);
    }
}

/// <summary>
/// Finds the four pressures that serve a goal best. Rate takes the least resistance. Reliability takes the least scatter, counted in units of the least
/// resistance and among the pressures that keep the resistance within <see cref="ToleratedRise"/> of it: a cell can always be made to scatter relatively
/// less by adding a large constant resistance, and nobody wants that cell. Both keep the risks of <see cref="FailureRisk"/>.
/// </summary>
internal sealed class GoalOptimiser(CellEnsemble ensemble, SearchBounds bounds)
{
    /// <summary>Where the cell resistance has risen by a quarter over the least one, a pressure is no longer defensible.</summary>
    public const double ToleratedRise = 1.25;

    // Objectives that differ by less than this are the same to any laboratory.
    private const double Flatness = 1.005;
    private const int CathodePoints = 61;
    private const int AttachPoints = 31;
    private const int StackPoints = 41;

    private readonly ResistanceScatter _scatter = new(ensemble.Cell);
    private double _highestResistance = double.PositiveInfinity;

    /// <summary>How long the anode is attached, s: lithium's contact grows with log time and most of it comes in the first minutes.</summary>
    public static double AttachSeconds(Goal goal) => goal == Goal.Rate ? 300 : 600;

    /// <summary>The risk of a short for pressures near the given ones.</summary>
    public FailureRisk RiskNear(CellPressures pressures, Goal goal) =>
        new(ensemble, pressures, ensemble.Cell.Duty.Life.Seconds, AttachSeconds(goal));

    /// <summary>The pressures of least resistance.</summary>
    public CellPressures ForRate() =>
        Optimise(Goal.Rate, new CellPressures(0.3 * Math.Min(bounds.Highest, 375e6), Math.Min(bounds.Highest, 300e6), 50e6, 10e6));

    /// <summary>The pressures of least scatter near those of least resistance.</summary>
    public CellPressures ForReliability(CellPressures forRate)
    {
        _highestResistance = ToleratedRise * ensemble.BestAfter(forRate).TotalOhmSquareMetres;
        return Optimise(Goal.Reliability, forRate);
    }

    private CellPressures Optimise(Goal goal, CellPressures pressures)
    {
        // Cathode press and the two lithium pressures hardly interact; the second sweep changes nothing or a little.
        for (int sweep = 0; sweep < 2; sweep++)
        {
            pressures = BestCathode(goal, pressures);
            pressures = BestAnode(goal, pressures);
        }

        pressures = pressures with { SeparatorPressPa = SeparatorWindow.Choose(ensemble, pressures, bounds) };
        return Practical(pressures);
    }

    /// <summary>Relative scatter of the best cell.</summary>
    public double Scatter(CellPressures pressures, double shortRisk) => _scatter.Of(ensemble.Best, pressures, shortRisk);

    /// <summary>The scatter model, for other draws.</summary>
    public ResistanceScatter ScatterModel => _scatter;

    private CellPressures BestCathode(Goal goal, CellPressures start)
    {
        double high = Math.Min(Math.Min(bounds.Highest, bounds.Cracking), CompactionLaw.HighestValidPa);
        double low = Math.Min(50e6, high);
        var trials = new List<Trial>(CathodePoints);
        foreach (double pressurePa in Grid(low, high, CathodePoints))
        {
            // The attach presses the cathode too, so it never exceeds the cathode press.
            CellPressures pressures = start with { CathodePressPa = pressurePa, AttachPa = Math.Min(start.AttachPa, pressurePa) };
            trials.Add(new Trial(Objective(goal, pressures, 0), pressurePa, pressures));
        }

        return Gentlest(trials);
    }

    private CellPressures BestAnode(Goal goal, CellPressures start)
    {
        FailureRisk risk = RiskNear(start, goal);
        double stackLow = Math.Max(bounds.Lowest, 1e6), stackHigh = Math.Min(start.CathodePressPa, FailureRisk.HighestStackPa);
        double attachHigh = Math.Min(start.CathodePressPa, FailureRisk.HighestAttachPa);
        double leastExcess = double.PositiveInfinity;
        CellPressures safest = start;
        var trials = new List<Trial>(StackPoints * AttachPoints);
        foreach (double stackPa in Grid(stackLow, stackHigh, StackPoints))
        {
            foreach (double attachPa in Grid(Math.Max(stackPa, 5e6), attachHigh, AttachPoints))
            {
                double probability = risk.Short(attachPa, stackPa);
                CellPressures pressures = start with { AttachPa = attachPa, StackPa = stackPa };
                if (probability <= FailureRisk.Accepted && stackPa >= bounds.Stripping)
                {
                    // Where nothing is known about shorts the gentler choice is the lower pressure.
                    trials.Add(new Trial(Objective(goal, pressures, probability), risk.Known ? probability : stackPa * attachPa, pressures));
                    continue;
                }

                // Where no pressure satisfies both limits, the short is worse than the void: it ends the cell.
                double excess = Math.Max(0, probability - FailureRisk.Accepted) + (1e-3 * Math.Max(0, Math.Log(bounds.Stripping / stackPa)));
                if (excess < leastExcess) (leastExcess, safest) = (excess, pressures);
            }
        }

        return trials.Exists(trial => double.IsFinite(trial.Objective)) ? Gentlest(trials) : safest;
    }

    // Near the optimum the objective is flat; what it no longer gains is not worth any harm, and a tiny change of a constant must not throw
    // the choice from one end of the flat to the other.
    private static CellPressures Gentlest(List<Trial> trials)
    {
        double best = trials.Min(trial => trial.Objective);
        return trials.Where(trial => trial.Objective <= best * Flatness).MinBy(trial => trial.Harm).Pressures;
    }

    private readonly record struct Trial(double Objective, double Harm, CellPressures Pressures);

    private double Objective(Goal goal, CellPressures pressures, double shortRisk)
    {
        double resistance = ensemble.BestAfter(pressures).TotalOhmSquareMetres;
        if (goal == Goal.Rate) return resistance;
        return resistance > _highestResistance ? double.PositiveInfinity : resistance * Scatter(pressures, shortRisk);
    }

    // Set-points a person can read and a gauge can show: downwards, so that no limit is crossed by rounding.
    private static CellPressures Practical(CellPressures pressures) => new(
        RoundDown(pressures.SeparatorPressPa),
        RoundDown(pressures.CathodePressPa),
        Math.Max(RoundDown(pressures.AttachPa), RoundDown(pressures.StackPa)),
        RoundDown(pressures.StackPa));

    private static double RoundDown(double pressurePa)
    {
        double step = pressurePa switch
        {
            >= 100e6 => 5e6,
            >= 20e6 => 1e6,
            >= 5e6 => 0.5e6,
            _ => 0.1e6,
        };
        return Math.Max(step, Math.Floor((pressurePa * (1 + 1e-9)) / step) * step);
    }

    private static IEnumerable<double> Grid(double low, double high, int points)
    {
        if (high <= low)
        {
            yield return high;
            yield break;
        }

        for (int i = 0; i < points; i++) yield return low * Math.Pow(high / low, (double)i / (points - 1));
    }
}
