using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Lab.Reports;
using Isobar.Mechanics;
using Isobar.Quantities;
using Isobar.Tests.Published;

namespace Isobar.Lab.Tests.Docs;

/// <summary>Figures of the mechanics pages: published points and the 90 % band of the models.</summary>
internal static class MechanicsFigures
{
    private const double Mega = 1e6;

    private static readonly FigureAxis s_pressure = new("Sample pressure", "MPa", FigureScale.Logarithmic);

    /// <summary>How to draw each figure, by the name of its file.</summary>
    public static ImmutableSortedDictionary<string, Func<Figure>> All { get; } = ImmutableSortedDictionary.CreateRange<string, Func<Figure>>(
        StringComparer.Ordinal,
        [
            new("compaction", Compaction),
            new("compaction-laboratories", Laboratories),
            new("conduction", Conduction),
            new("composite-tortuosity", Tortuosity),
            new("composite-coverage", Coverage),
            new("sphere-packing", Spheres),
            new("interfaces", Interfaces),
            new("lithium-limits", TimeToShort),
            new("damage", Damage),
            new("wall-friction", Wall),
        ]);

    private static Figure Compaction()
    {
        PossibleCells cells = PossibleCells.With("li5.5ps4.5cl1.5");
        ImmutableArray<double> grid = Grid(8, 420);
        IReadOnlyList<PublishedRow> rows = PublishedTable.Read("densification_argyrodite_miss2026");
        ImmutableArray<double> at = [.. rows.Select(row => row.Number("pressure_MPa"))];
        return new Figure(
            "Li₅.₅PS₄.₅Cl₁.₅ in a 10 mm die, under load and released",
            s_pressure with { Label = "Largest pressure" },
            new FigureAxis("Porosity", "%", Range: new Interval(0, 38)),
            [
                Band("90 % band under load", grid, cells, (cell, p) => 100 * Pellet.Porosity(cell, p, p), FigureColour.Blue),
                Line("under load", grid, p => 100 * Pellet.Porosity(cells.Best, p, p), FigureColour.Blue),
                Line("released", grid, p => 100 * Pellet.Porosity(cells.Best, 0.11 * Mega, p), FigureColour.Vermilion),
                new PointSeries("", at, [.. rows.Select(row => 100 * row.Number("porosity_load_noelastic"))], FigureColour.Blue),
                new PointSeries("", at, [.. rows.Select(row => 100 * row.Number("porosity_released"))], FigureColour.Vermilion, Open: true),
            ])
        { Description = "Porosity falls from 30 % at 10 MPa to 7 % at 300 MPa under load; after release it is one to two per cent higher. All published points lie in the band." };
    }

    private static Figure Laboratories()
    {
        PossibleCells annealed = PossibleCells.With("li6ps5cl-annealed"), milled = PossibleCells.With("li6ps5cl-ball-milled");
        ImmutableArray<double> grid = Grid(100, 450);
        List<PublishedRow> papers = [.. PublishedTable.Read("pellet_density_between_labs")];
        List<PublishedRow> cronau = [.. PublishedTable.Read("pellet_density_vs_fab_cronau2021").Where(row => row["material"] == "Li6PS5Cl")];
        double Released(CellParameters cell, double p) => 100 * (1 - Pellet.Porosity(cell, 0, p));
        List<PublishedRow> sulfides = [.. papers.Where(row => row["material"].StartsWith("Li6PS5Cl", StringComparison.Ordinal))];
        List<PublishedRow> coarse = [.. cronau.Where(row => row["class"] == "uC")], fine = [.. cronau.Where(row => row["class"] == "GC")];
        return new Figure(
            "Released Li₆PS₅Cl pellets: two classes of powder, four laboratories",
            new FigureAxis("Fabrication pressure", "MPa"),
            new FigureAxis("Relative density", "%", Range: new Interval(50, 100)),
            [
                Band("", grid, annealed, Released, FigureColour.Blue),
                Band("", grid, milled, Released, FigureColour.Vermilion),
                Line("annealed, 90 % band", grid, p => Released(annealed.Best, p), FigureColour.Blue),
                Line("ball-milled, 90 % band", grid, p => Released(milled.Best, p), FigureColour.Vermilion),
                Points("", coarse, "fab_MPa", row => 100 * row.Number("relative_density"), FigureColour.Blue),
                Points("", fine, "fab_MPa", row => 100 * row.Number("relative_density"), FigureColour.Vermilion),
                Points("other laboratories", sulfides, "pressure_MPa", row => 100 * row.Number("relative_density"), FigureColour.Ink, open: true),
            ])
        { Description = "The bands of annealed and ball-milled powder overlap widely because laboratories differ by four per cent of density." };
    }

