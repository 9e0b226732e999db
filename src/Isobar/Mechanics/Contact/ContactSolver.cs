using System.Numerics;

namespace Isobar.Mechanics.Contact;

/// <summary>
/// Solves the contact of a rough surface along a path of loads: 0 ≤ p ≤ H, g = W·p − h + s, g = 0 where 0 &lt; p &lt; H, g ≥ 0 where p = 0, g ≤ 0 where p = H.
/// <para>Method: nested grids; a primal-dual active set; conjugate gradients preconditioned by 1/w (|q| on a half-space) inside. The number of convolutions, below 100 for most
/// surfaces, hardly depends on the grid or the load.</para>
/// <para>Validity: small slopes, no friction, no adhesion, one elastic body and one rigid; a pressure limit stands for plastic flow, without the bulging around a spot.
/// Sources: I. A. Polonsky, L. M. Keer, Wear 231 (1999) 206, 10.1016/S0043-1648(99)00113-1; M. H. Müser et al., Tribol. Lett. 65 (2017) 118, 10.1007/s11249-017-0900-2;
/// A. Almqvist, F. Sahlin, R. Larsson, S. Glavatskih, Tribol. Int. 40 (2007) 574, 10.1016/j.triboint.2005.11.008.</para>
/// </summary>
public sealed class ContactSolver
{
    // A load this near to the last one is searched from its solution; farther ones begin on the coarsest grid.
    private const double NearLoad = 0.2;

    private readonly ContactGrids grids;
    private readonly double[]? virgin;
    private readonly ContactKernel conductionKernel;

    /// <summary>Prepares grids and kernels for a map.</summary>
    /// <exception cref="ArgumentException">The numbers describe no body, or the grid has a length that cannot be transformed.</exception>
    public ContactSolver(HeightMap map, ContactMedium medium, ContactOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        medium.Check();
        (Map, Medium, Options) = (map, medium, options ?? new ContactOptions());
        grids = new ContactGrids(map, medium, Options.Parallel);
        virgin = medium.HardnessPa is null ? null : [.. grids.Heights];
        conductionKernel = medium.LayerThicknessM is null
            ? grids.Kernel
            : new ContactKernel(map.Rows, map.Columns, map.WidthM, map.HeightM, medium with { LayerThicknessM = null }, Options.Parallel);
    }

    /// <summary>The surface.</summary>
    public HeightMap Map { get; }

    /// <summary>The bodies.</summary>
    public ContactMedium Medium { get; }

    /// <summary>How it is solved.</summary>
    public ContactOptions Options { get; }

    /// <summary>One first loading to a mean pressure, Pa.</summary>
    public ContactState Solve(double meanPressurePa, IProgress<ContactProgress>? progress = null, CancellationToken cancellation = default) =>
        Solve(ContactPath.Pressures([meanPressurePa]), progress, cancellation).First();

    /// <summary>The states of a path, each as it is ready. At most one enumeration at a time.</summary>
    /// <exception cref="ArgumentException">A load is above the hardness.</exception>
    /// <exception cref="ContactNotConvergedException">The conditions could not be met.</exception>
    public IEnumerable<ContactState> Solve(ContactPath path, IProgress<ContactProgress>? progress = null, CancellationToken cancellation = default)
    {
        double carrying = (Medium.HardnessPa ?? double.PositiveInfinity) * (Map.HeightsM.Length - Map.MissingCount) / Map.HeightsM.Length;
        foreach (ContactTarget target in path.Targets)
        {
            if (!target.IsGap && target.Value > carrying)
                throw new ArgumentException($"a mean pressure of {target.Value:G6} Pa is more than the surface can carry, {carrying:G6} Pa: the hardness over the measured pixels; lower the pressure or raise the hardness");
        }

        return Walk(path, progress, cancellation);
    }

