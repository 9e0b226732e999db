using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Mechanics;
using Isobar.Numerics;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Planning;

/// <summary>Bounds each chosen pressure from below and above, with the reason in words made from the numbers.</summary>
internal sealed class WindowBuilder
{
    private readonly CellEnsemble _ensemble;
    private readonly SearchBounds _bounds;
    private readonly Goal _goal;
    private readonly CellPressures _chosen;
    private readonly CellPressures _forRate;
    private readonly FailureRisk _risk;
    private readonly ResistanceScatter _scatter;
    private readonly List<string> _warnings = [];

    public WindowBuilder(CellEnsemble ensemble, SearchBounds bounds, GoalOptimiser optimiser, Goal goal, CellPressures chosen, CellPressures forRate)
    {
        _forRate = forRate;
        _ensemble = ensemble;
        _bounds = bounds;
        _goal = goal;
        _chosen = chosen;
        _risk = optimiser.RiskNear(chosen, goal);
        _scatter = optimiser.ScatterModel;
    }

    /// <summary>What came up while bounding: windows that are empty and limits that bind.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    private Cell Cell => _ensemble.Cell;

    public ImmutableArray<PressureWindow> Build()
    {
        ImmutableArray<PressureWindow> windows = [SeparatorPress(), CathodePress(), Attach(), Stack()];
        foreach (PressureWindow window in windows)
        {
            if (window.Low.Pressure > window.High.Pressure)
            {
                _warnings.Add($"{window.Label}: no pressure satisfies both ends; at least {window.Low.Pressure} is needed because {Lower(window.Low.Reason)}, at most {window.High.Pressure} is safe because {Lower(window.High.Reason)}. The plan takes what does the least harm.");
            }
        }

        return windows;
    }

    private PressureWindow SeparatorPress()
    {
        double diameter = 2 * _ensemble.Best.Cathode.ParticleRadiusMetres;
        double lowPa = SeparatorWindow.LowPa(_ensemble.Best), highPa = SeparatorWindow.HighPa(_ensemble.Best, _chosen.CathodePressPa);
        double yield = SeparatorWindow.YieldMetres(_ensemble.Best, _chosen.SeparatorPressPa, _chosen.CathodePressPa);
        var low = new WindowBound(
            new SamplePressure(lowPa),
            CellEnsemble.Band90(_ensemble.Draws.Select(SeparatorWindow.LowPa)),
            $"below it the separator keeps more than {Percent(SeparatorWindow.CoherentPorosity)} pores and the cathode powder can punch through");
        bool limited = highPa >= Highest;
        var high = limited
            ? AtEquipment()
            : new WindowBound(
                new SamplePressure(highPa),
                CellEnsemble.Band90(_ensemble.Draws.Select(draw => SeparatorWindow.HighPa(draw, _chosen.CathodePressPa))),
                $"above it the separator gives way by less than one cathode particle ({new Length(diameter)}) when the cathode is pressed, so the particles cannot bed in");
        string reason = lowPa < highPa
            ? $"the middle of the window: a coherent layer that still gives way by {Quantity.Format(new Length(yield), 2)}, {Number(yield / diameter)} cathode particle diameters, when the cathode is pressed; its final density comes from the cathode press"
            : $"a coherent layer comes first; {(yield <= 0 ? "it does not give way any more" : $"it gives way by only {Quantity.Format(new Length(yield), 2)}")} when the cathode is pressed at {new SamplePressure(_chosen.CathodePressPa)}, less than one cathode particle";
        return Window("separator_press", "electrolyte pre-press", PressureKind.Fabrication, low, high, _chosen.SeparatorPressPa, 60, reason);
    }

