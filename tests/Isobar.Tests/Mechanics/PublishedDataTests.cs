using Isobar.Electrochemistry;
using Isobar.Mechanics;
using Isobar.Quantities;
using Isobar.Tests.Published;
using MathNet.Numerics;
using Xunit;

namespace Isobar.Tests.Mechanics;

/// <summary>
/// The models with the built-in constants against the published points that travel with the library. The 90 % band is that of a laboratory of which
/// nothing is known but its materials: uncertainty of the constants, place of the laboratory among all, press and die. Nearly every published
/// experiment is one pellet, so the band is the only fair yardstick; how close the best value comes is tested beside it.
/// </summary>
public sealed class PublishedDataTests
{
    private const double Mega = 1e6;
    private const double MilliSiemensPerCentimetre = 10;
    private const double OhmSquareCentimetre = 1e4;

    private static readonly Lazy<PossibleCells> s_chlorineRich = new(() => PossibleCells.With("li5.5ps4.5cl1.5"));
    private static readonly Lazy<PossibleCells> s_annealed = new(() => PossibleCells.With("li6ps5cl-annealed"));
    private static readonly Lazy<PossibleCells> s_ballMilled = new(() => PossibleCells.With("li6ps5cl-ball-milled"));
    private static readonly Lazy<PossibleCells> s_glass = new(() => PossibleCells.With("75li2s-25p2s5-glass"));
    private static readonly Lazy<PossibleCells> s_halide = new(() => PossibleCells.With("li3ycl6"));

    // 200 mg in a 13 mm die, as in Doux et al.
    private static readonly Lazy<PossibleCells> s_symmetric = new(() => PossibleCells.With("li6ps5cl-fine", 200, 13));
    private static readonly Lazy<PossibleCells> s_carbonCoated = new(() => PossibleCells.With("li6ps5cl-annealed", collector: "aluminium-carbon-coated"));

    // 33 of 86 vol% solid are NMC622, 60 % of the mass.
    private static readonly Lazy<PossibleCells> s_composite = new(() => PossibleCells.With("li6ps5cl-annealed", active: "nmc622-poly", activeShare: 0.60));
    private static readonly Lazy<PossibleCells> s_dryFilm = new(() => PossibleCells.With("li6ps5cl-ball-milled", active: "nmc811-poly", activeShare: 0.70));

    public static TheoryData<double, double, double, double, double> Argyrodite()
    {
        var data = new TheoryData<double, double, double, double, double>();
        foreach (PublishedRow row in PublishedTable.Read("densification_argyrodite_miss2026"))
        {
            data.Add(row.Number("pressure_MPa"), row.Number("porosity_load_noelastic"), row.Number("porosity_load_fig"), row.Number("porosity_released"), row.Number("sigma_load_mS_cm"));
        }

        return data;
    }

    public static TheoryData<string, double, double, double> ConductivityAgainstStack()
    {
        var data = new TheoryData<string, double, double, double>();
        // There is no built-in bromide and no ball-milled chlorine-rich class.
        foreach (PublishedRow row in PublishedTable.Read("conductivity_vs_fab_and_stack_cronau2021").Where(row => Powder(row) is not ("Li6PS5Br uC" or "Li5.5PS4.5Cl1.5 GC")))
        {
            foreach ((double stack, double sigma) in row.Numbers("s")) data.Add(Powder(row), row.Number("fab_MPa"), stack, sigma);
        }

        return data;
    }

