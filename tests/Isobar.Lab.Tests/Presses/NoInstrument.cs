using Isobar.Lab.Presses;

namespace Isobar.Lab.Tests.Presses;

/// <summary>For runs that measure nothing.</summary>
internal sealed class NoInstrument : IMeasurer
{
    public Task<Reply> MeasureAsync(MeasurementRequest request, CancellationToken cancellation) => throw new InvalidOperationException("no instrument");
}
