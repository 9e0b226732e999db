using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Isobar.Mechanics.Contact;

/// <summary>Which pixels are open, in elastic contact, at the hardness, or missing; and the moves between these sets.</summary>
internal sealed class PixelSets(int size, bool[]? missing, SetVectors vectors)
{
    private const byte Open = 0;
    private const byte Touching = 1;
    private const byte Flowing = 2;

    // Eight pixels of the elastic set at once.
    private const ulong AllTouching = 0x0101010101010101;

    private double hardness = double.PositiveInfinity;
    private readonly byte[] set = new byte[size];
    private int[] index = [];
    private int[] starts = [];

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
    public void Sort(double[] pressure) => AtHardness = (int)vectors.Pass(size, (first, end) =>
    {
        int flowing = 0;
        for (int i = first; i < end; i++)
        {
            if (!(pressure[i] > 0) || IsMissing(i)) (pressure[i], set[i]) = (0, Open);
            else if (pressure[i] < hardness) set[i] = Touching;
            else
            {
                (pressure[i], set[i]) = (hardness, Flowing);
                flowing++;
            }
        }

        return new PassSums(flowing, 0, 0);
    }).First;

    /// <summary>
    /// Brings the elastic set back between 0 and the hardness with the load right: p ← clip(p + c) with one c for all. What ends at 0 is let go, what ends at the hardness
    /// is held there. When the elastic set cannot carry its share, flowing pixels are relieved or open ones recruited.
    /// </summary>
    /// <param name="pressure">The grid.</param>
    /// <param name="value">Pressures of the elastic set.</param>
    /// <param name="pixels">Where they are.</param>
    /// <param name="count">How many.</param>
    /// <param name="meanPressure">Load over all pixels; null leaves the load as it is.</param>
    /// <param name="gap">Tells which open pixels are nearest to contact.</param>
    /// <returns>Whether only the elastic set was changed.</returns>
    public bool Restore(double[] pressure, double[] value, int[] pixels, int count, double? meanPressure, double[]? gap)
    {
        double shift = 0;
        if (meanPressure is { } mean)
        {
            double wanted = (mean * size) - (AtHardness > 0 ? hardness * AtHardness : 0);
            if (!(wanted > 0) || count == 0 || wanted > hardness * count)
            {
                Place(pressure, value, pixels, count, 0);
                if (wanted <= 0) Relieve(pressure, mean * size / AtHardness);
                else Recruit(pressure, wanted, gap);
                return false;
            }

            shift = PressureShift.Find(vectors, value, count, wanted, hardness);
        }

        Place(pressure, value, pixels, count, shift);
        return true;
    }

    /// <summary>As above, from the grid itself.</summary>
    public void Restore(double[] pressure, double meanPressure)
    {
        int[] pixels = Elastic(out int count);
        double[] value = new double[count];
        for (int i = 0; i < count; i++) value[i] = pressure[pixels[i]];
        Restore(pressure, value, pixels, count, meanPressure, null);
    }

    /// <summary>
    /// The shift s that makes the mean gap of the elastic contact zero. When every contact flows, s lies between the lowest open and the highest flowing pixel.
    /// </summary>
    /// <param name="displacement">W·p.</param>
    /// <param name="heights">h.</param>
    /// <param name="candidates">Pixels among which the elastic set is.</param>
    /// <param name="count">How many.</param>
    public double ContactPlane(double[] displacement, double[] heights, int[] candidates, int count)
    {
        PassSums sums = vectors.Pass(count, (first, end) =>
        {
            double sum = 0;
            int touching = 0;
            for (int i = first; i < end; i++)
            {
                int pixel = candidates[i];
                if (set[pixel] != Touching) continue;
                sum += displacement[pixel] - heights[pixel];
                touching++;
            }

            return new PassSums(sum, touching, 0);
        });
        if (sums.Second > 0) return -sums.First / sums.Second;

        double lowestOpen = double.PositiveInfinity, highestFlowing = double.NegativeInfinity;
        for (int i = 0; i < size; i++)
        {
            double gap = displacement[i] - heights[i];
            if (set[i] == Flowing) highestFlowing = Math.Max(highestFlowing, gap);
            else if (!IsMissing(i)) lowestOpen = Math.Min(lowestOpen, gap);
        }

        if (double.IsInfinity(highestFlowing)) return double.IsInfinity(lowestOpen) ? 0 : -lowestOpen;
        return double.IsInfinity(lowestOpen) ? -highestFlowing : -0.5 * (lowestOpen + highestFlowing);
    }

    /// <summary>Turns displacements into gaps, W·p − h + s, finds the worst violation and moves those pixels whose gap has the wrong sign into the elastic set.</summary>
    public double Revise(double[] gap, double[] heights, double shift, double margin)
    {
        PassSums sums = vectors.Pass(size, (first, end) => Revise(gap, heights, shift, margin, first, end));
        (InContact, AtHardness) = ((int)sums.First, (int)sums.Second);
        return sums.Largest;
    }

