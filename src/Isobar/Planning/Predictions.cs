using System.Collections.Immutable;
using System.Numerics;
using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Impedance;
using Isobar.Quantities;

namespace Isobar.Planning;

/// <summary>What to expect of the finished cell at stack pressure, each property with its band.</summary>
internal static class Predictions
{
    public static ImmutableArray<Prediction> Of(CellEnsemble ensemble, GoalOptimiser optimiser, Goal goal, CellPressures pressures)
    {
        Cell cell = ensemble.Cell;
        CellState[] states = ensemble.StatesAfter(pressures);
        ImmutableArray<CellParameters> draws = ensemble.Draws;
        int cathode = draws[0].Roles.IndexOf(LayerRole.CathodeComposite);
        bool extrapolated = ensemble.BestAfter(pressures).Extrapolated;
        var list = ImmutableArray.CreateBuilder<Prediction>();

        void Add<T>(string key, string label, EstimateScale scale, Func<CellParameters, CellState, double> of) where T : struct, IQuantity<T> =>
            list.Add(new Prediction(key, label, T.Dimension, CellEnsemble.Summarise(states.Select((state, i) => of(draws[i], state)), scale, extrapolated)));

        list.Add(new Prediction(
            PropertyKeys.PressedSeparatorDensity,
            $"separator, relative density under the pre-press of {new SamplePressure(pressures.SeparatorPressPa)}",
            Fraction.Dimension,
            CellEnsemble.Summarise(draws.Select(draw => PressedSeparatorDensity(draw, pressures.SeparatorPressPa)), EstimateScale.Logit)));
        Add<Fraction>(PropertyKeys.SeparatorDensity, "separator, relative density at stack pressure", EstimateScale.Logit, FailureRisk.SeparatorDensity);
        Add<Conductivity>(PropertyKeys.SeparatorConductivity, "separator, ionic conductivity at stack pressure", EstimateScale.Logarithmic, SeparatorConductivity);
        Add<Fraction>(PropertyKeys.CathodeDensity, "cathode, relative density at stack pressure", EstimateScale.Logit, (_, state) => state.Layers[cathode].RelativeDensity);
        Add<Fraction>(PropertyKeys.Coverage, "cathode, particle surface covered by electrolyte", EstimateScale.Logit, (_, state) => state.Coverage);
        // Where nineteen cells in twenty isolate less than a thousandth, the line would only be noise.
        if (CellEnsemble.Band90(states.Select(state => state.IsolatedShare)).High > 1e-3)
        {
            Add<Fraction>(PropertyKeys.Isolated, "cathode, active material without a path (isolated)", EstimateScale.Logit, (_, state) => state.IsolatedShare);
        }

        Add<Fraction>(PropertyKeys.CrackedLower, "cathode, cracked particles, lower estimate (soft neighbours)", EstimateScale.Logit, (_, state) => state.CrackedLower);
        Add<Fraction>(PropertyKeys.CrackedUpper, "cathode, cracked particles, upper estimate (sharp contacts)", EstimateScale.Logit, (_, state) => state.CrackedUpper);
        Add<Fraction>(PropertyKeys.CrackedExpected, "cathode, cracked particles, weighted by load path", EstimateScale.Logit, (_, state) => state.CrackedExpected);
        if (cell.Cathode.Composition.Any(component => component.Coating is not null))
        {
            Add<Fraction>(PropertyKeys.CoatingBreach, "coating breach, screening index (no quantitative data exist)", EstimateScale.Logit, (_, state) => state.CoatingBreach);
        }

        Add<Length>(PropertyKeys.StackThickness, "thickness of all layers at stack pressure", EstimateScale.Logarithmic, (_, state) => state.Layers.Sum(layer => layer.ThicknessMetres));
        Add<ArealResistance>(PropertyKeys.SeparatorResistance, "resistance of the separator", EstimateScale.Logarithmic, (_, state) => state.SeparatorOhmSquareMetres);
        Add<ArealResistance>(PropertyKeys.CathodeResistance, "resistance of the cathode", EstimateScale.Logarithmic, (_, state) => state.CathodeOhmSquareMetres);
        Add<ArealResistance>(PropertyKeys.AnodeResistance, "resistance of the anode contact", EstimateScale.Logarithmic, (_, state) => state.AnodeOhmSquareMetres);
        Add<ArealResistance>(PropertyKeys.CollectorResistance, "resistance of the collector contact", EstimateScale.Logarithmic, (_, state) => state.CollectorOhmSquareMetres);
        Add<ArealResistance>(PropertyKeys.HighFrequencyResistance, "resistance at high frequency", EstimateScale.Logarithmic, (draw, state) => double.IsFinite(state.TotalOhmSquareMetres) ? Sweep(draw, state).HighFrequencyResistance() : double.PositiveInfinity);
        Add<ArealResistance>(PropertyKeys.TotalResistance, "resistance of the cell (diffusion excluded)", EstimateScale.Logarithmic, (_, state) => state.TotalOhmSquareMetres);
        Add<ArealCapacity>(PropertyKeys.Capacity, "areal capacity of the cathode, isolated material subtracted", EstimateScale.Logarithmic, (draw, state) => draw.Cathode.CapacityCoulombsPerSquareMetre * (1 - state.IsolatedShare));
        list.Add(Breathing(ensemble, states));

        FailureRisk risk = optimiser.RiskNear(pressures, goal);
        if (risk.Known)
        {
            double probability = risk.Short(pressures.AttachPa, pressures.StackPa);
            list.Add(new Prediction(PropertyKeys.ShortRisk, $"risk of a short circuit within {cell.Duty.Life}", Fraction.Dimension, new Estimate(probability, RiskUncertainty(probability), Scale: EstimateScale.Logit)));
        }

        return list.ToImmutable();
    }

