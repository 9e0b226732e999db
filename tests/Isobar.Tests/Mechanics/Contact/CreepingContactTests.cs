using Isobar.Lab.Files;
using Isobar.Materials;
using Isobar.Mechanics.Contact;
using Xunit;

namespace Isobar.Tests.Mechanics.Contact;

/// <summary>A soft side that flows with time.</summary>
public sealed class CreepingContactTests
{
    // A rate and an exponent of the order measured on lithium; hardness 2.8 times a yield of 0.8 MPa; lengths of a rough foil.
    private static readonly SpotCreep Lithium = new(2e-5, 6.5);
    private static readonly ContactMedium Medium = new(5e9) { HardnessPa = 2.24e6 };

    [Fact]
    public void The_hardness_falls_as_the_law_of_creep_says()
    {
        // d ln p/dt = −(2A/κ)(p/C)^n by a small step.
        double before = Lithium.HardnessPa(2.24e6, 1000), after = Lithium.HardnessPa(2.24e6, 1000.001);
        double expected = -2 * 2e-5 * Math.Pow(before / 2.8e6, 6.5);
        Assert.Equal(1, Math.Log(after / before) / 1e-3 / expected, 1e-4);
        Assert.Equal(2.24e6, Lithium.HardnessPa(2.24e6, 0), 1e-6);

        // Long after, the start is forgotten: hardness ∝ t^(−1/n).
        Assert.Equal(Math.Pow(2, -1 / 6.5), Lithium.HardnessPa(2.24e6, 2e9) / Lithium.HardnessPa(2.24e6, 1e9), 1e-4);
    }

    [Fact]
    public void Under_a_held_load_the_contact_grows_and_the_window_of_the_data_is_told()
    {
        CreepingState[] states = [.. Creeping().Hold(0.3e6, [0, 1e4, 1e6, 1e8])];
        Assert.Equal(4, states.Length);
        for (int i = 1; i < 4; i++)
        {
            Assert.True(states[i].State.Area > states[i - 1].State.Area);
            Assert.True(states[i].State.MeanGapM < states[i - 1].State.MeanGapM);
            Assert.Equal(0.3e6, states[i].State.MeanPressurePa, 1e-3);
        }

        Assert.False(states[0].Extrapolated);
        Assert.True(states[3].Extrapolated, $"{states[3].HardnessPa / 2.8:G3} Pa");
    }

    [Fact]
    public void A_stiff_fixture_loses_load_and_the_contact_grows_less()
    {
        CreepingState held = Creeping().Hold(0.3e6, [1e6]).Single();
        CreepingState[] relaxing = [.. Creeping().Hold(0.3e6, [0, 1e6], 1e12)];
        ContactState start = relaxing[0].State, end = relaxing[1].State;
        Assert.Equal(0.3e6, start.MeanPressurePa, 1.0);
        Assert.InRange(end.MeanPressurePa, 1, 0.299e6);
        Assert.True(end.Area < held.State.Area);

        // Force and closure obey the fixture.
        Assert.Equal(0.3e6 - (1e12 * (start.VoidVolumeM - end.VoidVolumeM)), end.MeanPressurePa, 1.0);
    }

    [Fact]
    public void Once_closed_nothing_more_is_solved()
    {
        CreepingState[] states = [.. Creeping().Hold(1.5e6, [0, 1e12, 1e13])];
        Assert.Equal([false, true], states.Select(state => state.Closed));
        Assert.InRange(states[1].State.Area, 0.98, 1);

        // A fixture keeps what it has left when the voids are gone: p̄₀ − k·v₀.
        CreepingState[] relaxing = [.. Creeping().Hold(1.5e6, [0, 1e12], 1e11)];
        Assert.True(relaxing[1].Closed);
        Assert.Equal(1.5e6 - (1e11 * relaxing[0].State.VoidVolumeM), relaxing[1].State.MeanPressurePa, 1.0);
    }

    [Fact]
    public void The_creep_of_lithium_is_that_of_its_file()
    {
        Material lithium = BuiltInMaterials.Library.Find("lithium");
        SpotCreep room = SpotCreep.Of(lithium, 298.15), warm = SpotCreep.Of(lithium, 333.15);
        Assert.Equal(lithium.Require(MaterialConstants.CreepRate).Estimate.Value, room.RateAtOneMegapascalPerSecond, 1e-12);
        Assert.Equal(lithium.Require(MaterialConstants.CreepExponent).Estimate.Value, room.Exponent, 1e-12);
        Assert.Equal((0.28e6, 2.83e6), (Math.Round(room.ValidFromPa), Math.Round(room.ValidToPa)));

        // exp(37 kJ/mol·(1/298.15 K − 1/333.15 K)/R).
        Assert.Equal(Math.Exp(37e3 / 8.314462618 * ((1 / 298.15) - (1 / 333.15))), warm.RateAtOneMegapascalPerSecond / room.RateAtOneMegapascalPerSecond, 1e-6);

        // 40 % of A, half the width of the window in n, a tenth of C to the power n.
        Assert.InRange(room.RateSpread, 0.5, 0.8);
        Assert.True(warm.RateSpread > room.RateSpread);
        Assert.Equal("creep_rate_at_1MPa", Assert.Throws<MissingConstantException>(() => SpotCreep.Of(BuiltInMaterials.Library.Find("indium"), 298.15)).Definition.Key);
    }

    [Fact]
    public void The_resistance_of_a_creeping_contact_falls_and_is_that_of_its_spots()
    {
        CreepingContact contact = Creeping(new ContactOptions());
        double last = double.PositiveInfinity;
        foreach (CreepingState one in contact.Hold(0.3e6, [0, 1e4, 1e6]))
        {
            ContactConduction conduction = one.State.Conduction!;
            Assert.Equal(1, conduction.BarberProduct!.Value, 5e-3);
            Assert.True(conduction.ConstrictionLengthM < last);
            // As a contact of that hardness from the beginning.
            ContactState fresh = new ContactSolver(one.State.Map, Medium with { HardnessPa = one.HardnessPa }).Solve(0.3e6);
            Assert.Equal(fresh.Area, one.State.Area, 1e-12);
            Assert.Equal(1, fresh.Conduction!.ConstrictionLengthM / conduction.ConstrictionLengthM, 1e-6);
            Assert.Equal(1, fresh.Conduction.StiffnessPaPerM / conduction.StiffnessPaPerM, 1e-4);
            last = conduction.ConstrictionLengthM;
        }
    }

    private static CreepingContact Creeping(ContactOptions? options = null)
    {
        HeightMap unit = RoughSurfaces.SelfAffine(64, highest: 16);
        double[] heights = [.. unit.HeightsM.ToArray().Select(h => 3e-6 * h)];
        return new CreepingContact(new HeightMap(64, 64, 1e-4, 1e-4, heights), Medium, Lithium, options ?? new ContactOptions { Conduction = false });
    }
}
