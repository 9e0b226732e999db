using System.Globalization;
using System.Reflection;
using CsCheck;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Quantities;

/// <summary>Reading and printing of units, restated by hand from the definitions of the SI brochure and the pound (1959, exact).</summary>
public sealed class UnitTests
{
    /// <summary>All quantities of the library, found by reflection so that a new one cannot be forgotten.</summary>
    private static readonly Type[] All =
        [.. typeof(Quantity).Assembly.GetTypes().Where(type => type.IsValueType && type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IQuantity<>)))];

    public static TheoryData<string> Names() => [.. All.Select(type => type.Name)];

    [Theory]
    [InlineData("1 t", 9806.65)]
    [InlineData("1tonf", 9806.65)]
    [InlineData("1 tonne", 9806.65)]
    [InlineData("1 short_ton", 8896.443230521)]
    [InlineData("1 long_ton", 9964.016418183519)]
    [InlineData("1 kN", 1000)]
    [InlineData("1 MN", 1e6)]
    [InlineData("1 mN", 1e-3)]
    [InlineData("1 kgf", 9.80665)]
    [InlineData("1 lbf", 4.4482216152605)]
    [InlineData("-2.5e3 N", -2500)]
    public void Forces_are_read_in_newtons(string text, double newtons) => AssertSi<Force>(text, newtons);

    [Theory]
    [InlineData("1 bar", 1e5)]
    [InlineData("1 psi", 6894.757293168361)]
    [InlineData("1 kpsi", 6894757.293168361)]
    [InlineData("1 ksi", 6894757.293168361)]
    [InlineData("1 kgf/cm2", 98066.5)]
    [InlineData("1 MPa", 1e6)]
    public void Oil_pressures_are_read_in_pascals(string text, double pascals) => AssertSi<OilPressure>(text, pascals);

    [Theory]
    [InlineData("1 MPa", 1e6)]
    [InlineData("1 N/mm²", 1e6)]
    [InlineData("1 GPa", 1e9)]
    [InlineData("250 kPa", 2.5e5)]
    public void Sample_pressures_are_read_in_pascals(string text, double pascals) => AssertSi<SamplePressure>(text, pascals);

    [Fact]
    public void Every_other_unit_has_the_factor_of_its_definition()
    {
        AssertSi<Length>("1 in", 0.0254);
        AssertSi<Length>("1 µm", 1e-6);
        AssertSi<Length>("1 micron", 1e-6);
        AssertSi<Area>("12.6 cm²", 12.6e-4);
        AssertSi<Area>("1 mm^2", 1e-6);
        AssertSi<Duration>("1.5 h", 5400);
        AssertSi<Duration>("2 d", 172800);
        AssertSi<Frequency>("10 mHz", 0.01);
        AssertSi<Fraction>("5 %", 0.05);
        AssertSi<Fraction>("0.05", 0.05);
        AssertSi<Temperature>("25 °C", 298.15);
        AssertSi<Temperature>("77 degF", 298.15);
        AssertSi<ArealResistance>("10 Ω·cm²", 1e-3);
        AssertSi<Conductivity>("1 mS/cm", 0.1);
        AssertSi<Conductivity>("1 S cm-1", 100);
        AssertSi<CurrentDensity>("1 mA/cm2", 10);
        AssertSi<Capacity>("1 mAh", 3.6);
        AssertSi<ArealCapacity>("1 mAh/cm2", 36000);
        AssertSi<SpecificCapacity>("200 mAh/g", 720000);
        AssertSi<MassDensity>("1.64 g/cm3", 1640);
        AssertSi<ArealMass>("10 mg/cm2", 0.1);
        AssertSi<Mass>("100 mg", 1e-4);
        AssertSi<MolarEnergy>("0.35 eV", 0.35 * 96485.33212);
        AssertSi<MolarVolume>("2 cm3/mol", 2e-6);
        AssertSi<MolarConcentration>("1 mol/L", 1000);
        AssertSi<Diffusivity>("1e-10 cm2/s", 1e-14);
        AssertSi<PressureRate>("60 MPa/min", 1e6);
        AssertSi<Stiffness>("1 N/µm", 1e6);
        AssertSi<Speed>("6 mm/min", 1e-4);
        AssertSi<FractureToughness>("0.2 MPa √m", 0.2e6);
    }

    [Theory]
    [InlineData("1 ton", "metric", "short_ton", "long_ton")]
    [InlineData("1 tons", "metric", "short_ton", "long_ton")]
    [InlineData("3 T", "metric", "short_ton", "long_ton")]
    [InlineData("5 kg", "mass", "kgf")]
    [InlineData("5 lb", "mass", "lbf")]
    [InlineData("5", "no unit", "kN")]
    [InlineData("", "missing", "10 N")]
    [InlineData("kN", "does not start with a number")]
    [InlineData("1,5 kN", "comma", "1.5 kN")]
    [InlineData("1 furlong", "'furlong'", "kN")]
    [InlineData("1e999 kN", "finite")]
    public void A_force_that_does_not_say_enough_is_refused_with_what_to_write(string text, params string[] words) => AssertRefused<Force>(text, words);

    [Theory]
    [InlineData("250 bar", "hydraulic gauge")]
    [InlineData("250 psi", "hydraulic gauge")]
    [InlineData("1 t", "isobar convert")]
    [InlineData("10 kN", "force")]
    [InlineData("74", "no unit")]
    public void A_sample_pressure_in_the_unit_of_a_gauge_or_a_force_is_refused(string text, params string[] words) => AssertRefused<SamplePressure>(text, words);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_printed_is_read_back_to_the_digits_that_were_printed(string name) => Call(nameof(RoundTrip), name);

    [Theory]
    [MemberData(nameof(Names))]
    public void No_two_units_of_a_quantity_share_a_spelling_and_every_alias_is_found(string name) => Call(nameof(Spellings), name);

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void Reading_and_printing_are_the_same_in_every_country(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            Assert.Equal("73.88 MPa", new SamplePressure(73.8829e6).ToString());
            Assert.Equal(29419.95, Quantity.Parse<Force>("29.41995 kN").Newtons, 1e-9);
            Assert.Equal("1.500e-7", Quantity.Number(1.5e-7));
            Assert.Equal("-1.00", Quantity.Number(-1, 3));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(999.96, "1000")]
    [InlineData(9.99996, "10.00")]
    [InlineData(0.00012344, "0.0001234")]
    [InlineData(1234567, "1234567")]
    [InlineData(12345678, "1.235e+7")]
    [InlineData(0, "0")]
    public void Numbers_are_printed_to_four_digits(double value, string text) => Assert.Equal(text, Quantity.Number(value));

    [Fact]
    public void Nothing_is_printed_in_the_usual_unit_and_not_in_the_smallest()
    {
        Assert.Equal("0 mm", new Length(0).ToString());
        Assert.Equal("0 s", new Duration(0).ToString());
        Assert.Equal("0 Hz", new Frequency(0).ToString());
        Assert.Equal("1 nm", new Length(1e-9).ToString());
    }

    [Fact]
    public void Force_sample_pressure_oil_pressure_and_stress_cannot_become_each_other()
    {
        // The compiler refuses Force + SamplePressure because no conversion operator leads from one to the other.
        Type[] kinds = [typeof(Force), typeof(SamplePressure), typeof(OilPressure), typeof(Pressure)];
        foreach (Type kind in kinds)
        {
            IEnumerable<MethodInfo> conversions = kind.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.Name is "op_Implicit" or "op_Explicit");
            Assert.Empty(conversions);
            foreach (ConstructorInfo constructor in kind.GetConstructors()) Assert.DoesNotContain(constructor.GetParameters(), parameter => kinds.Contains(parameter.ParameterType));
        }
    }

    private static void RoundTrip<T>() where T : struct, IQuantity<T>
    {
        // Twelve decades around one of the units that are printed.
        Unit[] printed = [.. T.Dimension.Units.Where(unit => unit.Printed)];
        (from index in Gen.Int[0, printed.Length - 1]
         from number in Gen.Double[1, 9.9994]
         from decade in Gen.Int[-3, 5]
         select (Unit: printed[index], Number: number * Math.Pow(10, decade)))
            .Sample(
                sample =>
                {
                    T value = T.FromSi(sample.Unit.ToSiValue(sample.Number));
                    T back = Quantity.Parse<T>(value.ToString()!);
                    // Four printed digits lose at most half of the fourth, one part in 2000; a temperature loses it in °C.
                    double scale = Math.Max(Math.Abs(value.Si), Math.Abs(T.Dimension.PrintUnit(value.Si).Offset));
                    return Math.Abs(back.Si - value.Si) <= 5.1e-4 * scale;
                },
                iter: 300,
                threads: 1);
    }

    private static void Spellings<T>() where T : struct, IQuantity<T>
    {
        Dimension dimension = T.Dimension;
        foreach (Unit unit in dimension.Units)
        {
            Assert.Same(unit, dimension.Find(unit.Symbol));
            foreach (string alias in unit.Aliases) Assert.Same(unit, dimension.Find(alias));
            T value = Quantity.Parse<T>("3 " + unit.Symbol);
            Assert.Equal(unit.ToSiValue(3), value.Si, 1e-12 * Math.Abs(unit.ToSiValue(3)));
            Assert.Equal(3, value.In(unit.Symbol), 1e-9);
        }

        foreach (RefusedUnit refused in dimension.Refused)
        {
            Assert.Null(dimension.Find(refused.Symbol));
            Assert.False(Quantity.TryParse<T>("3 " + refused.Symbol, out _, out string error));
            Assert.Contains(refused.Reason, error, StringComparison.Ordinal);
        }
    }

    private static void AssertSi<T>(string text, double si) where T : struct, IQuantity<T> =>
        // The factors are products of at most four rounded numbers.
        Assert.Equal(si, Quantity.Parse<T>(text).Si, 1e-14 * Math.Abs(si));

    private static void AssertRefused<T>(string text, string[] words) where T : struct, IQuantity<T>
    {
        QuantityException refusal = Assert.Throws<QuantityException>(() => Quantity.Parse<T>(text));
        foreach (string word in words) Assert.Contains(word, refusal.Message, StringComparison.Ordinal);
    }

    private static void Call(string method, string quantity) => typeof(UnitTests)
        .GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
        .MakeGenericMethod(All.Single(type => string.Equals(type.Name, quantity, StringComparison.Ordinal)))
        .Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null);
}
