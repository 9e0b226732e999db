using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Quantities;

public class SpellingTests
{
    private static readonly string[] s_words = ["diameter", "material", "limit", "wall_friction"];

    [Theory]
    [InlineData("diamter", "diameter")]
    [InlineData("diamteer", "diameter")]
    [InlineData("Limit", "limit")]
    [InlineData("wall friction", "wall_friction")]
    [InlineData("wall-fricton", "wall_friction")]
    public void A_slip_finds_the_word_that_was_meant(string typed, string meant) => Assert.Equal(meant, Spelling.Nearest(typed, s_words));

    [Theory]
    [InlineData("Li6PS5Cl", "did you mean 'li6ps5cl-annealed' or 'li6ps5cl-fine'? ")]
    [InlineData("nmc", "did you mean 'nmc811'? ")]
    [InlineData("nm", "")]
    [InlineData("lithiated", "")]
    [InlineData("li6ps5cl-anealed", "did you mean 'li6ps5cl-annealed'? ")]
    public void The_beginning_of_a_few_words_finds_them(string typed, string said) => Assert.Equal(said, Spelling.DidYouMean(typed, ["li6ps5cl-annealed", "li6ps5cl-fine", "nmc811", "indium"]));

    [Theory]
    [InlineData("temperature")]
    [InlineData("x")]
    public void Another_word_finds_nothing(string typed) => Assert.Null(Spelling.Nearest(typed, s_words));
}
