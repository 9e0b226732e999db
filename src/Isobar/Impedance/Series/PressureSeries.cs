using System.Collections.Immutable;
using System.Globalization;
using Isobar.Impedance.Circuits;
using Isobar.Impedance.Fitting;
using Isobar.Quantities;

namespace Isobar.Impedance.Series;

/// <summary>One spectrum of a pressure series.</summary>
/// <param name="Pressure">Pressure on the sample.</param>
/// <param name="Branch">"loading" or "unloading", with a number where there are several.</param>
/// <param name="Fit">The fitted circuit; its arcs are named alike through the series.</param>
/// <param name="Conductivities">Conductivity from each resistance and from the whole pellet, where area and thickness are known.</param>
public sealed record PressurePoint(SamplePressure Pressure, string Branch, CircuitFitResult Fit, ImmutableArray<PelletConductivity> Conductivities);

/// <summary>
/// Spectra of one sample under several pressures, fitted together: one circuit, arcs matched from pressure to pressure, each resistance as R_∞ + R₁·(P/1 MPa)^−m, loading and
/// unloading apart, since contacts remember (J. Sang et al., arXiv 2501.00600, found pressure^−0.5 on argyrodite).
/// </summary>
/// <param name="Points">In the order in which they were taken.</param>
/// <param name="Laws">One for each resistance and branch that has enough pressures.</param>
/// <param name="Findings">What a reader must know.</param>
public sealed record PressureSeries(ImmutableArray<PressurePoint> Points, ImmutableArray<ContactLaw> Laws, ImmutableArray<string> Findings)
{
    /// <summary>Each branch as one least-squares problem; empty where that was not asked for, or no law is determined.</summary>
    public ImmutableArray<JointFit> Joint { get; init; } = [];

    /// <summary>Fits a series in the order in which it was measured.</summary>
    /// <param name="spectra">Spectra, each with its stack pressure.</param>
    /// <param name="circuit">The circuit for all of them.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="joint">What a joint fit of all spectra shares; null for none.</param>
    /// <exception cref="ArgumentException">There are fewer than two spectra, or one has no pressure.</exception>
    public static PressureSeries Of(ImmutableArray<Spectrum> spectra, Circuit circuit, FitOptions? options = null, JointFitOptions? joint = null)
    {
        if (spectra.Length < 2) throw new ArgumentException($"a pressure series needs at least 2 spectra; {spectra.Length} is given", nameof(spectra));
        for (int i = 0; i < spectra.Length; i++)
        {
            if (spectra[i].StackPressure is not { Value.Pascals: > 0 })
            {
                throw new ArgumentException($"spectrum {(spectra[i].Name.Length > 0 ? spectra[i].Name : (i + 1).ToString(CultureInfo.InvariantCulture))} has no pressure; a series needs one for every spectrum", nameof(spectra));
            }
        }

        CircuitFitResult[] fits = SeriesFit.Of(spectra, circuit, options ?? new FitOptions());
        double[] megapascals = [.. spectra.Select(spectrum => spectrum.StackPressure!.Value.Value.Megapascals)];
        string[] branches = Branches(megapascals);
        ImmutableArray<PressurePoint> points = [.. spectra.Select((spectrum, i) => new PressurePoint(spectrum.StackPressure!.Value.Value, branches[i], fits[i], PelletConductivity.From(spectrum, fits[i])))];
        ImmutableArray<BranchLaw> laws = LawsOf(circuit, fits, megapascals, branches);
        return new PressureSeries(points, [.. laws.Select(each => each.Law)], FindingsOf(fits, megapascals, [.. laws.Select(each => each.Law)]))
        {
            Joint = joint is null ? [] : JointOf(spectra, circuit, options ?? new FitOptions(), joint, fits, megapascals, laws),
        };
    }