    private PressureWindow CathodePress()
    {
        double crackPa = _bounds.Cracking;
        WindowBound high = CompactionLaw.HighestValidPa < Math.Min(crackPa, Highest)
            ? new WindowBound(
                new SamplePressure(CompactionLaw.HighestValidPa),
                new Interval(CompactionLaw.HighestValidPa, CompactionLaw.HighestValidPa),
                "the pellet laws are not measured above it")
            : crackPa < Highest
            ? new WindowBound(
                new SamplePressure(crackPa),
                CellEnsemble.Band90(FailureRisk.CrackPressures(_ensemble, Highest)),
                $"above it more than {Percent(FailureRisk.Accepted)} of the {CathodeName} particles are expected to crack")
            : AtEquipment();
        double cracked = FailureRisk.Cracked(_ensemble, _chosen.CathodePressPa);
        string reason = _goal == Goal.Rate
            ? $"the lowest cell resistance within the limits: the particles are covered to {Percent(_ensemble.Median(_chosen, state => state.Coverage))}, the cathode reaches {Percent(_ensemble.Median(_chosen, state => state.Layers[CathodeIndex].RelativeDensity))} density, {Percent(cracked)} cracked particles are expected (screening index)"
            : $"the least scatter of the cell resistance: here 1 % more or less pressure moves it by {Percent(Sensitivity(static (p, f) => p with { CathodePressPa = p.CathodePressPa * f }) * 0.01, 2)}, at {Percent(cracked)} expected cracked particles (screening index)";
        return Window(
            "cathode_press",
            "cathode press",
            PressureKind.Fabrication,
            ByResistance("cathode_press", Math.Max(10e6, _chosen.StackPa), _chosen.CathodePressPa, static (p, x) => p with { CathodePressPa = x, AttachPa = Math.Min(p.AttachPa, x) }),
            high,
            _chosen.CathodePressPa,
            _goal == Goal.Rate ? 120 : 300,
            reason);
    }

    private PressureWindow Attach()
    {
        string metal = Cell.Anode.Name;
        WindowBound high;
        if (_risk.Known && _risk.Short(HighestAttach, _chosen.StackPa) > FailureRisk.Accepted)
        {
            double limitPa = RiskPressure(pressurePa => _risk.Short(pressurePa, _chosen.StackPa), _chosen.StackPa, HighestAttach);
            high = new WindowBound(
                new SamplePressure(limitPa),
                CellEnsemble.Band90(_risk.ShortAttachPressures(_chosen.StackPa, _chosen.StackPa, HighestAttach)),
                $"above it the risk of a short within {Cell.Duty.Life}, the attach of {new Duration(GoalOptimiser.AttachSeconds(_goal))} included, exceeds {Percent(FailureRisk.Accepted)}");
        }
        else if (_chosen.CathodePressPa < FailureRisk.HighestAttachPa)
        {
            high = new WindowBound(
                new SamplePressure(_chosen.CathodePressPa),
                new Interval(_chosen.CathodePressPa, _chosen.CathodePressPa),
                "the attach presses the cathode too, so it never exceeds the cathode press");
        }
        else
        {
            high = new WindowBound(
                new SamplePressure(FailureRisk.HighestAttachPa),
                new Interval(FailureRisk.HighestAttachPa, FailureRisk.HighestAttachPa),
                "no attach pressure above it has been published");
        }

        double foil = LithiumLimits.SpreadingPressurePa(_ensemble.Best.Anode.YieldPa, 0.5 * Cell.Die.Diameter.Value.Metres, _ensemble.Best.Anode.ThicknessMetres);
        string spreads = $"; above {Quantity.Format(new SamplePressure(foil), 2)} the foil spreads, so the die has to confine it";
        var contact = new ArealResistance(_ensemble.Median(_chosen, state => state.AnodeOhmSquareMetres));
        string reason = _goal == Goal.Rate
            ? $"together with the stack pressure the lowest cell resistance within the risk (to 0.5 %, at the least risk): the contact keeps {Percent(_ensemble.Best.Anode.Contact.Memory)} of this pressure and comes to {Quantity.Format(contact, 3)}{spreads}"
            : $"the least scatter including the risk of a short: the contact comes to {Quantity.Format(contact, 3)}{spreads}";
        return Window(
            "attach",
            $"attach of {metal}",
            PressureKind.Attach,
            ByResistance("attach", Math.Max(_chosen.StackPa, _bounds.Lowest), _chosen.AttachPa, static (p, x) => p with { AttachPa = x }),
            high,
            _chosen.AttachPa,
            GoalOptimiser.AttachSeconds(_goal),
            reason);
    }

