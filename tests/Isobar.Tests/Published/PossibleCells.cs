using System.Collections.Immutable;
using System.Globalization;
using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Lab.Files;
using Isobar.Materials;
using Isobar.Numerics;
using Isobar.Quantities;

namespace Isobar.Tests.Published;

/// <summary>
/// What a cell could be according to the built-in constants and their uncertainties: each constant that <see cref="CellResolver"/> asks for is one
/// unknown with independent normals, so the place of the laboratory among all is in it.
/// </summary>
internal sealed class PossibleCells
{
    // The 5 % quantile of 1000 draws rests on 50; it lies between the 4.0 and 6.2 % quantiles in two cases of three.
    private const int Count = 1000;
    private const ulong Seed = 20260101;

    private readonly Dictionary<(string Owner, string Key), double[]> _normals = [];

    private PossibleCells(Cell cell)
    {
        Cell = cell;
        Best = CellResolver.Best(cell);
        Draws = [.. Enumerable.Range(0, Count).Select(draw => CellResolver.Resolve(cell, (owner, constant) => Choose(draw, owner, constant)))];
    }

    public Cell Cell { get; }

    public CellParameters Best { get; }

    public ImmutableArray<CellParameters> Draws { get; }

    /// <summary>
    /// A cell whose only separator is a pellet of one electrolyte, and whose cathode is an active material with an electrolyte. Layer 0 is the cathode,
    /// layer 1 the pellet.
    /// </summary>
    public static PossibleCells With(
        string pellet, double pelletMilligrams = 80.2, double dieMillimetres = 10, string active = "nmc622-poly", double activeShare = 0.6, string? catholyte = null, string anode = "lithium", string collector = "aluminium") =>
        new(CellWith(pellet, pelletMilligrams, dieMillimetres, active, activeShare, catholyte, anode, collector));

    /// <summary>The cell of <see cref="With"/>, without its draws.</summary>
    public static Cell CellWith(
        string pellet, double pelletMilligrams = 80.2, double dieMillimetres = 10, string active = "nmc622-poly", double activeShare = 0.6, string? catholyte = null, string anode = "lithium", string collector = "aluminium") =>
        CellFile.Parse(
            string.Create(CultureInfo.InvariantCulture, $"""
            isobar: cell/1
            name: a published pellet
            die: {"{"}diameter: {dieMillimetres} mm ± 0.02 mm, material: steel, limit: 1000 MPa{"}"}
            press: {"{"}name: press of a paper, capacity: 15 t, gauge_class: 1 % of reading, resolution: 10 N{"}"}
            fixture: {"{"}kind: spring, stiffness: unknown{"}"}
            temperature: 25 °C
            collector: {collector}
            duty: {"{"}current: 0.1 mA/cm2, life: 100 h{"}"}
            layers:
              - name: cathode
                role: cathode composite
                composition: {"{"}{active}: {100 * activeShare} %, {catholyte ?? pellet}: {100 * (1 - activeShare)} %{"}"}
                mass: 12 mg
              - name: pellet
                role: separator
                material: {pellet}
                mass: {pelletMilligrams} mg
              - name: anode
                role: anode
                material: {anode}
                thickness: 100 µm ± 5 µm

            """),
            "cell.yaml",
            BuiltInMaterials.Library);

    /// <summary>The 90 % band of something computed from each possible cell.</summary>
    public Interval Band90(Func<CellParameters, double> of)
    {
        double[] sorted = Sorted(of);
        return new Interval(Quantile(sorted, 0.05), Quantile(sorted, 0.95));
    }

    /// <summary>The median over the possible cells.</summary>
    public double Median(Func<CellParameters, double> of) => Quantile(Sorted(of), 0.5);

    private double[] Sorted(Func<CellParameters, double> of)
    {
        double[] sorted = [.. Draws.Select(of)];
        Array.Sort(sorted);
        return sorted;
    }

    private double Choose(int draw, string owner, Constant constant)
    {
        if (constant.Estimate.StandardUncertainty == 0) return constant.Estimate.Value;
        if (!_normals.TryGetValue((owner, constant.Definition.Key), out double[]? normals))
        {
            var random = new RandomSource(Seed, (ulong)_normals.Count);
            normals = new double[Count];
            for (int i = 0; i < Count; i++) normals[i] = random.NextNormal();
            _normals.Add((owner, constant.Definition.Key), normals);
        }

        return constant.At(normals[draw]);
    }

    private static double Quantile(double[] sorted, double probability) => sorted[(int)Math.Round(probability * (sorted.Length - 1))];
}