    public static TheoryData<string, double, double> ReleasedDensities()
    {
        var data = new TheoryData<string, double, double>();
        foreach (PublishedRow row in PublishedTable.Read("pellet_density_vs_fab_cronau2021")) data.Add(Powder(row), row.Number("fab_MPa"), row.Number("relative_density"));
        foreach (PublishedRow row in PublishedTable.Read("relative_density_LPS_glass_sakuda2013").Where(row => row["relative_density"].Length > 0))
        {
            data.Add("glass", row.Number("pressure_MPa"), row.Number("relative_density"));
        }

        foreach (PublishedRow row in PublishedTable.Read("densification_halide_varkey2026").Where(row => row["structure"] == "separator" && row.Number("pressure_MPa") > 0))
        {
            data.Add("halide", row.Number("pressure_MPa"), 1 - row.Number("porosity"));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Argyrodite))]
    public void Chlorine_rich_argyrodite_lies_in_its_band_under_load_and_released(double megapascals, double loaded, double loadedWithElasticity, double released, double sigma)
    {
        double pressure = megapascals * Mega;
        Interval underLoad = s_chlorineRich.Value.Band90(cell => Pellet.Porosity(cell, pressure, pressure));
        Inside(underLoad, loaded, "porosity under load");
        Inside(underLoad, loadedWithElasticity, "porosity under load with the elastic correction of the authors");
        // The staircase releases to 0.11 MPa between its steps, so the largest pressure is the last one.
        Inside(s_chlorineRich.Value.Band90(cell => Pellet.Porosity(cell, 0.11 * Mega, pressure)), released, "porosity after release");
        Inside(s_chlorineRich.Value.Band90(cell => MilliSiemensPerCentimetre * Pellet.Conductivity(cell, pressure, pressure)), sigma, "conductivity under load, mS/cm");
    }

    [Theory]
    [MemberData(nameof(Argyrodite))]
    public void Best_values_of_the_chlorine_rich_argyrodite_follow_the_one_pellet_they_came_from(double megapascals, double loaded, double loadedWithElasticity, double released, double sigma)
    {
        double pressure = megapascals * Mega;
        CellParameters best = s_chlorineRich.Value.Best;
        // 0.006 is the noise of a porosity from a micrometer of 5 µm on 0.6 mm; on release the modulus adds its own error, 0.010 together.
        Assert.Equal(0.5 * (loaded + loadedWithElasticity), Pellet.Porosity(best, pressure, pressure), 0.006);
        Assert.Equal(released, Pellet.Porosity(best, 0.11 * Mega, pressure), 0.010);
        // From 50 MPa the exponential contact law is good to 12 %. At 10 MPa it is a quarter low: real contacts hold better than exponentially there.
        double tolerance = megapascals < 50 ? 0.26 : 0.12;
        Assert.Equal(sigma, MilliSiemensPerCentimetre * Pellet.Conductivity(best, pressure, pressure), tolerance * sigma);
    }

    [Fact]
    public void Bands_are_narrow_enough_to_say_something()
    {
        const double pressure = 300 * Mega;
        Interval porosity = s_chlorineRich.Value.Band90(cell => Pellet.Porosity(cell, pressure, pressure));
        Interval sigma = s_chlorineRich.Value.Band90(cell => Pellet.Conductivity(cell, pressure, pressure));
        // 1.645 · 0.03 between laboratories is ±0.05 in density; 1.645 · 0.4 is a factor of 1.93 in conductivity. A fifth is left for everything else.
        Assert.InRange(0.5 * (porosity.High - porosity.Low), 0.03, 0.06);
        Assert.InRange(Math.Sqrt(sigma.High / sigma.Low), 1.5, 2.3);
    }

    [Theory]
    [MemberData(nameof(ConductivityAgainstStack))]
    public void Conductivity_after_fabrication_lies_in_its_band_at_every_stack_pressure(string powder, double fabrication, double stack, double sigma)
    {
        double largest = Math.Max(fabrication, stack) * Mega;
        Inside(
            Of(powder).Band90(cell => MilliSiemensPerCentimetre * Pellet.ConductivityByReleasedThickness(cell, stack * Mega, largest)),
            sigma,
            $"{powder} pressed at {fabrication} MPa, conductivity in mS/cm at {stack} MPa");
    }

    [Fact]
    public void Annealed_argyrodite_lies_in_its_band_down_to_nineteen_megapascal()
    {
        // Bare punches: below about 10 MPa their own contact, which the pellet law leaves out, and the reading of the figure decide.
        foreach (PublishedRow row in PublishedTable.Read("conductivity_vs_low_stack_uC_Li6PS5Cl_cronau2021").Where(row => row.Number("stack_MPa") > 10))
        {
            double stack = row.Number("stack_MPa") * Mega, fabrication = row.Number("fab_MPa") * Mega;
            Inside(s_annealed.Value.Band90(cell => MilliSiemensPerCentimetre * Pellet.ConductivityByReleasedThickness(cell, stack, fabrication)), row.Number("sigma_mS_cm"), row.ToString());
        }
    }

    [Fact]
    public void Ball_milled_argyrodite_loses_as_little_on_release_as_published()
    {
        foreach (PublishedRow row in PublishedTable.Read("conductivity_vs_fab_and_stack_cronau2021").Where(row => row["class"] == "GC"))
        {
            double fabrication = row.Number("fab_MPa") * Mega;
            (double At, double Value) plateau = row.Numbers("s").MaxBy(point => point.Value);
            foreach ((double stack, double sigma) in row.Numbers("s"))
            {
                double ratio = Sigma(stack) / Sigma(plateau.At);
                // 12 % is what one class of powder may differ from one sample of it; readings are good to 1-2 %.
                Assert.Equal(sigma / plateau.Value, ratio, 0.12 * sigma / plateau.Value);
            }

            double Sigma(double megapascals) => Pellet.ConductivityByReleasedThickness(s_ballMilled.Value.Best, megapascals * Mega, Math.Max(fabrication, megapascals * Mega));
        }
    }

    [Fact]
    public void Annealed_argyrodite_loses_as_much_on_release_as_published()
    {
        IReadOnlyList<PublishedRow> rows = PublishedTable.Read("conductivity_vs_low_stack_uC_Li6PS5Cl_cronau2021");
        double plateau = rows[^1].Number("sigma_mS_cm") / Sigma(rows[^1]);
        Assert.All(rows.Where(row => row.Number("stack_MPa") > 10), row => Assert.Equal(row.Number("sigma_mS_cm"), plateau * Sigma(row), 0.12 * row.Number("sigma_mS_cm")));

        static double Sigma(PublishedRow row) =>
            Pellet.ConductivityByReleasedThickness(s_annealed.Value.Best, row.Number("stack_MPa") * Mega, row.Number("fab_MPa") * Mega);
    }

    [Theory]
    [MemberData(nameof(ReleasedDensities))]
    public void Density_of_released_pellets_lies_in_its_band(string powder, double fabrication, double density) =>
        Inside(Of(powder).Band90(cell => 1 - Pellet.Porosity(cell, 0, fabrication * Mega)), density, $"{powder} pressed at {fabrication} MPa");

    [Fact]
    public void Densities_of_seven_papers_lie_in_the_prior_band_as_often_as_ninety_per_cent_means()
    {
        var outside = new List<string>();
        foreach (PublishedRow row in PublishedTable.Read("pellet_density_between_labs"))
        {
            // Bought and fine Li6PS5Cl is closest to the crystalline class; only what is said to be ball-milled is taken as ball-milled.
            PossibleCells cells = row["material"] switch
            {
                "GC-Li6PS5Cl" => s_ballMilled.Value,
                "uC-Li5.5PS4.5Cl1.5" => s_chlorineRich.Value,
                "75Li2S-25P2S5 glass" => s_glass.Value,
                _ => s_annealed.Value,
            };
            if (!cells.Band90(cell => 1 - Pellet.Porosity(cell, 0, row.Number("pressure_MPa") * Mega)).Contains(row.Number("relative_density"))) outside.Add(row.ToString());
        }

        // Of 7 points a 90 % band leaves out 0.7 on average; more than 2 would happen in 2.6 % of all cases (binomial). None is outside at present.
        Assert.True(outside.Count <= 2, string.Join('\n', outside));
    }

    [Fact]
    public void Lithium_on_argyrodite_falls_on_first_loading_as_published()
    {
        const double areaSquareMetres = 1.27e-4;
        foreach (PublishedRow row in PublishedTable.Read("li_lpscl_li_impedance_vs_stack_doux2020"))
        {
            double stack = row.Number("stack_MPa") * Mega, ohm = row.Number("impedance_ohm");
            // The contact alone, with the 26 Ω of pellet that the paper states, and the whole chain with a pellet pressed at 370 MPa.
            Inside(s_symmetric.Value.Band90(cell => 26 + (2 * Contact(cell, stack) / areaSquareMetres)), ohm, $"contact, {row}");
            Inside(s_symmetric.Value.Band90(cell => (Pellet.ArealResistance(cell, stack, 370 * Mega) / cell.AreaSquareMetres) + (2 * Contact(cell, stack) / areaSquareMetres)), ohm, $"whole cell, {row}");
        }

        static double Contact(CellParameters cell, double pressurePa) => cell.Anode.Contact.OhmSquareMetres(new LoadHistory(0, 0).At(cell.Gauge.TruePa(pressurePa)));
    }

    [Fact]
    public void Lithium_keeps_most_of_its_contact_on_release()
    {
        // Doux et al.: "most of the gain stays". More than half of the excess gained between 5 and 25 MPa is kept back at 5 MPa, in 95 % of what could be.
        Interval kept = s_symmetric.Value.Band90(cell =>
        {
            double loading = At(cell, 5, 5), pressed = At(cell, 25, 25), released = At(cell, 5, 25);
            return (loading - released) / (loading - pressed);
        });
        Assert.True(kept.Low > 0.5, $"the gain kept is {kept.Low:P0} to {kept.High:P0}");

        static double At(CellParameters cell, double present, double largest) => cell.Anode.Contact.OhmSquareMetres(new LoadHistory(present * Mega, largest * Mega));
    }

    [Theory]
    [InlineData("bare Al")]
    [InlineData("graphite-coated Al")]
    [InlineData("carbon-black-coated Al")]
    public void Collector_contact_lies_in_its_band_with_the_history_of_the_paper(string collector)
    {
        PublishedRow row = PublishedTable.Read("current_collector_contact_park2025").Single(row => row["collector"] == collector);
        Inside(CollectorBand(collector, row.Number("stack_MPa"), 75), row.Number("R_ohm_cm2"), row.ToString());
    }

    [Fact]
    public void Composite_of_nmc_and_argyrodite_has_the_published_porosity_and_tortuosity()
    {
        PublishedRow row = PublishedTable.Read("cathode_ion_transport_minnmann2021").Single();
        Inside(s_composite.Value.Band90(Porosity), row.Number("porosity_measured"), "porosity of the composite");
        Inside(s_composite.Value.Band90(cell => TortuositySquared(cell, row.Number("phi_SE"))), row.Number("tau2_ion"), "τ² at the measured volume share");
        Inside(s_composite.Value.Band90(cell => TortuositySquared(cell, cell.Cathode.ElectrolyteShare * (1 - Porosity(cell)))), row.Number("tau2_ion"), "τ² from the pressure alone");

        static double Porosity(CellParameters cell) => cell.Layers[0].Compaction.Porosity(0, cell.Gauge.TruePa(380 * Mega));
        static double TortuositySquared(CellParameters cell, double share) =>
            CompositeTransport.TortuositySquared(share, cell.Cathode.Structure.IonicThreshold, cell.Cathode.Structure.PercolationExponent);
    }

    [Fact]
    public void Cathode_of_a_dry_film_conducts_the_published_share_of_its_electrolyte()
    {
        PublishedRow row = PublishedTable.Read("cathode_sigma_vs_pressing_bazzoun2026").Single();
        const double electrolyteAlone = 1.02;
        double pressure = row.Number("pressure_MPa") * Mega;
        Interval share = s_dryFilm.Value.Band90(cell =>
            CompositeTransport.PercolatingShare(cell.Cathode.ElectrolyteShare * (1 - cell.Layers[0].Compaction.Porosity(0, pressure)), cell.Cathode.Structure.IonicThreshold, cell.Cathode.Structure.PercolationExponent)
            / Math.Pow(1 - Pellet.Porosity(cell, 0, pressure), 1.5));
        Inside(share, row.Number("sigma_mS_cm") / electrolyteAlone, "conductivity of the composite over that of its electrolyte");
    }

    [Fact]
    public void Particle_strength_has_the_published_mean_and_spread()
    {
        PublishedRow row = PublishedTable.Read("nmc811_particle_strength_wheatcroft2023").Single();
        // Weibull: mean s₀·Γ(1 + 1/m), variance s₀²·(Γ(1 + 2/m) − Γ(1 + 1/m)²).
        double Mean(CellParameters cell) => cell.Cathode.PlatenStrengthPa / Mega * SpecialFunctions.Gamma(1 + (1 / cell.Cathode.PlatenModulus));
        double Deviation(CellParameters cell) => cell.Cathode.PlatenStrengthPa / Mega
            * Math.Sqrt(SpecialFunctions.Gamma(1 + (2 / cell.Cathode.PlatenModulus)) - Math.Pow(SpecialFunctions.Gamma(1 + (1 / cell.Cathode.PlatenModulus)), 2));
        Inside(s_dryFilm.Value.Band90(Mean), row.Number("mean_MPa"), "mean strength, MPa");
        Inside(s_dryFilm.Value.Band90(Deviation), row.Number("sd_MPa"), "standard deviation of the strength, MPa");
        // Fifteen particles give the mean to 49/√15 = 13 MPa; the best value lies well inside that.
        Assert.Equal(row.Number("mean_MPa"), Mean(s_dryFilm.Value.Best), 6.0);
    }

    [Fact]
    public void Pressure_rises_when_lithium_is_plated_and_falls_when_only_the_cathode_works()
    {
        // Koerver et al. 2018: −0.045 MPa against an electrode without strain, +1.08 MPa against an alloy that takes lithium up. Capacity and stiffness are
        // not reported, so only the signs can be held.
        IReadOnlyList<PublishedRow> rows = PublishedTable.Read("breathing_amplitudes");
        double withoutStrain = rows.Single(row => row["cell"] == "NMC811 vs LTO").Number("dP_MPa");
        double takesUp = rows.Single(row => row["cell"] == "InLi vs NMC811").Number("dP_MPa");
        Interval shrinks = s_dryFilm.Value.Band90(Cathode);
        Interval together = s_dryFilm.Value.Band90(cell => Cathode(cell) + Breathing.PlatedMetres(cell.Cathode.CapacityCoulombsPerSquareMetre, cell.Anode.PlatedCubicMetresPerMole));
        Assert.True(shrinks.High < 0 && withoutStrain < 0, "a layered oxide shrinks on charge");
        Assert.True(together.Low > 0 && takesUp > 0, "lithium grows more than the oxide shrinks");

        static double Cathode(CellParameters cell) => cell.Cathode.VolumeChange * cell.Cathode.ActiveShare * cell.Layers[0].SolidThicknessMetres;
    }

    [Fact]
    public void Times_to_short_and_stripping_current_agree_with_the_single_cells_behind_them()
    {
        IReadOnlyList<PublishedRow> rows = PublishedTable.Read("li_lpscl_li_short_time_vs_stack_doux2020");
        double shorted = rows.Single(row => row["censored"] == "0").Number("time_h"), survived = rows.Single(row => row["censored"] == "1").Number("time_h");
        Inside(s_annealed.Value.Band90(cell => Hours(cell, 10)), shorted, "hours to short at 10 MPa");
        // The cell at 5 MPa was stopped alive: the median must be able to lie above, and with the best constants it does.
        Assert.True(s_annealed.Value.Band90(cell => Hours(cell, 5)).High > survived);
        Assert.True(Hours(s_annealed.Value.Best, 5) > survived);
        PublishedRow stripping = PublishedTable.Read("stripping_and_ccd_vs_pressure").Single(row => row["quantity"] == "critical stripping current");
        Inside(s_annealed.Value.Band90(cell => 0.1 * cell.Anode.Limits!.Value.StrippingAmperesPerSquareMetre(stripping.Number("stack_MPa") * Mega)), stripping.Number("current_mA_cm2"), "critical stripping current, mA/cm²");

        static double Hours(CellParameters cell, double megapascals) => cell.Anode.Limits!.Value.ShortTimeSeconds(megapascals * Mega, 0.82) / 3600;
    }

    private static PossibleCells Of(string powder) => powder switch
    {
        "Li6PS5Cl uC" => s_annealed.Value,
        "Li6PS5Cl GC" => s_ballMilled.Value,
        "Li5.5PS4.5Cl1.5 uC" => s_chlorineRich.Value,
        "glass" => s_glass.Value,
        "halide" => s_halide.Value,
        _ => throw new ArgumentException($"no built-in material for '{powder}'", nameof(powder)),
    };

    private static string Powder(PublishedRow row) => $"{row["material"]} {row["class"]}";

    private static Interval CollectorBand(string collector, double present, double largest) =>
        (collector == "bare Al" ? s_annealed : s_carbonCoated).Value.Band90(cell => OhmSquareCentimetre * cell.Collector.OhmSquareMetres(new LoadHistory(present * Mega, largest * Mega)));

    private static void Inside(Interval band, double value, string what) =>
        Assert.True(band.Contains(value), $"{what}: {value:G4} is outside the 90 % band from {band.Low:G4} to {band.High:G4}");
}
