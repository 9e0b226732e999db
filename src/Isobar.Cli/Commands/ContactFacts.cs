using System.Numerics;
using System.Text.Json.Serialization;
using Isobar.Mechanics.Contact;
using Isobar.Mechanics.Contact.Surfaces;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>The answer of the contact command: the same facts for the page and for machines. Numbers are in the units that <see cref="Units"/> names.</summary>
internal sealed record ContactFacts(ContactFacts.UnitNames Units, ContactFacts.SurfaceFacts Surface, double Modulus, double? Hardness, ContactFacts.Load[] Loads, bool Cancelled, string[] Warnings, string[] Notes, string[]? Figures)
{
    /// <summary>Names of the units; "1" for plain numbers.</summary>
    internal sealed record UnitNames(string Pressure, string Length, string Stiffness, string ArealResistance)
    {
        public static UnitNames Of(ContactScale scale) => scale.IsReduced ? new("1", "1", "1", "1") : new(scale.Pressure, scale.Length, scale.Stiffness, "Ω cm²");
    }

    /// <summary>The surface that was pressed.</summary>
    internal sealed record SurfaceFacts(
        string Name, int Rows, int Columns, double Width, double Height, int MissingPixels, double? PointsPerShortestWavelength, double RmsHeight, double? RmsGradient, double? Bandwidth,
        double Sa, double Sq, double Ssk, double Sku, double Sp, double Sv, double Sz, double Sdq, double Sdr, double? Sal, double? Str)
    {
        public static SurfaceFacts Of(ContactSurface surface, ContactScale scale)
        {
            HeightMap map = surface.Map;
            var texture = SurfaceTexture.Of(map, surface.Repeats);
            double unit = scale.LengthM;
            return new SurfaceFacts(
                surface.Name, map.Rows, map.Columns, map.WidthM / unit, map.HeightM / unit, map.MissingCount, surface.PointsPerShortestWavelength, map.RmsM / unit, surface.Spectrum?.RmsGradient, surface.Spectrum?.Bandwidth,
                texture.Sa / unit, texture.Sq / unit, texture.Ssk, texture.Sku, texture.Sp / unit, texture.Sv / unit, texture.Sz / unit, texture.Sdq, texture.Sdr, texture.Sal / unit, texture.Str);
        }
    }

    /// <summary>One load.</summary>
    internal sealed record Load(
        double Pressure, bool Unloading, double Area, double AreaCorrected, double MeanGap, double PMax, double PlasticArea, double VoidVolume, double PlasticVolume, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? ConstrictionLength,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Stiffness, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? BarberProduct, double? ConstrictionResistance, Bounded? Resistance, Sweep? Impedance, Shapes Shape, Closed? ClosedForm, Growth? Creep, int Convolutions, int Iterations, double Residual, double Seconds)
    {
        public static Load Of(ContactState state, ContactScale scale, double? conductivity, ContactResistance? resistance, Sweep? impedance, Closed? closed, double seconds)
        {
            double length = scale.LengthM;
            double? constriction = state.Conduction?.ConstrictionLengthM;
            return new Load(
                (state.Target.IsGap ? state.MeanPressurePa : state.Target.Value) / scale.PressurePa, state.Unloading, state.Area, state.AreaCorrected, state.MeanGapM / length, state.MaxPressurePa / scale.PressurePa, state.PlasticArea,
                state.VoidVolumeM / length, state.PlasticVolumeM / length, constriction / length, Finite(state.Conduction?.StiffnessPaPerM) / scale.PressurePa * length, state.Conduction?.BarberProduct,
                constriction / conductivity * Ohm(scale), resistance is { } total ? Bounded.Of(total, conductivity ?? 1, scale) : null, impedance, Shapes.Of(state), closed, null, state.Convolutions, state.Iterations, state.Residual, seconds);
        }
    }

