using System.Globalization;
using System.Text;
using Isobar.Impedance.Circuits;
using Xunit;

namespace Isobar.Tests.Documents;

/// <summary>The page of circuit elements is written from their declarations: ISOBAR_ACCEPT=1 rewrites it after one has changed.</summary>
public sealed class CircuitPageTests
{
    [Fact]
    public void The_page_of_circuits_shows_every_element_as_it_is_declared()
    {
        var page = new StringBuilder();
        page.Append("# Circuits\n\n<!-- Written from the declarations in src/Isobar/Impedance/Circuits by CircuitPageTests; change those, then run the tests with ISOBAR_ACCEPT=1. -->\n\n");
        page.Append("Both common forms are read, and may be mixed:\n\n");
        page.Append("- `R0-p(R1,CPE1)-W1`: a hyphen joins in series, `p( , )` puts side by side, a number makes the name unique;\n");
        page.Append("- `R(RQ)([RW]C)`: what follows is in series, round brackets hold parts side by side, square ones a series. Names are counted: R1, R2, Q1.\n\n");
        page.Append("Behind an element, braces say what is known: `R0{R=5}` is a start value, `{R=5/1/10}` has limits, `{n=.8F}` is fixed, `{R=5±0.2}` is known with a standard\n");
        page.Append("uncertainty, `{R==R1}` and `{R==2*R1}` follow another parameter. τ, β and σ may be written tau, beta and sigma.\n\n");
        page.Append("s = jω. Every positive parameter is fitted in its logarithm. An element with one parameter gives it its own name (`R0`), others add the symbol (`CPE1.Q`).\n\n");
        page.Append("| written | also | is | equation | parameters (unit, limits of a fit) |\n|---|---|---|---|---|\n");
        foreach (CircuitElement element in CircuitElements.All)
        {
            string parameters = string.Join("; ", element.Parameters.Select(parameter =>
                string.Create(CultureInfo.InvariantCulture, $"{parameter.Symbol}{(parameter.Unit.Length > 0 ? $" ({parameter.Unit})" : "")} {parameter.Lowest:G3} to {parameter.Highest:G3}")));
            page.Append(CultureInfo.InvariantCulture, $"| `{element.Symbol}` | {string.Join(", ", element.Aliases.Select(alias => $"`{alias}`"))} | {element.Name} | {element.Equation} | {parameters} |\n");
        }

        page.Append("""

            ## From and to other programs

            | here | elsewhere |
            |---|---|
            | `CPE`, Q in S sⁿ: Z = 1/(Q·sⁿ) | Q₀, Y₀, T and P of a "CPE-T, CPE-P" are the same Q and n; a form 1/(Q·s)ⁿ has Q_here = Q_thereⁿ |
            | `W`, σ: Z = σ·(1 − j)/√ω | Y of Z = 1/(Y·√s): σ = 1/(Y·√2) |
            | `Wo`, `Ws`: R, τ | Z₀ and τ of coth(√(jωτ))/√(jωτ) are the same; B and Y of coth(B·√s)/(Y·√s): τ = B², R = B/Y |
            | `Zarc`: R, τ, n | R and Q side by side: τ = (R·Q)^(1/n) |
            | `La`: Z = L·sᵃ | a form (L·s)ᵃ has L_here = L_thereᵃ |
            | per area | R·A in Ω cm², Q/A, τ and n unchanged; one interface of a symmetric cell is half of R |

            """.ReplaceLineEndings("\n"));
        Golden.Check(page.ToString(), "docs", "reference", "circuits.md");
    }
}
