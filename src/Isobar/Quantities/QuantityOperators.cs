namespace Isobar.Quantities;

/// <summary>Sum, difference, scaling, ratio and order of quantities of one kind, declared once for every kind.</summary>
public static class QuantityOperators
{
    extension<T>(T) where T : struct, IQuantity<T>
    {
        /// <summary>Sum of two quantities of one kind.</summary>
        public static T operator +(T left, T right) => T.FromSi(left.Si + right.Si);

        /// <summary>Difference of two quantities of one kind.</summary>
        public static T operator -(T left, T right) => T.FromSi(left.Si - right.Si);

        /// <summary>The quantity with its sign turned.</summary>
        public static T operator -(T value) => T.FromSi(-value.Si);

        /// <summary>A multiple of a quantity.</summary>
        public static T operator *(T value, double factor) => T.FromSi(value.Si * factor);

        /// <summary>A multiple of a quantity.</summary>
        public static T operator *(double factor, T value) => T.FromSi(factor * value.Si);

        /// <summary>A part of a quantity.</summary>
        public static T operator /(T value, double divisor) => T.FromSi(value.Si / divisor);

        /// <summary>The ratio of two quantities of one kind, a plain number.</summary>
        public static double operator /(T left, T right) => left.Si / right.Si;

        /// <summary>Whether the left quantity is smaller.</summary>
        public static bool operator <(T left, T right) => left.Si < right.Si;

        /// <summary>Whether the left quantity is larger.</summary>
        public static bool operator >(T left, T right) => left.Si > right.Si;

        /// <summary>Whether the left quantity is smaller or the same.</summary>
        public static bool operator <=(T left, T right) => left.Si <= right.Si;

        /// <summary>Whether the left quantity is larger or the same.</summary>
        public static bool operator >=(T left, T right) => left.Si >= right.Si;
    }
}