    /// <summary>Resistance of a solved contact with charge transfer on its spots.</summary>
    /// <param name="state">A state of this solver.</param>
    /// <param name="chargeTransferLengthM">r_ct/ρ, m: areal resistance of the true contact times the conductivity of the electrolyte.</param>
    /// <param name="cancellation">Ends the search.</param>
    public ContactResistance Resistance(ContactState state, double chargeTransferLengthM, CancellationToken cancellation = default)
    {
        if (!(chargeTransferLengthM >= 0 && double.IsFinite(chargeTransferLengthM))) throw new ArgumentOutOfRangeException(nameof(chargeTransferLengthM), chargeTransferLengthM, "r_ct/ρ is a length, zero or more");
        CheckOwn(state);
        int before = conductionKernel.Convolutions;
        (double constriction, _, _) = Spots().Solve(state.PressurePa, 0, cancellation);
        (double drop, double upper, _) = Spots().Solve(state.PressurePa, chargeTransferLengthM, cancellation);
        return new ContactResistance(drop, constriction + (chargeTransferLengthM / state.Area), upper, conductionKernel.Convolutions - before);
    }

    /// <summary>Areal impedance of a solved contact, Ω·m², without the bulk of the electrolyte.</summary>
    /// <param name="state">A state of this solver.</param>
    /// <param name="electrics">What pixels in and out of contact are made of.</param>
    /// <param name="frequenciesHz">Frequencies, Hz; neighbours in the list should be neighbours in frequency.</param>
    /// <param name="progress">Number of frequencies done.</param>
    /// <param name="cancellation">Ends the sweep.</param>
    public Complex[] Impedance(ContactState state, ContactElectrics electrics, IReadOnlyList<double> frequenciesHz, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        CheckOwn(state);
        var sweep = new ImpedanceSweep(state, electrics, Options.Parallel);
        var result = new Complex[frequenciesHz.Count];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = sweep.At(2 * Math.PI * frequenciesHz[i], cancellation);
            progress?.Report(i + 1);
        }

