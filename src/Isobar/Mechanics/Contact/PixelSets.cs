namespace Isobar.Mechanics.Contact;

/// <summary>Which pixels are open, in elastic contact, at the hardness, or missing; and the moves between these sets.</summary>
internal sealed class PixelSets(int size, bool[]? missing)
{
    private const byte Open = 0;
    private const byte Touching = 1;
    private const byte Flowing = 2;

    private double hardness = double.PositiveInfinity;
    private readonly byte[] set = new byte[size];
    private int[] index = [];

    /// <summary>H, Pa; infinite for an elastic contact.</summary>
    public double Hardness
    {
        get => hardness;
        set => hardness = value;
    }

    /// <summary>Pixels in contact.</summary>
    public int InContact { get; private set; }

    /// <summary>Pixels at the hardness.</summary>
    public int AtHardness { get; private set; }

    private int Usable { get; } = missing is null ? size : missing.Count(mark => !mark);

    public bool IsMissing(int pixel) => missing is not null && missing[pixel];

    public bool IsFlowing(int pixel) => set[pixel] == Flowing;

    /// <summary>Puts every pixel into the set its pressure tells.</summary>
    public void Sort(double[] pressure)
    {
        for (int i = 0; i < size; i++)
        {
            if (IsMissing(i) || !(pressure[i] > 0)) (pressure[i], set[i]) = (0, Open);
            else if (pressure[i] >= hardness) (pressure[i], set[i]) = (hardness, Flowing);
            else set[i] = Touching;
        }
    }

    /// <summary>
    /// Brings the elastic set back between 0 and the hardness with the load right: p ← clip(p + c) with one c for all. What ends at 0 is let go, what ends at the hardness
    /// is held there. When the elastic set cannot carry its share, flowing pixels are relieved or open ones recruited.
    /// </summary>
    public void Restore(double[] pressure, double meanPressure, double[]? gap)
    {
        while (true)
        {
            int flowing = 0, touching = 0;
            for (int i = 0; i < size; i++)
            {
                if (set[i] == Touching) touching++;
                else if (set[i] == Flowing) flowing++;
            }

            double wanted = (meanPressure * size) - (flowing > 0 ? hardness * flowing : 0);
            if (wanted <= 0) Relieve(pressure, meanPressure * size / flowing);
            else if (touching == 0 || wanted > hardness * touching) Recruit(pressure, wanted, touching, gap);
            else
            {
                double shift = Shift(pressure, wanted);
                for (int i = 0; i < size; i++)
                {
                    if (set[i] == Touching) pressure[i] += shift;
                }

                Cut(pressure);
                return;
            }
        }
    }

    /// <summary>What pulls is let go, what exceeds the hardness is held there.</summary>
    public void Cut(double[] pressure)
    {
        for (int i = 0; i < size; i++)
        {
            if (set[i] != Touching) continue;
            if (!(pressure[i] > 0)) (pressure[i], set[i]) = (0, Open);
            else if (pressure[i] >= hardness) (pressure[i], set[i]) = (hardness, Flowing);
        }
    }

    /// <summary>
    /// The shift s that makes the mean gap of the elastic contact zero. When every contact flows, s lies between the lowest open and the highest flowing pixel.
    /// </summary>
    public double ContactPlane(double[] pressure, double[] gap)
    {
        double sum = 0, lowestOpen = double.PositiveInfinity, highestFlowing = double.NegativeInfinity;
        int count = 0;
        for (int i = 0; i < size; i++)
        {
            if (IsMissing(i)) continue;
            if (set[i] == Touching && pressure[i] > 0)
            {
                sum += gap[i];
                count++;
            }
            else if (set[i] == Flowing) highestFlowing = Math.Max(highestFlowing, gap[i]);
            else lowestOpen = Math.Min(lowestOpen, gap[i]);
        }

        if (count > 0) return -sum / count;
        if (double.IsInfinity(highestFlowing)) return double.IsInfinity(lowestOpen) ? 0 : -lowestOpen;
        return double.IsInfinity(lowestOpen) ? -highestFlowing : -0.5 * (lowestOpen + highestFlowing);
    }

