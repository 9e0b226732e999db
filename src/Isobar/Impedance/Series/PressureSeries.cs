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
    /// <summary>Fits a series in the order in which it was measured.</summary>
    /// <param name="spectra">Spectra, each with its stack pressure.</param>
    /// <param name="circuit">The circuit for all of them.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">There are fewer than two spectra, or one has no pressure.</exception>
    public static PressureSeries Of(ImmutableArray<Spectrum> spectra, Circuit circuit, FitOptions? options = null)
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
        ImmutableArray<ContactLaw> laws = LawsOf(circuit, fits, megapascals, branches);
        return new PressureSeries(points, laws, FindingsOf(fits, megapascals, laws));
    }

    // The turning point belongs to both branches: it ends one and begins the next.
    private static ImmutableArray<ContactLaw> LawsOf(Circuit circuit, CircuitFitResult[] fits, double[] megapascals, string[] branches)
    {
        var laws = ImmutableArray.CreateBuilder<ContactLaw>();
        for (int k = 0; k < circuit.Parameters.Length; k++)
        {
            if (circuit.Parameters[k].Declaration is not { Unit: "Ω", ImpedancePower: 1 } || !circuit.Parameters[k].IsFree) continue;
            foreach (string branch in branches.Distinct(StringComparer.Ordinal))
            {
                int first = Array.IndexOf(branches, branch);
                int[] members = [.. Enumerable.Range(0, fits.Length).Where(i => branches[i] == branch || (i == first - 1))];
                double[] ohms = [.. members.Select(i => fits[i].Parameters[k].Value)], errors = [.. members.Select(i => fits[i].Parameters[k].StandardError / fits[i].Parameters[k].Value)];
                if (new ContactLawFit([.. members.Select(i => megapascals[i])], ohms, errors).Fit(circuit.Parameters[k].Name, branch) is { } law) laws.Add(law);
            }
        }

        return laws.ToImmutable();
    }

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
