using Isobar.Numerics;

namespace Isobar.Mechanics.Contact;

/// <summary>
/// Conjugate gradients for (W + c)·x = b − s on a fixed set of pixels, x zero elsewhere; either the sum of x is held and s is free, or s is held.
/// Preconditioner: the set, times 1/w, the set again, without its mean when the sum is held. The search runs in single precision, which is plenty for reducing a residual by
/// a few digits; the caller takes the residual afresh in double precision and comes back.
/// </summary>
internal sealed class SetSystem
{
    private readonly ContactKernel kernel;
    private readonly SetVectors vectors;
    private readonly double[] image;
    private readonly float[] roughField;
    private readonly float[] roughImage;
    private float[] rest = [];
    private float[] direction = [];
    private float[] change = [];
    private int[] index = [];

    /// <summary>Makes a solver without a set.</summary>
    /// <param name="kernel">W and its inverse.</param>
    /// <param name="loop">The lent loop.</param>
    /// <param name="image">A grid for <see cref="Evaluate"/> to work in.</param>
    public SetSystem(ContactKernel kernel, ParallelLoop loop, double[] image)
    {
        (this.kernel, this.image) = (kernel, image);
        (roughField, roughImage) = (new float[image.Length], new float[image.Length]);
        vectors = new SetVectors(loop);
    }

    /// <summary>Pixels in the set.</summary>
    public int Count { get; private set; }

    /// <summary>x on the set.</summary>
    public double[] Value { get; private set; } = [];

    /// <summary>b − s − (W + c)·x on the set.</summary>
    public double[] Residual { get; private set; } = [];

    /// <summary>Largest residual, without its mean when the sum is held.</summary>
    public double LargestResidual { get; private set; }

    /// <summary>Steps since the object was made.</summary>
    public int Steps { get; private set; }

    /// <summary>c.</summary>
    public double Diagonal { get; set; }

    /// <summary>Whether the sum of x is held.</summary>
    public bool HoldsSum { get; set; } = true;

    /// <summary>Takes a set; x and the residual are then for the caller to fill.</summary>
    public void Begin(int[] set, int count)
    {
        (index, Count) = (set, count);
        Clear(roughField);
        if (Value.Length >= count) return;

        // Grown a little more than asked, but never beyond the grid.
        int room = Math.Min(image.Length, count + (count / 8) + 64);
        (Value, Residual, rest, direction, change) = (new double[room], new double[room], new float[room], new float[room], new float[room]);
    }

    /// <summary>Fills x from a grid of pressures and the residual from a grid of gaps, which are its opposite.</summary>
    public void Load(double[] pressure, double[] gap) => vectors.Each(Count, (first, end) =>
    {
        Span<double> residual = Part(Residual, first, end);
        SetVectors.Gather(pressure, Pixels(first, end), Part(Value, first, end));
        SetVectors.Gather(gap, Pixels(first, end), residual);
        for (int i = 0; i < residual.Length; i++) residual[i] = -residual[i];
    });

    /// <summary>Sets the residual for b = 0, in double precision, and returns the mean of (W + c)·x over the set.</summary>
    public double Evaluate()
    {
        Clear(image);
        vectors.Each(Count, (first, end) => SetVectors.Scatter<double>(Part(Value, first, end), Pixels(first, end), image));
        kernel.Displace(image, image);
        double mean = vectors.Pass(Count, (first, end) =>
        {
            Span<double> residual = Part(Residual, first, end);
            SetVectors.Gather(image, Pixels(first, end), residual);
            for (int i = 0; i < residual.Length; i++) residual[i] = -residual[i];
            if (Diagonal != 0) SetVectors.Add(-Diagonal, Part(Value, first, end), 0, residual);
            return new PassSums(SetVectors.Total(residual), 0, 0);
        }).First / Count;
        LargestResidual = vectors.Pass(Count, (first, end) =>
        {
            Span<double> residual = Part(Residual, first, end);
            for (int i = 0; i < residual.Length; i++) residual[i] -= mean;
            return new PassSums(0, 0, SetVectors.Largest(residual));
        }).Largest;
        return -mean;
    }

