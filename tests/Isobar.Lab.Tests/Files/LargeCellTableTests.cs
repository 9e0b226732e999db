using System.Text;
using Isobar.Lab.Files;
using Xunit;

namespace Isobar.Lab.Tests.Files;

/// <summary>Tables as large as a laboratory has them.</summary>
public sealed class LargeCellTableTests
{
    [Fact]
    public void A_hundred_megabytes_are_read_row_by_row()
    {
        using var stream = new RepeatingStream("cell_number,batch,press,stack_MPa,resistance_ohm,comment\n", "x,B{0},P1,74.5,30.{0},a comment that nobody asked for and that fills the row\n", 100 << 20);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        CellTable table = CellTableFile.Read(stream, "large.csv", new CellTableRequest());
        Assert.True(stream.Length >= 100 << 20);
        Assert.Equal(stream.Rows, table.Values.Count);
        // Numbers, names and groups of each row stay: about 200 bytes; the text does not.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, 400L << 20);
        Assert.Equal(10, table.Groupings[0].Levels.Length);
    }

    /// <summary>A heading and then one row again and again, made while it is read.</summary>
    private sealed class RepeatingStream(string heading, string row, long length) : Stream
    {
        private byte[] _present = Encoding.ASCII.GetBytes(heading);
        private int _at;
        private long _made = heading.Length;

        public int Rows { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => _made;

        public override long Position { get => _made; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int copied = 0;
            while (copied < count)
            {
                if (_at == _present.Length)
                {
                    if (_made >= length) break;
                    _present = Encoding.ASCII.GetBytes(row.Replace("{0}", (Rows % 10).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
                    _at = 0;
                    _made += _present.Length;
                    Rows++;
                }

                int part = Math.Min(count - copied, _present.Length - _at);
                _present.AsSpan(_at, part).CopyTo(buffer.AsSpan(offset + copied));
                (_at, copied) = (_at + part, copied + part);
            }

            return copied;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
