using CsCheck;
using Isobar.Mechanics;
using Xunit;

namespace Isobar.Tests.Mechanics;

/// <summary>History, conduction, contact, damage and friction: laws and published check values.</summary>
public sealed class ContactAndDamageTests
{
    private static readonly Gen<double> s_share = Gen.Double[0, 1];

    [Fact]
    public void Effective_pressure_lies_between_the_present_and_the_largest() =>
        Gen.Select(Gen.Double[0, 500e6], s_share, s_share).Sample((largest, share, memory) =>
        {
            var history = new LoadHistory(share * largest, largest);
            Assert.InRange(history.EffectivePa(memory), history.PresentPa * (1 - 1e-12), history.LargestPa * (1 + 1e-12));
        });

    [Fact]
    public void Conductivity_falls_on_release_and_never_exceeds_the_dense_value() =>
        Gen.Select(Gen.Double[1e6, 500e6], s_share, s_share, Gen.Double[0, 0.5]).Sample((largest, share, memory, porosity) =>
        {
            var law = new PelletConduction(0.4, 52e6, memory, 35e3, 0);
            double loaded = law.SiemensPerMetre(porosity, new LoadHistory(largest, largest), 298.15);
            double released = law.SiemensPerMetre(porosity, new LoadHistory(share * largest, largest), 298.15);
            Assert.True(released <= loaded * (1 + 1e-12));
            Assert.True(loaded <= 0.4 * (1 + 1e-12));
        });

    /// <summary>Annealed Li₆PS₅Cl pressed at 292 MPa loses its grain contacts on release: the digitised curve normalised to its plateau.</summary>
    // Cronau et al. 2021, 10.1021/acsenergylett.1c01299; the tolerance 0.04 in g is the digitising error of a few percent of the plateau.
    [Theory]
    [InlineData(19.29, 1.028)]
    [InlineData(48.61, 1.814)]
    [InlineData(97.2, 2.56)]
    [InlineData(145.9, 2.88)]
    [InlineData(243.2, 3.01)]
    public void Grain_contacts_of_annealed_argyrodite_follow_the_exponential(double stackMegapascals, double milliSiemens)
    {
        var law = new PelletConduction(1, 52e6, 0, 0, 0);
        Assert.Equal(milliSiemens / 3.04, law.ContactFactor(new LoadHistory(stackMegapascals * 1e6, 292e6)), 0.04);
    }

    [Fact]
    public void Interface_without_any_pressure_is_an_open_circuit() =>
        Assert.True(double.IsPositiveInfinity(new InterfaceContact(1e-4, 0.08, 1.7, 0.75).OhmSquareMetres(new LoadHistory(0, 0))));

    [Fact]
    public void Interface_keeps_part_of_what_pressing_gained() => Gen.Select(Gen.Double[1e6, 100e6], Gen.Double[1.01, 20], s_share).Sample((stack, ratio, memory) =>
    {
        var contact = new InterfaceContact(1.5e-4, 0.08, 1.7, memory);
        double before = contact.OhmSquareMetres(new LoadHistory(stack, stack));
        double after = contact.OhmSquareMetres(new LoadHistory(stack, ratio * stack));
        double under = contact.OhmSquareMetres(new LoadHistory(ratio * stack, ratio * stack));
        Assert.InRange(after, under * (1 - 1e-12), before * (1 + 1e-12));
        Assert.InRange(contact.ContactFraction(new LoadHistory(stack, stack)), 0, 1);
    });

    // Share of cracked polycrystalline NMC811 particles at κ = 0.8 against discrete-element compaction with 50 vol% particles: 0.2, 15, 67 %.
    // The simulated force distribution is wider and not log-normal, hence a tolerance of 0.1 in share: the index is good to that.
    [Theory]
    [InlineData(64, 0.002, 0.01)]
    [InlineData(166, 0.15, 0.05)]
    [InlineData(328, 0.67, 0.1)]
    public void Cracking_index_follows_the_simulated_compaction(double megapascals, double expected, double tolerance) =>
        Assert.Equal(expected, ParticleDamage.CrackedShare(megapascals * 1e6, 0.8, 226e6, 4.9), tolerance);

    [Fact]
    public void Cracking_index_rises_with_pressure_between_zero_and_one() => Gen.Double[1e5, 1e9].Select(Gen.Double[1, 3]).Sample((pressure, factor) =>
    {
        double one = ParticleDamage.CrackedShare(pressure, 0.85, 226e6, 4.9), more = ParticleDamage.CrackedShare(pressure * factor, 0.85, 226e6, 4.9);
        Assert.InRange(one, 0, 1);
        Assert.True(more >= one - 1e-12);
    });

    [Fact]
    public void Wall_of_a_ten_millimetre_die_takes_five_per_cent_of_a_millimetre_pellet() =>
        Assert.Equal(0.95, WallFriction.Transmitted(1e-3, 10e-3, 0.2, 0.65), 0.002);

    [Fact]
    public void Mean_pressure_in_a_layer_lies_between_its_faces_and_tends_to_them_when_thin() => Gen.Double[1e-9, 20e-3].Select(Gen.Double[0, 5e-3]).Sample((thickness, from) =>
    {
        double mean = WallFriction.MeanTransmitted(from, from + thickness, 10e-3, 0.2, 0.65);
        Assert.InRange(mean, WallFriction.Transmitted(from + thickness, 10e-3, 0.2, 0.65) * (1 - 1e-9), WallFriction.Transmitted(from, 10e-3, 0.2, 0.65) * (1 + 1e-9));
    });

    [Fact]
    public void Composite_ion_transport_meets_the_given_tortuosity()
    {
        // Minnmann et al. 2021: φ 0.53, τ² 3.23 (33 vol% NMC622). One composite, 15 %.
        Assert.Equal(3.23, CompositeTransport.TortuositySquared(0.53, 0.25, 1.8), 0.5);
    }

    [Fact]
    public void Percolation_is_monotone_and_never_exceeds_the_volume_share() => Gen.Double[0, 1].Select(Gen.Double[0, 1]).Sample((a, b) =>
    {
        double low = CompositeTransport.PercolatingShare(Math.Min(a, b), 0.25, 1.8), high = CompositeTransport.PercolatingShare(Math.Max(a, b), 0.25, 1.8);
        Assert.True(high >= low);
        // Wiener: no arrangement conducts better than parallel layers.
        Assert.True(high <= Math.Max(a, b) + 1e-12);
    });

    [Fact]
    public void Lithium_foil_between_ten_millimetre_platens_spreads_at_sixteen_megapascal() =>
        // Y 0.8 MPa, radius 5 mm, 100 µm: Y(1 + 2r/(3√3h)) by hand.
        Assert.Equal(16.2e6, LithiumLimits.SpreadingPressurePa(0.8e6, 5e-3, 100e-6), 0.1e6);

    [Fact]
    public void Lithium_foil_gains_4_84_micrometres_per_milliampere_hour()
    {
        // 13.0 cm³/mol over 96485 C/mol and 3.6 C/mAh: 4.85 µm per mAh/cm²; 4.84 is printed.
        Assert.Equal(4.84e-6, Breathing.PlatedMetres(36000, 13.0e-6), 0.02e-6);
    }
}