    private static Figure Conduction()
    {
        PossibleCells annealed = PossibleCells.With("li6ps5cl-annealed"), milled = PossibleCells.With("li6ps5cl-ball-milled");
        ImmutableArray<double> grid = Grid(8, 400);
        double Sigma(CellParameters cell, double fab, double p) => 10 * Pellet.ConductivityByReleasedThickness(cell, p, Math.Max(p, fab));
        PublishedRow fine = PublishedTable.Read("conductivity_vs_fab_and_stack_cronau2021").Single(row => row["material"] == "Li6PS5Cl" && row["class"] == "GC" && row.Number("fab_MPa") > 300);
        List<PublishedRow> coarse = [.. PublishedTable.Read("conductivity_vs_low_stack_uC_Li6PS5Cl_cronau2021").Where(row => row.Number("stack_MPa") > 10)];
        return new Figure(
            "Conductivity of Li₆PS₅Cl pellets against stack pressure",
            s_pressure with { Label = "Stack pressure" },
            new FigureAxis("Ionic conductivity", "mS/cm", FigureScale.Logarithmic, new Interval(0.2, 9)),
            [
                Band("", grid, annealed, (cell, p) => Sigma(cell, 292.03 * Mega, p), FigureColour.Blue),
                Band("", grid, milled, (cell, p) => Sigma(cell, 389.3 * Mega, p), FigureColour.Vermilion),
                Line("annealed, pressed at 292 MPa", grid, p => Sigma(annealed.Best, 292.03 * Mega, p), FigureColour.Blue),
                Line("ball-milled, pressed at 389 MPa", grid, p => Sigma(milled.Best, 389.3 * Mega, p), FigureColour.Vermilion),
                Points("", coarse, "stack_MPa", row => row.Number("sigma_mS_cm"), FigureColour.Blue),
                new PointSeries("", [.. fine.Numbers("s").Select(point => point.At)], [.. fine.Numbers("s").Select(point => point.Value)], FigureColour.Vermilion),
            ])
        { Description = "Annealed powder loses more than half of its conductivity between 200 and 20 MPa, ball-milled powder hardly any. The published points follow the curves." };
    }

    private static Figure Tortuosity()
    {
        PossibleCells cells = PossibleCells.With("li6ps5cl-annealed");
        ImmutableArray<double> shares = [.. Enumerable.Range(0, 45).Select(i => 0.36 + (0.01 * i))];
        PublishedRow row = PublishedTable.Read("cathode_ion_transport_minnmann2021").Single();
        double TauSquared(CellParameters cell, double share) => CompositeTransport.TortuositySquared(share, cell.Cathode.Structure.IonicThreshold, cell.Cathode.Structure.PercolationExponent);
        return new Figure(
            "Ion transport in a pressed composite",
            new FigureAxis("Volume share of electrolyte in the composite", "%"),
            new FigureAxis("Tortuosity factor τ²", "", FigureScale.Logarithmic),
            [
                new BandSeries("90 % band", [.. shares.Select(share => 100 * share)], [.. shares.Select(share => cells.Band90(cell => TauSquared(cell, share)).Low)], [.. shares.Select(share => cells.Band90(cell => TauSquared(cell, share)).High)], FigureColour.Blue),
                new LineSeries("", [.. shares.Select(share => 100 * share)], [.. shares.Select(share => TauSquared(cells.Best, share))], FigureColour.Blue),
                new PointSeries("", [100 * row.Number("phi_SE")], [row.Number("tau2_ion")], FigureColour.Ink),
            ])
        { Description = "The tortuosity factor rises from 2 at 75 % electrolyte to above 10 near 38 %; the published composite with 53 % and 3.2 lies on the curve." };
    }

    private static Figure Coverage()
    {
        PossibleCells cells = PossibleCells.With("li6ps5cl-annealed");
        ImmutableArray<double> grid = Grid(30, 650);
        double Loaded(CellParameters cell, double p) => 100 * CompositeStructure.Of(cell.Cathode.Mix, 0.8, new LoadHistory(p, p), cell.Cathode.Structure).Coverage;
        double Released(CellParameters cell, double p) => 100 * CompositeStructure.Of(cell.Cathode.Mix, 0.8, new LoadHistory(10 * Mega, p), cell.Cathode.Structure).Coverage;
        return new Figure(
            "Particle surface covered by electrolyte",
            s_pressure with { Label = "Cathode press" },
            new FigureAxis("Coverage", "%", Range: new Interval(0, 80)),
            [
                Band("90 % band under load", grid, cells, Loaded, FigureColour.Blue),
                Line("under load", grid, p => Loaded(cells.Best, p), FigureColour.Blue),
                Line("released to 10 MPa", grid, p => Released(cells.Best, p), FigureColour.Vermilion),
                new PointSeries("", [64, 166, 328], [7.5, 17.5, 30.5], FigureColour.Ink, [new Interval(6, 9), new Interval(14, 21), new Interval(24, 37)], Open: true),
                new PointSeries("", [380], [35], FigureColour.Ink, [new Interval(20, 50)]),
            ])
        { Description = "Coverage rises almost in proportion to pressure, to 30 % at 328 MPa. Rings are simulated packings of 50 % particles, the dot is the span from coarse to fine electrolyte in segmented composites." };
    }

