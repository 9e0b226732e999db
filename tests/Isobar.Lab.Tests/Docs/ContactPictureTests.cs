using System.Text.RegularExpressions;
using Isobar.Lab.Reports;
using Isobar.Mechanics.Contact;
using Isobar.Mechanics.Contact.Surfaces;
using Isobar.Tests;
using SkiaSharp;
using Xunit;

namespace Isobar.Lab.Tests.Docs;

/// <summary>The maps on the page on rough contact are what the solver finds: ISOBAR_ACCEPT=1 replaces the reviewed picture, ISOBAR_FIGURES=folder writes it as PNG too.</summary>
public sealed class ContactPictureTests
{
    // The pixels at the edge of a shade may differ by rounding; a map of another contact differs in many.
    private const double ShareOfPixels = 0.002;

    private static readonly Regex s_image = new("base64,(?<data>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    [Fact]
    public void The_picture_in_the_documents_is_what_the_solver_finds()
    {
        ContactPicture picture = Picture();
        if (Environment.GetEnvironmentVariable("ISOBAR_FIGURES") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, "contact-maps.png"), ContactFigure.ToPng(picture));
        }

        string file = Repository.PathOf("docs", "images", "contact-maps.svg"), drawn = ContactFigure.ToSvg(picture);
        if (Environment.GetEnvironmentVariable("ISOBAR_ACCEPT") == "1") File.WriteAllText(file, drawn);
        byte[][] reviewed = Images(File.ReadAllText(file)), now = Images(drawn);
        Assert.Equal(reviewed.Length, now.Length);
        for (int i = 0; i < now.Length; i++) Assert.InRange(Different(reviewed[i], now[i]), 0, ShareOfPixels);
    }

    [Fact]
    public void The_same_contact_gives_the_same_bytes() => Assert.Equal(ContactFigure.ToSvg(Picture()), ContactFigure.ToSvg(Picture()));

    private static ContactPicture Picture()
    {
        SelfAffineSurface surface = SelfAffineSurface.Make(new SurfaceRecipe(100e-6, 256, 0.8, 4, 4, 64, 12345, RecipeRoughness.Gradient, 0.05));
        double[] loads = [5e6, 10e6, 25e6, 50e6, 74e6];
        ContactState[] states = [.. new ContactSolver(surface.Map, new ContactMedium(20e9) { HardnessPa = 0.5e9 }, new ContactOptions { Tolerance = 1e-6, Conduction = false }).Solve(ContactPath.Pressures(loads, unload: true))];
        return new ContactPicture(states[loads.Length - 1], [.. states.Select(state => new ContactCurve(state.MeanPressurePa / 1e6, state.AreaCorrected, state.VoidVolumeM / 1e-6, state.Unloading))], 1e6, 1e-6, "MPa", "µm", []);
    }

    private static byte[][] Images(string svg) => [.. s_image.Matches(svg).Select(match => Convert.FromBase64String(match.Groups["data"].Value))];

    private static double Different(byte[] one, byte[] other)
    {
        using var first = SKBitmap.Decode(one);
        using var second = SKBitmap.Decode(other);
        Assert.Equal((first.Width, first.Height), (second.Width, second.Height));
        int count = 0;
        for (int y = 0; y < first.Height; y++)
        {
            for (int x = 0; x < first.Width; x++)
            {
                SKColor a = first.GetPixel(x, y), b = second.GetPixel(x, y);
                if (Math.Abs(a.Red - b.Red) + Math.Abs(a.Green - b.Green) + Math.Abs(a.Blue - b.Blue) > 6) count++;
            }
        }

        return (double)count / (first.Width * first.Height);
    }
}
