namespace Isobar.Mechanics.Contact;

/// <summary>Solves the contact of a rough surface along a path of loads.</summary>
public sealed class ContactSolver
{
    /// <summary>Prepares the grids and kernels for a map.</summary>
    public ContactSolver(HeightMap map, ContactMedium medium, ContactOptions? options = null)
    {
        medium.Check();
        (Map, Medium, Options) = (map, medium, options ?? new ContactOptions());
    }

    /// <summary>The surface.</summary>
    public HeightMap Map { get; }

    /// <summary>The bodies.</summary>
    public ContactMedium Medium { get; }

    /// <summary>How it is solved.</summary>
    public ContactOptions Options { get; }

    /// <summary>One first loading to a mean pressure, Pa.</summary>
    public ContactState Solve(double meanPressurePa, IProgress<ContactProgress>? progress = null, CancellationToken cancellation = default) =>
        Solve(ContactPath.Pressures([meanPressurePa]), progress, cancellation).First();

    /// <summary>The states of a path, each as it is ready. At most one enumeration at a time.</summary>
    public IEnumerable<ContactState> Solve(ContactPath path, IProgress<ContactProgress>? progress = null, CancellationToken cancellation = default) =>
        throw new NotImplementedException();

    /// <summary>Resistance of a solved contact with charge transfer, r_ct/ρ as a length.</summary>
    public ContactResistance Resistance(ContactState state, double chargeTransferLengthM, CancellationToken cancellation = default) =>
        throw new NotImplementedException();

    /// <summary>Areal impedance, Ω·m², of a solved contact over angular frequency ω = 2πf, without the bulk of the electrolyte.</summary>
    public System.Numerics.Complex[] Impedance(ContactState state, ContactElectrics electrics, IReadOnlyList<double> frequenciesHz, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        throw new NotImplementedException();
}
