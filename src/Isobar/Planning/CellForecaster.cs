using System.Collections.Immutable;
using System.Globalization;
using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Materials;
using Isobar.Mechanics.Pellets;
using Isobar.Quantities;

namespace Isobar.Planning;

/// <summary>
/// Forecasts discharges and impedance of a cell after a history of pressures. Bands are quantiles over a sample of what the cell's constants, the
/// laboratory, its press and the chemistry could be; each member of the sample is pressed, mapped into the half cell and discharged by itself.
/// </summary>
public static class CellForecaster
{
    /// <summary>Owner of the uncertain constants of a chemistry, so that they are drawn apart from those of the materials.</summary>
    internal const string ChemistryOwner = "chemistry";

    private const int BandPoints = 201;

    // A discharge of the best cell may end before that of the luckiest; the band goes on this much further.
    private const double BandReach = 1.25;

    /// <summary>Forecasts a cell after four pressings.</summary>
    /// <exception cref="UnsupportedCellException">The cell is of a kind the models do not cover.</exception>
    /// <exception cref="HalfCellException">The best cell cannot be computed; the message says why and what to change.</exception>
    public static CellForecast Forecast(Cell cell, CellPressures pressures, ParameterSet chemistry, ForecastQuestion question, CancellationToken cancellation = default) =>
        Forecast(cell, CellHistory.Of(cell, pressures), chemistry, question, cancellation);

    /// <summary>Forecasts a cell after a history of pressures, planned or achieved.</summary>
    /// <exception cref="UnsupportedCellException">The cell is of a kind the models do not cover.</exception>
    /// <exception cref="HalfCellException">The best cell cannot be computed; the message says why and what to change.</exception>
    public static CellForecast Forecast(Cell cell, CellHistory history, ParameterSet chemistry, ForecastQuestion question, CancellationToken cancellation = default)
    {
        // The anode is the cell's own; the chemistry's voltages are against lithium.
        ParameterSet cathode = WithoutAnode(chemistry);
        CellParameters best = CellResolver.Best(cell);
        CellState state = CellState.After(best, history);
        HalfCellParameters halfCell = ContactMapping.Apply(best, state, Prepare(cathode.Best, best, question.LowerVolts));
        Constant stiffness = FixtureStiffness(cell);
        var middle = new PossibleCell(halfCell, question.Breathing ? () => new FixtureFeedback(best, history, stiffness.Estimate.Value) : null);
        List<PossibleCell> possible = Possible(cell, history, cathode, question, best, stiffness, out int open);
        cancellation.ThrowIfCancellationRequested();

        var failures = new List<string>();
        var rates = ImmutableArray.CreateBuilder<RateForecast>(question.CRates.Length);
        foreach (double rate in question.CRates) rates.Add(Discharge(middle, possible, open, rate, failures, cancellation));
        return new CellForecast(
            cell,
            chemistry,
            state,
            halfCell,
            rates.MoveToImmutable(),
            question.Hertz.IsDefaultOrEmpty ? null : Impedance(halfCell, possible, question),
            [.. Warnings(state, open, question.Draws, failures)]);
    }

    /// <summary>A chemistry with its voltages against lithium and without what pressing decides.</summary>
    internal static ParameterSet WithoutAnode(ParameterSet chemistry)
    {
        HalfCellParameters best = chemistry.Best;
        return chemistry with
        {
            Best = best with { AnodeVolts = 0, LowerVolts = best.LowerVolts + best.AnodeVolts, UpperVolts = best.UpperVolts + best.AnodeVolts },
            // Limits of voltage are settings and what pressing decides comes from the state of contact.
            Constants = [.. chemistry.Constants.Where(constant => constant.Definition.Key is "D_s" or "rho_f")],
        };
    }

