using CsCheck;
using Isobar.Mechanics.Contact;
using Isobar.Numerics;
using Xunit;

namespace Isobar.Tests.Mechanics.Contact;

/// <summary>What holds for every contact.</summary>
public sealed class ContactLawTests
{
    private const int Points = 64;
    private static readonly ContactOptions Bare = new() { Conduction = false };
    private static readonly HeightMap Surface = RoughSurfaces.SelfAffine(Points, highest: 16);

    [Fact]
    public void Forces_balance_and_pixels_either_press_or_gape() =>
        Gen.Select(Gen.Double[-3, 0], Gen.ULong, Gen.Bool, Gen.Bool).Sample(
            (logPressure, seed, limited, free) =>
            {
                double pressure = Math.Pow(10, logPressure);
                double? hardness = limited ? Math.Max(0.4, 1.05 * pressure) : null;
                HeightMap map = RoughSurfaces.SelfAffine(48, lowest: 2, highest: 12, seed: seed);
                ContactState state = new ContactSolver(map, new ContactMedium(1) { HardnessPa = hardness, Boundary = free ? ContactBoundary.Free : ContactBoundary.Periodic }, Bare).Solve(pressure);
                Assert.Equal(1, state.MeanPressurePa / pressure, 1e-10);
                double margin = 1e-8 * map.RmsM;
                for (int i = 0; i < map.HeightsM.Length; i++)
                {
                    double p = state.PressurePa[i], g = state.GapM[i];
                    Assert.True(p >= 0 && p <= (hardness ?? double.PositiveInfinity));
                    if (p == 0) Assert.True(g >= -margin);
                    else if (p < hardness) Assert.InRange(g, -margin, margin);
                    else if (p == hardness) Assert.True(g <= margin);
                }
            },
            iter: 30,
            threads: 1);

    [Fact]
    public void More_load_means_more_area_and_less_gap()
    {
        ContactState[] states = [.. new ContactSolver(Surface, new ContactMedium(1), Bare).Solve(ContactPath.Pressures([0.001, 0.01, 0.011, 0.1, 0.3, 1, 2]))];
        for (int i = 1; i < states.Length; i++)
        {
            Assert.True(states[i].Area > states[i - 1].Area);
            Assert.True(states[i].MeanGapM < states[i - 1].MeanGapM);
        }
    }

    [Fact]
    public void Coming_back_an_elastic_contact_forgets_and_a_plastic_one_remembers()
    {
        ContactPath path = ContactPath.Pressures([0.02, 0.1, 0.3], unload: true);
        ContactState[] elastic = [.. new ContactSolver(Surface, new ContactMedium(1), Bare).Solve(path)];
        Assert.Equal([false, false, false, true, true], elastic.Select(state => state.Unloading));
        Assert.Equal(elastic[0].Area, elastic[4].Area, 1e-12);
        Assert.Equal(elastic[0].MeanGapM, elastic[4].MeanGapM, 1e-9);

        ContactState[] plastic = [.. new ContactSolver(Surface, new ContactMedium(1) { HardnessPa = 0.5 }, Bare).Solve(path)];
        Assert.True(plastic[3].Area > 1.1 * plastic[1].Area);
        Assert.True(plastic[4].Area > 1.5 * plastic[0].Area);
        Assert.True(plastic[4].MeanGapM < plastic[0].MeanGapM);
        Assert.True(plastic[3].PlasticVolumeM >= plastic[2].PlasticVolumeM);
        Assert.Equal(0, plastic[4].PlasticArea);
    }

