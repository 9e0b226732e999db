using System.Collections.Immutable;
using System.Globalization;
using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Mechanics.Pellets;
using Isobar.Quantities;

namespace Isobar.Planning;

/// <summary>
/// Capacities that a plan leads to, against those that habit leads to. Every member of a sample of what the cell could be is pressed both ways, mapped into the
/// half cell by <see cref="ContactMapping"/> and discharged; bands are quantiles over the sample.
/// </summary>
public static class RateForecaster
{
    // A 5 % quantile then rests on two cells: in a new process, where nothing is compiled well yet, more would make a plan wait. isobar predict takes more and shows whole curves.
    private const int Draws = 40;

    private static readonly ImmutableArray<double> s_rates = [0.1, 1];

    // Far finer than the bands: capacities within 0.1 % of the default setting, in a quarter of its time.
    private static readonly HalfCellOptions s_coarse = new() { Cells = 8, VoltageToleranceVolts = 5e-3, Modes = 16, EnergyBalance = false };

    // 375 MPa is three metric tons on 10 mm, 74 MPa one on 13 mm.
    private const double HabitualCathodePa = 375e6;
    private const double HabitualStackPa = 74e6;

    /// <summary>What a plan is worth in capacity.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="chemistry">Open-circuit curve, diffusion and voltages of the cathode; null when none are known for it.</param>
    /// <param name="seed">Seed of the sample; the same seed gives the same bits.</param>
    /// <param name="cancellation">Ends the discharges early.</param>
    public static RateOutlook Outlook(Plan plan, ParameterSet? chemistry, ulong seed = 1, CancellationToken cancellation = default)
    {
        Cell cell = plan.Cell;
        var habit = new CellPressures(cell.Die.PressureOf(new Force(Force.NewtonsPerMetricTon)).Pascals, HabitualCathodePa, HabitualStackPa, HabitualStackPa);
        if (chemistry is null) return Without(habit, $"no capacity at a rate: neither an open-circuit curve U(x) nor a diffusion coefficient D_s is known for the active material of '{cell.Cathode.Name}'; isobar predict takes both from a parameter file (--chemistry)");
        var ensemble = CellEnsemble.Of(cell, seed, Draws);
        if (double.IsNaN(ensemble.Best.Anode.PotentialVolts)) return Without(habit, $"no capacity at a rate: 'electrode_potential' of {cell.Anode.Composition[0].Material.Name} is not known; give it under 'materials:' in the cell file, for example electrode_potential: 0.62 V ± 5 mV");

        ImmutableSortedDictionary<string, SamplePressure> pressures = plan.Chosen.Pressures;
        var chosen = new CellPressures(pressures["separator_press"].Pascals, pressures["cathode_press"].Pascals, pressures["attach"].Pascals, pressures["stack"].Pascals);
        var sample = new DischargeSample(ensemble, chemistry, seed);
        try
        {
            PressedSample here = sample.After(chosen), there = sample.After(habit);
            ImmutableArray<RateComparison> rates = [.. s_rates.Select(rate => Compare(sample, here, there, rate, cancellation))];
            double shorts = new FailureRisk(ensemble, habit, cell.Duty.Life.Seconds, GoalOptimiser.AttachSeconds(plan.Goal)).Short(habit.AttachPa, habit.StackPa);
            return new RateOutlook(rates, habit, new Fraction(shorts), [.. Notes(cell, sample)], null);
        }
        catch (Exception fault) when (fault is HalfCellException or UnsupportedCellException)
        {
            return Without(habit, $"no capacity at a rate: {fault.Message}");
        }
    }

    private static RateOutlook Without(CellPressures habit, string missing) => new([], habit, new Fraction(0), [], missing);

    private static RateComparison Compare(DischargeSample sample, PressedSample here, PressedSample there, double rate, CancellationToken cancellation)
    {
        (double best, double[] possible) = sample.Discharge(here, rate, cancellation);
        (double bestHabit, double[] possibleHabit) = sample.Discharge(there, rate, cancellation);
        double[] gains = [.. possible.Zip(possibleHabit, Gain).Where(gain => !double.IsNaN(gain))];
        bool extrapolated = here.Best.Extrapolated, habitExtrapolated = there.Best.Extrapolated;
        return new RateComparison(rate, Banded(best, possible, extrapolated), Banded(bestHabit, possibleHabit, habitExtrapolated), Banded(Gain(best, bestHabit), gains, extrapolated || habitExtrapolated));
    }

    // Two cells without any capacity are equal.
    private static double Gain(double here, double there) => here.Equals(there) ? 0 : (here / there) - 1;

    private static BandedValue Banded(double best, double[] possible, bool extrapolated)
    {
        Interval band = CellEnsemble.Band90(possible.Where(value => !double.IsNaN(value)));
        return new BandedValue(best, band.Low, band.High, extrapolated);
    }

    private static IEnumerable<string> Notes(Cell cell, DischargeSample sample)
    {
        if (HabitualCathodePa > cell.Die.Limit.Pascals) yield return $"habit's {new SamplePressure(HabitualCathodePa)} is more than this die takes ({cell.Die.Limit}); the capacities after habit are those of a stronger die";
        if (sample.Failures > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{sample.Failures} discharges of possible cells could not be computed and are not in the bands of capacity");
    }

    // The states of contact after four pressings.
    private sealed record PressedSample(CellState Best, CellState[] Possible);

    // The possible cells and their chemistry, ready to be pressed and discharged. A cell without a path for ions or electrons has no capacity; one that cannot be
    // computed has none that is known (not a number) and is counted.
    private sealed class DischargeSample
    {
        private readonly CellEnsemble _ensemble;
        private readonly HalfCellParameters _best;
        private readonly HalfCellParameters[] _possible;
        private readonly HalfCellSolver _solver = new(s_coarse);

        public DischargeSample(CellEnsemble ensemble, ParameterSet chemistry, ulong seed)
        {
            _ensemble = ensemble;
            ParameterSet cathode = CellForecaster.WithoutAnode(chemistry);
            var draws = new ConstantDraws(Draws, seed);
            _best = CellForecaster.Prepare(cathode.Best, ensemble.Best, null);
            _possible = [.. Enumerable.Range(0, Draws).Select(i => CellForecaster.Prepare(cathode.Resolve(constant => draws.Choose(i, CellForecaster.ChemistryOwner, constant)), ensemble.Best, null))];
        }

        public int Failures { get; private set; }

        public PressedSample After(CellPressures pressures) => new(_ensemble.BestAfter(pressures), _ensemble.StatesAfter(pressures));

        public (double Best, double[] Possible) Discharge(PressedSample pressed, double rate, CancellationToken cancellation)
        {
            double own = Capacity(_ensemble.Best, pressed.Best, _best, rate);
            var possible = new double[pressed.Possible.Length];
            for (int i = 0; i < possible.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                possible[i] = Known(_ensemble.Draws[i], pressed.Possible[i], _possible[i], rate);
            }

            return (own, possible);
        }

        private double Known(CellParameters cell, CellState state, HalfCellParameters chemistry, double rate)
        {
            try
            {
                return Capacity(cell, state, chemistry, rate);
            }
            catch (HalfCellException)
            {
                Failures++;
                return double.NaN;
            }
        }

        private double Capacity(CellParameters cell, CellState state, HalfCellParameters chemistry, double rate) =>
            ContactMapping.IsConnected(state) ? _solver.Discharge(ContactMapping.Apply(cell, state, chemistry), rate).DischargedCoulombsPerSquareMetre[^1] : 0;
    }
}
