namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// The last three points of a cycler step. Between and just beyond them everything is a parabola in s = √(t − t_start), in which both the square-root
/// law after a jump of the current and the slow course later are smooth.
/// </summary>
internal sealed class StepHistory
{
    /// <summary>The newest point.</summary>
    public Point Newest;

    /// <summary>The point before the newest.</summary>
    public Point Before;

    private Point _old;

    public StepHistory(int entries, int nodes)
    {
        _old = new Point(entries, nodes);
        Before = new Point(entries, nodes);
        Newest = new Point(entries, nodes);
    }

    /// <summary>Number of points known, at most three.</summary>
    public int Count;

    public void Clear() => Count = 0;

    /// <summary>Makes room for a point, which becomes the newest.</summary>
    public Point Push(double root)
    {
        (_old, Before, Newest) = (Before, Newest, _old);
        Count = Math.Min(3, Count + 1);
        Newest.Root = root;
        return Newest;
    }

    // Weights of the three points, oldest first, in the value at s.
    private Parabola Weights(double root)
    {
        if (Count <= 1) return new Parabola(0, 0, 1);
        double b = Before.Root, c = Newest.Root;
        if (Count == 2) return new Parabola(0, (c - root) / (c - b), (root - b) / (c - b));
        double a = _old.Root;
        return new Parabola(
            (root - b) * (root - c) / ((a - b) * (a - c)),
            (root - a) * (root - c) / ((b - a) * (b - c)),
            (root - a) * (root - b) / ((c - a) * (c - b)));
    }

    /// <summary>Insertion currents and potential differences extrapolated to s.</summary>
    public void Predict(double root, double[] insertion, double[] difference)
    {
        Parabola weights = Weights(root);
        Combine(weights, _old.Insertion, Before.Insertion, Newest.Insertion, insertion);
        Combine(weights, _old.Difference, Before.Difference, Newest.Difference, difference);
    }

    /// <summary>The columns at s.</summary>
    public void Interpolate(double root, double[] columns)
    {
        Parabola weights = Weights(root);
        Combine(weights, _old.Columns, Before.Columns, Newest.Columns, columns);
    }

    /// <summary>One column at s.</summary>
    public double Interpolate(double root, int column)
    {
        Parabola weights = Weights(root);
        return (weights.Old * _old.Columns[column]) + (weights.Middle * Before.Columns[column]) + (weights.Latest * Newest.Columns[column]);
    }

    /// <summary>Insertion currents at s, on the parabola through the last two points and one that is not in the history yet.</summary>
    public void Through(double newRoot, double[] newInsertion, double root, double[] insertion)
    {
        double a = Before.Root, b = Newest.Root, c = newRoot;
        double old = (root - b) * (root - c) / ((a - b) * (a - c)), mid = (root - a) * (root - c) / ((b - a) * (b - c)), latest = (root - a) * (root - b) / ((c - a) * (c - b));
        for (int j = 0; j < insertion.Length; j++) insertion[j] = (old * Before.Insertion[j]) + (mid * Newest.Insertion[j]) + (latest * newInsertion[j]);
    }

    private static void Combine(in Parabola weights, double[] x, double[] y, double[] z, double[] result)
    {
        double a = weights.Old, b = weights.Middle, c = weights.Latest;
        for (int i = 0; i < result.Length; i++) result[i] = (a * x[i]) + (b * y[i]) + (c * z[i]);
    }

    private readonly struct Parabola(double old, double middle, double latest)
    {
        public readonly double Old = old;
        public readonly double Middle = middle;
        public readonly double Latest = latest;
    }

    /// <summary>One point of the history.</summary>
    internal sealed class Point(int entries, int nodes)
    {
        public double Root;

        public readonly double[] Insertion = new double[entries];

        public readonly double[] Difference = new double[nodes];

        public readonly double[] Columns = new double[HalfCell.Columns.Count];
    }
}
