using System.Xml.Linq;
using SkiaSharp;

namespace Isobar.Lab.Reports;

/// <summary>A picture of several parts, placed once and drawn as SVG or PNG alike: words, images and figures.</summary>
internal sealed class PictureBoard(int width, int height, string title, string description)
{
    private const float TextSize = 13;
    private readonly List<Part> _parts = [];

    public void Text(int x, int y, string text, FigureColour colour, bool bold = false) => _parts.Add(new TextPart(x, y, text, colour, bold));

    public void Image(int x, int y, int wide, int high, byte[] png) => _parts.Add(new ImagePart(x, y, wide, high, png));

    public void Figure(int x, int y, Figure figure) => _parts.Add(new FigurePart(x, y, figure));

    public string ToSvg()
    {
        XNamespace svg = "http://www.w3.org/2000/svg";
        FigureFont font = FigureFont.Installed;
        var root = new XElement(
            svg + "svg", new XAttribute("viewBox", $"0 0 {ReportText.Count(width)} {ReportText.Count(height)}"), new XAttribute("width", ReportText.Count(width)), new XAttribute("height", ReportText.Count(height)), new XAttribute("role", "img"),
            new XElement(svg + "title", title), new XElement(svg + "desc", description),
            new XElement(svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"), new XAttribute("fill", FigurePalette.Paper)));
        for (int i = 0; i < _parts.Count; i++)
        {
            root.Add(_parts[i] switch
            {
                TextPart text => new XElement(
                    svg + "text", At(text), new XAttribute("font-family", font.SvgFamily), new XAttribute("font-size", ReportText.Count((int)TextSize)), new XAttribute("fill", FigurePalette.Hex(text.Colour)),
                    text.Bold ? new XAttribute("font-weight", "bold") : null, ReportText.Printable(text.Words)),
                ImagePart image => new XElement(
                    svg + "image", At(image), new XAttribute("width", ReportText.Count(image.Wide)), new XAttribute("height", ReportText.Count(image.High)), new XAttribute("preserveAspectRatio", "none"),
                    new XAttribute("image-rendering", "pixelated"), new XAttribute("href", "data:image/png;base64," + Convert.ToBase64String(image.Png))),
                FigurePart figure => Placed(FigureRenderer.Svg(figure.Drawn, "p" + ReportText.Count(i), titled: true), figure),
                _ => throw new InvalidOperationException("a part that is not drawn"),
            });
        }

        var output = new StringWriter { NewLine = "\n" };
        new MarkupWriter(output).Tree(root);
        return output + "\n";

        static XElement Placed(XElement figure, Part part)
        {
            figure.Add(At(part));
            return figure;
        }
    }

    public byte[] ToPng(int scale)
    {
        FigureFont font = FigureFont.Installed;
        using var surface = SKSurface.Create(new SKImageInfo(width * scale, height * scale));
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColor.Parse(FigurePalette.Paper));
        canvas.Scale(scale);
        foreach (Part part in _parts)
        {
            switch (part)
            {
                case TextPart text:
                    using (SKFont letters = font.At(TextSize, text.Bold))
                    using (var paint = new SKPaint { Color = SKColor.Parse(FigurePalette.Hex(text.Colour)), IsAntialias = true })
                    {
                        canvas.DrawText(ReportText.Printable(text.Words), text.X, text.Y, SKTextAlign.Left, letters, paint);
                    }

                    break;
                case ImagePart image:
                    Draw(canvas, image.Png, SKRect.Create(image.X, image.Y, image.Wide, image.High));
                    break;
                case FigurePart figure:
                    Draw(canvas, FigureRenderer.ToPng(figure.Drawn, scale), SKRect.Create(figure.X, figure.Y, figure.Drawn.Width, figure.Drawn.Height));
                    break;
            }
        }

        using SKImage snapshot = surface.Snapshot();
        using SKData data = snapshot.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static void Draw(SKCanvas canvas, byte[] png, SKRect place)
    {
        using SKImage image = SKImage.FromEncodedData(png);
        canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Nearest));
    }

    private static XAttribute[] At(Part part) => [new("x", ReportText.Count(part.X)), new("y", ReportText.Count(part.Y))];

    private abstract record Part(int X, int Y);

    private sealed record TextPart(int X, int Y, string Words, FigureColour Colour, bool Bold) : Part(X, Y);

    private sealed record ImagePart(int X, int Y, int Wide, int High, byte[] Png) : Part(X, Y);

    private sealed record FigurePart(int X, int Y, Figure Drawn) : Part(X, Y);
}
