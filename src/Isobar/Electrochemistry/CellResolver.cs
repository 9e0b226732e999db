using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Materials;
using Isobar.Mechanics;
using Isobar.Quantities;

namespace Isobar.Electrochemistry;

/// <summary>Gives one constant of one owner (a material or a part of the laboratory) a definite value in SI units.</summary>
/// <param name="owner">Whose constant it is; the same owner and constant are one and the same unknown wherever they appear.</param>
/// <param name="constant">The constant with its uncertainty.</param>
public delegate double ConstantChoice(string owner, Constant constant);

/// <summary>Turns a described cell into definite numbers, asking for each uncertain constant what it is.</summary>
public static partial class CellResolver
{
    // The pressure at which the density scatter between laboratories was compiled (360-400 MPa).
    private const double ScatterPressurePa = 375e6;

    // The load concentration was simulated at 50 and 70 vol% of particles. Its linear reading is followed a tenth below and stays there: further down it would become negative.
    private const double LeastConcentratedShare = 0.4;

    private static readonly ConstantDefinition<Fraction> s_densityRank = new(
        "laboratory_density", "z_D", "place of this laboratory's density among all, in standard deviations", -10, 10, EstimateScale.Linear);

    private static readonly ConstantDefinition<Fraction> s_conductivityRank = new(
        "laboratory_conductivity", "z_σ", "place of this laboratory's conductivity among all, in standard deviations", -10, 10, EstimateScale.Linear);

    /// <summary>The cell with every constant at its best value.</summary>
    public static CellParameters Best(Cell cell) => Resolve(cell, static (_, constant) => constant.Estimate.Value);

    /// <summary>The cell with every constant at the value that <paramref name="choose"/> gives.</summary>
    /// <exception cref="MissingConstantException">A material lacks a constant that a model needs.</exception>
    /// <exception cref="UnsupportedCellException">The anode is not a foil, or the cathode has no electrolyte or no active material.</exception>
    public static CellParameters Resolve(Cell cell, ConstantChoice choose)
    {
        if (!cell.Anode.IsFoil)
        {
            throw new UnsupportedCellException($"the anode '{cell.Anode.Name}' is a powder; only metal foils (lithium, indium, InLi) are modelled as anodes");
        }

        double diameter = choose("die", Laboratory("die_diameter", cell.Die.Diameter.Si));
        double friction = choose("die", Laboratory("wall_friction", cell.Die.WallFriction.Si));
        double lateral = choose("die", Laboratory("lateral_ratio", cell.Die.LateralRatio.Si));
        double rank = choose("press", Laboratory("force_error", new Estimate(0, 1)));
        double nominalDiameter = cell.Die.Diameter.Value.Metres;
        (double relative, Force absolute) = cell.Press.ErrorParts;
        var gauge = new GaugeError(rank, relative, absolute.Newtons / cell.Die.Area.SquareMetres, (nominalDiameter / diameter) * (nominalDiameter / diameter));
        double area = Math.PI / 4 * diameter * diameter;

        var layers = ImmutableArray.CreateBuilder<PowderParameters>(cell.Layers.Length);
        foreach (Layer layer in cell.Layers)
        {
            double mass = choose("layer " + layer.Name, Laboratory("mass", layer.Mass.Si));
            layers.Add(layer.IsFoil ? default : Powder(layer, mass, area, choose));
        }

        var resolved = new CellParameters(
            layers.MoveToImmutable(),
            [.. cell.Layers.Select(layer => layer.Role)],
            Cathode(cell.Cathode, area, choose),
            Anode(cell.Anode, area, choose),
            Contact(cell.Collector, choose, perfect: true),
            cell.Temperature.Kelvins,
            area,
            diameter,
            friction,
            lateral,
            gauge);
        // Asked for last: samples that are drawn in the order of asking are then the same for anodes that state a potential and those that do not.
        Material metal = cell.Anode.Composition[0].Material;
        double potential = metal.Find(MaterialConstants.ElectrodePotential) is { } constant ? Value(metal.Id, constant, choose) : double.NaN;
        InterfaceContact contact = resolved.Anode.Contact with { Face = cell.Anode.Roughness is { } roughness ? Face(cell, resolved, roughness, choose) : null };
        return resolved with { Anode = resolved.Anode with { PotentialVolts = potential, Contact = contact } };
    }