    private static ImmutableArray<BranchLaw> LawsOf(Circuit circuit, CircuitFitResult[] fits, double[] megapascals, string[] branches)
    {
        var laws = ImmutableArray.CreateBuilder<BranchLaw>();
        for (int k = 0; k < circuit.Parameters.Length; k++)
        {
            if (circuit.Parameters[k].Declaration is not { Unit: "Ω", ImpedancePower: 1 } || !circuit.Parameters[k].IsFree) continue;
            foreach (string branch in branches.Distinct(StringComparer.Ordinal))
            {
                int[] members = MembersOf(branches, branch);
                double[] ohms = [.. members.Select(i => fits[i].Parameters[k].Value)], errors = [.. members.Select(i => fits[i].Parameters[k].StandardError / fits[i].Parameters[k].Value)];
                var fit = new ContactLawFit([.. members.Select(i => megapascals[i])], ohms, errors);
                if (fit.Fit(circuit.Parameters[k].Name, branch) is { } law) laws.Add(new BranchLaw(law, members, fit.AddedScatter));
            }
        }

        return laws.ToImmutable();
    }

    // The turning point belongs to both branches: it ends one and begins the next.
    private static int[] MembersOf(string[] branches, string branch)
    {
        int first = Array.IndexOf(branches, branch);
        return [.. Enumerable.Range(0, branches.Length).Where(i => branches[i] == branch || (i == first - 1))];
    }

    private static ImmutableArray<JointFit> JointOf(ImmutableArray<Spectrum> spectra, Circuit circuit, FitOptions options, JointFitOptions joint, CircuitFitResult[] fits, double[] megapascals, ImmutableArray<BranchLaw> laws)
    {
        CircuitSearch[] searches = [.. spectra.Select((spectrum, i) => new CircuitSearch(circuit, spectrum, options.Weighting) { Model = { PriorScale = fits[i].Noise } })];
        return
        [
            .. laws.GroupBy(each => each.Law.Branch, StringComparer.Ordinal)
                .Select(branch => (Name: branch.Key, branch.First().Members, Laws: branch.Select(each => (each.Law, each.AddedScatter)).ToArray()))
                .Select(branch => JointFit.Of(
                    [.. branch.Members.Select(i => searches[i])], [.. branch.Members.Select(i => fits[i])], [.. branch.Members.Select(i => megapascals[i])], branch.Laws, branch.Name, joint))
                .OfType<JointFit>(),
        ];
    }

    /// <summary>A law with the spectra that it was fitted to.</summary>
    private sealed record BranchLaw(ContactLaw Law, int[] Members, double AddedScatter);

    private static string[] Branches(double[] megapascals)
    {
        int[] directions = new int[megapascals.Length];
        for (int i = 1; i < megapascals.Length; i++)
        {
            double change = megapascals[i] - megapascals[i - 1];
            // A repeat at the same pressure, to a per cent, goes on in the direction before.
            directions[i] = Math.Abs(change) < 0.01 * megapascals[i] ? directions[i - 1] : Math.Sign(change);
        }

        for (int i = megapascals.Length - 2; i >= 0; i--)
        {
            if (directions[i] == 0) directions[i] = directions[i + 1];
        }

        string[] names = new string[megapascals.Length];
        int loadings = 0, unloadings = 0;
        for (int i = 0; i < names.Length; i++)
        {
            bool falling = directions[i] < 0;
            if (i == 0 || directions[i] != directions[i - 1]) _ = falling ? unloadings++ : loadings++;
            int count = falling ? unloadings : loadings;
            names[i] = (falling ? "unloading" : "loading") + (count > 1 ? " " + count.ToString(CultureInfo.InvariantCulture) : "");
        }

        return names;
    }

    private static ImmutableArray<string> FindingsOf(CircuitFitResult[] fits, double[] megapascals, ImmutableArray<ContactLaw> laws)
    {
        var findings = ImmutableArray.CreateBuilder<string>();
        foreach (IGrouping<string, (string Finding, double Pressure)> same in fits
            .SelectMany((fit, i) => fit.Parameters.Where(parameter => !parameter.Identifiable).Select(parameter => (parameter.Name, megapascals[i])))
            .GroupBy(pair => pair.Name, StringComparer.Ordinal))
        {
            findings.Add($"{same.Key} is not identifiable at {string.Join(", ", same.Select(pair => Quantity.Number(pair.Pressure, 3)))} MPa");
        }

        foreach (ContactLaw law in laws)
        {
            if (!law.Determined) findings.Add($"the pressures do not determine how {law.Name} falls ({law.Branch}): its exponent is open to one side");
        }

        return findings.ToImmutable();
    }
}
