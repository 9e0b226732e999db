using System.Collections.Immutable;
using System.Globalization;
using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Mechanics.Pellets;
using Isobar.Quantities;

namespace Isobar.Planning;

/// <summary>
/// Forecasts discharges and impedance of a cell after a history of pressures. Bands are quantiles over a sample of what the cell's constants, the
/// laboratory, its press and the chemistry could be; each member of the sample is pressed, mapped into the half cell and discharged by itself.
/// </summary>
public static class CellForecaster
{
    // Owner of the uncertain constants of a chemistry, so that they are drawn apart from those of the materials.
    private const string ChemistryOwner = "chemistry";

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
        HalfCellParameters halfCell = ContactMapping.Apply(best, state, Prepare(cathode.Best, best, question, best.Anode.PotentialVolts));
        List<HalfCellParameters> possible = Possible(cell, history, cathode, question, best, out int open);
        cancellation.ThrowIfCancellationRequested();

        var failures = new List<string>();
        var rates = ImmutableArray.CreateBuilder<RateForecast>(question.CRates.Length);
        foreach (double rate in question.CRates) rates.Add(Discharge(halfCell, possible, open, rate, failures, cancellation));
        return new CellForecast(
            cell,
            chemistry,
            state,
            halfCell,
            rates.MoveToImmutable(),
            question.Hertz.IsDefaultOrEmpty ? null : Impedance(halfCell, possible, question),
            [.. Warnings(state, open, question.Draws, failures)]);
    }

    private static ParameterSet WithoutAnode(ParameterSet chemistry)
    {
        HalfCellParameters best = chemistry.Best;
        return chemistry with
        {
            Best = best with { AnodeVolts = 0, LowerVolts = best.LowerVolts + best.AnodeVolts, UpperVolts = best.UpperVolts + best.AnodeVolts },
            // Limits of voltage are settings and what pressing decides comes from the state of contact.
            Constants = [.. chemistry.Constants.Where(constant => constant.Definition.Key is "D_s" or "rho_f")],
        };
    }

    // Every possible cell is charged to the same stoichiometry and discharged with the same current, as one would in the laboratory.
    private static HalfCellParameters Prepare(HalfCellParameters chemistry, CellParameters best, ForecastQuestion question, double anodeVolts) => chemistry with
    {
        InitialStoichiometry = ParameterSet.StoichiometryAt(chemistry.OpenCircuit, chemistry.UpperVolts),
        LowerVolts = question.LowerVolts ?? (chemistry.LowerVolts - anodeVolts),
        UpperVolts = chemistry.UpperVolts - anodeVolts,
        RatedCoulombsPerSquareMetre = best.Cathode.CapacityCoulombsPerSquareMetre,
    };

    private static List<HalfCellParameters> Possible(Cell cell, CellHistory history, ParameterSet chemistry, ForecastQuestion question, CellParameters best, out int open)
    {
        var draws = new ConstantDraws(question.Draws, question.Seed);
        var possible = new List<HalfCellParameters>(question.Draws);
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
            possible.Add(ContactMapping.Apply(draw, state, Prepare(drawn, best, question, best.Anode.PotentialVolts)));
        }

        return possible;
    }

    private static RateForecast Discharge(HalfCellParameters best, List<HalfCellParameters> possible, int open, double rate, List<string> failures, CancellationToken cancellation)
    {
        HalfCellRun run = new HalfCellSolver().Discharge(best, rate);
        double largest = run.DischargedCoulombsPerSquareMetre[^1] * BandReach;
        ImmutableArray<double> charges = [.. Enumerable.Range(0, BandPoints).Select(i => largest * i / (BandPoints - 1))];
        var solver = new HalfCellSolver(HalfCellOptions.Fast);
        List<double> capacity = [.. Enumerable.Repeat(0.0, open)], volts = [], energy = [.. capacity];
        var curves = new List<double[]>(possible.Count);
        var ends = new SortedDictionary<EndReason, int>();
        foreach (HalfCellParameters each in possible)
        {
            cancellation.ThrowIfCancellationRequested();
            HalfCellRun one;
            try
            {
                one = solver.Discharge(each, rate);
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
            curves.Add(Resample(one, charges, each.LowerVolts));
            ends[one.EndReason] = ends.GetValueOrDefault(one.EndReason) + 1;
        }

        if (curves.Count == 0) throw new UnsupportedCellException($"none of the possible cells could be discharged at {Quantity.Number(rate, 3)}C; the first said: {failures.FirstOrDefault("no path through the cathode")}");
        double own = run.DischargedCoulombsPerSquareMetre[^1], ownJoules = run.Steps[^1].JoulesPerSquareMetre;
        return new RateForecast(
            rate,
            new CurrentDensity(best.AmperesPerSquareMetre(rate)),
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

    private static ImpedanceForecast Impedance(HalfCellParameters best, List<HalfCellParameters> possible, ForecastQuestion question)
    {
        double host = best.HostCoulombsPerSquareMetre;
        double x = best.InitialStoichiometry + ((1 - question.ChargeAtImpedance) * best.RatedCapacityCoulombsPerSquareMetre / host);
        x = Math.Min(x, best.OpenCircuit.Highest);
        ImmutableArray<ImpedanceSplit> own = HalfCellImpedance.AtEquilibrium(best with { InitialStoichiometry = x }, question.Hertz.AsSpan());
        ImmutableArray<ImpedanceSplit>[] all = [.. possible.Select(each => HalfCellImpedance.AtEquilibrium(each with { InitialStoichiometry = x }, question.Hertz.AsSpan()))];
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
}