    [Fact]
    public void Reloading_returns_to_the_point_it_left_and_goes_on_as_if_never_unloaded()
    {
        var solver = new ContactSolver(Surface, new ContactMedium(1) { HardnessPa = 0.5 }, Bare);
        ContactState[] wandering = [.. solver.Solve(ContactPath.Pressures([0.2, 0.05, 0.2, 0.3]))];
        ContactState straight = solver.Solve(0.3);
        Assert.Equal(wandering[0].Area, wandering[2].Area, 2.0 / (Points * Points));
        Assert.Equal(wandering[0].MeanGapM, wandering[2].MeanGapM, 1e-8);
        Assert.Equal(straight.Area, wandering[3].Area, 1e-12);
        Assert.Equal(straight.PlasticVolumeM, wandering[3].PlasticVolumeM, 1e-8);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.98)]
    public void Near_the_hardness_the_area_becomes_the_share_of_the_load(double share)
    {
        ContactState state = new ContactSolver(Surface, new ContactMedium(1) { HardnessPa = 0.3 }, Bare).Solve(share * 0.3);
        Assert.InRange(state.Area, share, 1);
        Assert.True(state.PlasticArea <= share);
        if (share > 0.97) Assert.Equal(share, state.Area, 0.02);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.6)]
    public void Holding_the_gap_gives_what_holding_the_load_gave(double? hardness)
    {
        var solver = new ContactSolver(Surface, new ContactMedium(1) { HardnessPa = hardness }, Bare);
        ContactState loaded = solver.Solve(0.15);
        ContactState held = solver.Solve(new ContactPath([ContactTarget.Gap(loaded.MeanGapM)])).Single();
        Assert.Equal(0.15, held.MeanPressurePa, 1e-6);
        Assert.Equal(loaded.Area, held.Area, 1e-12);
        ContactState apart = solver.Solve(new ContactPath([ContactTarget.Gap(0.2)])).Single();
        Assert.Equal(0, apart.Area);
        Assert.Null(apart.Conduction);
    }

    [Fact]
    public void Shifting_and_transposing_the_surface_shifts_and_transposes_the_contact()
    {
        double[] shifted = new double[Points * Points], transposed = new double[Points * Points];
        for (int row = 0; row < Points; row++)
        {
            for (int column = 0; column < Points; column++)
            {
                shifted[((row + 11) % Points * Points) + ((column + 29) % Points)] = Surface[row, column] + 0.3;
                transposed[(column * Points) + row] = Surface[row, column];
            }
        }

        ContactState plain = Solve(Surface), moved = Solve(new HeightMap(Points, Points, 1, 1, shifted)), turned = Solve(new HeightMap(Points, Points, 1, 1, transposed));
        for (int row = 0; row < Points; row++)
        {
            for (int column = 0; column < Points; column++)
            {
                double p = plain.PressurePa[(row * Points) + column];
                Assert.Equal(p, moved.PressurePa[((row + 11) % Points * Points) + ((column + 29) % Points)], 1e-6);
                Assert.Equal(p, turned.PressurePa[(column * Points) + row], 1e-6);
            }
        }

        static ContactState Solve(HeightMap map) => new ContactSolver(map, new ContactMedium(1), Bare).Solve(0.1);
    }

    [Fact]
    public void Only_ratios_matter()
    {
        // Lengths times 1e-4, modulus 20 GPa.
        double[] small = [.. Surface.HeightsM.ToArray().Select(h => 1e-4 * h)];
        ContactState reduced = new ContactSolver(Surface, new ContactMedium(1)).Solve(0.05);
        ContactState real = new ContactSolver(new HeightMap(Points, Points, 1e-4, 1e-4, small), new ContactMedium(20e9)).Solve(0.05 * 20e9);
        Assert.Equal(reduced.Area, real.Area, 1e-12);
        Assert.Equal(1, real.MeanGapM / (1e-4 * reduced.MeanGapM), 1e-8);
        Assert.Equal(1, real.Conduction!.ConstrictionLengthM / (1e-4 * reduced.Conduction!.ConstrictionLengthM), 1e-8);
        Assert.Equal(1, real.Conduction.StiffnessPaPerM / (20e9 / 1e-4 * reduced.Conduction.StiffnessPaPerM), 1e-5);
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        ContactState one = Solve(ParallelLoop.Sequential), again = Solve(ParallelLoop.Sequential), three = Solve(new ParallelLoop(3, (count, body) => Parallel.For(0, count, body)));
        Assert.Equal(one.PressurePa, again.PressurePa);
        Assert.Equal(one.PressurePa, three.PressurePa);
        Assert.Equal(one.GapM, three.GapM);
        Assert.Equal(one.Conduction!.ConstrictionLengthM, three.Conduction!.ConstrictionLengthM);

        static ContactState Solve(ParallelLoop loop) => new ContactSolver(RoughSurfaces.SelfAffine(128, highest: 32), new ContactMedium(1) { HardnessPa = 0.7 }, new ContactOptions { Parallel = loop }).Solve(0.1);
    }

    [Fact]
    public void A_grid_may_be_oblong()
    {
        // Two copies of a surface side by side answer like one.
        double[] twice = new double[2 * Points * Points];
        for (int row = 0; row < Points; row++)
        {
            for (int column = 0; column < 2 * Points; column++) twice[(row * 2 * Points) + column] = Surface[row, column % Points];
        }

        ContactState one = new ContactSolver(Surface, new ContactMedium(1)).Solve(0.1);
        ContactState two = new ContactSolver(new HeightMap(Points, 2 * Points, 2, 1, twice), new ContactMedium(1)).Solve(0.1);
        Assert.Equal(one.Area, two.Area, 1e-12);
        Assert.Equal(one.MeanGapM, two.MeanGapM, 1e-9);
        Assert.Equal(one.Conduction!.ConstrictionLengthM, two.Conduction!.ConstrictionLengthM, 1e-8);
    }

    [Fact]
    public void A_thick_layer_is_a_half_space_and_a_thin_one_is_stiff()
    {
        ContactMedium half = new(1);
        ContactState space = new ContactSolver(Surface, half).Solve(0.05);
        ContactState thick = new ContactSolver(Surface, half with { LayerThicknessM = 10 }).Solve(0.05);
        ContactState thin = new ContactSolver(Surface, half with { LayerThicknessM = 0.02 }).Solve(0.05);
        Assert.Equal(space.Area, thick.Area, 1e-12);
        Assert.Equal(space.MeanGapM, thick.MeanGapM, 1e-9);
        Assert.True(thin.MeanGapM > 1.05 * space.MeanGapM);
        Assert.True(thin.Area < space.Area);
        Assert.Null(thin.Conduction!.BarberProduct);

        // Flat on a thin layer: oedometer compression, t·(1 + ν)(1 − 2ν)/(E(1 − ν)) with E = E*(1 − ν²).
        var kernel = new ContactKernel(8, 8, 1, 1, half with { LayerThicknessM = 0.02, LayerPoissonRatio = 0.3 }, ParallelLoop.Sequential);
        double young = 1 - (0.3 * 0.3);
        Assert.Equal(0.02 * 1.3 * 0.4 / (young * 0.7), kernel.UniformCompliance, 1e-15);

        // A long wave on a layer much thinner than it presses the layer point by point.
        var pressure = new double[64];
        var displacement = new double[64];
        for (int i = 0; i < 64; i++) pressure[i] = Math.Cos(2 * Math.PI * (i % 8) / 8);
        var thinner = new ContactKernel(8, 8, 1, 1, half with { LayerThicknessM = 1e-4, LayerPoissonRatio = 0.3 }, ParallelLoop.Sequential);
        thinner.Displace(pressure, displacement);
        Assert.Equal(1, displacement[0] / thinner.UniformCompliance, 1e-5);
    }

    [Fact]
    public void Missing_pixels_never_touch()
    {
        bool[] missing = new bool[Points * Points];
        double[] heights = Surface.HeightsM.ToArray();
        for (int i = 0; i < missing.Length; i += 7) (missing[i], heights[i]) = (true, double.NaN);
        ContactState state = new ContactSolver(new HeightMap(Points, Points, 1, 1, heights, missing), new ContactMedium(1)).Solve(0.1);
        for (int i = 0; i < missing.Length; i += 7)
        {
            Assert.Equal(0, state.PressurePa[i]);
            Assert.True(double.IsNaN(state.GapM[i]));
        }

        Assert.Equal(0.1, state.MeanPressurePa, 1e-10);
        Assert.Equal(1, state.Conduction!.BarberProduct!.Value, 1e-2);
    }

    [Fact]
    public void Nonsense_is_refused_in_words()
    {
        Assert.Contains("row 1, column 2", Assert.Throws<ArgumentException>(() => new HeightMap(2, 3, 1, 1, [0, 0, 0, 0, 0, double.NaN])).Message, StringComparison.Ordinal);
        var solver = new ContactSolver(Surface, new ContactMedium(1) { HardnessPa = 0.5 }, Bare);
        Assert.Contains("more than the surface can carry", Assert.Throws<ArgumentException>(() => solver.Solve(0.6)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => solver.Solve(0));
        Assert.Throws<ArgumentException>(() => new ContactSolver(Surface, new ContactMedium(-1)));
        Assert.Contains("2^a·3^b·5^c", Assert.Throws<ArgumentException>(() => new ContactSolver(RoughSurfaces.Of(14, 16, 1, 1, (x, y) => x + y), new ContactMedium(1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_solve_tells_where_it_stands_and_can_be_stopped()
    {
        var seen = new List<ContactProgress>();
        var solver = new ContactSolver(RoughSurfaces.SelfAffine(128, highest: 32), new ContactMedium(1), Bare);
        solver.Solve(0.1, new Listener(seen.Add));
        Assert.Equal([64, 128], seen.Select(report => report.Rows).Distinct());
        Assert.True(seen[^1].Residual <= 1e-8);
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => solver.Solve(0.1, new Listener(_ => stop.Cancel()), stop.Token));
    }

    [Fact]
    public void Shapes_add_up()
    {
        ContactState state = new ContactSolver(Surface, new ContactMedium(1), Bare).Solve(0.1);
        ContactStatistics shapes = ContactStatistics.Of(state, 20);
        Assert.Equal(state.Area * Points * Points, shapes.PatchPixels.Sum(), 1e-6);
        Assert.Equal((1 - state.Area) * Points * Points, shapes.VoidPixels.Sum(), 1e-6);
        Assert.Equal(state.Area, shapes.Pressure.Sum(bar => bar.Share), 1e-12);
        Assert.True(shapes.VoidsPercolateAlongX && shapes.VoidsPercolateAlongY);
        ContactStatistics closed = ContactStatistics.Of(new ContactSolver(Surface, new ContactMedium(1), Bare).Solve(1.2), 20);
        Assert.False(closed.VoidsPercolateAlongX || closed.VoidsPercolateAlongY);
        Assert.True(closed.VoidPixels.Length > 1);
    }

    private sealed class Listener(Action<ContactProgress> action) : IProgress<ContactProgress>
    {
        public void Report(ContactProgress value) => action(value);
    }
}
