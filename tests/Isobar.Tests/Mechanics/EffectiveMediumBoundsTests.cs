using CsCheck;
using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Lab.Files;
using Isobar.Materials;
using Isobar.Mechanics;
using Isobar.Numerics;
using Isobar.Tests.Published;
using Xunit;

namespace Isobar.Tests.Mechanics;

/// <summary>Bounds and closed forms of two-phase conduction, and that no conductivity of the library breaks them.</summary>
public sealed class EffectiveMediumBoundsTests
{
    // Shares whose complement is exact: 1 − φ rounded by 1e-16 would be magnified by a contrast of up to 1e13.
    private static readonly Gen<double> s_share = Gen.Int[0, 4096].Select(i => i / 4096.0);
    private static readonly Gen<double> s_conductivity = Gen.OneOf(Gen.Const(0.0), Gen.Double[-9, 4].Select(exponent => Math.Pow(10, exponent)));

    [Fact]
    public void Hashin_and_Shtrikman_lie_inside_Wiener_and_tighten_nothing_at_the_ends() => Gen.Select(s_conductivity, s_conductivity, s_share).Sample((a, b, f) =>
    {
        (double low, double high) = EffectiveMediumBounds.Wiener(a, b, f);
        (double lower, double upper) = EffectiveMediumBounds.HashinShtrikman(a, b, f);
        // Rounding relative to the larger conductivity.
        double slack = 1e-12 * Math.Max(a, b);
        Assert.True(low <= lower + slack && lower <= upper + slack && upper <= high + slack, $"{low} {lower} {upper} {high}");
    });

    [Fact]
    public void Swapping_the_phases_changes_nothing_but_the_differential_medium() => Gen.Select(s_conductivity, s_conductivity, s_share).Sample((a, b, f) =>
    {
        double slack = 1e-10 * Math.Max(a, b);
        Assert.Equal(EffectiveMediumBounds.Wiener(a, b, f).Lower, EffectiveMediumBounds.Wiener(b, a, 1 - f).Lower, slack + 1e-300);
        Assert.Equal(EffectiveMediumBounds.HashinShtrikman(a, b, f).Lower, EffectiveMediumBounds.HashinShtrikman(b, a, 1 - f).Lower, slack + 1e-300);
        Assert.Equal(EffectiveMediumBounds.HashinShtrikman(a, b, f).Upper, EffectiveMediumBounds.HashinShtrikman(b, a, 1 - f).Upper, slack + 1e-300);
        Assert.Equal(EffectiveMediumBounds.BruggemanSymmetric(a, b, f), EffectiveMediumBounds.BruggemanSymmetric(b, a, 1 - f), slack + 1e-300);
    });

    [Fact]
    public void Both_media_of_Bruggeman_lie_inside_the_bounds() => Gen.Select(s_conductivity, s_conductivity, s_share).Sample((a, b, f) =>
    {
        (double lower, double upper) = EffectiveMediumBounds.HashinShtrikman(a, b, f);
        double slack = 1e-9 * Math.Max(a, b);
        Assert.InRange(EffectiveMediumBounds.BruggemanSymmetric(a, b, f), lower - slack, upper + slack);
        if (a > 0) Assert.InRange(EffectiveMediumBounds.BruggemanDifferential(a, b, f), lower - slack, upper + slack);
    });

    [Fact]
    public void Insulating_inclusions_give_the_textbook_forms() => s_share.Sample(f =>
    {
        Assert.Equal(2 * f / (3 - f), EffectiveMediumBounds.HashinShtrikman(1, 0, f).Upper, 1e-12);
        Assert.Equal(f < 1 ? 0 : 1, EffectiveMediumBounds.HashinShtrikman(1, 0, f).Lower, 1e-12);
        Assert.Equal(Math.Pow(f, 1.5), EffectiveMediumBounds.BruggemanDifferential(1, 0, f), 1e-12);
        Assert.Equal(Math.Max(0, ((3 * f) - 1) / 2), EffectiveMediumBounds.BruggemanSymmetric(1, 0, f), 1e-12);
    });

