using System.Numerics;
using Isobar.Mechanics.Contact;
using Xunit;

namespace Isobar.Tests.Mechanics.Contact;

/// <summary>Impedance of a contact over frequency: its limits and causality.</summary>
public sealed class ContactElectricsTests
{
    private static readonly ContactSolver Solver = new(RoughSurfaces.SelfAffine(48, lowest: 3, highest: 12), new ContactMedium(1));

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.1)]
    public void At_rest_it_is_constriction_with_charge_transfer(double transfer)
    {
        ContactState state = Solver.Solve(0.05);
        Complex rest = Solver.Impedance(state, new ContactElectrics(1, transfer), [1e-6])[0];
        double expected = Solver.Resistance(state, transfer).ResistanceLengthM;
        Assert.Equal(1, rest.Real / expected, 1e-7);
        Assert.InRange(Math.Abs(rest.Imaginary / expected), 0, 1e-6);
    }

    [Fact]
    public void At_high_frequency_the_double_layer_is_short_and_only_constriction_is_left_until_the_gaps_close_the_circuit()
    {
        ContactState state = Solver.Solve(0.05);
        var electrics = new ContactElectrics(1, 0.01) { DoubleLayerFaradPerM2 = 10 };
        Complex[] sweep = Solver.Impedance(state, electrics, [1e5, 1e12, 1e13]);
        Assert.Equal(1, sweep[0].Real / state.Conduction!.ConstrictionLengthM, 1e-3);

        // Beyond the relaxation of the electrolyte everything is a capacitor: Z·ω is constant and the phase −90°.
        Assert.Equal(1, sweep[1].Imaginary / (10 * sweep[2].Imaginary), 1e-3);
        Assert.InRange(-sweep[2].Imaginary / sweep[2].Magnitude, 0.999, 1);
        Assert.True(sweep[1].Magnitude < 1e-2 * sweep[0].Magnitude);
    }

    [Fact]
    public void A_flat_face_is_its_charge_transfer_and_double_layer()
    {
        var flat = new ContactSolver(RoughSurfaces.Of(16, 16, 1, 1, (_, _) => 0), new ContactMedium(1));
        ContactState state = flat.Solve(1);
        Assert.Equal(1, state.Area);
        Complex z = flat.Impedance(state, new ContactElectrics(2, 0.3) { DoubleLayerFaradPerM2 = 0.5 }, [1])[0];
        Complex expected = 0.3 / new Complex(1, 2 * Math.PI * 0.3 * 0.5);
        Assert.Equal(0, (z - expected).Magnitude, 1e-8);
    }

    [Fact]
    public void Cause_comes_before_effect()
    {
        // Kramers-Kronig: Im Z(ω) = (2ω/π)·∫ (Re Z(x) − Re Z(ω))/(x² − ω²) dx, here over ln x.
        ContactState state = Solver.Solve(0.05);
        const int PerDecade = 12;
        double[] frequencies = [.. Enumerable.Range(-3 * PerDecade, (15 * PerDecade) + 1).Select(i => Math.Pow(10, (double)i / PerDecade))];
        Complex[] z = Solver.Impedance(state, new ContactElectrics(1, 0.01), frequencies);
        double step = Math.Log(10) / PerDecade, largest = z.Max(value => -value.Imaginary);
        foreach (int at in new[] { 4 * PerDecade, 5 * PerDecade, 6 * PerDecade, 12 * PerDecade, 13 * PerDecade })
        {
            double sum = 0;
            for (int i = 0; i < z.Length; i++)
            {
                if (i == at) continue;
                double ratio = frequencies[i] / frequencies[at];
                sum += (z[i].Real - z[at].Real) * ratio / ((ratio * ratio) - 1) * step;
            }

            // At x = ω the integrand is half the slope of Re Z over ln x.
            sum += 0.5 * (z[at + 1].Real - z[at - 1].Real) / 2;
            Assert.Equal(2 / Math.PI * sum, z[at].Imaginary, 0.02 * largest);
        }
    }

    [Fact]
    public void More_charge_transfer_is_more_resistance_between_its_bounds()
    {
        ContactState state = Solver.Solve(0.05);
        double last = state.Conduction!.ConstrictionLengthM;
        foreach (double transfer in new[] { 0, 1e-4, 1e-3, 1e-2, 0.1, 1 })
        {
            ContactResistance resistance = Solver.Resistance(state, transfer);
            Assert.True(resistance.ResistanceLengthM >= last * (1 - 1e-9));
            Assert.InRange(resistance.ResistanceLengthM, resistance.LowerBoundM * (1 - 1e-9), resistance.UpperBoundM * (1 + 1e-9));
            last = resistance.ResistanceLengthM;
        }
    }
}
