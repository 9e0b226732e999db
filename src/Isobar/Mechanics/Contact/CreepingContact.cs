using Isobar.Materials;
using Isobar.Quantities;

namespace Isobar.Mechanics.Contact;

/// <summary>
/// A soft side that flows with time: the pressure a spot can hold falls while it creeps.
/// <para>Creep rate = A·(σ/1 MPa)^n; a spot of radius r under the mean pressure p_m flows like a test piece at σ = p_m/C, and its strain rate is κ·ṙ/r (similarity of creep indentation:
/// A. F. Bower, N. A. Fleck, A. Needleman, N. Ogbonna, Proc. R. Soc. A 441 (1993) 97, 10.1098/rspa.1993.0050). With the area a ∝ r² and p_m·a constant,
/// d ln p_m/dt = −(2A/κ)·(p_m/(C·1 MPa))^n, so p_m(t)^(−n) = p_m(0)^(−n) + n·(2A/κ)·(C·1 MPa)^(−n)·t: a hardness that falls with time and does not depend on the load.</para>
/// <para>Validity: where the stress p_m/C lies in the window in which creep was measured, 0.28-2.83 MPa for lithium (A. Masias et al., J. Mater. Sci. 54 (2019) 2585,
/// 10.1007/s10853-018-2971-3); outside, the state says so. C between 2.5 and 3 and κ near 1 are known to some ten percent, which shifts times by a factor C^n.</para>
/// </summary>
/// <param name="RateAtOneMegapascalPerSecond">A, 1/s.</param>
/// <param name="Exponent">n, at least 1.</param>
public sealed record SpotCreep(double RateAtOneMegapascalPerSecond, double Exponent)
{
    private const double MeasuredKelvins = 298.15;

    // Of ln C: between 2.5 and 3 with 90 %.
    private const double ConstraintSpread = 0.055;

    /// <summary>C, mean pressure of a spot over the stress of a test piece.</summary>
    public double Constraint { get; init; } = 2.8;

    /// <summary>κ, strain rate over the relative growth rate of the radius.</summary>
    public double StrainPerGrowth { get; init; } = 1;

    /// <summary>Lowest stress at which the rate was measured, Pa.</summary>
    public double ValidFromPa { get; init; } = 0.28e6;

    /// <summary>Highest stress at which the rate was measured, Pa.</summary>
    public double ValidToPa { get; init; } = 2.83e6;

    /// <summary>Standard uncertainty of the logarithm of the rate at a stress: times are known to a factor of e to that power.</summary>
    public double RateSpread { get; init; }

    /// <summary>
    /// The creep of a material at a temperature: A·exp(−Q/R·(1/T − 1/298.15 K)). The spread of the rate joins that of A, of n at the ends of the measured window, of Q away from 25 °C, and of
    /// C (2.5 to 3), which enters to the power n.
    /// </summary>
    /// <exception cref="MissingConstantException">The material has no measured creep, no window of stress in which it was measured, or, away from 25 °C, no activation energy.</exception>
    public static SpotCreep Of(Material material, double kelvins)
    {
        if (!(kelvins > 0 && double.IsFinite(kelvins))) throw new ArgumentOutOfRangeException(nameof(kelvins), kelvins, "the temperature must be above zero kelvin");
        Quantities.Estimate rate = material.Require(MaterialConstants.CreepRate).Estimate, exponent = material.Require(MaterialConstants.CreepExponent).Estimate;
        double from = material.Get(MaterialConstants.CreepLowestStress).Value.Pascals, to = material.Get(MaterialConstants.CreepHighestStress).Value.Pascals;
        double away = (1 / kelvins - 1 / MeasuredKelvins) / PhysicalConstants.Gas, factor = 1, ofActivation = 0;
        if (Math.Abs(kelvins - MeasuredKelvins) > 1e-6)
        {
            Quantities.Estimate activation = material.Require(MaterialConstants.CreepActivation).Estimate;
            factor = Math.Exp(-activation.Value * away);
            ofActivation = activation.StandardUncertainty * away;
        }

        double ofRate = rate.StandardUncertainty / rate.Value, ofExponent = 0.5 * Math.Log(to / from) * exponent.StandardUncertainty, ofConstraint = exponent.Value * ConstraintSpread;
        return new SpotCreep(rate.Value * factor, exponent.Value)
        {
            ValidFromPa = from,
            ValidToPa = to,
            RateSpread = Math.Sqrt((ofRate * ofRate) + (ofExponent * ofExponent) + (ofActivation * ofActivation) + (ofConstraint * ofConstraint)),
        };
    }

    /// <summary>Pressure a spot holds after a time, Pa, from the hardness at once.</summary>
    public double HardnessPa(double initialPa, double seconds)
    {
        if (!(RateAtOneMegapascalPerSecond >= 0 && Exponent >= 1 && Constraint > 0 && StrainPerGrowth > 0)) throw new InvalidOperationException($"rate {RateAtOneMegapascalPerSecond:G4} 1/s, exponent {Exponent:G4}, constraint {Constraint:G4}, strain per growth {StrainPerGrowth:G4} do not describe creep");

        // In units of the initial hardness, so that megapascals to the power −6 do not underflow.
        double relative = initialPa / (Constraint * 1e6);
        return initialPa * Math.Pow(1 + (Exponent * 2 * RateAtOneMegapascalPerSecond / StrainPerGrowth * Math.Pow(relative, Exponent) * seconds), -1 / Exponent);
    }
}

