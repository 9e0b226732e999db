using CsCheck;
using Isobar.Lab.Files;
using Xunit;

namespace Isobar.Tests.Files;

public class CellFileErrorTests
{
    [Fact]
    public void Tabs_in_empty_lines_and_behind_values_do_no_harm() =>
        Assert.Equal("test cell", CellFileTests.Parse(CellFileTests.Good.With("temperature: 25 °C", "temperature: 25 °C\t\n\t\n  \t") + "\n\t\n").Name);

    [Theory]
    [InlineData("cells.xlsx", "export the sheet")]
    [InlineData("pellets.CSV", "CSV UTF-8")]
    [InlineData("cell.yaml", "encoding UTF-8")]
    public void A_file_that_is_not_text_says_how_to_make_it_one(string name, string fragment)
    {
        using var stream = new MemoryStream([0x50, 0x4B, 0x03, 0x04, 0xFF, 0xFE]);
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => TextFile.Read(stream, name));
        Assert.Contains(fragment, fault.Next, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zero_byte_is_pointed_at()
    {
        using var stream = new MemoryStream("isobar: cell/1\nna\0me: x\n"u8.ToArray());
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => TextFile.Read(stream, "file.yaml"));
        Assert.Equal((2, 3), (fault.Line, fault.Column));
        Assert.Contains("UTF-8", fault.Next, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_in_place_of_a_cell_is_told_shortly()
    {
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => CellFileTests.Parse(new string('x', 5000)));
        Assert.Contains("x…'", fault.Found, StringComparison.Ordinal);
        Assert.InRange(fault.Found.Length, 60, 120);
    }

    [Theory]
    [InlineData("collector: aluminium", "¤colector: aluminium", "'colector' is not a key of a cell file", "did you mean 'collector'?")]
    [InlineData("temperature: 25 °C", "temperature: 25 °C\n¤temperature: 30 °C", "'temperature' stands twice", "line 6")]
    [InlineData("diameter: 10 mm ± 0.02 mm", "diameter: ¤10 MPa", "'MPa'", "not a unit of length")]
    [InlineData("limit: 500 MPa", "limit: ¤5 t", "a ton is a force")]
    [InlineData("capacity: 5 t", "capacity: ¤5 tons", "ton")]
    [InlineData("capacity: 5 t", "capacity: ¤50", "has no unit")]
    [InlineData("{current: 0.5 mA/cm2, life: 500 h}", "¤{current: 0.5 mA/cm2}", "the duty has no 'life'", "life: 500 h")]
    [InlineData("current: 0.5 mA/cm2", "current: ¤0 mA/cm2", "above zero")]
    [InlineData("collector: aluminium", "collector: ¤lithium", "not a current collector", "aluminium-carbon-coated")]
    [InlineData("kind: spring", "kind: ¤sprnig", "did you mean 'spring'?", "rigid, spring, pneumatic, servo")]
    [InlineData("stiffness: 1.5 N/µm", "stiffness: ¤stiff", "does not start with a number", "unknown")]
    [InlineData("1 % of reading", "¤1 %", "of what the class is a share", "full scale")]
    [InlineData("1 % of reading", "¤1 % of the reading", "'the reading'", "reading, full scale")]
    [InlineData("resolution: 10 N", "resolution: ¤100 kN", "above the capacity")]
    [InlineData("material: li6ps5cl-annealed", "material: ¤li6ps5cl-anealed", "did you mean 'li6ps5cl-annealed'?", "like:")]
    [InlineData("material: li6ps5cl-annealed", "material: ¤steel", "housing")]
    [InlineData("nmc811-poly: 70 %", "¤nmc881-poly: 70 %", "did you mean 'nmc811-poly'?")]
    [InlineData("{nmc811-poly: 70 %", "¤{nmc811-poly: 71 %", "add up to 101.0 %", "100 %")]
    [InlineData("nmc811-poly: 70 %", "nmc811-poly: ¤70", "at most 1")]
    [InlineData("{nmc811-poly: 70 %, li6ps5cl-ball-milled: 30 %}", "{¤lithium: 70 %, li6ps5cl-ball-milled: 30 %}", "is a foil and stands in a mixture")]
    [InlineData("mass: 60 mg", "mass: 60 mg\n    ¤thickness: 0.5 mm", "has 'mass' and 'thickness'")]
    [InlineData("role: anode", "role: ¤annode", "did you mean 'anode'?", "cathode composite")]
    [InlineData("mass: 12 mg", "mass: 12 mg\n    coating: ¤{name: LiNbO3}", "the coating has no 'thickness'")]
    [InlineData("    mass: 60 mg", "    mass: 60 mg\n    coating: ¤{name: LiNbO3, thickness: 10 nm}", "0 active materials")]
    [InlineData("name: test cell", "name: ¤&anchor test cell", "found the anchor")]
    [InlineData("name: test cell", "name: ¤*alias", "found the alias")]
    [InlineData("name: test cell", "name: ¤!!str test cell", "found the tag")]
    [InlineData("name: test cell", "name:¤", "found nothing as the name")]
    [InlineData("    mass: 60 mg", "¤\tmass: 60 mg", "a tab indents this line", "spaces")]
    [InlineData("    material: lithium", "  ¤\tmaterial: lithium", "a tab indents this line", "spaces")]
    [InlineData("collector: aluminium", "¤\tcollector: aluminium", "a tab indents this line", "spaces")]
    [InlineData("isobar: cell/1", "isobar: ¤cell/2", "'cell/2'", "'cell/1'")]
    [InlineData("isobar: cell/1\n", "¤", "does not say what it is", "isobar: cell/1")]
    [InlineData("temperature: 25 °C", "temperature: ¤-300 °C", "above zero")]
    public void A_fault_is_shown_where_it_stands_with_what_would_be_right(string piece, string replacement, string first, string? second = null) =>
        MarkedText.Expect(CellFileTests.Good.With(piece, replacement), text => CellFileTests.Parse(text), second is null ? [first] : [first, second]);

    [Fact]
    public void A_powder_thickness_is_refused_when_the_die_cannot_press_to_its_meaning()
    {
        string text = CellFileTests.Good.With("limit: 500 MPa", "limit: 300 MPa").With("mass: 60 mg", "thickness: ¤0.5 mm");
        MarkedText.Expect(text, t => CellFileTests.Parse(t), "after pressing at 375", "limited to 300");
    }

    [Fact]
    public void A_powder_without_electrolyte_has_no_thickness_law()
    {
        string text = CellFileTests.Good.With("material: lithium", "material: graphite").With("thickness: 100 µm", "thickness: ¤100 µm");
        MarkedText.Expect(text, t => CellFileTests.Parse(t), "no electrolyte whose pellet law");
    }

    [Theory]
    [InlineData("role: cathode composite", "separator", "has no cathode composite")]
    [InlineData("role: anode", "separator", "has no anode")]
    public void A_stack_without_an_electrode_is_refused(string role, string instead, string reason)
    {
        string text = CellFileTests.Good.With(role, "role: " + instead).With("layers:\n  - name: cathode", "layers:\n  ¤- name: cathode");
        MarkedText.Expect(text, t => CellFileTests.Parse(t), reason);
    }

    [Fact]
    public void A_second_anode_is_refused()
    {
        string text = CellFileTests.Good.With("- name: separator\n    role: separator", "- name: separator\n    role: anode").With("- name: lithium", "- ¤name: lithium");
        MarkedText.Expect(text, t => CellFileTests.Parse(t), "a second anode, 'lithium'");
    }

    [Fact]
    public void A_stack_without_a_separator_is_refused()
    {
        const string Separator = "  - name: separator\n    role: separator\n    material: li6ps5cl-annealed\n    mass: 60 mg\n";
        string text = CellFileTests.Good.With(Separator, "").With("layers:\n  - name", "layers:\n  ¤- name");
        MarkedText.Expect(text, t => CellFileTests.Parse(t), "has no separator", "role: separator");
    }

    [Fact]
    public void The_anode_stands_last()
    {
        string text = CellFileTests.Good + "\n  - ¤name: behind\n    role: separator\n    material: li6ps5cl-annealed\n    mass: 10 mg\n";
        MarkedText.Expect(text, t => CellFileTests.Parse(t), "the last layer is 'behind'", "from the cathode to the anode");
    }

    [Fact]
    public void The_cathode_stands_first()
    {
        string text = CellFileTests.Good.With("layers:\n", "layers:\n  - ¤name: before\n    role: separator\n    material: li6ps5cl-annealed\n    mass: 10 mg\n");
        MarkedText.Expect(text, t => CellFileTests.Parse(t), "the first layer is 'before'");
    }

    [Theory]
    [InlineData("name: cathode", "{nmc811-poly: 70 %, li6ps5cl-ball-milled: 30 %}", "{li6ps5cl-annealed: 70 %, li6ps5cl-ball-milled: 30 %}", "no active material")]
    [InlineData("name: cathode", "{nmc811-poly: 70 %, li6ps5cl-ball-milled: 30 %}", "{nmc811-poly: 97 %, carbon-additive: 3 %}", "no electrolyte")]
    [InlineData("name: separator", "material: li6ps5cl-annealed", "composition: {li6ps5cl-annealed: 97 %, carbon-additive: 3 %}", "conducts electrons")]
    [InlineData("name: separator", "material: li6ps5cl-annealed", "material: nmc811-poly", "no electrolyte")]
    [InlineData("name: lithium", "material: lithium\n    thickness: 100 µm", "material: llzo\n    mass: 5 mg", "stores no lithium")]
    public void A_layer_holds_what_its_role_needs(string name, string piece, string replacement, string reason)
    {
        string text = CellFileTests.Good.With(piece, replacement).With(name, "¤" + name);
        MarkedText.Expect(text, t => CellFileTests.Parse(t), reason);
    }

    [Fact]
    public void Two_layers_with_one_name_are_refused()
    {
        string text = CellFileTests.Good.With("- name: lithium", "- ¤name: separator");
        MarkedText.Expect(text, t => CellFileTests.Parse(t), "two layers have the name 'separator'");
    }

    [Fact]
    public void A_layer_without_an_amount_is_refused()
    {
        string text = CellFileTests.Good.With("    mass: 60 mg\n", "").With("name: separator", "¤name: separator");
        MarkedText.Expect(text, t => CellFileTests.Parse(t), "'separator' has no amount", "mass, thickness, areal_loading");
    }

    [Theory]
    [InlineData("lithium:\n    ¤particle_sise: 3 µm ± 1 µm", "did you mean 'particle_size'?")]
    [InlineData("lithium:\n    yield_strength: ¤0.8 MPa", "no uncertainty", "judgement")]
    [InlineData("lithium:\n    yield_strength: ¤0.8 mm ± 0.1 mm", "is not a unit of")]
    [InlineData("lithium:\n    yield_strength: ¤0.8 Pa ± 0.1 Pa", "outside what is possible", "check the number and the unit")]
    [InlineData("lithium:\n    like: ¤indium", "already known")]
    [InlineData("¤lithum:\n    yield_strength: 0.8 MPa ± 0.1 MPa", "did you mean 'lithium'?", "like")]
    [InlineData("my-metal:\n    like: ¤litium", "did you mean 'lithium'?")]
    [InlineData("¤My metal:\n    like: lithium", "cannot be an id")]
    [InlineData("lithium:\n    yield_strength: ¤{value: 0.8 MPa ± 0.1 MPa}", "has no 'source'")]
    public void A_fault_in_own_materials_is_shown_where_it_stands(string materials, string first, string? second = null)
    {
        string text = CellFileTests.Good + "\nmaterials:\n  " + materials + "\n";
        MarkedText.Expect(text, t => CellFileTests.Parse(t), second is null ? [first] : [first, second]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("--- \n")]
    public void An_empty_file_says_so(string text) => MarkedText.Expect("¤" + text, t => CellFileTests.Parse(t), "the file is empty");

    [Theory]
    [InlineData("name: [unclosed\n")]
    [InlineData("name: \"unclosed\n")]
    [InlineData("a: b: c\n")]
    [InlineData("\tname: x\n")]
    [InlineData("a: 1\n  b: 2\n - c\n")]
    [InlineData("{ , , }")]
    [InlineData("%FOO\n")]
    [InlineData("isobar: cell/1\n---\nname: two\n")]
    [InlineData("- list\n")]
    [InlineData("text")]
    [InlineData("? [a, b]\n: c\n")]
    public void Text_that_is_not_a_cell_is_never_another_kind_of_error(string text)
    {
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => CellFileTests.Parse(text));
        Assert.InRange(fault.Line, 1, text.Count(c => c == '\n') + 1);
        Assert.NotEmpty(fault.Next);
    }

    [Fact]
    public void Any_cut_or_changed_letter_gives_a_cell_or_an_error_of_the_file()
    {
        Gen.Select(Gen.Int[0, CellFileTests.Good.Length - 1], Gen.Int[0, 6], Gen.Char["{}[]:,-#&*!|>'\"%@` \n\t±0a"]).Sample((at, cut, put) =>
        {
            string text = CellFileTests.Good.Remove(at, Math.Min(cut, CellFileTests.Good.Length - at)).Insert(at, put.ToString());
            try
            {
                CellFileTests.Parse(text);
            }
            catch (IsobarFileException fault)
            {
                Assert.True(fault.Line >= 1 && fault.Column >= 1, fault.Message);
            }
        }, iter: 3000);
    }

    [Fact]
    public void Deep_nesting_is_refused_before_it_exhausts_the_stack()
    {
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => CellFileTests.Parse("a: " + new string('[', 5000) + new string(']', 5000)));
        Assert.Contains("nests too deeply", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_shows_the_line_and_a_caret_below_the_place()
    {
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => CellFileTests.Parse(CellFileTests.Good.With("kind: spring", "kind: sprnig")));
        const string Expected = """
            file.yaml:5:17: 'sprnig' is not a kind of fixture
              5 | fixture: {kind: sprnig, stiffness: 1.5 N/µm}
                |                 ^
              expected: did you mean 'spring'? one of rigid, spring, pneumatic, servo
              next: write one of these words
            """;
        Assert.Equal(Expected.ReplaceLineEndings("\n"), fault.Message);
    }
}