    /// <summary>Every possible cell is charged to the same stoichiometry and discharged with the same current, as one would in the laboratory.</summary>
    internal static HalfCellParameters Prepare(HalfCellParameters chemistry, CellParameters best, double? lowerVolts) => chemistry with
    {
        InitialStoichiometry = ParameterSet.StoichiometryAt(chemistry.OpenCircuit, chemistry.UpperVolts),
        LowerVolts = lowerVolts ?? (chemistry.LowerVolts - best.Anode.PotentialVolts),
        UpperVolts = chemistry.UpperVolts - best.Anode.PotentialVolts,
        RatedCoulombsPerSquareMetre = best.Cathode.CapacityCoulombsPerSquareMetre,
    };

    // A stiffness that nobody knows is anything between a soft spring (1 N/µm) and a bolted frame (100 N/µm).
    private static Constant FixtureStiffness(Cell cell)
    {
        Estimate stiffness = cell.Fixture.Stiffness?.Si ?? Estimate.Relative(10e6, Math.Log(10) / Estimate.CoverageFactor(0.90, double.PositiveInfinity));
        return new Constant(new ConstantDefinition<Stiffness>("fixture_stiffness", "k", "stiffness of the fixture", 1, 1e12), stiffness with { Scale = EstimateScale.Logarithmic }, null, "this laboratory, from the cell file", null);
    }

    private static List<PossibleCell> Possible(Cell cell, CellHistory history, ParameterSet chemistry, ForecastQuestion question, CellParameters best, Constant stiffness, out int open)
    {
        var draws = new ConstantDraws(question.Draws, question.Seed);
        var possible = new List<PossibleCell>(question.Draws);
        open = 0;
        for (int i = 0; i < question.Draws; i++)
        {
            int index = i;
            CellParameters draw = CellResolver.Resolve(cell, (owner, constant) => draws.Choose(index, owner, constant));
            CellState state = CellState.After(draw, history);
            if (!ContactMapping.IsConnected(state))
            {
                open++;
                continue;
            }

            HalfCellParameters drawn = chemistry.Resolve(constant => draws.Choose(index, ChemistryOwner, constant));
            double newtonsPerMetre = draws.Choose(index, "fixture", stiffness);
            possible.Add(new PossibleCell(
                ContactMapping.Apply(draw, state, Prepare(drawn, best, question.LowerVolts)),
                question.Breathing ? () => new FixtureFeedback(draw, history, newtonsPerMetre) : null));
        }

        return possible;
    }

    private static RateForecast Discharge(PossibleCell best, List<PossibleCell> possible, int open, double rate, List<string> failures, CancellationToken cancellation)
    {
        HalfCellRun run = best.Discharge(new HalfCellSolver(), rate);
        double largest = run.DischargedCoulombsPerSquareMetre[^1] * BandReach;
        ImmutableArray<double> charges = [.. Enumerable.Range(0, BandPoints).Select(i => largest * i / (BandPoints - 1))];
        var solver = new HalfCellSolver(HalfCellOptions.Fast);
        List<double> capacity = [.. Enumerable.Repeat(0.0, open)], volts = [], energy = [.. capacity];
        var curves = new List<double[]>(possible.Count);
        var ends = new SortedDictionary<EndReason, int>();
        foreach (PossibleCell each in possible)
        {
            cancellation.ThrowIfCancellationRequested();
            HalfCellRun one;
            try
            {
                one = each.Discharge(solver, rate);
            }
            catch (HalfCellException fault)
            {
                // Said in the warnings; the bands rest on the others.
                failures.Add(string.Create(CultureInfo.InvariantCulture, $"{rate:0.###}C: {fault.Message}"));
                continue;
            }

            double charge = one.DischargedCoulombsPerSquareMetre[^1], joules = one.Steps[^1].JoulesPerSquareMetre;
            capacity.Add(charge);
            energy.Add(joules);
            if (charge > 0) volts.Add(joules / charge);
            curves.Add(Resample(one, charges, each.HalfCell.LowerVolts));
            ends[one.EndReason] = ends.GetValueOrDefault(one.EndReason) + 1;
        }

        if (curves.Count == 0) throw new UnsupportedCellException($"none of the possible cells could be discharged at {Quantity.Number(rate, 3)}C; the first said: {failures.FirstOrDefault("no path through the cathode")}");
        double own = run.DischargedCoulombsPerSquareMetre[^1], ownJoules = run.Steps[^1].JoulesPerSquareMetre;
        return new RateForecast(
            rate,
            new CurrentDensity(best.HalfCell.AmperesPerSquareMetre(rate)),
            run,
            Banded(own, capacity),
            Banded(own > 0 ? ownJoules / own : run.Volts[0], volts),
            Banded(ownJoules, energy),
            BandOf(charges, curves),
            ends.ToImmutableSortedDictionary());
    }