    private PressureWindow Stack()
    {
        WindowBound byResistance = ByResistance("stack", Math.Max(_bounds.Lowest, 0.1e6), _chosen.StackPa, static (p, x) => p with { StackPa = x });
        WindowBound low = _risk.Known && _bounds.Stripping > byResistance.Pressure.Pascals
            ? new WindowBound(
                new SamplePressure(_bounds.Stripping),
                CellEnsemble.Band90(_risk.StrippingPressures(Cell.Duty.Current.AmperesPerSquareMetre)),
                $"below it stripping at {Cell.Duty.Current} opens voids with more than 10 % probability")
            : byResistance;
        double highest = Math.Min(Highest, FailureRisk.HighestStackPa);
        WindowBound high;
        if (_risk.Known && _risk.Short(_chosen.AttachPa, highest) > FailureRisk.Accepted)
        {
            double limitPa = RiskPressure(pressurePa => _risk.Short(_chosen.AttachPa, pressurePa), 0.1e6, highest);
            high = new WindowBound(
                new SamplePressure(limitPa),
                CellEnsemble.Band90(_risk.ShortStackPressures(_chosen.AttachPa, _bounds.Lowest, highest)),
                $"above it lithium is expected to short more than {Percent(FailureRisk.Accepted)} of the cells within {Cell.Duty.Life}");
        }
        else if (Highest < FailureRisk.HighestStackPa) high = AtEquipment();
        else
        {
            high = new WindowBound(
                new SamplePressure(FailureRisk.HighestStackPa),
                new Interval(FailureRisk.HighestStackPa, FailureRisk.HighestStackPa),
                "the contact laws are not measured above it");
        }

        double probability = _risk.Short(_chosen.AttachPa, _chosen.StackPa);
        string riskText = _risk.Known ? $" at {Percent(probability)} risk of a short within {Cell.Duty.Life}" : "; nothing is known about shorts of this anode under pressure";
        string reason = _goal == Goal.Rate
            ? $"the lowest cell resistance within the risk: {Quantity.Format(new ArealResistance(_ensemble.Median(_chosen, state => state.TotalOhmSquareMetres)), 3)}{riskText}"
            : $"the least scatter: {Percent(_scatter.Of(_ensemble.Best, _chosen, probability), 2)} of the cell resistance from cell to cell{riskText}";
        return Window("stack", "stack pressure", PressureKind.Stack, low, high, _chosen.StackPa, _goal == Goal.Rate ? 120 : 300, reason);
    }

    private double Highest => _bounds.Highest;

    private double HighestAttach => Math.Min(_chosen.CathodePressPa, FailureRisk.HighestAttachPa);

    private int CathodeIndex => _ensemble.Best.Roles.IndexOf(LayerRole.CathodeComposite);

    private string CathodeName => Cell.Cathode.Composition
        .Where(component => component.Material.Kind == Materials.MaterialKind.ActiveMaterial)
        .MaxBy(component => component.MassFraction)!.Material.Name;

    // What the equipment allows, with room for overshoot.
    private WindowBound AtEquipment()
    {
        double press = Cell.Die.PressureOf(Cell.Press.Capacity).Pascals;
        string part = press < Cell.Die.Limit.Pascals
            ? $"the {Cell.Press.Name} press ends at {Cell.Press.Capacity}, {new SamplePressure(press)} on this die"
            : $"the {Cell.Die.MaterialName} die ends at {Cell.Die.Limit}";
        return new WindowBound(new SamplePressure(Highest), new Interval(Highest, Highest), $"{part}; {Percent(SearchBounds.OvershootRoom)} is left for overshoot");
    }

