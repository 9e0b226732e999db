using Isobar.Materials;
using Isobar.Numerics;
using MathNet.Numerics.Distributions;

namespace Isobar.Planning;

/// <summary>
/// What the uncertain constants of a cell could be: for each constant a stratified sample of standard normals (Latin hypercube; McKay, Beckman,
/// Conover, Technometrics 21 (1979) 239, 10.2307/1268522). The sample of a constant depends on its name and the seed alone, so that a further constant
/// changes nothing for the others, and the order of asking does not matter.
/// </summary>
internal sealed class ConstantDraws(int count, ulong seed)
{
    private readonly Dictionary<(string Owner, string Key), double[]> _normals = [];

    public int Count => count;

    /// <summary>The value of a constant in draw <paramref name="index"/>.</summary>
    public double Choose(int index, string owner, Constant constant) =>
        constant.Estimate.StandardUncertainty == 0 ? constant.Estimate.Value : constant.At(Normals(owner, constant.Definition.Key)[index]);

    /// <summary>One random cell: every constant at an independent normal of the seed, not stratified.</summary>
    public static double ChooseOne(ulong seed, string owner, Constant constant)
    {
        if (constant.Estimate.StandardUncertainty == 0) return constant.Estimate.Value;
        var random = new RandomSource(seed, StreamOf(owner, constant.Definition.Key));
        return constant.At(random.NextNormal());
    }

    private double[] Normals(string owner, string key)
    {
        if (_normals.TryGetValue((owner, key), out double[]? known)) return known;
        var random = new RandomSource(seed, StreamOf(owner, key));
        var normals = new double[count];
        for (int i = 0; i < count; i++) normals[i] = Normal.InvCDF(0, 1, (i + random.NextUniform()) / count);
        for (int i = count - 1; i > 0; i--)
        {
            int j = (int)(random.NextUniform() * (i + 1));
            (normals[i], normals[j]) = (normals[j], normals[i]);
        }

        _normals.Add((owner, key), normals);
        return normals;
    }

    // FNV-1a over the UTF-16 units: string.GetHashCode differs from process to process and would break bit-identical reruns.
    private static ulong StreamOf(string owner, string key)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in owner) hash = (hash ^ c) * 1099511628211;
        hash = (hash ^ '/') * 1099511628211;
        foreach (char c in key) hash = (hash ^ c) * 1099511628211;
        return hash;
    }
}