    /// <summary>The pixels of the elastic set.</summary>
    public int[] Elastic(out int count)
    {
        int pieces = (size + SetVectors.Piece - 1) / SetVectors.Piece;
        if (starts.Length <= pieces) starts = new int[pieces + 1];
        vectors.Pass(size, (first, end) =>
        {
            starts[(first / SetVectors.Piece) + 1] = Touched(set.AsSpan(first, end - first));
            return default;
        });
        starts[0] = 0;
        for (int piece = 0; piece < pieces; piece++) starts[piece + 1] += starts[piece];
        count = starts[pieces];
        if (index.Length < count) Array.Resize(ref index, Math.Min(size, Math.Max(count, 2 * index.Length)));
        vectors.Pass(size, (first, end) =>
        {
            List(first, set.AsSpan(first, end - first), index.AsSpan(starts[first / SetVectors.Piece]));
            return default;
        });
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

    private static int Touched(ReadOnlySpan<byte> part)
    {
        ReadOnlySpan<ulong> eights = MemoryMarshal.Cast<byte, ulong>(part);
        int count = 0;
        foreach (ulong eight in eights) count += BitOperations.PopCount(eight & AllTouching);
        for (int i = 8 * eights.Length; i < part.Length; i++) count += part[i] & 1;
        return count;
    }

    // Written without a branch: each pixel is put down, and stays when it touches. The room of a piece ends where the next begins, hence the copy.
    private static void List(int first, ReadOnlySpan<byte> part, Span<int> pixels)
    {
        Span<int> found = stackalloc int[SetVectors.Piece + 1];
        ReadOnlySpan<ulong> eights = MemoryMarshal.Cast<byte, ulong>(part);
        int count = 0;
        for (int k = 0; k < eights.Length; k++)
        {
            if ((eights[k] & AllTouching) == 0) continue;
            for (int i = 8 * k; i < (8 * k) + 8; i++)
            {
                found[count] = first + i;
                count += part[i] & 1;
            }
        }

        for (int i = 8 * eights.Length; i < part.Length; i++)
        {
            found[count] = first + i;
            count += part[i] & 1;
        }

        found[..count].CopyTo(pixels);
    }

    private PassSums Revise(double[] gap, double[] heights, double shift, double margin, int first, int end)
    {
        double violation = 0;
        int inContact = 0, flowing = 0;
        Vector256<double> move = Vector256.Create(shift), least = Vector256.Create(-margin);
        int i = first;
        for (; i + 8 <= end; i += 8)
        {
            Vector256<double> a = Vector256.LoadUnsafe(ref gap[i]) - Vector256.LoadUnsafe(ref heights[i]) + move;
            Vector256<double> b = Vector256.LoadUnsafe(ref gap[i + 4]) - Vector256.LoadUnsafe(ref heights[i + 4]) + move;
            a.StoreUnsafe(ref gap[i]);
            b.StoreUnsafe(ref gap[i + 4]);
            ulong eight = MemoryMarshal.Read<ulong>(set.AsSpan(i, 8));
            if (eight == 0 && Vector256.GreaterThanAll(Vector256.Min(a, b), least))
            {
                violation = Math.Max(violation, -Lowest(Vector256.Min(a, b)));
            }
            else if (eight == AllTouching)
            {
                violation = Math.Max(violation, -Lowest(-Vector256.Max(Vector256.Abs(a), Vector256.Abs(b))));
                inContact += 8;
            }
            else
            {
                for (int k = i; k < i + 8; k++) Judge(k, gap[k]);
            }
        }

        for (; i < end; i++) Judge(i, gap[i] = gap[i] - heights[i] + shift);
        return new PassSums(inContact, flowing, violation);

        void Judge(int pixel, double g)
        {
            if (IsMissing(pixel)) return;
            if (set[pixel] != Open) inContact++;
            switch (set[pixel])
            {
                case Touching:
                    violation = Math.Max(violation, Math.Abs(g));
                    break;
                case Flowing:
                    violation = Math.Max(violation, g);
                    if (g > margin) set[pixel] = Touching;
                    else flowing++;
                    break;
                default:
                    violation = Math.Max(violation, -g);
                    if (g < -margin) set[pixel] = Touching;
                    break;
            }
        }

        static double Lowest(Vector256<double> v) => Math.Min(Math.Min(v[0], v[1]), Math.Min(v[2], v[3]));
    }

    private void Place(double[] pressure, double[] value, int[] pixels, int count, double shift) => vectors.Each(count, (first, end) =>
    {
        for (int i = first; i < end; i++)
        {
            int pixel = pixels[i];
            double p = value[i] + shift;
            (pressure[pixel], set[pixel]) = p <= 0 ? (0, Open) : p >= hardness ? (hardness, Flowing) : (p, Touching);
        }
    });

    // More flows than the load can feed: all flowing pixels become elastic at the same pressure.
    private void Relieve(double[] pressure, double each)
    {
        for (int i = 0; i < size; i++)
        {
            if (set[i] == Flowing) (pressure[i], set[i]) = (each, Touching);
            else if (set[i] == Touching) (pressure[i], set[i]) = (0, Open);
        }
    }

    // All that touches flows and the load is not met: the open pixels nearest to contact take the rest.
    private void Recruit(double[] pressure, double wanted, double[]? gap)
    {
        var open = new List<int>();
        double carried = 0;
        for (int i = 0; i < size; i++)
        {
            if (set[i] == Touching) (pressure[i], set[i]) = (hardness, Flowing);
            if (set[i] == Flowing) carried += hardness;
            else if (!IsMissing(i)) open.Add(i);
        }

        double rest = wanted + (hardness * AtHardness) - carried;
        int needed = (int)Math.Ceiling(rest / hardness * 1.05) + 1;
        if (rest > hardness * open.Count) throw new ContactNotConvergedException($"{Usable} pixels at {hardness:G4} Pa cannot carry the load");
        if (gap is not null) open.Sort((a, b) => gap[a] != gap[b] ? gap[a].CompareTo(gap[b]) : a.CompareTo(b));
        needed = Math.Min(needed, open.Count);
        for (int i = 0; i < needed && rest > 0; i++) (pressure[open[i]], set[open[i]]) = (rest / needed, Touching);
    }
}
