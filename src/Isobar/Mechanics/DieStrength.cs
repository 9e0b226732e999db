using Isobar.Quantities;

namespace Isobar.Mechanics;

/// <summary>A wall of a die: one ring, open ends.</summary>
/// <param name="InnerDiameterMetres">Inner diameter, m.</param>
/// <param name="OuterDiameterMetres">Outer diameter, m.</param>
/// <param name="YoungsPa">Young's modulus, Pa.</param>
/// <param name="PoissonRatio">Poisson's ratio.</param>
/// <param name="StrengthPa">Largest equivalent stress the material may carry, Pa; of a polymer its yield stress.</param>
public readonly record struct DieRing(double InnerDiameterMetres, double OuterDiameterMetres, double YoungsPa, double PoissonRatio, double StrengthPa);

/// <summary>Stress in a die at a pellet pressure and what it allows.</summary>
/// <param name="PunchUse">Axial pressure over what the punches may carry.</param>
/// <param name="WallUse">Largest equivalent stress of the wall over its strength.</param>
/// <param name="LinerUse">The same for the inner ring of a lined die; zero without one.</param>
/// <param name="InterfacePa">Pressure of the liner on its backing, Pa; zero without one.</param>
/// <param name="LargestAxialPa">Axial pressure at which the first part reaches its limit, Pa.</param>
/// <param name="Limit">What gives first.</param>
public readonly record struct DieVerdict(double PunchUse, double WallUse, double LinerUse, double InterfacePa, double LargestAxialPa, string Limit)
{
    /// <summary>Whether every part stays within its limit.</summary>
    public bool Holds => PunchUse <= 1 && WallUse <= 1 && LinerUse <= 1;

    /// <summary>The verdict in a sentence.</summary>
    public string Explain(SamplePressure asked) => Holds
        ? $"the die holds {Quantity.Format(asked, 3)}; the {Limit} gives first, at {Quantity.Format(new SamplePressure(LargestAxialPa), 3)}"
        : $"at {Quantity.Format(asked, 3)} the {Limit} is over its limit; press at most {Quantity.Format(new SamplePressure(LargestAxialPa), 3)}, or {(InterfacePa > 0 ? "use a stronger sleeve" : "back the sleeve with steel or use a stronger die")}";
}

/// <summary>
/// Elastic stress in the wall of a die (Lamé), plain or lined.
/// <para>Inner radius a, outer b, internal pressure p = k·P, external q: hoop stress at the bore σ_θ = (p(a² + b²) − 2q·b²)/(b² − a²), radial −p, axial zero (open ends, sliding punches).
/// Equivalent stress by von Mises; for q = 0 it is p·√(3b⁴ + a⁴)/(b² − a²). It is largest at the bore.</para>
/// <para>A liner (PEEK for insulation) in a backing ring (steel) without clearance or shrink: the interface pressure makes the radial displacements
/// equal (plane stress). Limits follow by proportion, since everything is linear in P.</para>
/// <para>This is the onset of yielding. Polymer sleeves in steel frames are used well beyond it, held by the frame after the bore has yielded; a material's working strength
/// is that practice and belongs in the limit of the punches, not in a ring's strength.</para>
/// <para>Validity: elastic, uniform pressure over the height (short pellets stress the wall less). A clearance between liner and backing, usual in practice, must first be closed by the liner and is
/// not modelled: then the liner yields earlier. Source: G. Lamé, B. P. E. Clapeyron, Mém. Acad. Sci. (1833); S. P. Timoshenko, Strength of Materials II, chapter on thick cylinders.</para>
/// </summary>
public static class DieStrength
{
    /// <summary>Hoop and equivalent stress at the bore of a ring, Pa.</summary>
    /// <param name="ring">The ring.</param>
    /// <param name="insidePa">Pressure at the bore, Pa.</param>
    /// <param name="outsidePa">Pressure on the outer face, Pa.</param>
    public static (double HoopPa, double EquivalentPa) Bore(DieRing ring, double insidePa, double outsidePa = 0)
    {
        (double a, double b) = Squares(ring);
        double hoop = ((insidePa * (a + b)) - (2 * outsidePa * b)) / (b - a);
        // Von Mises of hoop, −p and 0.
        return (hoop, Math.Sqrt((hoop * hoop) + (hoop * insidePa) + (insidePa * insidePa)));
    }