    // Multipole values (R. C. McPhedran, D. R. McKenzie, 10.1098/rspa.1978.0031, recomputed to six digits); tolerance: the truncation of the expansion, which grows towards contact.
    [Theory]
    [InlineData(0, 0.30, 0.839382, 5e-6)]
    [InlineData(0, 0.40, 0.643494, 3e-4)]
    [InlineData(0, 0.45, 0.511057, 2e-3)]
    [InlineData(0, 0.50, 0.3438, 4e-3)]
    [InlineData(double.PositiveInfinity, 0.30, 1.382955, 1e-5)]
    [InlineData(double.PositiveInfinity, 0.40, 2.124661, 5e-4)]
    [InlineData(double.PositiveInfinity, 0.45, 3.045206, 1e-3)]
    [InlineData(double.PositiveInfinity, 0.49, 5.468301, 0.08)]
    public void Simple_cubic_spheres_have_the_multipole_values(double conductivity, double radius, double expected, double relative) =>
        Assert.Equal(1, EffectiveMediumBounds.SimpleCubic(conductivity, 4 * Math.PI / 3 * radius * radius * radius) / expected, relative);

    [Fact]
    public void Simple_cubic_spheres_lie_inside_the_bounds_and_start_as_Maxwell() => Gen.Double[0, Math.PI / 6].Select(s_conductivity).Sample((f, k) =>
    {
        (double lower, double upper) = EffectiveMediumBounds.HashinShtrikman(k, 1, f);
        double cubic = EffectiveMediumBounds.SimpleCubic(k, f);
        Assert.InRange(cubic, lower * (1 - 1e-9), upper * (1 + 1e-9));
        // Spheres far apart do not see each other: the coated-sphere value, up to f^(10/3).
        double far = EffectiveMediumBounds.SimpleCubic(k, 1e-3 * f);
        double maxwell = 1 + (3e-3 * f * (k - 1) / (k + 2 - (1e-3 * f * (k - 1))));
        Assert.Equal(maxwell, far, 1e-8);
    });

    [Fact]
    public void Impossible_shares_and_conductivities_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => EffectiveMediumBounds.HashinShtrikman(-1, 1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => EffectiveMediumBounds.Wiener(1, 1, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => EffectiveMediumBounds.SimpleCubic(0, 0.53));
    }

    /// <summary>Every built-in electrolyte that a pellet can be pressed of, each with every active material that a cathode can be mixed with.</summary>
    public static TheoryData<string, string> Mixtures()
    {
        var mixtures = new TheoryData<string, string>();
        foreach (string electrolyte in Electrolytes())
        {
            foreach (string active in Actives()) mixtures.Add(electrolyte, active);
        }

        return mixtures;
    }

    [Fact]
    public void The_library_has_mixtures_to_test()
    {
        Assert.True(Electrolytes().Length >= 7, string.Join(", ", Electrolytes()));
        Assert.True(Actives().Length >= 5, string.Join(", ", Actives()));
    }