        return result;
    }

    /// <summary>A first loading with a hardness of its own, from the pressure of a similar state when there is one; no conduction.</summary>
    internal ContactState SolveFirst(double meanPa, double hardnessPa, ContactState? similar, CancellationToken cancellation)
    {
        var goal = new SearchGoal(meanPa, false, Options.Tolerance * grids.ScaleM, Options.MaxConvolutions);
        grids.SetHardness(hardnessPa);
        bool near = similar is not null && Math.Abs(meanPa - similar.MeanPressurePa) <= NearLoad * similar.MeanPressurePa && Math.Abs(hardnessPa - (similar.Medium.HardnessPa ?? 0)) <= NearLoad * hardnessPa;
        if (near) similar!.PressurePa.CopyTo(grids.Finest.Pressure);
        SearchEffort effort = near ? grids.Search(goal, null, cancellation) : grids.SearchAll(goal, null, cancellation);
        ContactState state = StateAssembly.Of(Map, Medium with { HardnessPa = hardnessPa }, grids, ContactTarget.Pressure(meanPa), false, 0, effort, Options.Parallel);
        grids.SetHardness(Medium.HardnessPa);
        return state;
    }

    /// <summary>Constriction, stiffness and Barber's product of a state of <see cref="SolveFirst"/>, when the options ask for them.</summary>
    internal void AddConduction(ContactState state, CancellationToken cancellation)
    {
        if (!Options.Conduction || state.Conduction is not null || !(state.Area > 0)) return;
        state.Conduction = Conduct(state, new SearchGoal(state.MeanPressurePa, false, Options.Tolerance * grids.ScaleM, Options.MaxConvolutions), cancellation);
    }

    private IEnumerable<ContactState> Walk(ContactPath path, IProgress<ContactProgress>? progress, CancellationToken cancellation)
    {
        double highest = 0, closest = double.PositiveInfinity, flowed = 0;
        ContactState? last = null;
        bool shaped = false;
        virgin?.CopyTo(grids.Heights, 0);
        grids.Reshape();
        for (int k = 0; k < path.Targets.Length; k++)
        {
            ContactTarget target = path.Targets[k];
            bool unloading = last is not null && (target.IsGap ? target.Value > closest : target.Value < highest);
            if (virgin is not null && unloading != shaped)
            {
                flowed = unloading ? last!.PlasticVolumeM : 0;
                if (!unloading) virgin.CopyTo(grids.Heights, 0);
                else Shape(last!);
                grids.Reshape();
                shaped = unloading;
            }

            bool near = last is not null && !target.IsGap && Math.Abs(target.Value - last.MeanPressurePa) <= NearLoad * last.MeanPressurePa;
            if (near) last!.PressurePa.CopyTo(grids.Finest.Pressure);
            var goal = new SearchGoal(target.Value, target.IsGap, Options.Tolerance * grids.ScaleM, Options.MaxConvolutions);
            int index = k;
            Action<int, int, int, double, double>? report = progress is null
                ? null
                : (rows, columns, convolutions, violation, area) => progress.Report(new ContactProgress(index, path.Targets.Length, rows, columns, convolutions, violation, area));
            SearchEffort effort = near ? grids.Search(goal, report, cancellation) : grids.SearchAll(goal, report, cancellation);
            double separation = grids.Finest.Shift;
            ContactState state = StateAssembly.Of(Map, Medium, grids, target, unloading, flowed, effort, Options.Parallel);
            if (shaped)
            {
                // What flows again on the way down is taken off too.
                flowed = state.PlasticVolumeM;
                Shape(state);
                grids.Reshape();
            }

            if (Options.Conduction && state.Area > 0) state.Conduction = Conduct(state, goal, cancellation);
            if (state.MeanPressurePa >= highest) (highest, closest) = (state.MeanPressurePa, separation);
            last = state;
            yield return state;
        }
    }

    // Takes what has flowed off the heights: under p = H the gap is negative by that amount.
    private void Shape(ContactState state)
    {
        double[] heights = grids.Heights;
        ReadOnlySpan<double> gap = state.GapM, pressure = state.PressurePa;
        for (int i = 0; i < heights.Length; i++) if (gap[i] < 0 && pressure[i] >= state.Medium.HardnessPa) heights[i] += gap[i];
    }

    private SpotConduction Spots() => ReferenceEquals(conductionKernel, grids.Kernel)
        ? new(conductionKernel, grids.Finest.System, Medium.ModulusPa)
        : new(conductionKernel, new SetSystem(conductionKernel, Options.Parallel, new double[Map.HeightsM.Length]), Medium.ModulusPa);

    private ContactConduction Conduct(ContactState state, SearchGoal goal, CancellationToken cancellation)
    {
        int before = conductionKernel.Convolutions;
        (double length, _, double focusing) = Spots().Solve(state.PressurePa, 0, cancellation);
        // Where everything touches no load closes anything more.
        bool everywhere = state.Area >= 1;
        double stiffness = everywhere ? double.PositiveInfinity : Stiffness(state, goal, cancellation);
        double? barber = Medium.LayerThicknessM is null && !everywhere ? 2 * stiffness * length / Medium.ModulusPa : null;
        return new ContactConduction(length, stiffness, barber, focusing, conductionKernel.Convolutions - before);
    }

    // −dp̄/dḡ of the elastic response: what has flowed keeps its shape while the load goes a little down and up.
    private double Stiffness(ContactState state, SearchGoal goal, CancellationToken cancellation)
    {
        double step = Options.StiffnessStep * state.MeanPressurePa;
        double[]? kept = null;
        if (virgin is not null)
        {
            kept = [.. grids.Heights];
            if (!state.Unloading) Shape(state);
            grids.SetHardness(null);
        }

        var near = goal with { HoldsGap = false, ToleranceM = Math.Min(goal.ToleranceM, 1e-8 * grids.ScaleM) };
        double below = GapAt(state.MeanPressurePa - step), above = GapAt(state.MeanPressurePa + step);
        if (kept is not null)
        {
            kept.CopyTo(grids.Heights, 0);
            grids.SetHardness(Medium.HardnessPa);
        }

        return 2 * step / (below - above);

        double GapAt(double pressure)
        {
            state.PressurePa.CopyTo(grids.Finest.Pressure);
            grids.Search(near with { Value = pressure }, null, cancellation);
            return grids.Finest.Shift - (pressure * grids.Kernel.UniformCompliance);
        }
    }

    private void CheckOwn(ContactState state)
    {
        if (!ReferenceEquals(state.Map, Map)) throw new ArgumentException("the state belongs to another surface", nameof(state));
        if (!(state.Area > 0)) throw new ArgumentException("nothing touches in this state; its resistance is infinite", nameof(state));
    }
}