    /// <summary>Sum of x·W·x after <see cref="Evaluate"/>, whose mean is given back to it.</summary>
    public double Work(double mean) => vectors.Pass(Count, (first, end) =>
    {
        Span<double> value = Part(Value, first, end);
        return new PassSums((mean * SetVectors.Total(value)) - SetVectors.Dot(Part(Residual, first, end), value) - (Diagonal * SetVectors.Dot(value, value)), 0, 0);
    }).First;

    /// <summary>Reduces the residual by a factor, but not below a target that needs no more; gives up after a number of steps.</summary>
    public void Solve(double drop, double target, int steps, CancellationToken cancellation)
    {
        double mean = HoldsSum ? vectors.Pass(Count, (first, end) => new PassSums(SetVectors.Total(Part(Residual, first, end)), 0, 0)).First / Count : 0;
        LargestResidual = vectors.Pass(Count, (first, end) => new PassSums(0, 0, SetVectors.Farthest(Part(Residual, first, end), mean))).Largest;
        double limit = Math.Max(drop * LargestResidual, target);
        if (LargestResidual <= limit) return;

        // From here the residual is counted in units of its largest value, x in units of that over the rough unit: numbers near 1, whatever the units outside.
        double scale = LargestResidual, valueScale = scale / kernel.RoughUnit;
        float diagonal = (float)(Diagonal / kernel.RoughUnit);
        vectors.Each(Count, (first, end) =>
        {
            Span<float> r = Part(rest, first, end);
            SetVectors.Scale(Part(Residual, first, end), mean, 1 / scale, r);
            SetVectors.Scatter<float>(r, Pixels(first, end), roughField);
        });
        double product = 0;
        for (int step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            kernel.Precondition(roughField, roughImage);
            PassSums turned = vectors.Pass(Count, (first, end) =>
            {
                Span<float> z = Part(change, first, end);
                SetVectors.Gather(roughImage, Pixels(first, end), z);
                return new PassSums(SetVectors.Total(z), SetVectors.Dot(z, Part(rest, first, end)), 0);
            });

            // The residual has no mean when the sum is held, so that taking the mean off z leaves r·z as it is.
            float shift = HoldsSum ? (float)(turned.First / Count) : 0;
            if (!(turned.Second > 0)) return;
            float factor = step == 0 ? 0 : (float)(turned.Second / product);
            product = turned.Second;
            bool begins = step == 0;
            vectors.Each(Count, (first, end) =>
            {
                Span<float> t = Part(direction, first, end);
                if (begins) t.Clear();
                SetVectors.Turn(Part(change, first, end), shift, factor, t);
                SetVectors.Scatter<float>(t, Pixels(first, end), roughField);
            });

            kernel.DisplaceRoughly(roughField, roughImage);
            PassSums pushed = vectors.Pass(Count, (first, end) =>
            {
                Span<float> w = Part(change, first, end), t = Part(direction, first, end);
                SetVectors.Gather(roughImage, Pixels(first, end), w);
                if (diagonal != 0) SetVectors.Add(diagonal, t, 0, w);
                return new PassSums(SetVectors.Total(w), SetVectors.Dot(w, t), 0);
            });
            if (!(pushed.Second > 0)) return;
            double length = product / pushed.Second;
            float level = HoldsSum ? (float)(pushed.First / Count) : 0;
            LargestResidual = scale * vectors.Pass(Count, (first, end) =>
            {
                Span<float> r = Part(rest, first, end);
                SetVectors.Add(length * valueScale, Part(direction, first, end), Part(Value, first, end));
                SetVectors.Add((float)-length, Part(change, first, end), level, r);
                SetVectors.Scatter<float>(r, Pixels(first, end), roughField);
                return new PassSums(0, 0, SetVectors.Largest(r));
            }).Largest;
            Steps++;
            if (LargestResidual <= limit) return;
        }
    }

    private void Clear<T>(T[] field) => vectors.Each(field.Length, (first, end) => Array.Clear(field, first, end - first));

    private static Span<float> Part(float[] vector, int first, int end) => vector.AsSpan(first, end - first);

    private static Span<double> Part(double[] vector, int first, int end) => vector.AsSpan(first, end - first);

    private ReadOnlySpan<int> Pixels(int first, int end) => index.AsSpan(first, end - first);
}
