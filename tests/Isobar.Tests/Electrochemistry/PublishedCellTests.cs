using System.Collections.Immutable;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Lab.Files;
using Isobar.Tests.Published;
using Xunit;

namespace Isobar.Tests.Electrochemistry;

/// <summary>
/// The half cell against a published cell: arcs of NMC83 | argyrodite | In-Li after and under 389 MPa (Ramanayagam et al. 2026, 10.1002/batt.70315). The set takes
/// exchange current, radius and tortuosity from the paper, so agreement says that the model puts them together as the cell does; nothing is tuned.
/// </summary>
public sealed class PublishedCellTests
{
    private static readonly ParameterSet s_set = BuiltInParameterSets.Find("nmc83-argyrodite-inli")!;

    private static double Published(string quantity) =>
        PublishedTable.Read("cathode_anode_impedance_ramanayagam2026").Single(row => row["quantity"].StartsWith(quantity, StringComparison.Ordinal)).Number("p389");

    // An arc as people read it: real part between the foot at high frequency and the dip before the tail of diffusion.
    private static (double Cathode, double Anode) Arcs(double cathodeMetres, double dipHertz)
    {
        HalfCellParameters cell = s_set.Best with { CathodeThicknessMetres = cathodeMetres, InitialStoichiometry = 0.55 };
        ImmutableArray<ImpedanceSplit> splits = HalfCellImpedance.AtEquilibrium(cell, [dipHertz, 1e6]);
        return (1e4 * (splits[0].Cathode.Real - splits[1].Cathode.Real), 1e4 * (splits[0].Anode.Real - splits[1].Anode.Real));
    }

    /// <summary>One cell; the arc rests on an exchange current and a tortuosity that are each known to about 20 %: 30 %.</summary>
    [Fact]
    public void The_arc_of_the_cathode_has_the_published_size()
    {
        double published = Published("cathode mid-frequency arc");
        Assert.Equal(published, Arcs(117e-6, 1).Cathode, 0.30 * published);
    }

    /// <summary>
    /// Arcs of whole cells with 26 and 207 µm of cathode. The thin one holds what is not in the model besides (interphases, a second arc of the anode); 40 %.
    /// </summary>
    [Theory]
    [InlineData("full cell arcs sum thinnest cathode", 26e-6)]
    [InlineData("full cell arcs sum thickest cathode", 207e-6)]
    public void The_arcs_of_thin_and_thick_cells_have_the_published_size(string quantity, double metres)
    {
        double published = Published(quantity);
        Assert.Equal(published, Arcs(metres, 1).Cathode + Published("anode mid-frequency arc"), 0.40 * published);
    }

    /// <summary>Charge transfer shrinks with thickness until the reaction no longer reaches the far side; the published ratio is 19 to 7.</summary>
    [Fact]
    public void A_thick_cathode_has_the_smaller_arc() => Assert.True(Arcs(207e-6, 1).Cathode < Arcs(26e-6, 1).Cathode);

    /// <summary>The apex of the cathode's arc lies where the paper found it, 30 Hz, within a factor of two: the double layer is known no better.</summary>
    [Fact]
    public void The_apex_of_the_arc_lies_at_the_published_frequency()
    {
        HalfCellParameters cell = s_set.Best with { CathodeThicknessMetres = 117e-6, InitialStoichiometry = 0.55 };
        double[] hertz = [.. Enumerable.Range(0, 400).Select(i => Math.Pow(10, 3.5 * i / 400))];
        ImmutableArray<ImpedanceSplit> splits = HalfCellImpedance.AtEquilibrium(cell, hertz);
        int apex = Enumerable.Range(1, hertz.Length - 2).First(i => -splits[i].Cathode.Imaginary > -splits[i - 1].Cathode.Imaginary && -splits[i].Cathode.Imaginary >= -splits[i + 1].Cathode.Imaginary);
        double published = Published("cathode arc apex frequency");
        Assert.InRange(hertz[apex], published / 2, published * 2);
    }

    /// <summary>
    /// What one spectrum cannot tell apart: twice the exchange current on half of the contact, or on particles of twice the radius with twice the double layer, is the same
    /// spectrum where diffusion is not seen.
    /// </summary>
    [Fact]
    public void One_spectrum_sees_only_the_product_of_contact_exchange_current_and_area()
    {
        HalfCellParameters one = s_set.Best, two = one with { CathodeContactFraction = 0.5, CathodeExchangeAmperesPerSquareMetre = 2 * one.CathodeExchangeAmperesPerSquareMetre };
        HalfCellParameters three = one with
        {
            ParticleRadiusMetres = 2 * one.ParticleRadiusMetres,
            CathodeExchangeAmperesPerSquareMetre = 2 * one.CathodeExchangeAmperesPerSquareMetre,
            DoubleLayerFaradsPerSquareMetre = 2 * one.DoubleLayerFaradsPerSquareMetre,
            AnodeDoubleLayerFaradsPerSquareMetre = one.DoubleLayerFaradsPerSquareMetre,
        };
        foreach (double hertz in (double[])[30, 300, 1e4])
        {
            ImpedanceSplit first = HalfCellImpedance.AtEquilibrium(one, hertz), second = HalfCellImpedance.AtEquilibrium(two, hertz), third = HalfCellImpedance.AtEquilibrium(three, hertz);
            Assert.True((first.Cathode - second.Cathode).Magnitude < 1e-12 * first.Cathode.Magnitude, $"contact at {hertz} Hz");
            // At 30 Hz diffusion is a few per cent of the charge transfer and depends on the true area.
            Assert.True((first.Cathode - third.Cathode).Magnitude < 0.05 * first.Cathode.Magnitude, $"radius at {hertz} Hz");
        }
    }
}
