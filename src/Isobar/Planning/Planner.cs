using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Materials;
using Isobar.Mechanics;
using Isobar.Quantities;

namespace Isobar.Planning;

/// <summary>
/// Plans the pressures of a cell for a goal: windows with reasons, a protocol, predictions with 90 % bands, and what the other goal would give.
/// Bands are quantiles over a sample of what the constants, the laboratory and its press could be.
/// </summary>
public static class Planner
{
    // At 200 mV of polarisation a cell of the 4 V class has lost about 5 % of its voltage window, a common rate criterion.
    private const double PolarisationVolts = 0.2;

    /// <summary>Plans a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="goal">Rate or reliability.</param>
    /// <param name="seed">Seed of the sample; the same seed gives the same plan to the last bit.</param>
    /// <param name="progress">Receives what is being done, in words.</param>
    /// <param name="cancellation">Ends the planning early.</param>
    /// <exception cref="MissingConstantException">A material lacks a constant that a model needs.</exception>
    /// <exception cref="UnsupportedCellException">The cell is of a kind the models do not cover.</exception>
    public static Plan Plan(Cell cell, Goal goal, ulong seed = 1, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        progress?.Report("drawing what the constants could be");
        CellEnsemble ensemble = CellEnsemble.Of(cell, seed);
        SearchBounds bounds = SearchBounds.Of(ensemble);
        var optimiser = new GoalOptimiser(ensemble, bounds);

        progress?.Report("searching pressures for the rate goal");
        CellPressures forRate = optimiser.ForRate();
        cancellation.ThrowIfCancellationRequested();
        progress?.Report("searching pressures for the reliability goal");
        CellPressures forReliability = optimiser.ForReliability(forRate);
        cancellation.ThrowIfCancellationRequested();

        GoalOutcome rate = Outcome(ensemble, optimiser, Goal.Rate, forRate);
        GoalOutcome reliability = Outcome(ensemble, optimiser, Goal.Reliability, forReliability);
        CellPressures chosen = goal == Goal.Rate ? forRate : forReliability;

        progress?.Report("bounding the windows");
        var windows = new WindowBuilder(ensemble, bounds, optimiser, goal, chosen, forRate);
        ImmutableArray<PressureWindow> all = windows.Build();
        cancellation.ThrowIfCancellationRequested();
        progress?.Report("drawing the curves");
        ImmutableArray<PressureCurve> curves = PlanCurves.Of(ensemble, bounds, optimiser, goal, chosen, cancellation);

        return new Plan(
            cell,
            goal,
            all,
            ProtocolBuilder.Build(cell, goal, all),
            Predictions.Of(ensemble, optimiser, goal, chosen),
            curves,
            goal == Goal.Rate ? rate : reliability,
            goal == Goal.Rate ? reliability : rate,
            PlanWords.Cost(ensemble, goal, forRate, forReliability, rate, reliability),
            [.. windows.Warnings, .. PlanWords.Warnings(ensemble, chosen)],
            Citations(cell))
        {
            Layers = Predictions.Layers(ensemble, chosen),
            Spectrum = Predictions.SpectrumOf(ensemble, chosen),
        };
    }

    /// <summary>C-rate at which a resistance takes 200 mV from a cell of an areal capacity.</summary>
    internal static double RateCapability(double ohmSquareMetres, double coulombsPerSquareMetre) =>
        PolarisationVolts / ohmSquareMetres * 3600 / coulombsPerSquareMetre;

    private static GoalOutcome Outcome(CellEnsemble ensemble, GoalOptimiser optimiser, Goal goal, CellPressures pressures)
    {
        FailureRisk risk = optimiser.RiskNear(pressures, goal);
        CellState[] states = ensemble.StatesAfter(pressures);
        return new GoalOutcome(
            goal,
            ImmutableSortedDictionary<string, SamplePressure>.Empty
                .Add("separator_press", new SamplePressure(pressures.SeparatorPressPa))
                .Add("cathode_press", new SamplePressure(pressures.CathodePressPa))
                .Add("attach", new SamplePressure(pressures.AttachPa))
                .Add("stack", new SamplePressure(pressures.StackPa)),
            new Estimate<ArealResistance>(CellEnsemble.Summarise(states.Select(state => state.TotalOhmSquareMetres), EstimateScale.Logarithmic)),
            new Estimate<Fraction>(CellEnsemble.Summarise(ensemble.Draws.Select((draw, i) => optimiser.ScatterModel.Of(draw, pressures, risk.PossibleShort(i, pressures.AttachPa, pressures.StackPa))), EstimateScale.Logarithmic)),
            CellEnsemble.Summarise(
                states.Select((state, i) => RateCapability(state.TotalOhmSquareMetres, ensemble.Draws[i].Cathode.CapacityCoulombsPerSquareMetre)),
                EstimateScale.Logarithmic));
    }

    /// <summary>Every source behind the constants of the cell's materials and of the models, once each.</summary>
    private static ImmutableArray<Citation> Citations(Cell cell)
    {
        IEnumerable<Constant> constants = cell.Layers
            .SelectMany(layer => layer.Composition)
            .Select(component => component.Material)
            .Append(cell.Collector)
            .SelectMany(material => material.Constants.Values)
            .Concat(ModelConstants.All)
            .Concat(StructureConstants.All);
        return
        [
            .. ModelCitations.All,
            .. constants
                .Where(constant => constant.Doi is not null && ModelCitations.All.All(known => known.Doi != constant.Doi))
                .GroupBy(constant => constant.Doi, StringComparer.OrdinalIgnoreCase)
                .Select(group => new Citation(group.First().Source, group.Key))
                .OrderBy(citation => citation.Doi, StringComparer.Ordinal),
        ];
    }
}
