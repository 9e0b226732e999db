using Isobar.Numerics;

namespace Isobar.Mechanics.Contact;

/// <summary>What a search was asked for and when it may stop.</summary>
/// <param name="Value">Mean pressure, Pa, or mean gap, m.</param>
/// <param name="HoldsGap">Whether the gap is held.</param>
/// <param name="ToleranceM">Worst allowed violation, m.</param>
/// <param name="MaxConvolutions">Convolutions after which the search gives up.</param>
internal readonly record struct SearchGoal(double Value, bool HoldsGap, double ToleranceM, int MaxConvolutions);

/// <summary>What a search spent and reached.</summary>
internal readonly record struct SearchEffort(int Convolutions, int Iterations, int OuterSteps, double ViolationM);

/// <summary>
/// The contact problem on one grid, by a primal-dual active set: 0 ≤ p ≤ H and g = W·p − h + s with g = 0 where 0 &lt; p &lt; H, g ≥ 0 where p = 0, g ≤ 0 where p = H.
/// <para>On a fixed set preconditioned conjugate gradients reduce the gap by a factor; then pixels that pull are dropped, those beyond H are
/// held at H, the load is restored, one fresh convolution gives the gap everywhere, and pixels that penetrate (or at H have come free) join. Every pixel is looked at each time, because islands of
/// contact appear away from all others.</para>
/// </summary>
internal sealed class ContactLevel
{
    // How far the gap on the set is reduced before the set is looked at again.
    private const double InnerDrop = 0.3;
    private const int InnerSteps = 40;

    private readonly ContactKernel kernel;
    private readonly PixelSets sets;
    private readonly double[] heights;
    private readonly double[] lastPressure;
    private readonly double[] lastGap;

    public ContactLevel(ContactKernel kernel, double[] heights, bool[]? missing, ParallelLoop loop)
    {
        (this.kernel, this.heights) = (kernel, heights);
        int size = heights.Length;
        Pressure = new double[size];
        Gap = new double[size];
        lastPressure = new double[size];
        lastGap = new double[size];
        System = new SetSystem(kernel, loop, lastGap, Gap);
        sets = new PixelSets(size, missing);
    }

    /// <summary>p, Pa.</summary>
    public double[] Pressure { get; }

    /// <summary>g, m, measured from the contact plane, after a search.</summary>
    public double[] Gap { get; }

    /// <summary>s, m: the distance of the mean planes, from the heights as they were given.</summary>
    public double Shift { get; private set; }

    /// <summary>The linear solver, free for other use between searches; it works in the arrays of the gap.</summary>
    public SetSystem System { get; }

    /// <summary>The set each pixel is in.</summary>
    public PixelSets Sets => sets;

    /// <summary>A first guess: the pressure of full contact, cut off so that the load is right.</summary>
    public void Guess(SearchGoal goal)
    {
        double largest = SetVectors.Largest(heights);
        var rough = new float[heights.Length];
        for (int i = 0; i < rough.Length; i++) rough[i] = largest > 0 ? (float)(heights[i] / largest) : 0;
        kernel.Precondition(rough, rough);
        for (int i = 0; i < rough.Length; i++) Pressure[i] = rough[i] * largest / kernel.RoughUnit;
        if (goal.HoldsGap)
        {
            // All that overlaps is taken into the set, with a trace of pressure where full contact would pull.
            for (int i = 0; i < heights.Length; i++) Pressure[i] = heights[i] > goal.Value && !sets.IsMissing(i) ? Math.Max(Pressure[i], 1e-9 * Math.Abs(Pressure[i])) : 0;
            return;
        }

        sets.Fill(Pressure, goal.Value);
    }

    /// <summary>Finds pressure and gap from the present pressure.</summary>
    public SearchEffort Search(SearchGoal goal, Action<int, double, double>? report, CancellationToken cancellation)
    {
        int start = kernel.Convolutions, steps = 0, outer = 0;
        SetSystem system = System;
        (system.HoldsSum, system.Diagonal) = (!goal.HoldsGap, 0);
        int before = system.Steps;
        sets.Sort(Pressure);
        if (!goal.HoldsGap) sets.Restore(Pressure, goal.Value);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            kernel.Displace(Pressure, Gap);
            for (int i = 0; i < heights.Length; i++) Gap[i] -= heights[i];
            if (outer > 0) Temper(goal);
            Pressure.CopyTo(lastPressure, 0);
            Gap.CopyTo(lastGap, 0);
            Shift = goal.HoldsGap ? goal.Value : sets.ContactPlane(Pressure, Gap);
            double violation = sets.Revise(Pressure, Gap, Shift, 0.1 * goal.ToleranceM);
            steps = system.Steps - before;
            report?.Invoke(kernel.Convolutions - start, violation, sets.InContact);
            if (violation <= goal.ToleranceM) return new SearchEffort(kernel.Convolutions - start, steps, outer, violation);
            if (kernel.Convolutions - start >= goal.MaxConvolutions)
                throw new ContactNotConvergedException($"the contact did not settle on {kernel.Rows} × {kernel.Columns} points within {goal.MaxConvolutions} convolutions: worst violation {violation:G3} m, asked for {goal.ToleranceM:G3} m; loosen the tolerance, or check the surface for isolated spikes");

            outer++;
            int[] index = sets.Elastic(out int count);
            system.Begin(index, count);
            for (int i = 0; i < count; i++)
            {
                system.Value[i] = Pressure[index[i]];
                system.Residual[i] = -Gap[index[i]];
            }

            system.Solve(InnerDrop, 0.3 * goal.ToleranceM, InnerSteps, cancellation);
            sets.Restore(Pressure, system.Value, index, count, goal.HoldsGap ? null : goal.Value, Gap);
        }
    }

    // The energy ½·pWp − hp along the way from the last pressure to this one is a parabola whose slopes at both ends are known. When the moves between the sets have carried the
    // pressure well past its bottom, the two are mixed there; both obey the limits and carry the load, and so does the mixture.
    private void Temper(SearchGoal goal)
    {
        double start = 0, end = 0, hold = goal.HoldsGap ? goal.Value : 0;
        for (int i = 0; i < heights.Length; i++)
        {
            double step = Pressure[i] - lastPressure[i];
            start += step * (lastGap[i] + hold);
            end += step * (Gap[i] + hold);
        }

        if (!(start < 0) || end <= 0.25 * -start) return;
        double share = start / (start - end);
        for (int i = 0; i < heights.Length; i++)
        {
            Pressure[i] = lastPressure[i] + (share * (Pressure[i] - lastPressure[i]));
            Gap[i] = lastGap[i] + (share * (Gap[i] - lastGap[i]));
        }

        sets.Sort(Pressure);
    }
}
