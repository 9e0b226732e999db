using System.Collections.Immutable;

namespace Isobar.Lab.Files;

/// <summary>One key of a step in a protocol file.</summary>
/// <param name="Key">As it is written.</param>
/// <param name="Example">A value that is read; messages and the reference page show it.</param>
/// <param name="Meaning">What it means, in a few words.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
internal sealed record StepSetting(string Key, string Example, string Meaning, bool IsOptional = false);

/// <summary>
/// What stands under one word of a protocol file: reader, messages and reference page take keys and examples from here.
/// </summary>
/// <param name="Word">The word.</param>
/// <param name="What">What messages call it.</param>
/// <param name="Does">What it does, a sentence.</param>
/// <param name="Settings">Its keys, in the order in which they are shown.</param>
internal sealed record StepDeclaration(string Word, string What, string Does, ImmutableArray<StepSetting> Settings)
{
    /// <summary>Opens a node as this; keys that are not declared are refused.</summary>
    public DeclaredMap Open(FileNode node) => new(this, node.AsMap(What, [.. Settings.Select(setting => setting.Key)]));

    /// <summary>A declared key.</summary>
    public StepSetting Setting(string key) => Settings.First(setting => string.Equals(setting.Key, key, StringComparison.Ordinal));
}

/// <summary>The keys of one step as they stand in a file.</summary>
/// <param name="Declaration">What may stand there.</param>
/// <param name="Map">What does.</param>
internal readonly record struct DeclaredMap(StepDeclaration Declaration, FileMap Map)
{
    /// <summary>What messages call it.</summary>
    public string What => Declaration.What;

    /// <summary>The value of a key that must be there.</summary>
    public FileNode Require(string key) => Map.Require(key, What, Declaration.Setting(key).Example);

    /// <summary>The value of a key; null when the file leaves it out.</summary>
    public FileNode? Find(string key) => Map.Find(Declaration.Setting(key).Key);
}