    /// <summary>A die of one ring.</summary>
    /// <param name="wall">The wall.</param>
    /// <param name="axialPa">P on the pellet, Pa.</param>
    /// <param name="lateralRatio">k, radial over axial stress of the pellet.</param>
    /// <param name="punchLimitPa">Largest axial pressure of the punches, Pa.</param>
    public static DieVerdict Check(DieRing wall, double axialPa, double lateralRatio, double punchLimitPa)
    {
        double use = Bore(wall, lateralRatio * axialPa).EquivalentPa / wall.StrengthPa;
        return Verdict(axialPa, axialPa / punchLimitPa, use, 0, 0);
    }

    /// <summary>A die with a liner in a backing ring that touches it all round.</summary>
    /// <param name="liner">Inner ring; its outer diameter is the backing's inner diameter.</param>
    /// <param name="backing">Outer ring.</param>
    /// <param name="axialPa">P on the pellet, Pa.</param>
    /// <param name="lateralRatio">k, radial over axial stress of the pellet.</param>
    /// <param name="punchLimitPa">Largest axial pressure of the punches, Pa.</param>
    public static DieVerdict Check(DieRing liner, DieRing backing, double axialPa, double lateralRatio, double punchLimitPa)
    {
        double radialPa = lateralRatio * axialPa, interfacePa = InterfacePa(liner, backing, radialPa);
        return Verdict(
            axialPa,
            axialPa / punchLimitPa,
            Bore(backing, interfacePa).EquivalentPa / backing.StrengthPa,
            Bore(liner, radialPa, interfacePa).EquivalentPa / liner.StrengthPa,
            interfacePa);
    }

    /// <summary>Pressure between liner and backing at a pressure on the bore of the liner, Pa.</summary>
    public static double InterfacePa(DieRing liner, DieRing backing, double borePa)
    {
        if (Math.Abs(liner.OuterDiameterMetres - backing.InnerDiameterMetres) > 1e-6 * backing.InnerDiameterMetres)
        {
            throw new ArgumentException($"the liner's outer diameter is {liner.OuterDiameterMetres * 1e3:G6} mm and the backing's inner {backing.InnerDiameterMetres * 1e3:G6} mm; they must touch", nameof(backing));
        }

        (double a, double c) = Squares(liner);
        (_, double b) = Squares(backing);
        double pushed = 2 * a / (c - a) / liner.YoungsPa;
        double linerCompliance = (((c + a) / (c - a)) - liner.PoissonRatio) / liner.YoungsPa;
        double backingCompliance = (((b + c) / (b - c)) + backing.PoissonRatio) / backing.YoungsPa;
        return borePa * pushed / (linerCompliance + backingCompliance);
    }

    private static DieVerdict Verdict(double axialPa, double punches, double wall, double liner, double interfacePa)
    {
        if (!(axialPa > 0)) throw new ArgumentOutOfRangeException(nameof(axialPa), axialPa, "ask for a pressure above zero");
        double most = Math.Max(punches, Math.Max(wall, liner));
        string limit = most == punches ? "punch" : most == wall ? "die wall" : "liner";
        return new DieVerdict(punches, wall, liner, interfacePa, axialPa / most, limit);
    }

    private static (double InnerSquare, double OuterSquare) Squares(DieRing ring)
    {
        if (!(ring.InnerDiameterMetres > 0 && ring.OuterDiameterMetres > ring.InnerDiameterMetres && ring.YoungsPa > 0 && ring.StrengthPa > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(ring), ring, "a ring has an outer diameter above its inner one, a modulus and a strength above zero");
        }

        return (0.25 * ring.InnerDiameterMetres * ring.InnerDiameterMetres, 0.25 * ring.OuterDiameterMetres * ring.OuterDiameterMetres);
    }
}