    /// <summary>Shifts the gap, finds the worst violation and moves those pixels whose gap has the wrong sign into the elastic set.</summary>
    public double Revise(double[] pressure, double[] gap, double shift, double margin)
    {
        double violation = 0;
        int inContact = 0, flowing = 0;
        for (int i = 0; i < size; i++)
        {
            double g = gap[i] += shift;
            if (IsMissing(i)) continue;
            switch (set[i])
            {
                case Touching:
                    // A pixel that just joined carries nothing yet; being open is no fault of it.
                    violation = Math.Max(violation, pressure[i] > 0 ? Math.Abs(g) : -g);
                    break;
                case Flowing:
                    violation = Math.Max(violation, g);
                    if (g <= margin) flowing++;
                    else set[i] = Touching;
                    break;
                default:
                    violation = Math.Max(violation, -g);
                    if (g < -margin) set[i] = Touching;
                    break;
            }

            if (pressure[i] > 0) inContact++;
        }

        (InContact, AtHardness) = (inContact, flowing);
        return violation;
    }

    /// <summary>The pixels of the elastic set.</summary>
    public int[] Elastic(out int count)
    {
        count = 0;
        for (int i = 0; i < size; i++) if (set[i] == Touching) count++;
        if (index.Length < count) index = new int[Math.Min(size, count + (count / 4) + 16)];
        int at = 0;
        for (int i = 0; i < size; i++) if (set[i] == Touching) index[at++] = i;
        return index;
    }

    /// <summary>Moves a guess up or down as a whole until the part between 0 and the hardness carries the load.</summary>
    public void Fill(double[] pressure, double meanPressure)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double p in pressure) (low, high) = (Math.Min(low, p), Math.Max(high, p));
        double from = -high, to = Math.Min(hardness, 2 * meanPressure * size) - low;
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (from + to);
            if (Load(middle) < meanPressure * size) from = middle;
            else to = middle;
        }

        for (int i = 0; i < size; i++) pressure[i] = IsMissing(i) ? 0 : Math.Clamp(pressure[i] + to, 0, hardness);

        double Load(double shift)
        {
            double sum = 0;
            for (int i = 0; i < size; i++) if (!IsMissing(i)) sum += Math.Clamp(pressure[i] + shift, 0, hardness);
            return sum;
        }
    }

    // More flows than the load can feed: all flowing pixels become elastic at the same pressure.
    private void Relieve(double[] pressure, double each)
    {
        for (int i = 0; i < size; i++)
        {
            if (set[i] == Flowing) (pressure[i], set[i]) = (each, Touching);
            else if (set[i] == Touching) (pressure[i], set[i]) = (0, Open);
        }
    }

    // Every contact flows and the load is not met: the open pixels nearest to contact take the rest.
    private void Recruit(double[] pressure, double wanted, int touching, double[]? gap)
    {
        int[] open = [.. Enumerable.Range(0, size).Where(i => set[i] == Open && !IsMissing(i))];
        int needed = (int)Math.Min(open.Length, Math.Ceiling(wanted / hardness * 1.05) + 1 - touching);
        if (needed <= 0 || wanted > hardness * (open.Length + touching))
            throw new ContactNotConvergedException($"{Usable} pixels at {hardness:G4} Pa cannot carry the load");
        if (gap is not null) Array.Sort(open, (a, b) => gap[a] != gap[b] ? gap[a].CompareTo(gap[b]) : a.CompareTo(b));
        foreach (int pixel in open.AsSpan(0, needed)) (pressure[pixel], set[pixel]) = (0, Touching);
    }

    // c with Σ clip(p + c, 0, H) = wanted: a rising, piecewise straight function, by Newton steps kept inside a shrinking interval.
    private double Shift(double[] pressure, double wanted)
    {
        double low = double.NegativeInfinity, high = double.PositiveInfinity, shift = 0;
        for (int step = 0; step < 100; step++)
        {
            double sum = 0;
            int inside = 0;
            for (int i = 0; i < size; i++)
            {
                if (set[i] != Touching) continue;
                double p = pressure[i] + shift;
                if (p <= 0) continue;
                if (p >= hardness) sum += hardness;
                else
                {
                    sum += p;
                    inside++;
                }
            }

            double missingLoad = wanted - sum;
            if (Math.Abs(missingLoad) <= 1e-14 * wanted) return shift;
            if (missingLoad > 0) low = shift;
            else high = shift;
            double next = inside > 0 ? shift + (missingLoad / inside) : double.NaN;
            if (!(next > low && next < high)) next = double.IsInfinity(low) ? high - Math.Max(Math.Abs(high), 1e-3 * wanted) : double.IsInfinity(high) ? low + Math.Max(Math.Abs(low), 1e-3 * wanted) : 0.5 * (low + high);
            if (next == shift) return shift;
            shift = next;
        }

        return shift;
    }
}
