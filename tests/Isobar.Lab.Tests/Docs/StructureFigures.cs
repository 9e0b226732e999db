using System.Collections.Immutable;
using Isobar.Lab.Files;
using Isobar.Lab.Reports;
using Isobar.Materials;
using Isobar.Mechanics;
using Isobar.Quantities;
using Isobar.Tests.Published;

namespace Isobar.Lab.Tests.Docs;

/// <summary>Figures of what mixtures can be: bounds of their conductivity, stiffening by rigid particles, screening of coatings; and of lithium in pores.</summary>
internal static class StructureFigures
{
    /// <summary>How to draw each figure, by the name of its file.</summary>
    public static ImmutableSortedDictionary<string, Func<Figure>> All { get; } = ImmutableSortedDictionary.CreateRange<string, Func<Figure>>(
        StringComparer.Ordinal, [new("effective-medium", Bounds), new("rigid-inclusions", Rigid), new("coating", Coating), new("lithium-leakage", Leakage)]);

    private static Figure Bounds()
    {
        ImmutableArray<double> shares = [.. Enumerable.Range(0, 101).Select(i => i / 100.0)];
        CompositeParameters best = CompositeParameters.Best;
        LineSeries Line(string label, Func<double, double> of, FigureColour colour, FigureLine line = FigureLine.Solid) =>
            new(label, [.. shares.Select(f => 100 * f)], [.. shares.Select(of)], colour, line);
        // τ² = φ·σ/σeff, so the measured share of the conductivity is φ/τ².
        PublishedRow measured = PublishedTable.Read("cathode_ion_transport_minnmann2021").Single();
        return new Figure(
            "What a mixture with an insulator can conduct",
            new FigureAxis("Volume share of the conductor", "%"),
            new FigureAxis("Share of its conductivity", "", Range: new Interval(0, 1)),
            [
                Line("Wiener (layers along)", f => EffectiveMediumBounds.Wiener(1, 0, f).Upper, FigureColour.Muted),
                Line("Hashin-Shtrikman", f => EffectiveMediumBounds.HashinShtrikman(1, 0, f).Upper, FigureColour.Blue),
                Line("Bruggeman, pores", f => EffectiveMediumBounds.BruggemanDifferential(1, 0, f), FigureColour.Purple),
                Line("Bruggeman, symmetric", f => EffectiveMediumBounds.BruggemanSymmetric(1, 0, f), FigureColour.Green, FigureLine.Dashed),
                Line("percolation", f => CompositeTransport.PercolatingShare(f, best.IonicThreshold, best.PercolationExponent), FigureColour.Vermilion),
                new PointSeries("", [100 * measured.Number("phi_SE")], [measured.Number("phi_SE") / measured.Number("tau2_ion")], FigureColour.Ink),
            ])
        { Description = "All closures lie below the bound of Hashin and Shtrikman, the percolation law far below it; the measured composite lies on the percolation law." };
    }

    private static Figure Rigid()
    {
        ImmutableArray<double> densities = [.. Enumerable.Range(0, 51).Select(i => 0.70 + (0.005 * i))];
        double lockUp = ModelConstants.LockUp.Estimate.Value;
        Interval slopes = ModelConstants.LockUp.Estimate.Band90;
        LineSeries Line(string label, double fraction, double ratio, FigureColour colour, FigureLine line = FigureLine.Solid) =>
            new(label, [.. densities.Select(d => 100 * d)], [.. densities.Select(d => RigidInclusions.At(fraction, ratio, d, lockUp).Factor)], colour, line);
        BandSeries Band(double fraction, FigureColour colour) => new(
            "",
            [.. densities.Select(d => 100 * d)],
            [.. densities.Select(d => RigidInclusions.At(fraction, 2.5, d, slopes.Low).Factor)],
            [.. densities.Select(d => RigidInclusions.At(fraction, 2.5, d, slopes.High).Factor)],
            colour);
        // Discrete-element compaction of 5 µm particles in 2 µm electrolyte.
        ImmutableArray<double> at = [75, 80, 85, 90];
        return new Figure(
            "How much more pressure a composite needs than its electrolyte",
            new FigureAxis("Relative density", "%"),
            new FigureAxis("Pressure over that of the electrolyte alone", "", Range: new Interval(0.8, 5)),
            [
                Band(0.7, FigureColour.Vermilion), Band(0.5, FigureColour.Blue),
                Line("70 vol%, 5 to 2 µm", 0.7, 2.5, FigureColour.Vermilion), Line("50 vol%, 5 to 2 µm", 0.5, 2.5, FigureColour.Blue),
                Line("40 vol%, equal sizes", 0.4, 1, FigureColour.Green, FigureLine.Dashed),
                new PointSeries("", at, [1.39, 2.09, 2.90, 3.77], FigureColour.Vermilion), new PointSeries("", at, [0.95, 1.17, 1.36, 1.56], FigureColour.Blue),
            ])
        { Description = "Points are simulated compactions. At 70 vol% particles a density of 90 % needs nearly four times the pressure of the electrolyte alone, at 50 vol% one and a half times." };
    }