    /// <summary>Where a creeping contact stands: time since the load was put on, pressure a spot holds by now, and what is not known of the creep as bands of the area.</summary>
    /// <param name="Time">s.</param>
    /// <param name="SpotPressure">Pressure a spot holds.</param>
    /// <param name="Stress">Stress in the material, to hold against the window in which creep was measured.</param>
    /// <param name="Extrapolated">Whether that stress is outside the window.</param>
    /// <param name="ContactClosed">Whether the spots hold no more than the mean pressure: the surfaces touch everywhere.</param>
    /// <param name="AreaLow90">Corrected area if it creeps as slowly as may be.</param>
    /// <param name="AreaHigh90">Corrected area if it creeps as fast as may be.</param>
    internal sealed record Growth(double Time, double SpotPressure, double Stress, bool Extrapolated, [property: JsonPropertyName("closed")] bool ContactClosed, double AreaLow90, double AreaHigh90);

    /// <summary>Patches of contact and voids as sets of pixels.</summary>
    internal sealed record Shapes(int Patches, double LargestPatch, int Voids, double LargestVoid, bool VoidsPercolate)
    {
        public static Shapes Of(ContactState state)
        {
            var shapes = ContactStatistics.Of(state, 1);
            double pixels = state.Map.Rows * state.Map.Columns;
            return new Shapes(
                shapes.PatchPixels.Length, shapes.PatchPixels.FirstOrDefault() / pixels, shapes.VoidPixels.Length, shapes.VoidPixels.FirstOrDefault() / pixels, shapes.VoidsPercolateAlongX || shapes.VoidsPercolateAlongY);
        }
    }

    /// <summary>A resistance between its two bounds.</summary>
    internal sealed record Bounded([property: JsonPropertyName("value")] double Best, double Lower, double Upper)
    {
        public static Bounded Of(ContactResistance resistance, double conductivity, ContactScale scale)
        {
            double unit = Ohm(scale) / conductivity;
            return new Bounded(resistance.ResistanceLengthM * unit, resistance.LowerBoundM * unit, resistance.UpperBoundM * unit);
        }
    }

    /// <summary>Impedance over frequency, Ω cm².</summary>
    internal sealed record Sweep(double[] Hertz, double[] Real, double[] Imaginary)
    {
        public static Sweep Of(IReadOnlyList<double> hertz, Complex[] ohmSquareMetres) =>
            new([.. hertz], [.. ohmSquareMetres.Select(z => 1e4 * z.Real)], [.. ohmSquareMetres.Select(z => 1e4 * z.Imaginary)]);

        /// <summary>Frequency of the largest −Im Z.</summary>
        public double PeakHertz => Hertz[Array.IndexOf(Imaginary, Imaginary.Min())];
    }

    /// <summary>What the closed form says, with 90 % bands.</summary>
    internal sealed record Closed(double Pressure, Value Area, Value? PlasticArea, Value MeanGap, Value? Stiffness, Value ConstrictionLength, Value? ConstrictionResistance)
    {
        public static Closed Of(PerssonLoad load, ContactScale scale, double? conductivity, bool capped) => new(
            load.PressurePa / scale.PressurePa, Value.Of(load.Area, 1), capped ? Value.Of(load.PlasticArea, 1) : null, Value.Of(load.MeanGap, 1 / scale.LengthM),
            double.IsFinite(load.Stiffness.Value) ? Value.Of(load.Stiffness, scale.LengthM / scale.PressurePa) : null, Value.Of(load.ConstrictionLength, 1 / scale.LengthM), conductivity is { } sigma ? Value.Of(load.ConstrictionLength, Ohm(scale) / sigma) : null);
    }

    /// <summary>A value with its band.</summary>
    internal sealed record Value([property: JsonPropertyName("value")] double Best, double Low90, double High90, bool Extrapolated)
    {
        public static Value Of(Estimate estimate, double scale) => new(scale * estimate.Value, scale * estimate.Band90.Low, scale * estimate.Band90.High, estimate.Extrapolated);

        public string Text(double scale = 1) => $"{Quantity.Number(scale * Best, 3)} ({Quantity.Number(scale * Low90, 3)} to {Quantity.Number(scale * High90, 3)}){(Extrapolated ? " *" : "")}";
    }

    // Infinite where everything touches; JSON has no word for that.
    private static double? Finite(double? number) => number is { } n && double.IsFinite(n) ? n : null;

    private static double Ohm(ContactScale scale) => scale.IsReduced ? 1 : 1e4;
}