    /// <summary>What becomes of each layer.</summary>
    public static ImmutableArray<LayerForecast> Layers(CellEnsemble ensemble, CellPressures pressures)
    {
        CellState best = ensemble.BestAfter(pressures);
        CellState[] states = ensemble.StatesAfter(pressures);
        return
        [
            .. ensemble.Cell.Layers.Select((layer, i) => new LayerForecast(
                layer,
                new Length(layer.IsFoil ? best.Layers[i].ThicknessMetres : ensemble.Best.Layers[i].SolidThicknessMetres / (1 - ensemble.Best.Layers[i].Compaction.PouredPorosity)),
                new Length(best.Layers[i].ThicknessMetres),
                new Estimate<Fraction>(layer.IsFoil ? Estimate.Exact(1) : CellEnsemble.Summarise(states.Select(state => state.Layers[i].RelativeDensity), EstimateScale.Logit)))),
        ];
    }

    /// <summary>The band of the sweep at stack pressure.</summary>
    public static SpectrumForecast SpectrumOf(CellEnsemble ensemble, CellPressures pressures)
    {
        CellState[] states = ensemble.StatesAfter(pressures);
        // A cell that is an open circuit has no spectrum; a warning of the plan says how many there are.
        ArealSpectrum[] sweeps = [.. states.Select((state, i) => (State: state, Cell: ensemble.Draws[i])).Where(pair => double.IsFinite(pair.State.TotalOhmSquareMetres)).Select(pair => Sweep(pair.Cell, pair.State))];
        var low = new Complex[sweeps[0].Hertz.Length];
        var high = new Complex[low.Length];
        for (int f = 0; f < low.Length; f++)
        {
            int at = f;
            Interval real = CellEnsemble.Band90(sweeps.Select(sweep => sweep.OhmSquareMetres[at].Real));
            Interval imaginary = CellEnsemble.Band90(sweeps.Select(sweep => sweep.OhmSquareMetres[at].Imaginary));
            low[f] = new Complex(real.Low, imaginary.Low);
            high[f] = new Complex(real.High, imaginary.High);
        }

        return new SpectrumForecast(sweeps[0].Hertz, [.. low], [.. high]);
    }

    /// <summary>Density of the separator layers under the pre-press, weighted by thickness.</summary>
    internal static double PressedSeparatorDensity(CellParameters cell, double pressPa)
    {
        double solid = 0, thickness = 0;
        for (int i = 0; i < cell.Roles.Length; i++)
        {
            if (cell.Roles[i] != LayerRole.Separator) continue;
            solid += cell.Layers[i].SolidThicknessMetres;
            thickness += cell.Layers[i].SolidThicknessMetres / (1 - cell.Layers[i].Compaction.LoadedPorosity(cell.Gauge.TruePa(pressPa)));
        }

        return solid / thickness;
    }

    /// <summary>Thickness over resistance of the separator layers together.</summary>
    internal static double SeparatorConductivity(CellParameters cell, CellState state)
    {
        double thickness = 0;
        for (int i = 0; i < cell.Roles.Length; i++)
        {
            if (cell.Roles[i] == LayerRole.Separator) thickness += state.Layers[i].ThicknessMetres;
        }

        return thickness / state.SeparatorOhmSquareMetres;
    }

    /// <summary>The sweep that a planned cell is measured with: 10 MHz to 10 mHz.</summary>
    internal static ArealSpectrum Sweep(CellParameters cell, CellState state)
    {
        ImmutableArray<double> hertz = Spectrum.LogFrequencies(1e7, 1e-2, 5);
        return new ArealSpectrum(hertz, [.. hertz.Select(f => CellImpedance.At(cell, state, f))]);
    }

    // The models behind the risk are known to a factor of two or three in time; in probability that is about a unit on the logit scale.
    private static double RiskUncertainty(double probability) => probability * (1 - probability);

    private static Prediction Breathing(CellEnsemble ensemble, CellState[] states)
    {
        Cell cell = ensemble.Cell;
        int cathode = ensemble.Best.Roles.IndexOf(LayerRole.CathodeComposite);
        Estimate<Stiffness>? known = cell.Fixture.Stiffness;
        var draws = new ConstantDraws(ensemble.Draws.Length, 7);
        // A stiffness nobody knows is anything between a soft spring (1 N/µm) and a bolted frame (100 N/µm).
        Estimate stiffness = known?.Si ?? Estimate.Relative(10e6, Math.Log(10) / Estimate.CoverageFactor(0.90, double.PositiveInfinity));
        var definition = new Materials.ConstantDefinition<Stiffness>("fixture_stiffness", "k", "stiffness of the fixture", 1, 1e12);
        var constant = new Materials.Constant(definition, stiffness with { Scale = EstimateScale.Logarithmic }, null, "this laboratory, from the cell file", null);
        return new Prediction(
            PropertyKeys.Breathing,
            known is null ? "change of stack pressure on full charge (fixture stiffness unknown)" : "change of stack pressure on full charge",
            SamplePressure.Dimension,
            CellEnsemble.Summarise(
                states.Select((state, i) =>
                {
                    CellParameters draw = ensemble.Draws[i];
                    double plated = Mechanics.Breathing.PlatedMetres(draw.Cathode.CapacityCoulombsPerSquareMetre, draw.Anode.PlatedCubicMetresPerMole);
                    double shrunk = draw.Cathode.VolumeChange * draw.Cathode.ActiveShare * draw.Layers[cathode].SolidThicknessMetres;
                    return Mechanics.Breathing.PressureChangePa(plated + shrunk, draws.Choose(i, "fixture", constant), draw.AreaSquareMetres);
                }),
                EstimateScale.Linear));
    }
}