    private WindowBound ByResistance(string key, double lowestPa, double chosenPa, Func<CellPressures, double, CellPressures> at)
    {
        double? Find(CellParameters cell)
        {
            // Conductance instead of resistance: an open circuit is then a finite zero.
            double target = 1 / (GoalOptimiser.ToleratedRise * Total(cell, _forRate));
            if (lowestPa >= chosenPa || target == 0 || 1 / Total(cell, at(_chosen, lowestPa)) >= target) return null;
            if (1 / Total(cell, at(_chosen, chosenPa)) <= target) return chosenPa;
            return RootFinder.Bracketed(pressurePa => (1 / Total(cell, at(_chosen, pressurePa))) - target, lowestPa, chosenPa, 1e2);
        }

        Interval band = CellEnsemble.Band90(_ensemble.Draws.Select(draw => Find(draw) ?? lowestPa));
        if (Find(_ensemble.Best) is { } found)
        {
            return new WindowBound(
                new SamplePressure(found),
                band,
                $"below it the cell resistance is more than {Percent(GoalOptimiser.ToleratedRise - 1)} above the least one, that of the rate goal");
        }

        string floor = key != "stack" && lowestPa <= _chosen.StackPa
            ? "pressing below the stack pressure adds nothing; the stack pressure itself then does the work"
            : $"even there the cell resistance is within {Percent(GoalOptimiser.ToleratedRise - 1)} of the least one; below it a cell is held, not pressed";
        return new WindowBound(new SamplePressure(lowestPa), band, floor);
    }

    private double Total(CellParameters cell, CellPressures pressures) =>
        CellState.After(cell, CellHistory.Of(Cell, pressures)).TotalOhmSquareMetres;

    private double Sensitivity(Func<CellPressures, double, CellPressures> scale)
    {
        const double step = 0.02;
        return Math.Abs(Math.Log(Total(_ensemble.Best, scale(_chosen, 1 + step)) / Total(_ensemble.Best, scale(_chosen, 1 - step))) / (2 * step));
    }

    private static double RiskPressure(Func<double, double> risk, double lowPa, double highPa) => risk(lowPa) >= FailureRisk.Accepted
        ? lowPa
        : RootFinder.Bracketed(pressurePa => risk(pressurePa) - FailureRisk.Accepted, lowPa, highPa, 1e2);

    private PressureWindow Window(string key, string label, PressureKind kind, WindowBound low, WindowBound high, double chosenPa, double holdSeconds, string reason)
    {
        SamplePressure chosen = new(chosenPa);
        Force force = Cell.Die.ForceFor(chosen);
        if (force < Cell.Press.LowestCalibrated)
        {
            _warnings.Add($"{label}: {Quantity.Format(force)} is below the calibrated range of the {Cell.Press.Name} press, which begins at {Cell.Press.LowestCalibrated}; what is achieved cannot be verified.");
        }

        return new PressureWindow(
            key,
            label,
            kind,
            low,
            high,
            Delivered(chosen, force, kind),
            force,
            new Duration(holdSeconds),
            reason,
            PlanWords.Habit(_ensemble, _risk, _chosen, key));
    }

    // What lands on the sample when this set-point is asked for: gauge, die area, repeatability, and the wall's share as a rectangular unknown.
    private Estimate<SamplePressure> Delivered(SamplePressure chosen, Force force, PressureKind kind)
    {
        double gauge = Cell.Press.Indicated(force).Si.RelativeUncertainty;
        double die = 2 * Cell.Die.Diameter.Si.RelativeUncertainty;
        double repeat = kind == PressureKind.Stack ? _scatter.StackRepeatability(chosen.Pascals) : _scatter.PressRepeatability(chosen.Pascals);
        double depth = _ensemble.Best.Layers.Sum(layer => layer.SolidThicknessMetres);
        double wall = 1 - WallFriction.MeanTransmitted(0, depth, Cell.Die.Diameter.Value.Metres, Cell.Die.WallFriction.Value.Value, Cell.Die.LateralRatio.Value.Value);
        double relative = Math.Sqrt((gauge * gauge) + (die * die) + (repeat * repeat) + (wall * wall / 3));
        return new Estimate<SamplePressure>(Estimate.Relative(chosen.Pascals, relative));
    }

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];

    private static string Percent(double share, int digits = 2) => Quantity.Number(100 * share, digits) + " %";

    private static string Number(double value) => Quantity.Number(value, 2);
}
