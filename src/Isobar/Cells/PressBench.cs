namespace Isobar.Cells;

/// <summary>What a protocol is carried out with.</summary>
/// <param name="Name">What is made, for people.</param>
/// <param name="Die">The die.</param>
/// <param name="Press">The press.</param>
public sealed record PressBench(string Name, Die Die, PressInstrument Press);
