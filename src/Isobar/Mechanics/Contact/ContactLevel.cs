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

    // Looks at the set without a better one among them, after which steps are checked against the energy.
    private const int Patience = 1;

    // Slope of the energy at the end of a step, over the slope at its start, from which the step is cut back.
    private const double MuchTooFar = 0.25;

    private readonly ContactKernel kernel;
    private readonly PixelSets sets;
    private readonly SetVectors vectors;
    private readonly double[] heights;
    private double[] lastPressure = [];
    private double[] lastGap = [];

    public ContactLevel(ContactKernel kernel, double[] heights, bool[]? missing, ParallelLoop loop)
    {
        (this.kernel, this.heights) = (kernel, heights);
        int size = heights.Length;
        Pressure = new double[size];
        Gap = new double[size];
        System = new SetSystem(kernel, loop, Gap);
        vectors = new SetVectors(loop);
        sets = new PixelSets(size, missing, vectors);
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
        int start = kernel.Convolutions, outer = 0;
        SetSystem system = System;
        (system.HoldsSum, system.Diagonal) = (!goal.HoldsGap, 0);
        int before = system.Steps;
        sets.Sort(Pressure);
        if (!goal.HoldsGap) sets.Restore(Pressure, goal.Value);
        int[] index = sets.Elastic(out int count);
        bool comparable = false, watching = false;
        int stalled = 0;
        double best = double.PositiveInfinity;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            kernel.Displace(Pressure, Gap);
            if (watching && comparable && Overshoot(goal, index, count) is { } share)
            {
                GoBack(share, index, count);
                kernel.Displace(Pressure, Gap);
                stalled = 0;
            }

            Shift = goal.HoldsGap ? goal.Value : sets.ContactPlane(Gap, heights, index, count);
            double violation = sets.Revise(Gap, heights, Shift, 0.1 * goal.ToleranceM);
            stalled = violation < best ? 0 : stalled + 1;
            best = Math.Min(best, violation);
            int steps = system.Steps - before;
            report?.Invoke(kernel.Convolutions - start, violation, sets.InContact);
            if (violation <= goal.ToleranceM) return new SearchEffort(kernel.Convolutions - start, steps, outer, violation);
            if (kernel.Convolutions - start >= goal.MaxConvolutions)
                throw new ContactNotConvergedException($"the contact did not settle on {kernel.Rows} × {kernel.Columns} points within {goal.MaxConvolutions} convolutions: worst violation {violation:G3} m, asked for {goal.ToleranceM:G3} m; loosen the tolerance, or check the surface for isolated spikes");

            outer++;
            index = sets.Elastic(out count);
            system.Begin(index, count);
            system.Load(Pressure, Gap);
            watching = stalled >= Patience;
            if (watching) Remember(system, index, count);
            system.Solve(InnerDrop, 0.3 * goal.ToleranceM, InnerSteps, cancellation);
            comparable = sets.Restore(Pressure, system.Value, index, count, goal.HoldsGap ? null : goal.Value, Gap);
            if (!comparable) index = sets.Elastic(out count);
        }
    }

    private void Remember(SetSystem system, int[] index, int count)
    {
        if (lastPressure.Length < count) (lastPressure, lastGap) = (new double[system.Value.Length], new double[system.Value.Length]);
        Array.Copy(system.Value, lastPressure, count);
        vectors.Each(count, (first, end) => SetVectors.Gather(Gap, index.AsSpan(first, end - first), lastGap.AsSpan(first, end - first)));
    }

    // The energy ½·pWp − hp along the way from the last pressure to this one is a parabola whose slopes at both ends are known, step·gap. When the moves between the sets have carried
    // the pressure well past its bottom, the share of the way to there; both ends obey the limits and carry the load, and so does what lies between.
    private double? Overshoot(SearchGoal goal, int[] index, int count)
    {
        double hold = goal.HoldsGap ? goal.Value : 0;
        PassSums slopes = vectors.Pass(count, (first, last) =>
        {
            double atStart = 0, atEnd = 0;
            for (int i = first; i < last; i++)
            {
                double step = Pressure[index[i]] - lastPressure[i];
                atStart += step * lastGap[i];
                atEnd += step * (Gap[index[i]] - heights[index[i]] + hold);
            }

            return new PassSums(atStart, atEnd, 0);
        });
        (double start, double end) = (slopes.First, slopes.Second);
        return start < 0 && end > MuchTooFar * -start ? start / (start - end) : null;
    }

    private void GoBack(double share, int[] index, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int pixel = index[i];
            Pressure[pixel] = lastPressure[i] + (share * (Pressure[pixel] - lastPressure[i]));
        }

        sets.Sort(Pressure);
    }
}
