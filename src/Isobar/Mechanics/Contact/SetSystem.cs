using Isobar.Numerics;

namespace Isobar.Mechanics.Contact;

/// <summary>
/// Conjugate gradients for (W + c)·x = b − s on a fixed set of pixels, x zero elsewhere; either the sum of x is held and s is free, or s is held.
/// Preconditioner: the set, times 1/w, the set again, without its mean when the sum is held. What stays between calls is the direction, so that a search can go on.
/// </summary>
internal sealed class SetSystem
{
    private readonly ContactKernel kernel;
    private readonly SetVectors vectors;
    private readonly double[] direction;
    private readonly double[] change;
    private readonly double[] field;
    private readonly double[] image;
    private int[] index = [];
    private double product;
    private bool fresh = true;

    public SetSystem(ContactKernel kernel, ParallelLoop loop, double[] field, double[] image)
    {
        (this.kernel, this.field, this.image) = (kernel, field, image);
        vectors = new SetVectors(loop);
        int size = kernel.Rows * kernel.Columns;
        Residual = new double[size];
        Value = new double[size];
        direction = new double[size];
        change = new double[size];
    }

    /// <summary>Pixels in the set.</summary>
    public int Count { get; private set; }

    /// <summary>x on the set.</summary>
    public double[] Value { get; }

    /// <summary>b − s − (W + c)·x on the set; without its mean when the sum is held.</summary>
    public double[] Residual { get; }

    /// <summary>Steps since the object was made.</summary>
    public int Steps { get; private set; }

    /// <summary>c.</summary>
    public double Diagonal { get; set; }

    /// <summary>Whether the sum of x is held.</summary>
    public bool HoldsSum { get; set; } = true;

    /// <summary>Begins anew on a set; the working field is cleared.</summary>
    public void Begin(int[] set, int count)
    {
        (index, Count, fresh) = (set, count, true);
        Array.Clear(field);
    }

    /// <summary>Sets the residual for b = 0 and returns the mean of (W + c)·x over the set.</summary>
    public double Evaluate()
    {
        vectors.Scatter(Value, index, Count, field);
        kernel.Displace(field, image);
        vectors.Gather(image, index, Count, Residual);
        if (Diagonal != 0) vectors.Add(Diagonal, Value, Residual, Count);
        double mean = vectors.Total(Residual, Count) / Count;
        for (int i = 0; i < Count; i++) Residual[i] = mean - Residual[i];
        return mean;
    }

    /// <summary>Sum of x·W·x after <see cref="Evaluate"/>, whose mean is given back to it.</summary>
    public double Work(double mean) => (mean * vectors.Total(Value, Count)) - vectors.Dot(Residual, Value, Count) - (Diagonal * vectors.Dot(Value, Value, Count));

    /// <summary>Iterates until the largest residual is below the target or the number of steps is spent.</summary>
    public void Solve(double target, int steps, CancellationToken cancellation)
    {
        for (int step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            vectors.Scatter(Residual, index, Count, field);
            kernel.Precondition(field, image);
            vectors.Gather(image, index, Count, change);
            double shift = HoldsSum ? vectors.Total(change, Count) / Count : 0;
            double next = vectors.Dot(Residual, change, Count) - (HoldsSum ? shift * vectors.Total(Residual, Count) : 0);
            if (!(next > 0)) return;
            vectors.Turn(change, shift, fresh ? 0 : next / product, direction, Count);
            (product, fresh) = (next, false);

            vectors.Scatter(direction, index, Count, field);
            kernel.Displace(field, image);
            vectors.Gather(image, index, Count, change);
            if (Diagonal != 0) vectors.Add(Diagonal, direction, change, Count);
            double curvature = vectors.Dot(direction, change, Count);
            if (!(curvature > 0)) return;
            double length = product / curvature;
            vectors.Add(length, direction, Value, Count);
            vectors.Add(-length, change, Residual, Count);
            if (HoldsSum) vectors.Shift(vectors.Total(Residual, Count) / Count, Residual, Count);
            Steps++;
            if (SetVectors.Largest(Residual, Count) <= target) return;
        }
    }
}
