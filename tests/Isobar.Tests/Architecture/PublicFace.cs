using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Isobar.Tests.Architecture;

/// <summary>Writes the public types and members of an assembly, one per line, in a stable order.</summary>
internal static class PublicFace
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // What the compiler adds to every record says nothing about a type.
    private static readonly HashSet<string> RecordMembers =
        new(StringComparer.Ordinal) { "Equals", "GetHashCode", "ToString", "op_Equality", "op_Inequality", "Deconstruct", "<Clone>$", "PrintMembers", "EqualityContract" };

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(NameOf, StringComparer.Ordinal))
        {
            // The marker types behind extension blocks have no names that a user could write.
            if (type.FullName!.Contains('<', StringComparison.Ordinal)) continue;
            text.Append(Heading(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal)) text.Append("  ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string Heading(Type type)
    {
        string kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
            _ => "class",
        };
        string how = type is { IsAbstract: true, IsSealed: true } ? " (static)" : type is { IsAbstract: true, IsInterface: false } ? " (abstract)" : "";
        Type[] bases = [.. (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum) && parent != typeof(MulticastDelegate) ? [parent] : Array.Empty<Type>())];
        return $"{kind} {NameOf(type)}{how}{(bases.Length > 0 ? " : " + NameOf(bases[0]) : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            foreach (object value in Enum.GetValuesAsUnderlyingType(type)) yield return $"{Enum.GetName(type, value)} = {Convert.ToString(value, CultureInfo.InvariantCulture)}";
            yield break;
        }

        bool record = type.GetMethod("PrintMembers", Declared) is not null;
        foreach (FieldInfo field in type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily))
        {
            yield return field.IsLiteral
                ? $"const {NameOf(field.FieldType)} {field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}"
                : $"{Static(field.IsStatic)}{NameOf(field.FieldType)} {field.Name}";
        }

        foreach (ConstructorInfo constructor in type.GetConstructors(Declared).Where(Seen))
        {
            ParameterInfo[] parameters = constructor.GetParameters();
            bool copy = record && parameters.Length == 1 && parameters[0].ParameterType == type;
            if (!copy && !constructor.IsStatic) yield return $"new({Parameters(parameters)})";
        }

        foreach (PropertyInfo property in type.GetProperties(Declared))
        {
            if (property.GetMethod is not { } get || !Seen(get) || (record && RecordMembers.Contains(property.Name))) continue;
            string set = property.SetMethod is { } setter && Seen(setter)
                ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;"
                : "";
            yield return $"{Static(get.IsStatic)}{NameOf(property.PropertyType)} {property.Name} {{ get;{set} }}";
        }

        foreach (MethodInfo method in type.GetMethods(Declared).Where(Seen))
        {
            bool accessor = method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);
            if (accessor || method.Name.Contains('<', StringComparison.Ordinal) || (record && RecordMembers.Contains(method.Name))) continue;
            if (method.GetBaseDefinition().DeclaringType == typeof(object)) continue;
            string generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";
            yield return $"{Static(method.IsStatic)}{NameOf(method.ReturnType)} {method.Name}{generic}({Parameters(method.GetParameters())})";
        }
    }

    private static bool Seen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(parameter =>
        $"{(parameter.IsOut ? "out " : "")}{NameOf(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Default(parameter) : "")}"));

    private static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => parameter.ParameterType.IsValueType ? "default" : "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        object value when parameter.ParameterType.IsEnum => Enum.GetName(parameter.ParameterType, value) ?? value.ToString()!,
        object value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string NameOf(Type type)
    {
        if (type.IsByRef) return NameOf(type.GetElementType()!);
        if (type.IsArray) return NameOf(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        if (type.IsGenericParameter) return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } underlying) return NameOf(underlying) + "?";
        string? keyword = Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum => null,
            TypeCode.Double => "double",
            TypeCode.Int32 => "int",
            TypeCode.Int64 => "long",
            TypeCode.UInt64 => "ulong",
            TypeCode.Boolean => "bool",
            TypeCode.String => "string",
            TypeCode.Char => "char",
            TypeCode.Byte => "byte",
            _ => null,
        };
        if (keyword is not null) return keyword;
        if (type == typeof(void)) return "void";
        if (type == typeof(object)) return "object";
        string name = type.IsNested ? NameOf(type.DeclaringType!) + "." + type.Name : type.Namespace?.StartsWith("Isobar", StringComparison.Ordinal) == true ? type.Namespace + "." + type.Name : type.Name;
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        if (tick >= 0) name = name[..tick];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : name;
    }
}