    private static PowderParameters Powder(Layer layer, double massKilograms, double area, ConstantChoice choose)
    {
        double solidDensity = layer.SolidDensity.KilogramsPerCubicMetre;
        return new PowderParameters(massKilograms / (solidDensity * area), Compaction(layer, choose), Conduction(layer, choose));
    }

    /// <summary>How one powder layer compacts, whatever cell it is part of.</summary>
    /// <exception cref="MissingConstantException">A material lacks a constant that the law needs.</exception>
    public static CompactionLaw Compaction(Layer layer, ConstantChoice choose)
    {
        double rigid = layer.SolidVolumeFraction(MaterialKind.ActiveMaterial);
        return Compaction(layer, rigid, rigid > 0 ? RigidInclusions.Slope(rigid, SizeRatio(layer, choose), Value("models", ModelConstants.LockUp, choose)) : 0, choose);
    }

    // λ, particle over electrolyte diameter.
    private static double SizeRatio(Layer layer, ConstantChoice choose)
    {
        Component main = layer.Composition.Where(component => component.Material.Kind == MaterialKind.ActiveMaterial).MaxBy(component => component.MassFraction)!;
        return Value(main.Material, MaterialConstants.ParticleSize, choose) / OfElectrolytes(layer, MaterialConstants.ParticleSize, choose);
    }

    /// <summary>The pellet law of a layer: that of its electrolyte (mixed by volume), stiffened by its rigid particles.</summary>
    internal static CompactionLaw Compaction(Layer layer, double rigid, double lockUp, ConstantChoice choose)
    {
        double poured = 0, logScale = 0, exponent = 0, softening = 0, compliance = 0;
        foreach ((Material material, double share) in Electrolytes(layer))
        {
            double e0 = Value(material, MaterialConstants.PouredPorosity, choose);
            double n = Value(material, MaterialConstants.CompactionExponent, choose);
            double p0 = Value(material, MaterialConstants.CompactionPressure, choose) * ScatterFactor(material, e0, n, choose);
            poured += share * e0;
            logScale += share * Math.Log(p0);
            exponent += share * n;
            softening += share * Value(material, MaterialConstants.ModulusPorosityExponent, choose);
            compliance += share / CompactionLaw.ConfinedModulus(
                Value(material, MaterialConstants.YoungsModulus, choose), Value(material, MaterialConstants.PoissonRatio, choose));
        }

        double modulus = 1 / compliance;
        if (rigid > 0)
        {
            double rigidCompliance = 0;
            foreach (Component component in layer.Composition.Where(component => component.Material.Kind == MaterialKind.ActiveMaterial))
            {
                rigidCompliance += layer.SolidVolumeFraction(component) / CompactionLaw.ConfinedModulus(
                    Value(component.Material, MaterialConstants.YoungsModulus, choose), Value(component.Material, MaterialConstants.PoissonRatio, choose));
            }

            // Layers of soft and rigid solid in series (Reuss): the softest reading, since the rigid skeleton is only partly connected.
            modulus = 1 / (((1 - rigid) * compliance) + rigidCompliance);
        }

        return new CompactionLaw(poured, Math.Exp(logScale), exponent, modulus, softening, lockUp);
    }

    // Laboratories differ in D by a standard deviation s_D at 375 MPa; the powder of one laboratory is harder or softer throughout,
    // so the scatter becomes a factor on P₀: dD = ε·n·(P/P₀)ⁿ·d ln P₀ (negative: harder powder is less dense).
    private static double ScatterFactor(Material material, double poured, double exponent, ConstantChoice choose)
    {
        double scatter = material.Require(MaterialConstants.DensityScatter).Estimate.Value;
        double best = material.Get(MaterialConstants.CompactionPressure).Value.Pascals;
        double reduced = Math.Pow(ScatterPressurePa / best, exponent);
        double porosity = poured * Math.Exp(-reduced);
        double z = Rank(material, s_densityRank, MaterialConstants.DensityScatter, choose);
        return Math.Exp(-z * scatter / (porosity * exponent * reduced));
    }

