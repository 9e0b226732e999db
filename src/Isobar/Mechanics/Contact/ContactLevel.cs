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
    private readonly SetSystem loadSystem;
    private readonly SetSystem gapSystem;
    private readonly PixelSets sets;
    private readonly double[] heights;
    private readonly double hardness;

    public ContactLevel(ContactKernel kernel, double[] heights, bool[]? missing, double hardness, ParallelLoop loop)
    {
        (this.kernel, this.heights, this.hardness) = (kernel, heights, hardness);
        int size = heights.Length;
        Pressure = new double[size];
        Gap = new double[size];
        double[] field = new double[size];
        loadSystem = new SetSystem(kernel, loop, field, Gap);
        gapSystem = new SetSystem(loadSystem) { HoldsSum = false };
        sets = new PixelSets(size, missing, hardness);
    }

    /// <summary>p, Pa.</summary>
    public double[] Pressure { get; }

    /// <summary>g, m, measured from the contact plane, after a search.</summary>
    public double[] Gap { get; }

    /// <summary>The set each pixel is in.</summary>
    public PixelSets Sets => sets;

    /// <summary>A first guess: the pressure of full contact, cut off so that the load is right.</summary>
    public void Guess(SearchGoal goal)
    {
        kernel.Precondition(heights, Pressure);
        if (goal.HoldsGap)
        {
            for (int i = 0; i < heights.Length; i++) Pressure[i] = heights[i] > goal.Value && !sets.IsMissing(i) ? Math.Clamp(Pressure[i], 1e-9 * Math.Abs(Pressure[i]), hardness) : 0;
            return;
        }

        sets.Fill(Pressure, goal.Value);
    }

    /// <summary>Finds pressure and gap from the present pressure.</summary>
    public SearchEffort Search(SearchGoal goal, Action<int, double, double>? report, CancellationToken cancellation)
    {
        int start = kernel.Convolutions, steps = 0, outer = 0;
        SetSystem system = goal.HoldsGap ? gapSystem : loadSystem;
        int before = system.Steps;
        sets.Sort(Pressure);
        if (!goal.HoldsGap) sets.RestoreLoad(Pressure, goal.Value, null);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            kernel.Displace(Pressure, Gap);
            for (int i = 0; i < heights.Length; i++) Gap[i] -= heights[i];
            double shift = goal.HoldsGap ? goal.Value : sets.ContactPlane(Pressure, Gap);
            double violation = sets.Revise(Pressure, Gap, shift, 0.1 * goal.ToleranceM);
            steps = system.Steps - before;
            report?.Invoke(kernel.Convolutions - start, violation, sets.InContact);
            if (violation <= goal.ToleranceM) return new SearchEffort(kernel.Convolutions - start, steps, outer, violation);
            if (kernel.Convolutions - start >= goal.MaxConvolutions)
                throw new ContactNotConvergedException($"the contact did not settle on {kernel.Rows} × {kernel.Columns} points within {goal.MaxConvolutions} convolutions: worst violation {violation:G3} m, asked for {goal.ToleranceM:G3} m; loosen the tolerance, or check the surface for isolated spikes");

            outer++;
            int[] index = sets.Elastic(out int count);
            for (int i = 0; i < count; i++)
            {
                system.Value[i] = Pressure[index[i]];
                system.Residual[i] = -Gap[index[i]];
            }

            system.Begin(index, count);
            system.Solve(Math.Max(InnerDrop * SetVectors.Largest(system.Residual, count), 0.3 * goal.ToleranceM), InnerSteps, cancellation);
            for (int i = 0; i < count; i++) Pressure[index[i]] = system.Value[i];
            sets.Cut(Pressure);
            if (!goal.HoldsGap) sets.RestoreLoad(Pressure, goal.Value, Gap);
        }
    }
}
