using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Isobar.Materials;
using Isobar.Mechanics.Pellets;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>
/// The block 'calibration:' of a material file: every law with weight, estimate and covariance on the free scales, the conduction likewise, and the points.
/// Numbers are written so that the same bits come back, and with them the same predictions.
/// </summary>
internal static class CalibrationText
{
    // Weights are written in full; a sum further from one than this was edited.
    private const double WeightTolerance = 1e-9;

    public static void Write(StringBuilder text, PelletCalibration calibration, ImmutableArray<PelletPoint> points)
    {
        text.Append("# What isobar calibrate found: laws with their weights, estimates and covariances on free scales. Not meant to be edited.\ncalibration:\n");
        text.Append(CultureInfo.InvariantCulture, $"  points: {calibration.Points}\n  largest_pressure: {Pressure(calibration.LargestPressurePa)}\n  noise: {Exact(calibration.Noise)}\n  laws:\n");
        foreach (LawPosterior law in calibration.Laws)
        {
            string parameters = string.Join(", ", law.Law.Parameters.Select((parameter, j) => $"{parameter.Symbol} = {Quantity.Number(law.Parameters[j])}{(parameter.Unit.Length > 0 ? " " + parameter.Unit : "")}"));
            text.Append(CultureInfo.InvariantCulture, $"    {law.Law.Id}: # {law.Law.Equation}; {parameters}\n      weight: {Exact(law.Weight)}\n");
            Write(text, law.Free, law.Covariance);
        }

        if (calibration.Conduction is { } conduction)
        {
            text.Append(CultureInfo.InvariantCulture, $"  conduction:\n      noise: {Exact(conduction.Noise)}\n      lowest_pressure: {Pressure(conduction.LowestPressurePa)}\n      largest_pressure: {Pressure(conduction.LargestPressurePa)}\n");
            Write(text, conduction.Free, conduction.Covariance);
        }

        if (points.IsDefaultOrEmpty) return;
        text.Append("  measured:\n");
        foreach (PelletPoint point in points)
        {
            text.Append(CultureInfo.InvariantCulture, $"    - {{pressure: {ExactText.Of(point.Pressure)}");
            if (point.Loaded is { } loaded) text.Append(CultureInfo.InvariantCulture, $", loaded: {Exact(loaded.Si.Value)} ± {Exact(loaded.Si.StandardUncertainty)}");
            if (point.Released is { } released) text.Append(CultureInfo.InvariantCulture, $", released: {Exact(released.Si.Value)} ± {Exact(released.Si.StandardUncertainty)}");
            if (point.Conductivity is { } sigma) text.Append(CultureInfo.InvariantCulture, $", conductivity: {ExactText.Of(sigma)}");
            if (point.Stack is { } stack) text.Append(CultureInfo.InvariantCulture, $", stack: {ExactText.Of(stack)}");
            text.Append("}\n");
        }
    }

    public static (PelletCalibration Calibration, ImmutableArray<PelletPoint> Points) Read(FileNode node, Material material)
    {
        const string What = "the calibration";
        FileMap map = node.AsMap(What, "points", "largest_pressure", "noise", "laws", "conduction", "measured");
        FileScalar countNode = map.Require("points", What, "4").AsScalar("the number of points");
        if (!int.TryParse(countNode.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)) throw countNode.Error($"'{countNode.Text}' is not a count", "a whole number", "calibrate again");
        double largest = ReadPressure(map, "largest_pressure", What);
        double noise = Positive(map.Require("noise", What, "0.006"), "the noise");
        ImmutableArray<LawPosterior> laws = ReadLaws(map.Require("laws", What, "..."));
        ConductionPosterior? conduction = map.Find("conduction") is { } block ? ReadConduction(block) : null;
        if (conduction is null && material.Find(MaterialConstants.DenseConductivity) is not null)
        {
            throw map.Error($"{material.Name} conducts and its calibration has no 'conduction'", "the key 'conduction'", "calibrate again");
        }

        ImmutableArray<PelletPoint> points = map.Find("measured") is { } measured ? [.. measured.AsList("measured points").Items.Select(ReadPoint)] : [];
        return (new PelletCalibration(count, largest, noise, laws, conduction), points);
    }

    private static ImmutableArray<LawPosterior> ReadLaws(FileNode node)
    {
        string[] ids = [.. PelletLaw.All.Select(law => law.Id)];
        FileMap map = node.AsMap("the laws", ids);
        var laws = ImmutableArray.CreateBuilder<LawPosterior>();
        foreach (PelletLaw law in PelletLaw.All)
        {
            FileMap one = map.Require(law.Id, "the list of laws", "{weight: 0.1, ...}").AsMap(law.Name, "weight", "estimate", "covariance");
            FileNode weightNode = one.Require("weight", law.Name, "0.1");
            double weight = Number(weightNode, "the weight");
            if (weight is not (>= 0 and <= 1)) throw weightNode.Error($"the weight is {Exact(weight)}", "a share from 0 to 1", "calibrate again");
            (ImmutableArray<double> estimate, ImmutableArray<double> covariance) = ReadNormal(one, law.Name, law.Parameters.Length + LawPosterior.SharedParameterCount);
            laws.Add(new LawPosterior(law, weight, estimate, covariance));
        }

        double sum = laws.Sum(law => law.Weight);
        return Math.Abs(sum - 1) <= WeightTolerance ? laws.ToImmutable() : throw map.Error($"the weights of the laws have the sum {Exact(sum)}", "the sum 1", "calibrate again");
    }