    private static Figure Spheres()
    {
        ImmutableArray<double> densities = [.. Enumerable.Range(0, 35).Select(i => 0.64 + (0.01 * i))];
        const double yieldPa = 0.2e9;
        return new Figure(
            "Pressure of plastic spheres, flow pressure 0.6 GPa",
            new FigureAxis("Relative density", "%"),
            new FigureAxis("Pressure", "MPa", Range: new Interval(0, 600)),
            [
                new LineSeries("closed form", [.. densities.Select(density => 100 * density)], [.. densities.Select(density => ArztDensification.PressurePa(density, yieldPa) / Mega)], FigureColour.Blue),
                new PointSeries("", [75, 80, 85, 90], [119, 163, 207, 250], FigureColour.Ink, Open: true),
                new VerticalMark(100 * ArztDensification.HighestValidDensity, "contacts touch", FigureColour.Muted),
            ])
        { Description = "Rings are simulated compaction of pure electrolyte in a die. The closed form follows them within 20 % up to 85 % density and is stiffer above." };
    }

    private static Figure Interfaces()
    {
        PossibleCells lithium = PossibleCells.With("li6ps5cl-annealed", 200, 13);
        ImmutableArray<double> grid = Grid(2, 80), release = Grid(2, 25);
        double Anode(CellParameters cell, double present, double largest) => 1e4 * cell.Anode.Contact.OhmSquareMetres(new LoadHistory(present, largest));
        double Collector(CellParameters cell, double present) => 1e4 * cell.Collector.OhmSquareMetres(new LoadHistory(present, Math.Max(present, 75 * Mega)));
        IReadOnlyList<PublishedRow> doux = PublishedTable.Read("li_lpscl_li_impedance_vs_stack_doux2020");
        List<PublishedRow> aluminium = [.. PublishedTable.Read("current_collector_contact_park2025").Where(row => row["collector"] == "bare Al")];
        return new Figure(
            "Contact resistance and its memory",
            s_pressure,
            new FigureAxis("Areal resistance of one contact", "Ω cm²", FigureScale.Logarithmic, new Interval(0.7, 400)),
            [
                Band("", grid, lithium, (cell, p) => Anode(cell, p, p), FigureColour.Blue),
                Band("", grid, lithium, Collector, FigureColour.Green),
                Line("lithium, first loading", grid, p => Anode(lithium.Best, p, p), FigureColour.Blue),
                Line("bare aluminium after 75 MPa", grid, p => Collector(lithium.Best, p), FigureColour.Green),
                new LineSeries("", release, [.. release.Select(p => Anode(lithium.Best, p * Mega, 25 * Mega))], FigureColour.Vermilion),
                // Two interfaces of 1.27 cm² and a pellet of 26 Ω.
                Points("", doux, "stack_MPa", row => (row.Number("impedance_ohm") - 26) * 1.27 / 2, FigureColour.Blue),
                Points("", aluminium, "stack_MPa", row => row.Number("R_ohm_cm2"), FigureColour.Green),
                new VerticalMark(25, "released from 25 MPa", FigureColour.Vermilion),
            ])
        { Description = "The contact of lithium falls steeply on first loading and stays low on release; that of aluminium falls with an exponent of 0.6." };
    }

    private static Figure TimeToShort()
    {
        PossibleCells cells = PossibleCells.With("li6ps5cl-annealed");
        ImmutableArray<double> grid = Grid(3, 100);
        double Hours(CellParameters cell, double p, double density) => cell.Anode.Limits!.Value.ShortTimeSeconds(p, density) / 3600;
        List<PublishedRow> rows = [.. PublishedTable.Read("li_lpscl_li_short_time_vs_stack_doux2020")];
        return new Figure(
            "Time until lithium shorts the cell",
            s_pressure with { Label = "Stack pressure" },
            new FigureAxis("Median time to short under current", "h", FigureScale.Logarithmic),
            [
                Band("", grid, cells, (cell, p) => Hours(cell, p, 0.82), FigureColour.Blue),
                Line("82 % density, 90 % band", grid, p => Hours(cells.Best, p, 0.82), FigureColour.Blue),
                Line("92 % density", grid, p => Hours(cells.Best, p, 0.92), FigureColour.Vermilion),
                Points("", rows.Where(row => row["censored"] == "0"), "stack_MPa", row => row.Number("time_h"), FigureColour.Ink),
                Points("", rows.Where(row => row["censored"] == "1"), "stack_MPa", row => row.Number("time_h"), FigureColour.Ink, open: true),
            ])
        { Description = "One cell shorted after 474 hours at 10 MPa (dot); another was stopped alive after 1000 hours at 5 MPa (ring). The band spans a factor of three at 10 MPa and more than ten at 50 MPa." };
    }

