using System.Text;

namespace Isobar.Cli;

/// <summary>Writes a file whole or not at all.</summary>
internal static class WholeFile
{
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public static void Write(string path, byte[] bytes)
    {
        string draft = path + ".new";
        File.WriteAllBytes(draft, bytes);
        File.Move(draft, path, overwrite: true);
    }
}
