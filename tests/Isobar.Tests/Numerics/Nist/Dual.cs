namespace Isobar.Tests.Numerics.Nist;

/// <summary>A number with its derivatives: the models of the reference sets are written once and differentiated exactly.</summary>
internal readonly struct Dual(double value, double[] derivatives)
{
    public double Value => value;

    public double[] Derivatives => derivatives;

    public static implicit operator Dual(double constant) => new(constant, []);

    public static Dual operator +(Dual a, Dual b) => Combine(a.Value + b.Value, a, 1, b, 1);

    public static Dual operator -(Dual a, Dual b) => Combine(a.Value - b.Value, a, 1, b, -1);

    public static Dual operator *(Dual a, Dual b) => Combine(a.Value * b.Value, a, b.Value, b, a.Value);

    public static Dual operator /(Dual a, Dual b) => Combine(a.Value / b.Value, a, 1 / b.Value, b, -a.Value / (b.Value * b.Value));

    public static Dual operator -(Dual a) => Combine(-a.Value, a, -1, 0, 0);

    public static Dual Exp(Dual a) => Of(Math.Exp(a.Value), a, Math.Exp(a.Value));

    public static Dual Log(Dual a) => Of(Math.Log(a.Value), a, 1 / a.Value);

    public static Dual Cos(Dual a) => Of(Math.Cos(a.Value), a, -Math.Sin(a.Value));

    public static Dual Sin(Dual a) => Of(Math.Sin(a.Value), a, Math.Cos(a.Value));

    public static Dual Atan(Dual a) => Of(Math.Atan(a.Value), a, 1 / (1 + (a.Value * a.Value)));

    public static Dual Pow(Dual a, Dual b) => Exp(b * Log(a));

    private static Dual Of(double value, Dual a, double slope) => Combine(value, a, slope, 0, 0);

    private static Dual Combine(double value, Dual a, double slopeA, Dual b, double slopeB)
    {
        double[] derivatives = new double[Math.Max(a.Derivatives.Length, b.Derivatives.Length)];
        for (int i = 0; i < a.Derivatives.Length; i++) derivatives[i] += slopeA * a.Derivatives[i];
        for (int i = 0; i < b.Derivatives.Length; i++) derivatives[i] += slopeB * b.Derivatives[i];
        return new Dual(value, derivatives);
    }
}