    private static ConductionPosterior ReadConduction(FileNode node)
    {
        const string What = "the conduction";
        FileMap map = node.AsMap(What, "noise", "lowest_pressure", "largest_pressure", "estimate", "covariance");
        int size = map.Require("estimate", What, "[...]").AsList("estimates").Items.Count;
        if (size is not (ConductionPosterior.ParameterCount or ConductionPosterior.ParameterCountWithElectrode))
        {
            throw map.Find("estimate")!.Error($"the conduction has {size} estimates", $"{ConductionPosterior.ParameterCount}, or {ConductionPosterior.ParameterCountWithElectrode} with an electrode contact", "calibrate again");
        }

        (ImmutableArray<double> estimate, ImmutableArray<double> covariance) = ReadNormal(map, What, size);
        return new ConductionPosterior(estimate, covariance, Positive(map.Require("noise", What, "0.05"), "the noise"), ReadPressure(map, "lowest_pressure", What), ReadPressure(map, "largest_pressure", What));
    }

    private static (ImmutableArray<double> Estimate, ImmutableArray<double> Covariance) ReadNormal(FileMap map, string what, int size)
    {
        ImmutableArray<double> estimate = ReadRow(map.Require("estimate", what, "[...]"), size);
        FileList rows = map.Require("covariance", what, "[...]").AsList("rows of the covariance");
        if (rows.Items.Count != size) throw rows.Error($"the covariance has {rows.Items.Count} rows", $"{size} rows", "calibrate again");
        ImmutableArray<double> covariance = [.. rows.Items.SelectMany(row => ReadRow(row, size))];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double element = covariance[(i * size) + j], mirrored = covariance[(j * size) + i];
                double limit = Math.Sqrt(covariance[(i * size) + i] * covariance[(j * size) + j]);
                // Neither symmetric elements nor correlations beyond one leave a calibration; rounding of the last bits does.
                if (limit > 0 && Math.Abs(element - mirrored) <= 1e-6 * limit && Math.Abs(element) <= limit * (1 + 1e-9)) continue;
                throw rows.Items[i].Error($"element {j + 1} of row {i + 1}, {Exact(element)}, cannot stand in a covariance", "a symmetric matrix with positive variances", "calibrate again");
            }
        }

        return (estimate, covariance);
    }

    private static ImmutableArray<double> ReadRow(FileNode node, int size)
    {
        FileList list = node.AsList("numbers");
        return list.Items.Count == size
            ? [.. list.Items.Select(item => Number(item, "an element"))]
            : throw node.Error($"the list has {list.Items.Count} numbers", $"{size} numbers", "calibrate again");
    }

    private static PelletPoint ReadPoint(FileNode node)
    {
        FileMap map = node.AsMap("a measured point", "pressure", "loaded", "released", "conductivity", "stack");
        return new PelletPoint(map.Require("pressure", "the point", "100 MPa").Positive<SamplePressure>("the pressure"))
        {
            Loaded = ReadDensity(map.Find("loaded")),
            Released = ReadDensity(map.Find("released")),
            Conductivity = map.Find("conductivity")?.Positive<Conductivity>("the conductivity"),
            Stack = map.Find("stack")?.Positive<SamplePressure>("the stack pressure"),
        };
    }

    private static Estimate<Fraction>? ReadDensity(FileNode? node)
    {
        if (node is null) return null;
        Measured<Fraction> measured = node.PositiveMeasured<Fraction>("the relative density");
        return measured.StandardUncertainty is { } u
            ? new Estimate<Fraction>(measured.Value, u)
            : throw node.Error("the relative density has no uncertainty", "a value with ±", "calibrate again");
    }

    private static void Write(StringBuilder text, ImmutableArray<double> estimate, ImmutableArray<double> covariance)
    {
        text.Append(CultureInfo.InvariantCulture, $"      estimate: [{string.Join(", ", estimate.Select(Exact))}]\n      covariance:\n");
        for (int i = 0; i < estimate.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"        - [{string.Join(", ", covariance.Skip(i * estimate.Length).Take(estimate.Length).Select(Exact))}]\n");
        }
    }

    private static string Pressure(double pascals) => pascals > 0 ? ExactText.Of(new SamplePressure(pascals)) : "none";

    private static double ReadPressure(FileMap map, string key, string what) =>
        map.Require(key, what, "300 MPa") is var node && node is FileScalar { Text: "none" } ? 0 : node.Positive<SamplePressure>("the pressure (or 'none')").Pascals;

    private static double Positive(FileNode node, string what)
    {
        double number = Number(node, what);
        return number > 0 ? number : throw node.Error($"{what} is {Exact(number)}", $"{what} above zero", "calibrate again");
    }

    private static double Number(FileNode node, string what)
    {
        FileScalar scalar = node.AsScalar(what);
        return double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw scalar.Error($"'{scalar.Text}' is not a number", $"{what} as a plain number", "calibrate again");
    }

    private static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
