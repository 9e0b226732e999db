using Isobar.Impedance.Circuits;
using Isobar.Lab.Files;

namespace Isobar.Fuzz;

/// <summary>One reader that is fed damaged input.</summary>
/// <param name="Name">What it is called on the command line and in the folder of findings.</param>
/// <param name="Seeds">The folder of its seeds under <c>seeds</c>.</param>
/// <param name="Read">Reads the input. What it may throw is <see cref="IsobarFileException"/> or <see cref="CircuitException"/>; it also holds what was read against what must be true of it.</param>
internal sealed record FuzzTarget(string Name, string Seeds, Action<byte[]> Read)
{
    // An input has a megabyte at most; a reader that needs more than this for it is not bounded by its input.
    private const long MostBytes = 512L << 20;

    /// <summary>Feeds one input; true when it was read, false when it was refused.</summary>
    /// <exception cref="FuzzException">It took more memory than an input of its size may.</exception>
    public bool Feed(byte[] bytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool read = Reads(bytes);
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        return taken <= MostBytes ? read : throw new FuzzException($"{Name} took {taken} bytes for an input of {bytes.Length}");
    }

    private bool Reads(byte[] bytes)
    {
        try
        {
            Read(bytes);
            return true;
        }
        catch (IsobarFileException fault)
        {
            return fault.Found.Length > 0 && fault.Next.Length > 0 ? false : throw new FuzzException($"{Name} refused without saying what it found or what to do: {fault.Message}");
        }
        catch (CircuitException)
        {
            return false;
        }
    }
}

/// <summary>What was read breaks a rule.</summary>
internal sealed class FuzzException(string message) : Exception(message);
