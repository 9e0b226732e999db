using System.Numerics;
using System.Runtime.InteropServices;

namespace Isobar.Bench.Contact;

/// <summary>Convolution by FFTW, the yardstick of the benchmark; used only where the shared library is installed (Debian: libfftw3-double3).</summary>
internal sealed class Fftw
{
    public const uint Measure = 0;
    public const uint Estimate = 64;

    private static readonly nint s_library = NativeLibrary.TryLoad("libfftw3.so.3", out nint handle) ? handle : 0;

    private readonly double[] values;
    private readonly double[] spectrum;
    private readonly double[] kernel;
    private readonly nint forward;
    private readonly nint inverse;
    private readonly Run execute;

    public Fftw(int points, uint effort, Func<int, int, double> symbol)
    {
        int half = (points / 2) + 1;
        values = GC.AllocateArray<double>(points * points, pinned: true);
        spectrum = GC.AllocateArray<double>(2 * points * half, pinned: true);
        kernel = new double[spectrum.Length];
        for (int row = 0; row < points; row++)
        {
            for (int column = 0; column < half; column++)
            {
                int at = 2 * ((row * half) + column);
                kernel[at] = kernel[at + 1] = symbol(2 * row > points ? row - points : row, column) / ((double)points * points);
            }
        }

        nint x = Marshal.UnsafeAddrOfPinnedArrayElement(values, 0), y = Marshal.UnsafeAddrOfPinnedArrayElement(spectrum, 0);
        forward = Function<Plan>("fftw_plan_dft_r2c_2d")(points, points, x, y, effort);
        inverse = Function<Plan>("fftw_plan_dft_c2r_2d")(points, points, y, x, effort);
        execute = Function<Run>("fftw_execute");
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint Plan(int rows, int columns, nint input, nint output, uint effort);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void Run(nint plan);

    public static bool IsInstalled => s_library != 0;

    /// <summary>The field, replaced by <see cref="Convolve"/>.</summary>
    public Span<double> Field => values;

    public void Convolve()
    {
        execute(forward);
        int width = Vector<double>.Count, i = 0;
        for (; i <= spectrum.Length - width; i += width) (new Vector<double>(spectrum, i) * new Vector<double>(kernel, i)).CopyTo(spectrum, i);
        for (; i < spectrum.Length; i++) spectrum[i] *= kernel[i];
        execute(inverse);
    }

    private static T Function<T>(string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(s_library, name));
}
