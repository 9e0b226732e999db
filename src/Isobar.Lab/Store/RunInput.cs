using Isobar.Protocols;

namespace Isobar.Lab.Store;

/// <summary>Something that the executor was told in a run.</summary>
/// <param name="Event">What.</param>
/// <param name="IsSample">Whether it is the tick of a sample; its time, pressure and displacement are the sample's.</param>
public readonly record struct RunInput(ExecutorEvent Event, bool IsSample);
