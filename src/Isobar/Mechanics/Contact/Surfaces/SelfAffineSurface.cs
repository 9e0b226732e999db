namespace Isobar.Mechanics.Contact.Surfaces;

/// <summary>A surface made from a <see cref="SurfaceRecipe"/>: its heights on the grid and the exact statistics of the continuous surface.</summary>
public sealed class SelfAffineSurface
{
    private SelfAffineSurface(SurfaceRecipe recipe, SelfAffineModes modes, HeightMap map)
    {
        Recipe = recipe;
        Map = map;
        Spectrum = RadialSpectrum.Of(modes);
        (RmsHeight, RmsGradient, RmsLaplacian, Modes) = (modes.RmsHeight, modes.RmsGradient, modes.RmsLaplacian, modes.All.Length);
    }

    /// <summary>The recipe.</summary>
    public SurfaceRecipe Recipe { get; }

    /// <summary>Heights; rows run along the first axis of the recipe, columns along the second.</summary>
    public HeightMap Map { get; }

    /// <summary>Spectrum of the continuous surface.</summary>
    public RadialSpectrum Spectrum { get; }

    /// <summary>Exact rms height of the continuous surface, in the unit of the size.</summary>
    public double RmsHeight { get; }

    /// <summary>Exact rms gradient of the continuous surface.</summary>
    public double RmsGradient { get; }

    /// <summary>Exact rms Laplacian of the continuous surface, one over the unit of the size.</summary>
    public double RmsLaplacian { get; }

    /// <summary>Number of waves.</summary>
    public int Modes { get; }

    /// <summary>Makes the surface.</summary>
    /// <param name="recipe">What to make.</param>
    /// <param name="cancellation">Gives up when asked.</param>
    /// <exception cref="ArgumentException">The recipe has a fault; <see cref="SurfaceRecipe.Fault"/> says which.</exception>
    public static SelfAffineSurface Make(SurfaceRecipe recipe, CancellationToken cancellation = default)
    {
        SelfAffineModes modes = SelfAffineModes.Of(recipe);
        double[] heights = SurfaceSynthesis.Heights(modes, recipe.Points, cancellation);
        return new SelfAffineSurface(recipe, modes, new HeightMap(recipe.Points, recipe.Points, recipe.Size, recipe.Size, heights));
    }

    /// <summary>The spectrum alone, without making the heights.</summary>
    /// <exception cref="ArgumentException">The recipe has a fault.</exception>
    public static RadialSpectrum SpectrumOf(SurfaceRecipe recipe) => RadialSpectrum.Of(SelfAffineModes.Of(recipe));
}