    private static PelletConduction Conduction(Layer layer, ConstantChoice choose)
    {
        double logDense = 0, logContact = 0, memory = 0, activation = 0, activationVolume = 0;
        foreach ((Material material, double share) in Electrolytes(layer))
        {
            double scatter = material.Require(MaterialConstants.ConductivityScatter).Estimate.Value;
            double z = Rank(material, s_conductivityRank, MaterialConstants.ConductivityScatter, choose);
            logDense += share * (Math.Log(Value(material, MaterialConstants.DenseConductivity, choose)) + (z * scatter));
            logContact += share * Math.Log(Value(material, MaterialConstants.GrainContactPressure, choose));
            memory += share * Value(material, MaterialConstants.GrainContactMemory, choose);
            activation += share * Value(material, MaterialConstants.ConductivityActivation, choose);
            activationVolume += share * Value(material, MaterialConstants.ConductivityActivationVolume, choose);
        }

        return new PelletConduction(Math.Exp(logDense), Math.Exp(logContact), memory, activation, activationVolume);
    }

    private static CathodeParameters Cathode(Layer layer, double area, ConstantChoice choose)
    {
        double active = layer.SolidVolumeFraction(MaterialKind.ActiveMaterial);
        double electrolyte = layer.SolidVolumeFraction(MaterialKind.Electrolyte);
        if (active <= 0) throw new UnsupportedCellException($"the cathode '{layer.Name}' has no active material");
        Component main = layer.Composition.Where(component => component.Material.Kind == MaterialKind.ActiveMaterial).MaxBy(component => component.MassFraction)!;
        double capacity = 0, electronic = 0;
        foreach (Component component in layer.Composition)
        {
            if (component.Material.Kind == MaterialKind.ActiveMaterial)
            {
                capacity += component.MassFraction * Value(component.Material, MaterialConstants.SpecificCapacity, choose);
            }

            if (component.Material.Kind is MaterialKind.ActiveMaterial or MaterialKind.Additive)
            {
                electronic += layer.SolidVolumeFraction(component) / (1 - electrolyte) * Value(component.Material, MaterialConstants.DenseConductivity, choose);
            }
        }

        ParticleStrength strength = Strength(main.Material, choose);
        return new CathodeParameters(
            new CompositeMix(
                active,
                electrolyte,
                Value(main.Material, MaterialConstants.ParticleSize, choose),
                OfElectrolytes(layer, MaterialConstants.ParticleSize, choose),
                OfElectrolytes(layer, MaterialConstants.Hardness, choose),
                AdditiveConnects: layer.SolidVolumeFraction(MaterialKind.Additive) > 0),
            CompositeParameters.Of(constant => Value("models", constant, choose)),
            electronic,
            0.5 * Value(main.Material, MaterialConstants.ParticleSize, choose),
            Value(main.Material, MaterialConstants.ExchangeCurrent, choose),
            Value(main.Material, MaterialConstants.DoubleLayer, choose),
            ParticleDamage.LoadConcentration(
                Value("models", ModelConstants.LoadConcentration, choose), Value("models", StructureConstants.LoadConcentrationSlope, choose), Math.Max(active, LeastConcentratedShare)),
            strength.PlatenPa,
            strength.PlatenModulus,
            strength.TipPa,
            strength.TipModulus,
            Value("models", StructureConstants.ChargeWeakening, choose),
            Value("models", ModelConstants.CrackPenalty, choose),
            main.Coating is null ? null : Coating(layer, main.Material, choose),
            capacity * layer.Mass.Value.Kilograms / area,
            Value(main.Material, MaterialConstants.VolumeChange, choose));
    }

    // The strength under a tip falls with the size among the polycrystals that were tested; smaller ones are single crystals, whose strength is
    // another one and stays as the material file has it.
    private static ParticleStrength Strength(Material particle, ConstantChoice choose)
    {
        var stated = new ParticleStrength(
            Value(particle, MaterialConstants.PlatenStrength, choose),
            Value(particle, MaterialConstants.PlatenWeibullModulus, choose),
            Value(particle, MaterialConstants.TipStrength, choose),
            Value(particle, MaterialConstants.TipWeibullModulus, choose));
        return ParticleStrength.TestedDiametersMetres.Contains(particle.Require(MaterialConstants.ParticleSize).Estimate.Value)
            ? stated.OfSize(Value(particle, MaterialConstants.ParticleSize, choose), Value("models", StructureConstants.TipSizeExponent, choose))
            : stated;
    }