    private static Figure Coating()
    {
        Material particle = BuiltInMaterials.Library.Find("nmc811-poly"), electrolyte = BuiltInMaterials.Library.Find("li6ps5cl-fine");
        ImmutableArray<double> grid = MechanicsFigures.Grid(5, 600);
        double Index(double fraction, double megapascals, double filmPa)
        {
            double pa = megapascals * 1e6, kappa = ParticleDamage.LoadConcentration(ModelConstants.LoadConcentration.Estimate.Value, StructureConstants.LoadConcentrationSlope.Estimate.Value, fraction);
            var screening = new CoatingScreening(
                particle.Get(MaterialConstants.YoungsModulus).Si.Value,
                particle.Get(MaterialConstants.PoissonRatio).Si.Value,
                particle.Get(MaterialConstants.Hardness).Si.Value,
                electrolyte.Get(MaterialConstants.Hardness).Si.Value,
                filmPa,
                StructureConstants.FilmStrengthSpread.Estimate.Value,
                StructureConstants.FilmStiffnessRatio.Estimate.Value);
            var structure = CompositeStructure.Of(new CompositeMix(fraction, 1 - fraction, 5e-6, 2e-6, 0.5e9), 0.85, new LoadHistory(pa, pa), CompositeParameters.Best);
            return 100 * screening.At(pa, kappa, structure.Packing.FirstFirst).Index;
        }

        double film = StructureConstants.FilmStrength.Estimate.Value;
        Interval films = StructureConstants.FilmStrength.Estimate.Band90;
        BandSeries Band(double fraction, FigureColour colour) => new("", grid, [.. grid.Select(p => Index(fraction, p, films.High))], [.. grid.Select(p => Index(fraction, p, films.Low))], colour);
        LineSeries Line(string label, double fraction, FigureColour colour) => new(label, grid, [.. grid.Select(p => Index(fraction, p, film))], colour);
        return new Figure(
            "Screening index for coatings of NMC811 at 85 % density",
            new FigureAxis("Cathode press", "MPa", FigureScale.Logarithmic),
            new FigureAxis("Index of breach between particles", "%", Range: new Interval(0, 108)),
            [Band(0.6, FigureColour.Vermilion), Line("60 vol% particles", 0.6, FigureColour.Vermilion), Line("40 vol% particles", 0.4, FigureColour.Blue)])
        { Description = "The 90 % band of the film strength alone spans most of the scale: the index ranks mixtures, and clears none." };
    }

    private static Figure Leakage()
    {
        ImmutableArray<double> grid = MechanicsFigures.Grid(1, 100);
        Material lithium = BuiltInMaterials.Library.Find("lithium");
        Estimate strength = lithium.Get(MaterialConstants.YieldStrength).Si;
        Interval band = strength.Band90;
        return new Figure(
            "How deep lithium is pushed into an open pore",
            new FigureAxis("Pressure on the lithium", "MPa", FigureScale.Logarithmic),
            new FigureAxis("Depth over the radius of the pore", "", FigureScale.Logarithmic),
            [
                new BandSeries("", grid, [.. grid.Select(p => LithiumLeakage.DepthInRadii(p * 1e6, band.High))], [.. grid.Select(p => LithiumLeakage.DepthInRadii(p * 1e6, band.Low))], FigureColour.Blue),
                new LineSeries("lithium, 90 % band", grid, [.. grid.Select(p => LithiumLeakage.DepthInRadii(p * 1e6, strength.Value))], FigureColour.Blue),
                new VerticalMark(25, "25 MPa", FigureColour.Muted),
            ])
        { Description = "The depth is proportional to the pressure: one radius at 1 MPa, 28 radii at 25 MPa, a hundred near 90 MPa." };
    }
}
