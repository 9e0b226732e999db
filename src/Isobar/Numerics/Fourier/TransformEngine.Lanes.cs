using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Isobar.Numerics.Fourier;

/// <summary>
/// Rows are transformed Width at a time, one row per lane; neighbours along a row travel as real and imaginary part, so that n reals cost a complex transform
/// of n/2. The result is kept in blocks of Width columns, each block contiguous, and the columns of a block are transformed, multiplied by the symbol and transformed
/// back while the block stays in the cache.
/// <para>With an even number of columns the columns 0 and n/2 are both spectra of real numbers and share one place: C = A + iB, and
/// A·K₀ + iB·K₁ = C·(K₀ + K₁)/2 + C̃·(K₀ − K₁)/2 with C̃(f) = conj C(−f).</para>
/// </summary>
internal sealed class TransformEngine<TLanes, TVector, TScalar> : TransformEngine<TScalar>
    where TLanes : ILanes<TVector, TScalar>
    where TVector : struct
    where TScalar : unmanaged, IBinaryFloatingPointIeee754<TScalar>
{
    private readonly int rows;
    private readonly int columns;
    private readonly ParallelLoop loop;
    private readonly FourierPlan<TScalar> rowPlan;
    private readonly FourierPlan<TScalar> columnPlan;
    private readonly RealPacking<TLanes, TVector, TScalar> packing;
    private readonly int blocks;
    private readonly int paddedRows;
    private readonly long blockStride;
    private readonly AlignedBuffer<TScalar> work;
    private readonly AlignedBuffer<TScalar>[] scratch;
    private readonly TScalar[] firstColumn;
    private readonly int[] oppositePlace;

    public TransformEngine(int rows, int columns, ParallelLoop loop)
    {
        (this.rows, this.columns, this.loop) = (rows, columns, loop);
        int width = TLanes.Width;
        rowPlan = new FourierPlan<TScalar>(columns % 2 == 0 ? columns / 2 : columns);
        columnPlan = new FourierPlan<TScalar>(rows);
        packing = new RealPacking<TLanes, TVector, TScalar>(columns, rowPlan);
        blocks = (packing.Slots + width - 1) / width;
        paddedRows = (rows + width - 1) / width * width;

        // A little more than the block, or every block would begin in the same set of the cache.
        blockStride = ((long)paddedRows * 2 * width) + (2 * Math.Max(width, 8));
        work = new AlignedBuffer<TScalar>(blocks * blockStride);
        scratch = new AlignedBuffer<TScalar>[Math.Max(loop.Degree, 1)];
        for (int i = 0; i < scratch.Length; i++) scratch[i] = new AlignedBuffer<TScalar>(Math.Max(2L * rowPlan.Length, 2L * blocks * width) * width);
        firstColumn = new TScalar[packing.SharesFirst ? 2 * rows : 0];
        oppositePlace = new int[rows];
        for (int place = 0; place < rows; place++)
            oppositePlace[place] = columnPlan.PlaceOfFrequency[(rows - columnPlan.FrequencyOfPlace[place]) % rows];
    }

    public override Symbol CreateSymbol(Func<int, int, double> symbol)
    {
        int width = TLanes.Width;
        var table = new AlignedBuffer<TScalar>((long)blocks * rows * width);
        double scale = 1 / (packing.Gain * rows);
        for (int block = 0; block < blocks; block++)
        {
            for (int place = 0; place < rows; place++)
            {
                int row = Signed(columnPlan.FrequencyOfPlace[place]);
                for (int lane = 0; lane < width && (block * width) + lane < packing.Slots; lane++)
                    table[((((long)block * rows) + place) * width) + lane] = TScalar.CreateTruncating(symbol(row, packing.FrequencyOfSlot((block * width) + lane)) * scale);
            }
        }

        var nyquist = new TScalar[packing.SharesFirst ? rows : 0];
        for (int place = 0; place < nyquist.Length; place++)
            nyquist[place] = TScalar.CreateTruncating(symbol(Signed(columnPlan.FrequencyOfPlace[place]), columns / 2) * scale);
        return new Symbol<TScalar>(this, table, nyquist);
    }

    public override void Convolve(TScalar[] input, int fieldRows, int fieldColumns, Symbol symbol, TScalar[] output)
    {
        if (symbol is not Symbol<TScalar> own || !ReferenceEquals(own.Owner, this)) throw new ArgumentException("the symbol belongs to another transform");
        int rowBlocks = (fieldRows + TLanes.Width - 1) / TLanes.Width;
        loop.Divide(rowBlocks, (part, first, end) =>
        {
            for (int block = first; block < end; block++) RowForward(input, fieldRows, fieldColumns, block, scratch[part]);
        });
        loop.Divide(blocks, (_, first, end) =>
        {
            for (int block = first; block < end; block++)
            {
                ColumnForward(block, rowBlocks * TLanes.Width);
                Multiply(block, own);
                Butterflies<TLanes, TVector, TScalar>.Inverse(ref work[block * blockStride], columnPlan);
            }
        });
        loop.Divide(rowBlocks, (part, first, end) =>
        {
            for (int block = first; block < end; block++) RowInverse(output, fieldRows, fieldColumns, block, scratch[part]);
        });
    }

    public override void Forward(TScalar[] field, Complex[] spectrum)
    {
        int width = TLanes.Width, half = (columns / 2) + 1;
        for (int block = 0; block * width < rows; block++) RowForward(field, rows, columns, block, scratch[0]);
        for (int block = 0; block < blocks; block++) ColumnForward(block, paddedRows);
        for (int slot = 0; slot < packing.Slots; slot++)
        {
            int column = packing.FrequencyOfSlot(slot);
            for (int row = 0; row < rows; row++)
                spectrum[(row * half) + column] = Element(columnPlan.PlaceOfFrequency[row], slot) / packing.ForwardGain;
        }

        if (!packing.SharesFirst) return;
        for (int row = 0; row < rows; row++)
        {
            Complex c = Element(columnPlan.PlaceOfFrequency[row], 0), opposite = Complex.Conjugate(Element(columnPlan.PlaceOfFrequency[(rows - row) % rows], 0));
            spectrum[row * half] = (c + opposite) / (2 * packing.ForwardGain);
            spectrum[(row * half) + half - 1] = (c - opposite) / new Complex(0, 2 * packing.ForwardGain);
        }
    }

    public override void Inverse(Complex[] spectrum, TScalar[] field)
    {
        int width = TLanes.Width, half = (columns / 2) + 1;
        double scale = packing.ForwardGain / (packing.Gain * rows);
        for (int slot = 0; slot < packing.Slots; slot++)
        {
            int column = packing.FrequencyOfSlot(slot);
            for (int row = 0; row < rows; row++)
            {
                Complex value = spectrum[(row * half) + column];
                if (packing.SharesFirst && slot == 0)
                {
                    // Only what a real field can hold counts: the part with F(−f) = conj F(f).
                    int mirror = (rows - row) % rows * half;
                    Complex mean = (value + Complex.Conjugate(spectrum[mirror])) / 2;
                    Complex last = (spectrum[(row * half) + half - 1] + Complex.Conjugate(spectrum[mirror + half - 1])) / 2;
                    value = mean + (Complex.ImaginaryOne * last);
                }

                Store(columnPlan.PlaceOfFrequency[row], slot, value * scale);
            }
        }

        for (int block = 0; block < blocks; block++) Butterflies<TLanes, TVector, TScalar>.Inverse(ref work[block * blockStride], columnPlan);
        for (int block = 0; block * width < rows; block++) RowInverse(field, rows, columns, block, scratch[0]);
    }

    private int Signed(int frequency) => 2 * frequency > rows ? frequency - rows : frequency;

    private long PlaceOf(int place, int slot) => (slot / TLanes.Width * blockStride) + ((long)place * 2 * TLanes.Width) + (slot % TLanes.Width);

    private Complex Element(int place, int slot)
    {
        long at = PlaceOf(place, slot);
        return new Complex(double.CreateTruncating(work[at]), double.CreateTruncating(work[at + TLanes.Width]));
    }

    private void Store(int place, int slot, Complex value)
    {
        long at = PlaceOf(place, slot);
        work[at] = TScalar.CreateTruncating(value.Real);
        work[at + TLanes.Width] = TScalar.CreateTruncating(value.Imaginary);
    }

    private void RowForward(TScalar[] field, int fieldRows, int fieldColumns, int rowBlock, AlignedBuffer<TScalar> buffer)
    {
        int width = TLanes.Width, row = rowBlock * width;
        ref TScalar tile = ref buffer[0];
        if (packing.SharesFirst && row + width <= fieldRows)
        {
            int whole = fieldColumns / width * width;
            ref TScalar source = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(field), (nint)row * fieldColumns);
            for (nint column = 0; column < whole; column += width)
                TLanes.Transpose(ref Unsafe.Add(ref source, column), fieldColumns, ref Unsafe.Add(ref tile, column * width), width);
            for (nint column = whole; column < columns; column++)
            {
                for (nint lane = 0; lane < width; lane++)
                    Unsafe.Add(ref tile, (column * width) + lane) = column < fieldColumns ? Unsafe.Add(ref source, (lane * fieldColumns) + column) : TScalar.Zero;
            }
        }
        else
        {
            // An odd row length goes through a complex transform with nothing in the imaginary part.
            int spread = packing.SharesFirst ? 1 : 2;
            buffer.Slice(0, columns * spread * width).Clear();
            for (int lane = 0; lane < width && row + lane < fieldRows; lane++)
            {
                for (int column = 0; column < fieldColumns; column++)
                    buffer[((long)column * spread * width) + lane] = field[((row + lane) * fieldColumns) + column];
            }
        }

        Butterflies<TLanes, TVector, TScalar>.Forward(ref tile, rowPlan);
        packing.AfterForward(ref tile);
        for (int block = 0; block < blocks; block++)
        {
            ref TScalar from = ref Unsafe.Add(ref tile, (nint)block * 2 * width * width);
            ref TScalar to = ref work[(block * blockStride) + ((long)row * 2 * width)];
            TLanes.Transpose(ref from, 2 * width, ref to, 2 * width);
            TLanes.Transpose(ref Unsafe.Add(ref from, width), 2 * width, ref Unsafe.Add(ref to, width), 2 * width);
        }
    }

    private void ColumnForward(int block, int filledRows)
    {
        if (filledRows < rows) work.Slice((block * blockStride) + ((long)filledRows * 2 * TLanes.Width), (rows - filledRows) * 2 * TLanes.Width).Clear();
        Butterflies<TLanes, TVector, TScalar>.Forward(ref work[block * blockStride], columnPlan);
    }

    private void RowInverse(TScalar[] field, int fieldRows, int fieldColumns, int rowBlock, AlignedBuffer<TScalar> buffer)
    {
        int width = TLanes.Width, row = rowBlock * width;
        ref TScalar tile = ref buffer[0];
        for (int block = 0; block < blocks; block++)
        {
            ref TScalar to = ref Unsafe.Add(ref tile, (nint)block * 2 * width * width);
            ref TScalar from = ref work[(block * blockStride) + ((long)row * 2 * width)];
            TLanes.Transpose(ref from, 2 * width, ref to, 2 * width);
            TLanes.Transpose(ref Unsafe.Add(ref from, width), 2 * width, ref Unsafe.Add(ref to, width), 2 * width);
        }

        packing.BeforeInverse(ref tile);
        Butterflies<TLanes, TVector, TScalar>.Inverse(ref tile, rowPlan);
        int start = 0;
        if (packing.SharesFirst && row + width <= fieldRows)
        {
            start = fieldColumns / width * width;
            ref TScalar target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(field), (nint)row * fieldColumns);
            for (nint column = 0; column < start; column += width)
                TLanes.Transpose(ref Unsafe.Add(ref tile, column * width), width, ref Unsafe.Add(ref target, column), fieldColumns);
        }

        int spread = packing.SharesFirst ? 1 : 2;
        for (int lane = 0; lane < width && row + lane < fieldRows; lane++)
        {
            for (int column = start; column < fieldColumns; column++)
                field[((row + lane) * fieldColumns) + column] = buffer[((long)column * spread * width) + lane];
        }
    }

    private void Multiply(int block, Symbol<TScalar> symbol)
    {
        int width = TLanes.Width;
        bool shared = block == 0 && packing.SharesFirst;
        ref TScalar data = ref work[block * blockStride];
        if (shared)
        {
            for (int place = 0; place < rows; place++)
            {
                firstColumn[2 * place] = Unsafe.Add(ref data, 2 * place * width);
                firstColumn[(2 * place) + 1] = Unsafe.Add(ref data, ((2 * place) + 1) * width);
            }
        }

        ref TScalar table = ref symbol.Table[(long)block * rows * width];
        for (nint place = 0; place < rows; place++)
        {
            TVector factor = TLanes.Load(ref table, place * width);
            TLanes.Store(TLanes.Multiply(TLanes.Load(ref data, 2 * place * width), factor), ref data, 2 * place * width);
            TLanes.Store(TLanes.Multiply(TLanes.Load(ref data, ((2 * place) + 1) * width), factor), ref data, ((2 * place) + 1) * width);
        }

        if (!shared) return;
        TScalar half = TScalar.CreateTruncating(0.5);
        for (int place = 0; place < rows; place++)
        {
            TScalar first = Unsafe.Add(ref table, place * width), last = symbol.Nyquist[place];
            TScalar same = (first + last) * half, other = (first - last) * half;
            int opposite = oppositePlace[place];
            Unsafe.Add(ref data, 2 * place * width) = (firstColumn[2 * place] * same) + (firstColumn[2 * opposite] * other);
            Unsafe.Add(ref data, ((2 * place) + 1) * width) = (firstColumn[(2 * place) + 1] * same) - (firstColumn[(2 * opposite) + 1] * other);
        }
    }
}