    private static CoatingScreening Coating(Layer layer, Material particle, ConstantChoice choose) => new(
        Value(particle, MaterialConstants.YoungsModulus, choose),
        Value(particle, MaterialConstants.PoissonRatio, choose),
        Value(particle, MaterialConstants.Hardness, choose),
        OfElectrolytes(layer, MaterialConstants.Hardness, choose),
        Value("models", StructureConstants.FilmStrength, choose),
        Value("models", StructureConstants.FilmStrengthSpread, choose),
        Value("models", StructureConstants.FilmStiffnessRatio, choose));

    // Sizes and hardnesses of mixed electrolytes are averaged in the logarithm, by volume.
    private static double OfElectrolytes(Layer layer, ConstantDefinition definition, ConstantChoice choose) =>
        Math.Exp(Electrolytes(layer).Sum(part => part.Share * Math.Log(Value(part.Material, definition, choose))));

    private static AnodeParameters Anode(Layer layer, double area, ConstantChoice choose)
    {
        Material metal = layer.Composition[0].Material;
        LithiumLimits? limits = null;
        if (metal.Find(MaterialConstants.ShortTime) is not null)
        {
            limits = new LithiumLimits(
                Value(metal, MaterialConstants.ShortTime, choose),
                Value(metal, MaterialConstants.ShortExponent, choose),
                Value(metal, MaterialConstants.ShortDensityFactor, choose),
                Value(metal, MaterialConstants.StrippingCurrent, choose),
                Value(metal, MaterialConstants.StrippingExponent, choose));
        }

        return new AnodeParameters(
            layer.SolidThickness(new Area(area)).Metres,
            Contact(metal, choose, perfect: false),
            Value(metal, MaterialConstants.DoubleLayer, choose),
            limits,
            Value(metal, MaterialConstants.YieldStrength, choose),
            Value(metal, MaterialConstants.PlatedVolume, choose));
    }

    private static InterfaceContact Contact(Material material, ConstantChoice choose, bool perfect) => new(
        perfect ? 0 : Value(material, MaterialConstants.InterfaceResistance, choose),
        Value(material, MaterialConstants.ContactResistance, choose),
        Value(material, MaterialConstants.ContactExponent, choose),
        Value(material, MaterialConstants.ContactMemory, choose));

    private static IEnumerable<(Material Material, double Share)> Electrolytes(Layer layer)
    {
        double total = layer.SolidVolumeFraction(MaterialKind.Electrolyte);
        if (total <= 0) throw new UnsupportedCellException($"the layer '{layer.Name}' has no solid electrolyte; the pressing models need one to flow around the other particles");
        foreach (Component component in layer.Composition.Where(component => component.Material.Kind == MaterialKind.Electrolyte))
        {
            yield return (component.Material, layer.SolidVolumeFraction(component) / total);
        }
    }

    private static double Rank(Material material, ConstantDefinition rank, ConstantDefinition scatter, ConstantChoice choose)
    {
        Constant source = material.Require(scatter);
        return choose(material.Id, new Constant(rank, new Estimate(0, 1), null, source.Source, source.Doi));
    }

    private static double Value(Material material, ConstantDefinition definition, ConstantChoice choose) => choose(material.Id, material.Require(definition));

    private static double Value(string owner, Constant constant, ConstantChoice choose) => choose(owner, constant);

    private static Constant Laboratory(string key, Estimate estimate) =>
        new(new ConstantDefinition<Fraction>(key, key, key, double.NegativeInfinity, double.PositiveInfinity, EstimateScale.Linear), estimate, null, "this laboratory, from the cell file", null);
}

/// <summary>The cell is of a kind that the models do not cover; the message says what and what would be covered.</summary>
public sealed class UnsupportedCellException(string message) : NotSupportedException(message);