    /// <summary>Pellet and cathode under load and released, at any composition, pressure and temperature, constants up to two and a half standard uncertainties away.</summary>
    // The percolation law crosses the upper bound only near φ = 1 and for exponents below 1.5·(1 − φ_c), where no composite is; shares up to 0.65 are pressed composites.
    [Theory]
    [MemberData(nameof(Mixtures))]
    public void Conductivity_of_every_mixture_stays_inside_the_bounds(string electrolyte, string active)
    {
        Cell[] cells = [.. ((double[])[0.15, 0.4, 0.6, 0.75, 0.85, 0.93]).Select(share => PossibleCells.CellWith(electrolyte, active: active, activeShare: share))];
        Gen.Select(Gen.Int[0, cells.Length - 1], Gen.ULong, Gen.Double[1e6, 600e6], s_share, Gen.Double[253, 353]).Sample((composition, seed, largest, release, kelvins) =>
        {
            CellParameters draw = CellResolver.Resolve(cells[composition], (owner, constant) => constant.Estimate.StandardUncertainty == 0 ? constant.Estimate.Value : constant.At(Normal(seed, owner, constant.Definition.Key)));
            var load = new LoadHistory(release * largest, largest);
            PowderParameters pellet = draw.Layers[1];
            InsideForPores(pellet.Conduction.SiemensPerMetre(pellet.Compaction.Porosity(load.PresentPa, load.LargestPa), load, kelvins), pellet.Conduction.MatrixSiemensPerMetre(load, kelvins), 1 - pellet.Compaction.Porosity(load.PresentPa, load.LargestPa));

            PowderParameters cathode = draw.Layers[0];
            double density = 1 - cathode.Compaction.Porosity(load.PresentPa, load.LargestPa), matrix = cathode.Conduction.MatrixSiemensPerMetre(load, kelvins);
            var structure = CompositeStructure.Of(draw.Cathode.Mix, density, load, draw.Cathode.Structure);
            double ionic = draw.Cathode.ElectrolyteShare * density, electronic = (1 - draw.Cathode.ElectrolyteShare) * density;
            if (ionic <= 0.65) InsideForPores(matrix * structure.IonicShare, matrix, ionic);
            if (electronic <= 0.65) InsideForPores(draw.Cathode.ElectronicSiemensPerMetre * structure.ElectronicShare, draw.Cathode.ElectronicSiemensPerMetre, electronic);
            InsideForPores(CompositeStructure.AgglomeratedShare(ionic, 0.13), 1, ionic);
        });
    }

    private static void InsideForPores(double conductivity, double matrix, double share)
    {
        (double lower, double upper) = EffectiveMediumBounds.HashinShtrikman(matrix, 0, share);
        (double lowest, double highest) = EffectiveMediumBounds.Wiener(matrix, 0, share);
        Assert.InRange(conductivity, Math.Max(lower, lowest), Math.Min(upper, highest) * (1 + 1e-12));
    }

    // A standard normal of its own for each constant, at most two and a half.
    private static double Normal(ulong seed, string owner, string key)
    {
        ulong stream = 14695981039346656037;
        foreach (char c in owner + "/" + key) stream = (stream ^ c) * 1099511628211;
        return Math.Clamp(new RandomSource(seed, stream).NextNormal(), -2.5, 2.5);
    }

    private static string[] Electrolytes() => Ids(MaterialKind.Electrolyte, MaterialConstants.PouredPorosity, MaterialConstants.DenseConductivity, MaterialConstants.GrainContactPressure, MaterialConstants.Hardness);

    private static string[] Actives() => Ids(MaterialKind.ActiveMaterial, MaterialConstants.ExchangeCurrent, MaterialConstants.PlatenStrength, MaterialConstants.SpecificCapacity, MaterialConstants.DenseConductivity);

    private static string[] Ids(MaterialKind kind, params ConstantDefinition[] needed) =>
        [.. BuiltInMaterials.Library.All.Where(material => material.Kind == kind && needed.All(constant => material.Find(constant) is not null)).Select(material => material.Id)];

    [Fact]
    public void Agglomerated_share_as_printed_would_exceed_layers_in_parallel()
    {
        // Why the root is read as 1/τ²: at φ 0.5 the root alone is 0.65.
        Assert.True(Math.Sqrt((0.5 - 0.13) / 0.87) > EffectiveMediumBounds.Wiener(1, 0, 0.5).Upper);
        s_share.Sample(f => Assert.True(CompositeStructure.AgglomeratedShare(f, 0.13) <= EffectiveMediumBounds.LargestShare(f) + 1e-12));
    }
}
