using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Architecture;

/// <summary>
/// What the packages promise to others, member by member, in reviewed files under tests/Isobar.Tests/Api. A change here is a
/// change for every user of the library: accept it with ISOBAR_ACCEPT=1 and say so in CHANGELOG.md.
/// </summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_public_face_of_the_library_is_the_reviewed_one() =>
        Golden.Check(PublicFace.Of(typeof(Quantity).Assembly), "tests", "Isobar.Tests", "Api", "Isobar.txt");

    [Fact]
    public void The_public_face_of_the_laboratory_is_the_reviewed_one() =>
        Golden.Check(PublicFace.Of(System.Reflection.Assembly.Load("Isobar.Lab")), "tests", "Isobar.Tests", "Api", "Isobar.Lab.txt");

    [Fact]
    public void A_member_is_written_as_it_is_declared()
    {
        string face = PublicFace.Of(typeof(Quantity).Assembly);
        Assert.Contains("class Isobar.Quantities.Quantity (static)", face, StringComparison.Ordinal);
        Assert.Contains("  static T Parse<T>(string text)", face, StringComparison.Ordinal);
        Assert.DoesNotContain("Isobar.Numerics.Derivative", face, StringComparison.Ordinal);
    }
}
