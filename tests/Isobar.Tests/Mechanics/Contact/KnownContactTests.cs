using Isobar.Mechanics.Contact;
using Isobar.Numerics.Fourier;
using Xunit;

namespace Isobar.Tests.Mechanics.Contact;

/// <summary>Contacts with a known answer; where the grid matters, the error must fall at the stated order.</summary>
public sealed class KnownContactTests
{
    private static readonly ContactOptions Bare = new() { Conduction = false };

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.4)]
    [InlineData(0.8)]
    public void A_wave_touches_as_Westergaard_says(double share)
    {
        const double Amplitude = 0.01;
        double full = ClosedFormContact.WaveFullPressurePa(1, Amplitude, 1), mean = share * full;
        AssertOrder([64, 256, 1024], 1, points =>
        {
            HeightMap wave = RoughSurfaces.Of(2, points, 1, 2.0 / points, (x, _) => Amplitude * Math.Cos(2 * Math.PI * x));
            ContactState state = new ContactSolver(wave, new ContactMedium(1), Bare).Solve(mean);

            // Mean deviation of the pressure, in units of the mean pressure.
            double error = 0;
            for (int i = 0; i < points; i++)
            {
                double x = (double)i / points;
                error += Math.Abs(state.PressurePa[i] - ClosedFormContact.WavePressurePa(mean, full, Math.Min(x, 1 - x), 1)) / points / mean;
            }

            // The contact is a whole number of pixels, so its width is known to one of them.
            Assert.Equal(ClosedFormContact.WaveArea(mean, full), state.Area, 2.0 / points);
            return error;
        });
    }

    [Fact]
    public void An_egg_box_touches_as_Johnson_Greenwood_and_Higginson_say()
    {
        const double Amplitude = 0.01;
        double full = ClosedFormContact.EggBoxFullPressurePa(1, Amplitude, 1);
        ContactSolver Solver(int points) => new(RoughSurfaces.Of(points, points, 1, 1, (x, y) => Amplitude * Math.Cos(2 * Math.PI * x) * Math.Cos(2 * Math.PI * y)), new ContactMedium(1), Bare);
        ContactSolver fine = Solver(256);

        // The light-load law neglects the neighbours, an error of the order of the area itself.
        double light = ClosedFormContact.EggBoxLightArea(0.005 * full, full);
        Assert.Equal(1, fine.Solve(0.005 * full).AreaCorrected / light, 0.05);

        // The gap law is the first term in 1 − p̄/p*.
        double gap = ClosedFormContact.EggBoxGapShare(0.97 * full, full);
        Assert.Equal(1, (1 - fine.Solve(0.97 * full).AreaCorrected) / gap, 0.12);
        Assert.True(fine.Solve(1.0001 * full).Area > 0.9999);
        Assert.True(fine.Solve(0.995 * full).Area < 1);

        // Without a closed form in between, the pixels must agree among themselves better and better.
        double best = fine.Solve(0.3 * full).AreaCorrected;
        AssertOrder([32, 64, 128], 1, points => Math.Abs(Solver(points).Solve(0.3 * full).MeanGapM - fine.Solve(0.3 * full).MeanGapM) / Amplitude);
        Assert.Equal(best, Solver(128).Solve(0.3 * full).AreaCorrected, 0.005);
    }

    /// <summary>
    /// In full contact nothing is left to discretise: p = p̄ + (E*/2)·|q|·h pixel by pixel, to the rounding of the sums on every grid, so that no order of convergence is asserted but the rounding itself.
    /// </summary>
    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(256)]
    public void Full_contact_has_the_stress_of_the_spectrum_to_rounding(int points)
    {
        const double Mean = 5;
        HeightMap map = RoughSurfaces.SelfAffine(points, highest: 16);
        ContactState state = new ContactSolver(map, new ContactMedium(1), Bare with { Tolerance = 1e-13 }).Solve(Mean);
        Assert.Equal(1, state.Area);
        var transform = new RealTransform(points, points);
        double[] expected = new double[points * points];
        transform.Convolve([.. map.HeightsM], transform.CreateSymbol((row, column) => Math.PI * Math.Sqrt((row * row) + (column * column))), expected);
        double square = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            // 1e-12 of the mean pressure: thousands of roundings of 1e-16 in transforms of some ten layers.
            Assert.Equal(Mean + expected[i], state.PressurePa[i], 1e-12 * Mean);
            square += (state.PressurePa[i] - Mean) * (state.PressurePa[i] - Mean) / expected.Length;
        }

        // Standard deviation E*·g/2 with the rms gradient g = 1, and no void.
        Assert.Equal(0.5, Math.Sqrt(square), 1e-12);
        Assert.Equal(0, state.VoidVolumeM, 1e-13);
    }

    /// <summary>An egg box pressed flat is full contact of one wave: p = p̄ + p*·cos·cos, to rounding on every grid.</summary>
    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(240)]
    public void A_flattened_egg_box_has_the_pressure_of_its_wave_to_rounding(int points)
    {
        double full = ClosedFormContact.EggBoxFullPressurePa(1, 0.01, 1);
        HeightMap map = RoughSurfaces.Of(points, points, 1, 1, (x, y) => 0.01 * Math.Cos(2 * Math.PI * x) * Math.Cos(2 * Math.PI * y));
        ContactState state = new ContactSolver(map, new ContactMedium(1), Bare with { Tolerance = 1e-13 }).Solve(1.5 * full);
        for (int i = 0; i < state.PressurePa.Length; i++)
        {
            double wave = Math.Cos(2 * Math.PI * (i / points) / points) * Math.Cos(2 * Math.PI * (i % points) / points);
            Assert.Equal(full * (1.5 + wave), state.PressurePa[i], 1e-12 * full);
        }
    }

    [Fact]
    public void Contact_everywhere_is_infinitely_stiff_and_constricts_nothing()
    {
        var solver = new ContactSolver(RoughSurfaces.SelfAffine(64, highest: 16), new ContactMedium(1));
        ContactState state = solver.Solve(5);
        Assert.Equal(0, state.Conduction!.ConstrictionLengthM);
        Assert.Equal(double.PositiveInfinity, state.Conduction.StiffnessPaPerM);
        Assert.Null(state.Conduction.BarberProduct);
        Assert.Equal(0.3, solver.Resistance(state, 0.3).ResistanceLengthM, 1e-15);
    }

    [Fact]
    public void A_sphere_on_a_free_half_space_is_Hertz()
    {
        const double Radius = 1, Modulus = 2;
        double force = 4 * Modulus * Math.Pow(0.2, 3) / (3 * Radius);
        Assert.Equal(0.2, ClosedFormContact.HertzRadiusM(force, Radius, Modulus), 1e-12);
        AssertOrder([25, 50, 100], 1, points =>
        {
            HeightMap sphere = RoughSurfaces.Of(points, points, 1, 1, (x, y) => -0.5 / Radius * (Square(x - 0.5) + Square(y - 0.5)));
            ContactState state = new ContactSolver(sphere, new ContactMedium(Modulus) { Boundary = ContactBoundary.Free }, Bare).Solve(force);
            double error = 0;
            double peak = ClosedFormContact.HertzPeakPa(force, Radius, Modulus), a = ClosedFormContact.HertzRadiusM(force, Radius, Modulus);
            for (int row = 0; row < points; row++)
            {
                for (int column = 0; column < points; column++)
                {
                    double r2 = (Square(((double)column / points) - 0.5) + Square(((double)row / points) - 0.5)) / (a * a);
                    error += Math.Abs(state.PressurePa[(row * points) + column] - (r2 < 1 ? peak * Math.Sqrt(1 - r2) : 0)) / force / (points * points);
                }
            }

            return error;
        });
    }

    [Fact]
    public void A_flat_punch_sinks_and_conducts_as_known()
    {
        const double Radius = 0.2, Modulus = 3, Force = 0.7;
        AssertOrder([32, 64, 128], 0.9, points =>
        {
            ContactState state = Press(Spots(points, [(0.5, 0.5)], Radius), Modulus, Force);
            double pixels = Math.Sqrt(state.Area / Math.PI);
            Assert.Equal(Radius, pixels, 0.2 / points);

            // A spot of 1/(4a) and its stiffness 2aE*: the same number by Barber. A punch does not grow, so the difference quotient is exact but for the tolerance.
            Assert.Equal(1, state.Conduction!.BarberProduct!.Value, 2e-5);
            Assert.Equal(1, state.Conduction.StiffnessPaPerM * ClosedFormContact.PunchApproachM(1, pixels, Modulus), 0.03);
            return Math.Abs((state.Conduction.ConstrictionLengthM / ClosedFormContact.SpotPerM(pixels)) - 1);
        });

        ContactState fine = Press(Spots(128, [(0.5, 0.5)], Radius), Modulus, Force);
        Assert.Equal(1, fine.PressurePa[(64 * 128) + 64] / ClosedFormContact.PunchPressurePa(Force, Radius, 0), 0.02);
        Assert.Equal(1, fine.PressurePa[(64 * 128) + 64 + 13] / ClosedFormContact.PunchPressurePa(Force, Radius, 13.5 / 128), 0.02);
    }

    [Fact]
    public void Spots_conduct_as_Holm_and_Greenwood_say_and_many_beat_one()
    {
        (double, double)[] centres = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)];
        const double Radius = 0.08;
        double four = 0;
        AssertOrder([40, 80, 160], 0.9, points =>
        {
            ContactState state = Press(Spots(points, centres, Radius), 1, 0.01);
            four = state.Conduction!.ConstrictionLengthM;
            return Math.Abs((four / ClosedFormContact.SpotsPerM(Math.Sqrt(state.Area / (4 * Math.PI)), centres)) - 1);
        });
        double one = Press(Spots(160, [(0.5, 0.5)], 2 * Radius), 1, 0.01).Conduction!.ConstrictionLengthM;
        Assert.True(four < 0.8 * one, $"four spots {four:G4}, one of the same area {one:G4}");
    }

    [Fact]
    public void A_spot_in_a_narrow_cell_is_eased_by_its_neighbours()
    {
        // Periodic: Holm's 1/(4a) times the area of the cell, less what the walls save, (1 − a/b)^1.5 with b = 1/√π.
        const double Radius = 0.1;
        HeightMap disc = RoughSurfaces.Of(128, 128, 1, 1, (x, y) => Square(x - 0.5) + Square(y - 0.5) <= Radius * Radius ? 0 : -1);
        double length = new ContactSolver(disc, new ContactMedium(1)).Solve(1e-3).Conduction!.ConstrictionLengthM;
        Assert.Equal(1, length / (ClosedFormContact.SpotPerM(Radius) * Math.Pow(1 - (Radius * Math.Sqrt(Math.PI)), 1.5)), 0.05);
    }

    // Flat discs with the centres of pixels inside; their size is judged by the area of those pixels.
    private static HeightMap Spots(int points, (double X, double Y)[] centres, double radius)
    {
        double middle = 0.5 / points;
        return RoughSurfaces.Of(points, points, 1, 1, (x, y) => centres.Any(c => Square(x + middle - c.X) + Square(y + middle - c.Y) <= radius * radius) ? 0 : -1);
    }

    private static ContactState Press(HeightMap map, double modulus, double force) =>
        new ContactSolver(map, new ContactMedium(modulus) { Boundary = ContactBoundary.Free }).Solve(force);

    // The error falls by at least ratio^order from the coarsest to the finest grid.
    private static void AssertOrder(int[] points, double order, Func<int, double> error)
    {
        double[] errors = [.. points.Select(error)];
        double found = Math.Log(errors[0] / errors[^1]) / Math.Log((double)points[^1] / points[0]);
        Assert.True(found >= order, $"errors {string.Join(", ", errors.Select(e => e.ToString("G3", System.Globalization.CultureInfo.InvariantCulture)))} fall with order {found:F2}; expected {order}");
    }

    private static double Square(double x) => x * x;
}