    // Quantiles as they are: what is left of a capacity near its upper limit is not symmetric on any scale.
    private static BandedValue Banded(double best, List<double> possible)
    {
        Interval band = possible.Count > 0 ? CellEnsemble.Band90(possible) : new Interval(best, best);
        return new BandedValue(best, band.Low, band.High, false);
    }

    private static double[] Resample(HalfCellRun run, ImmutableArray<double> charges, double endVolts)
    {
        var volts = new double[charges.Length];
        int at = 0;
        for (int k = 0; k < volts.Length; k++)
        {
            while (at < run.Volts.Length && run.DischargedCoulombsPerSquareMetre[at] < charges[k]) at++;
            if (at == run.Volts.Length)
            {
                volts[k] = endVolts;
                continue;
            }

            if (at == 0)
            {
                volts[k] = run.Volts[0];
                continue;
            }

            double before = run.DischargedCoulombsPerSquareMetre[at - 1], after = run.DischargedCoulombsPerSquareMetre[at];
            volts[k] = run.Volts[at - 1] + ((charges[k] - before) / (after - before) * (run.Volts[at] - run.Volts[at - 1]));
        }

        return volts;
    }

    private static VoltageBand BandOf(ImmutableArray<double> charges, List<double[]> curves)
    {
        Interval[] bands = [.. charges.Select((_, k) => CellEnsemble.Band90(curves.Select(curve => curve[k])))];
        return new VoltageBand(charges, [.. bands.Select(band => band.Low)], [.. bands.Select(band => band.High)]);
    }

    private static ImpedanceForecast Impedance(HalfCellParameters best, List<PossibleCell> possible, ForecastQuestion question)
    {
        double host = best.HostCoulombsPerSquareMetre;
        double x = best.InitialStoichiometry + ((1 - question.ChargeAtImpedance) * best.RatedCapacityCoulombsPerSquareMetre / host);
        x = Math.Min(x, best.OpenCircuit.Highest);
        ImmutableArray<ImpedanceSplit> own = HalfCellImpedance.AtEquilibrium(best with { InitialStoichiometry = x }, question.Hertz.AsSpan());
        ImmutableArray<ImpedanceSplit>[] all = [.. possible.Select(each => HalfCellImpedance.AtEquilibrium(each.HalfCell with { InitialStoichiometry = x }, question.Hertz.AsSpan()))];
        return new ImpedanceForecast(
            x,
            question.Hertz,
            own,
            [.. own.Select((_, f) => CellEnsemble.Band90(all.Select(splits => splits[f].Total.Real)))],
            [.. own.Select((_, f) => CellEnsemble.Band90(all.Select(splits => splits[f].Total.Imaginary)))]);
    }

    private static IEnumerable<string> Warnings(CellState state, int open, int draws, List<string> failures)
    {
        if (open > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{open} of {draws} possible cells carry no current: no path for ions or electrons through the cathode; they count with no capacity and are not in the voltage band");
        if (failures.Count > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{failures.Count} discharges of possible cells could not be computed and are not in the bands; the first: {failures[0]}");
        if (state.Extrapolated) yield return "the state of contact lies outside the range in which its models were measured";
    }

    // One cell that could be true; its breathing has memory, so that every discharge begins with a new one.
    private sealed record PossibleCell(HalfCellParameters HalfCell, Func<IContactFeedback>? Breathing)
    {
        public HalfCellRun Discharge(HalfCellSolver solver, double rate) => solver.Run(HalfCell, CyclerSchedule.Discharge(HalfCell, rate), Breathing?.Invoke());
    }
}
