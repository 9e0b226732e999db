using Isobar.Mechanics.Contact;
using Xunit;

namespace Isobar.Tests.Mechanics.Contact;

/// <summary>
/// A self-affine surface of 256² points (band 4-64, H = 0.8, rms gradient 1, seed 12345) solved elsewhere with two independent programs
/// (ContactMechanics 1.8.3, tolerance 1e-9, and an active-set prototype); lengths in the extent, pressures in E*.
/// </summary>
public sealed class ReferenceContactTests
{
    private const int Points = 256;
    private static readonly HeightMap Surface = RoughSurfaces.SelfAffine(Points);

    [Theory]
    [InlineData(0.005, 0.0130767822, 0.0110942753, 1.39935799, 0.027099024, 2.73030274e-05, 1100, 0.554788408, 0.65215112, 8.33127589, 3.89387149)]
    [InlineData(0.05, 0.117263794, 0.104514472, 1.82472189, 0.012845665, 0.000319111699, 7074, 0.0689053319, 0.0800036064, 0.939208158, 5.60781065)]
    [InlineData(0.2, 0.396881104, 0.368761946, 2.15334487, 0.00396811241, 0.00124535388, 15602, 0.0127251987, 0.0159039757, 0.269771801, 6.84839384)]
    [InlineData(0.5, 0.757583618, 0.732193111, 2.52575583, 0.000713643952, 0.00223767428, 14088, 0.0019255618, 0.00338171314, 0.135050358, 6.28997651)]
    public void Elastic(double pressure, double area, double corrected, double largest, double gap, double energy, long edges, double constriction, double thinTransfer, double thickTransfer, double focusing)
    {
        var solver = new ContactSolver(Surface, new ContactMedium(1));
        ContactState state = solver.Solve(pressure);
        Assert.Equal(Math.Round(area * Points * Points), state.Area * Points * Points, 0.01);
        Assert.Equal(edges, state.PerimeterEdges);
        Assert.Equal(corrected, state.AreaCorrected, 1e-9);
        Assert.Equal(1, state.MaxPressurePa / largest, 1e-7);
        Assert.Equal(gap, state.MeanGapM, 1e-9);
        Assert.Equal(1, state.ElasticEnergyJoulesPerSquareMetre / energy, 1e-7);
        Assert.InRange(state.Residual, 0, 1e-8);
        Assert.InRange(state.Convolutions, 1, 100);

        ContactConduction conduction = state.Conduction!;
        Assert.Equal(1, conduction.ConstrictionLengthM / constriction, 1e-7);
        Assert.Equal(1, conduction.BarberProduct!.Value, 1e-3);
        Assert.Equal(1, conduction.CurrentFocusing / focusing, 1e-6);

        foreach ((double transfer, double expected) in new[] { (1e-3, thinTransfer), (0.1, thickTransfer) })
        {
            ContactResistance resistance = solver.Resistance(state, transfer);
            Assert.Equal(1, resistance.ResistanceLengthM / expected, 1e-7);
            Assert.Equal(constriction + (transfer / area), resistance.LowerBoundM, 1e-7);
            Assert.InRange(resistance.ResistanceLengthM, resistance.LowerBoundM, resistance.UpperBoundM);
        }
    }

    [Theory]
    [InlineData(0.02, 0.0577850342, 0.0249481201, 0.0185257029, 5.30239254e-05)]
    [InlineData(0.05, 0.138061523, 0.0659332275, 0.0122463177, 0.000167841635)]
    [InlineData(0.1, 0.260604858, 0.142044067, 0.00738333466, 0.000437025417)]
    [InlineData(0.2, 0.484344482, 0.315719604, 0.00323430378, 0.00134933836)]
    public void With_a_hardness_of_half_the_modulus(double pressure, double area, double plastic, double voids, double flowed)
    {
        var solver = new ContactSolver(Surface, new ContactMedium(1) { HardnessPa = 0.5 }, new ContactOptions { Conduction = false });
        ContactState state = solver.Solve(pressure);
        Assert.Equal(Math.Round(area * Points * Points), state.Area * Points * Points, 0.01);
        Assert.Equal(Math.Round(plastic * Points * Points), state.PlasticArea * Points * Points, 0.01);
        Assert.Equal(voids, state.VoidVolumeM, 1e-9);
        Assert.Equal(1, state.PlasticVolumeM / flowed, 1e-6);
        Assert.Equal(0.5, state.MaxPressurePa);
    }
}
