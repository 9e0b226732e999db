using CsCheck;
using Isobar.Lab.Files;
using Isobar.Materials;
using Isobar.Mechanics;
using Isobar.Mechanics.Pellets;
using Isobar.Numerics;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Mechanics;

/// <summary>What holds for every pellet law with any parameters, and for every material with a pellet law.</summary>
public sealed class PelletLawTests
{
    private static readonly Gen<double> s_pressures = Gen.Double[0.5e6, 800e6];

    private static readonly Gen<(PelletLaw Law, double[] Parameters)> s_laws =
        from index in Gen.Int[0, PelletLaw.All.Length - 1]
        from shares in Gen.Double[0.02, 0.98].Array[5]
        let law = PelletLaw.All[index]
        select (law, law.Parameters.Select((parameter, j) => parameter.Scale == EstimateScale.Logarithmic
            ? parameter.Lower * Math.Pow(parameter.Upper / parameter.Lower, shares[j])
            : parameter.Lower + ((parameter.Upper - parameter.Lower) * shares[j])).ToArray());

    // Springback, time, temperature and rate over three standard deviations of their priors.
    private static readonly Gen<double[]> s_shared =
        from modulus in Gen.Double[1e9, 30e9]
        from softening in Gen.Double[0, 20]
        from beta in Gen.Double[0.001, 0.3]
        from heat in Gen.Double[-0.1, 0.2]
        from gamma in Gen.Double[0.001, 0.3]
        select (double[])[Math.Log(modulus), softening, Math.Log(beta), heat, Math.Log(gamma)];

    public static TheoryData<string> Materials() => [.. BuiltInMaterials.Library.All.Where(material => material.Find(MaterialConstants.PouredPorosity) is not null).Select(material => material.Id)];

    [Fact]
    public void Density_under_load_rises_with_pressure_and_stays_between_zero_and_one() => s_laws.Select(s_pressures, s_pressures).Sample((one, a, b) =>
    {
        double low = one.Law.Density(Math.Min(a, b), one.Parameters, default), high = one.Law.Density(Math.Max(a, b), one.Parameters, default);
        Assert.True(high >= low - 1e-14, $"{one.Law.Id}: {low} at the lower pressure, {high} at the higher");
        Assert.InRange(low, 0, 1);
        Assert.InRange(high, 0, 1);
    });

    [Fact]
    public void The_written_derivatives_are_those_of_the_law() => s_laws.Select(Gen.Double[5e6, 600e6]).Sample((one, pressure) =>
    {
        double[] gradient = new double[one.Parameters.Length];
        one.Law.Density(pressure, one.Parameters, gradient);
        for (int j = 0; j < gradient.Length; j++)
        {
            double[] at = [.. one.Parameters];
            double numeric = Derivative.Central(
                x =>
                {
                    at[j] = x;
                    return one.Law.Density(pressure, at, default);
                },
                one.Parameters[j],
                1e-4 * one.Parameters[j]);
            // The power law has a kink in its second derivative, where differences are good to a step.
            double scale = Math.Max(Math.Abs(gradient[j] * one.Parameters[j]), 1e-3);
            Assert.True(Math.Abs((numeric - gradient[j]) * one.Parameters[j]) <= 2e-4 * scale, $"{one.Law.Id}, {one.Law.Parameters[j].Symbol}: {gradient[j]} written, {numeric} by differences");
        }
    });

    [Fact]
    public void A_parameter_comes_back_from_its_free_scale() => s_laws.Sample(one =>
    {
        for (int j = 0; j < one.Parameters.Length; j++)
        {
            LawParameter parameter = one.Law.Parameters[j];
            Assert.Equal(one.Parameters[j], parameter.FromFree(parameter.ToFree(one.Parameters[j])), 1e-9 * Math.Abs(one.Parameters[j]));
        }
    });

    [Fact]
    public void Released_is_never_denser_and_reloading_returns() => s_laws.Select(s_shared, s_pressures, Gen.Double[0, 1]).Sample((one, shared, largest, share) =>
    {
        var load = new PelletLoad(largest, 0, 0, 0);
        double[] free = Free(one, shared);
        double loaded = PowderModel.Density(one.Law, load, 0, free, default), part = PowderModel.Density(one.Law, load, share * largest, free, default);
        double released = PowderModel.Density(one.Law, load, largest, free, default);
        Assert.True(released <= part + 1e-14 && part <= loaded + 1e-14 && released > 0, $"{one.Law.Id}: {loaded} loaded, {part} partly, {released} released");
        // The way back is the way there: it ends where it began, without a step.
        Assert.Equal(loaded, PowderModel.Density(one.Law, load, 1e-15 * largest, free, default), 1e-9);
    });

    // 1e-3, a sixth of the noise of a pellet: the search for the pressure that is kept does not see a hump between two of its steps, which powders of absurd constants have.
    [Fact]
    public void Released_density_never_falls_with_the_pressure_before() => s_laws.Select(s_shared, s_pressures, s_pressures, Gen.Double[0, 1]).Sample(
        (one, shared, a, b, share) =>
        {
            double[] free = Free(one, shared);
            double lowPa = Math.Min(a, b), highPa = Math.Max(a, b), presentPa = share < 0.5 ? 0 : (share - 0.5) * lowPa;
            double lower = PowderModel.Density(one.Law, new PelletLoad(lowPa, 0, 0, 0), lowPa - presentPa, free, default);
            double higher = PowderModel.Density(one.Law, new PelletLoad(highPa, 0, 0, 0), highPa - presentPa, free, default);
            Assert.True(higher >= lower - 1e-3, $"{one.Law.Id}: released to {presentPa} from {lowPa} {lower}, from {highPa} {higher}");
        },
        iter: 20_000);

