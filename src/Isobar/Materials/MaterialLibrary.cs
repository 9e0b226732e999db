using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Materials;

/// <summary>Materials by their id. Immutable.</summary>
public sealed class MaterialLibrary
{
    private readonly ImmutableSortedDictionary<string, Material> _byId;

    /// <summary>Makes a library; ids are unique.</summary>
    /// <exception cref="ArgumentException">Two materials have the same id.</exception>
    public MaterialLibrary(IEnumerable<Material> materials)
    {
        ImmutableSortedDictionary<string, Material>.Builder byId = ImmutableSortedDictionary.CreateBuilder<string, Material>(StringComparer.Ordinal);
        foreach (Material material in materials)
        {
            if (!byId.TryAdd(material.Id, material))
            {
                throw new ArgumentException($"two materials have the id '{material.Id}' ('{byId[material.Id].Name}' and '{material.Name}'); ids are unique, rename one", nameof(materials));
            }
        }

        _byId = byId.ToImmutable();
    }

    /// <summary>All materials, in order of their ids.</summary>
    public IEnumerable<Material> All => _byId.Values;

    /// <summary>All ids, in order.</summary>
    public IEnumerable<string> Ids => _byId.Keys;

    /// <summary>The material with this id.</summary>
    /// <exception cref="UnknownMaterialException">There is none; the message names the nearest and all that exist.</exception>
    public Material Find(string id) => TryFind(id) ?? throw new UnknownMaterialException(id, Ids);

    /// <summary>The material with this id, or null.</summary>
    public Material? TryFind(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The same library with a material replaced or added.</summary>
    public MaterialLibrary With(Material material) => new(_byId.SetItem(material.Id, material).Values);
}

/// <summary>A material id that is not in the library.</summary>
public sealed class UnknownMaterialException(string id, IEnumerable<string> known) : KeyNotFoundException(
    $"no material '{id}'; {Spelling.DidYouMean(id, known)}the library has {string.Join(", ", known)}")
{
    /// <summary>The id that was asked for.</summary>
    public string Id { get; } = id;
}