    private static Figure Damage()
    {
        PossibleCells cells = PossibleCells.With("li6ps5cl-annealed", active: "nmc811-poly");
        ImmutableArray<double> grid = Grid(20, 600);
        double Platen(CellParameters cell, double p) => 100 * ParticleDamage.CrackedShare(p, cell.Cathode.LoadConcentration, cell.Cathode.PlatenStrengthPa, cell.Cathode.PlatenModulus);
        double Tip(CellParameters cell, double p) => 100 * ParticleDamage.CrackedShare(p, cell.Cathode.LoadConcentration, cell.Cathode.TipStrengthPa, cell.Cathode.TipModulus);
        PublishedRow row = PublishedTable.Read("nmc811_particle_strength_wheatcroft2023").Single();
        return new Figure(
            "Screening index for cracked NMC811 secondary particles",
            s_pressure with { Label = "Cathode press" },
            new FigureAxis("Particles expected to crack", "%", Range: new Interval(0, 112)),
            [
                Band("", grid, cells, Tip, FigureColour.Vermilion),
                Band("", grid, cells, Platen, FigureColour.Blue),
                Line("sharp contacts (upper)", grid, p => Tip(cells.Best, p), FigureColour.Vermilion),
                Line("soft neighbours (lower)", grid, p => Platen(cells.Best, p), FigureColour.Blue),
                new HorizontalMark(10, "accepted by the planner", FigureColour.Muted, FigureLine.Solid),
                new VerticalMark(row.Number("mean_MPa"), "mean strength of one particle", FigureColour.Muted),
            ])
        { Description = "The lower estimate passes 10 % near 150 MPa and the upper one near 50 MPa. Between them lies what the neighbours of a particle decide." };
    }

    private static Figure Wall()
    {
        ImmutableArray<double> depths = [.. Enumerable.Range(0, 41).Select(i => 0.1 * i)];
        Die die = Die.OfDiameter(new Length(10e-3));
        double friction = die.WallFriction.Value.Value, lateral = die.LateralRatio.Value.Value;
        double Share(double depth, double mu, double k) => 100 * WallFriction.Transmitted(depth * 1e-3, 10e-3, mu, k);
        // μ·k is a product of two independent shares; 1.645 relative standard deviations of it.
        double spread = 1.645 * Math.Sqrt(Math.Pow(die.WallFriction.Si.RelativeUncertainty, 2) + Math.Pow(die.LateralRatio.Si.RelativeUncertainty, 2));
        return new Figure(
            "Pressure that reaches a depth in a 10 mm die",
            new FigureAxis("Depth below the punch", "mm"),
            new FigureAxis("Share of the pressure under the punch", "%", Range: new Interval(60, 100)),
            [
                new BandSeries("90 % band", depths, [.. depths.Select(z => Share(z, friction * Math.Exp(spread), lateral))], [.. depths.Select(z => Share(z, friction * Math.Exp(-spread), lateral))], FigureColour.Blue),
                new LineSeries("", depths, [.. depths.Select(z => Share(z, friction, lateral))], FigureColour.Blue),
                new VerticalMark(0.6, "usual separator", FigureColour.Muted),
            ])
        { Description = "A separator of 0.6 mm loses three per cent, a pellet of 4 mm about a sixth." };
    }

    /// <summary>Pressures in MPa, equally far apart on a logarithmic axis.</summary>
    internal static ImmutableArray<double> Grid(double low, double high, int points = 60) =>
        [.. Enumerable.Range(0, points).Select(i => low * Math.Pow(high / low, (double)i / (points - 1)))];

    private static BandSeries Band(string label, ImmutableArray<double> grid, PossibleCells cells, Func<CellParameters, double, double> of, FigureColour colour)
    {
        Interval[] bands = [.. grid.Select(p => cells.Band90(cell => of(cell, p * Mega)))];
        return new BandSeries(label, grid, [.. bands.Select(band => band.Low)], [.. bands.Select(band => band.High)], colour);
    }

    private static LineSeries Line(string label, ImmutableArray<double> grid, Func<double, double> of, FigureColour colour) =>
        new(label, grid, [.. grid.Select(p => of(p * Mega))], colour);

    private static PointSeries Points(string label, IEnumerable<PublishedRow> rows, string x, Func<PublishedRow, double> y, FigureColour colour, bool open = false)
    {
        PublishedRow[] all = [.. rows];
        return new PointSeries(label, [.. all.Select(row => row.Number(x))], [.. all.Select(y)], colour, Open: open);
    }
}
