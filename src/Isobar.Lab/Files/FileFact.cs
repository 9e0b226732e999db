namespace Isobar.Lab.Files;

/// <summary>Something that a file says of itself.</summary>
/// <param name="Name">What it is, for example "instrument".</param>
/// <param name="Text">As the file has it.</param>
public sealed record FileFact(string Name, string Text);
