using Isobar.Materials;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>The 'materials:' part of a cell file: constants that replace those of a known material, new materials 'like' a known one, and material files.</summary>
internal static class CellMaterials
{
    public static MaterialLibrary Apply(FileNode node, MaterialLibrary library)
    {
        MaterialLibrary result = library;
        foreach (FileEntry entry in node.AsMap("the materials").Entries) result = result.With(ReadOne(entry, result));
        return result;
    }

    /// <summary>The material a node names, or an error at the node with the nearest id.</summary>
    public static Material Find(FileScalar node, MaterialLibrary library) =>
        library.TryFind(node.Text) ?? throw node.Error(
            $"there is no material '{node.Text}'",
            Spelling.DidYouMean(node.Text, library.Ids) + "known are " + string.Join(", ", library.Ids),
            "correct the name, or define it under 'materials:' with 'like:' and the constants that differ");

    private static Material ReadOne(FileEntry entry, MaterialLibrary library)
    {
        FileScalar id = entry.Key;
        FileMap map = entry.Value.AsMap($"the material '{id.Text}'");
        if (map.Find("file") is { } file) return ReadFile(map, id, file.AsScalar("the material file"));
        FileScalar? like = map.Find("like")?.AsScalar("the known material");
        Material? known = library.TryFind(id.Text);
        if (known is not null && like is not null)
        {
            throw like.Error($"'{id.Text}' is already known and cannot be like another", "'like:' for new names only", $"remove the line 'like: {like.Text}', or choose another name than '{id.Text}'");
        }

        if (known is null && like is null)
        {
            throw id.Error($"there is no material '{id.Text}'", Spelling.DidYouMean(id.Text, library.Ids) + "a known name, or 'like: ...' inside for a new material", $"correct the name, or add 'like: {library.Ids.First()}' or another id below it");
        }

        Material material = known ?? Find(like!, library) with { Id = MaterialFile.RequireId(id), Name = id.Text };
        if (map.Find("name") is { } name) material = material with { Name = name.AsText("the name") };
        foreach (FileEntry constant in map.Entries)
        {
            if (constant.Key.Text is "like" or "name") continue;
            material = material.With(ConstantText.Read(constant, shortForm: true, constant.Key.Source.Path));
        }

        HashSet<string> own = [.. map.Entries.Select(constant => constant.Key.Text)];
        material = WithinOneLaboratory(material, own, MaterialConstants.DenseConductivity, MaterialConstants.ConductivityScatter, 0.1);
        return WithinOneLaboratory(material, own, MaterialConstants.CompactionPressure, MaterialConstants.DensityScatter, 0.02);
    }

    // A value measured in this laboratory does not differ from itself by what laboratories differ among each other; what is left is the
    // spread from pellet to pellet (0.023 in D for four pellets of Doux 2020, about 10 % in conductivity).
    private static Material WithinOneLaboratory(Material material, HashSet<string> own, ConstantDefinition measured, ConstantDefinition<Fraction> scatter, double pelletToPellet)
    {
        if (!own.Contains(measured.Key) || own.Contains(scatter.Key)) return material;
        var estimate = new Estimate(pelletToPellet, 0.5 * pelletToPellet, Scale: scatter.Scale);
        return material.With(new Constant(scatter, estimate, null, $"judgement: pellet to pellet within one laboratory, since {measured.Key} is the laboratory's own", null));
    }

    // A path beside the cell file, so that a folder with cell and materials can be moved.
    private static Material ReadFile(FileMap map, FileScalar id, FileScalar file)
    {
        if (map.Entries.Count > 1)
        {
            FileScalar other = map.Entries.First(entry => entry.Key.Text is not "file").Key;
            throw other.Error($"the material '{id.Text}' has a file and the key '{other.Text}'", "the file alone", "change the constant in the material file, or remove the line 'file: ...'");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(file.Source.Path)) ?? "";
        return MaterialFile.Read(Path.Combine(folder, file.Text)) with { Id = MaterialFile.RequireId(id) };
    }
}