/// <summary>A creeping contact at one time.</summary>
/// <param name="Seconds">Time since the load was put on, s.</param>
/// <param name="State">The contact.</param>
/// <param name="HardnessPa">What a spot holds by now, Pa.</param>
/// <param name="Extrapolated">Whether the stress is outside the window in which creep was measured.</param>
/// <param name="Closed">Whether the hardness has fallen to the mean pressure: from here on the surfaces touch everywhere and nothing more is solved.</param>
public sealed record CreepingState(double Seconds, ContactState State, double HardnessPa, bool Extrapolated, bool Closed);

/// <summary>Growth of a contact while its soft side creeps, the load held or falling as the closing surfaces relax a stiff fixture.</summary>
public sealed class CreepingContact
{
    /// <summary>A mean pressure this near to the hardness is closed contact; the last two percent of the area need no further solving.</summary>
    public const double LargestLoadShare = 0.98;

    private const int LoadSteps = 30;

    private readonly SpotCreep creep;
    private readonly double hardnessPa;

    /// <summary>Prepares a map whose soft side has a hardness at once and creeps from there.</summary>
    public CreepingContact(HeightMap map, ContactMedium medium, SpotCreep creep, ContactOptions? options = null)
    {
        hardnessPa = medium.HardnessPa ?? throw new ArgumentException("a creeping contact needs the hardness it has at once", nameof(medium));
        Solver = new ContactSolver(map, medium, options);
        this.creep = creep;
    }

    /// <summary>What solves it; between two states of <see cref="Hold"/> it may be asked for the resistance of one.</summary>
    public ContactSolver Solver { get; }

    /// <summary>The contact at rising times under a mean pressure that is put on at time 0.</summary>
    /// <param name="meanPa">Mean pressure at once, Pa.</param>
    /// <param name="seconds">Times, s, rising.</param>
    /// <param name="fixturePaPerM">
    /// Stiffness of the fixture, Pa of mean pressure lost per metre by which the surfaces close, which is what the voids over the area lose: p̄(t) = p̄₀ − k·(v₀ − v(t)). Null holds the load.
    /// </param>
    /// <param name="cancellation">Ends the search.</param>
    public IEnumerable<CreepingState> Hold(double meanPa, IReadOnlyList<double> seconds, double? fixturePaPerM = null, CancellationToken cancellation = default)
    {
        if (!(meanPa > 0 && meanPa < LargestLoadShare * hardnessPa)) throw new ArgumentOutOfRangeException(nameof(meanPa), meanPa, $"the mean pressure must be above zero and below {LargestLoadShare} of the hardness, {hardnessPa:G4} Pa");
        if (fixturePaPerM is { } k && !(k >= 0 && double.IsFinite(k))) throw new ArgumentOutOfRangeException(nameof(fixturePaPerM), k, "the stiffness must be zero or more");
        for (int i = 0; i < seconds.Count; i++)
        {
            if (!(seconds[i] >= (i == 0 ? 0 : seconds[i - 1]))) throw new ArgumentException($"times rise from zero; number {i + 1} is {seconds[i]:G6} s", nameof(seconds));
        }

        return Walk(meanPa, seconds, fixturePaPerM, cancellation);
    }

    private IEnumerable<CreepingState> Walk(double meanPa, IReadOnlyList<double> seconds, double? fixture, CancellationToken cancellation)
    {
        ContactState first = Solver.SolveFirst(meanPa, hardnessPa, null, cancellation), last = first;
        foreach (double time in seconds)
        {
            double hardness = creep.HardnessPa(hardnessPa, time);
            double load = last.MeanPressurePa;
            bool closed;
            if (fixture is not { } k || k == 0)
            {
                closed = load > LargestLoadShare * hardness;
                // Of closed contact the last state that can be told from it is shown.
                last = Solver.SolveFirst(load, closed ? load / LargestLoadShare : hardness, last, cancellation);
            }
            else last = Relaxed(k, hardness, out closed);

            Solver.AddConduction(last, cancellation);
            double stress = hardness / creep.Constraint;
            yield return new CreepingState(time, last, hardness, stress < creep.ValidFromPa || stress > creep.ValidToPa, closed);
            if (closed) yield break;
        }

        // p̄ where the fixture and the contact agree: f(p) = p − p₀ + k·(v₀ − v(p)) rises with p and is not positive at the right place from above.
        ContactState Relaxed(double k, double hardness, out bool closed)
        {
            double high = Math.Min(last.MeanPressurePa, LargestLoadShare * hardness), low = 0;
            ContactState state = Solver.SolveFirst(high, hardness, last, cancellation);
            double error = Mismatch(state), tolerance = 1e-6 * meanPa;
            closed = high < last.MeanPressurePa && error < 0;
            if (closed)
            {
                // With the voids gone the fixture has lost k·v₀ and loses no more.
                double left = meanPa - (k * first.VoidVolumeM);
                return Solver.SolveFirst(left, left / LargestLoadShare, state, cancellation);
            }

            if (Math.Abs(error) <= tolerance) return state;
            double pressure = high, lowError = double.NaN, highError = error;
            for (int step = 0; step < LoadSteps; step++)
            {
                // Secant between the ends once both are known, halving where it leaves them.
                double next = double.IsNaN(lowError) ? 0.5 * (low + high) : high - (highError * (high - low) / (highError - lowError));
                if (!(next > low && next < high) || step % 4 == 3) next = 0.5 * (low + high);
                pressure = next;
                state = Solver.SolveFirst(pressure, hardness, state, cancellation);
                error = Mismatch(state);
                if (Math.Abs(error) <= tolerance) return state;
                if (error > 0) (high, highError) = (pressure, error);
                else (low, lowError) = (pressure, error);
            }

            throw new ContactNotConvergedException($"no load was found at which contact and fixture agree: mismatch {error:G3} Pa at {pressure:G6} Pa");

            double Mismatch(ContactState at) => at.MeanPressurePa - meanPa + (k * (first.VoidVolumeM - at.VoidVolumeM));
        }
    }
}