    [Fact]
    public void More_time_is_never_less_dense_and_never_above_one() => s_laws.Select(s_shared, s_pressures, Gen.Double[-5, 12], Gen.Double[-5, 12]).Sample((one, shared, pressure, a, b) =>
    {
        double[] free = Free(one, shared);
        double shorter = PowderModel.Density(one.Law, new PelletLoad(pressure, Math.Min(a, b), 0, 0), 0, free, default);
        double longer = PowderModel.Density(one.Law, new PelletLoad(pressure, Math.Max(a, b), 0, 0), 0, free, default);
        Assert.True(longer >= shorter - 1e-14 && longer <= 1, $"{one.Law.Id}: {shorter} after the shorter time, {longer} after the longer");
    });

    [Fact]
    public void The_derivatives_of_a_pressed_and_released_powder_are_right() => s_laws.Select(s_shared, Gen.Double[20e6, 500e6], Gen.Double[-2, 4]).Sample((one, shared, pressure, logHold) =>
    {
        double[] free = Free(one, shared), gradient = new double[free.Length];
        var load = new PelletLoad(pressure, logHold, 1.5, -0.7);
        PowderModel.Density(one.Law, load, pressure, free, gradient);
        double kept = PowderModel.KeptPa(one.Law, load, 0, free);
        for (int j = 0; j < free.Length; j++)
        {
            double[] at = [.. free];
            // Where the pressure that is kept jumps the density has a kink and no derivative.
            bool kink = false;
            foreach (double step in (double[])[-1e-3, 1e-3])
            {
                at[j] = free[j] + step;
                kink |= Math.Abs((PowderModel.KeptPa(one.Law, load, 0, at) / kept) - 1) > 0.02;
            }

            if (kink) continue;
            double numeric = Derivative.Central(
                x =>
                {
                    at[j] = x;
                    return PowderModel.Density(one.Law, load, pressure, at, default);
                },
                free[j],
                1e-3);
            Assert.True(Math.Abs(numeric - gradient[j]) <= (2e-3 * Math.Abs(gradient[j])) + 1e-6, $"{one.Law.Id}, parameter {j}: {gradient[j]} written, {numeric} by differences");
        }
    });

    [Theory]
    [MemberData(nameof(Materials))]
    public void Every_material_predicts_what_can_be(string id)
    {
        PelletCalibration calibration = PelletCalibration.Of(PelletPrior.Of(BuiltInMaterials.Library.Find(id)));
        double before = 0, releasedBefore = 0;
        foreach (double megapascals in (double[])[0.1, 1, 5, 10, 20, 50, 100, 200, 300, 400, 600, 1000, 5000])
        {
            SamplePressure pressure = SamplePressure.FromMegapascals(megapascals);
            BandedValue loaded = calibration.RelativeDensity(pressure, pressure), released = calibration.RelativeDensity(default, pressure);
            Assert.True(loaded.Value >= before, $"{megapascals} MPa: {loaded.Value} after {before}");
            Assert.InRange(loaded.Value, loaded.Low90, loaded.High90);
            Assert.InRange(loaded.High90, 0, 1);
            Assert.True(released.Value <= loaded.Value);
            Assert.Equal(megapascals is < 10 or > 400, loaded.Extrapolated);
            Assert.True(released.Value >= releasedBefore - 1e-6, $"{megapascals} MPa: released {released.Value} after {releasedBefore}");
            (before, releasedBefore) = (loaded.Value, released.Value);
            if (calibration.Conduction is not { } conduction) continue;
            BandedValue sigma = calibration.ConductivityAt(pressure, pressure)!.Value;
            Assert.InRange(sigma.Value, 0, conduction.DenseSiemensPerMetre);
        }
    }

    [Fact]
    public void Conductivity_falls_when_contact_is_released_and_never_exceeds_the_dense_value()
    {
        var gen = from dense in Gen.Double[-3, 3] from contact in Gen.Double[5e6, 300e6] from n in Gen.Double[0.4, 2] from memory in Gen.Double[-4, 4] select (dense, contact, n, memory);
        gen.Select(s_pressures, Gen.Double[0, 1], Gen.Double[0.3, 0.99]).Sample((c, largest, share, density) =>
        {
            // Without the activation volume, which raises the conductivity of every solid on release.
            double[] free = [c.dense, Math.Log(c.contact), Math.Log(c.n), c.memory, 0, 35];
            double under = ConductionModel.Log(density, new LoadHistory(largest, largest), 298.15, free, withElectrode: false, default);
            double after = ConductionModel.Log(density, new LoadHistory(share * largest, largest), 298.15, free, withElectrode: false, default);
            Assert.True(after <= under + 1e-12);
            Assert.True(under <= c.dense + 1e-12);
        });
    }

    [Fact]
    public void The_derivatives_of_the_conductivity_are_right()
    {
        double[] free = [0.4, Math.Log(60e6), Math.Log(0.9), 0.3, 0.85, 35, Math.Log(0.2), Math.Log(1.2)], gradient = new double[8];
        var history = new LoadHistory(45e6, 300e6);
        ConductionModel.Log(0.8, history, 310, free, withElectrode: true, gradient);
        for (int j = 0; j < free.Length; j++)
        {
            double[] at = [.. free];
            double numeric = Derivative.Central(
                x =>
                {
                    at[j] = x;
                    return ConductionModel.Log(0.8, history, 310, at, withElectrode: true, default);
                },
                free[j],
                1e-3);
            Assert.Equal(numeric, gradient[j], 1e-8);
        }
    }

    private static double[] Free((PelletLaw Law, double[] Parameters) one, double[] shared) =>
        [.. one.Parameters.Select((value, j) => one.Law.Parameters[j].ToFree(value)), .. shared];
}
