using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Isobar.Tests.Architecture;

/// <summary>What the types of a compiled assembly refer to: base types, fields, signatures, attributes and method bodies.</summary>
internal sealed class CompiledReferences
{
    private readonly MetadataReader _reader;
    private readonly PEReader _file;
    private readonly HashSet<(string From, string To)> _edges = [];

    private CompiledReferences(PEReader file)
    {
        _file = file;
        _reader = file.GetMetadataReader();
    }

    /// <summary>Assemblies that the given one refers to.</summary>
    public static IReadOnlyList<string> Assemblies(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader reader = file.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
    }

    /// <summary>Types of other assemblies that the given one refers to, by full name.</summary>
    public static IReadOnlyList<string> ForeignTypes(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader reader = file.GetMetadataReader();
        return [.. reader.TypeReferences.Select(reader.GetTypeReference).Select(type => reader.GetString(type.Namespace) + "." + reader.GetString(type.Name))];
    }

    /// <summary>Pairs of types of the assembly itself, (from, to) by full name; a nested type counts as its outermost type.</summary>
    public static IReadOnlySet<(string From, string To)> Types(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var references = new CompiledReferences(file);
        foreach (TypeDefinitionHandle handle in references._reader.TypeDefinitions) references.Visit(handle);
        return references._edges;
    }

    private void Visit(TypeDefinitionHandle handle)
    {
        string from = NameOf(handle);
        TypeDefinition type = _reader.GetTypeDefinition(handle);
        Add(from, type.BaseType);
        foreach (InterfaceImplementationHandle face in type.GetInterfaceImplementations()) Add(from, _reader.GetInterfaceImplementation(face).Interface);
        foreach (FieldDefinitionHandle field in type.GetFields()) Add(from, _reader.GetFieldDefinition(field).DecodeSignature(new Names(this), null));
        foreach (MethodDefinitionHandle methodHandle in type.GetMethods())
        {
            MethodDefinition method = _reader.GetMethodDefinition(methodHandle);
            MethodSignature<ImmutableArray<string>> signature = method.DecodeSignature(new Names(this), null);
            Add(from, signature.ReturnType);
            foreach (ImmutableArray<string> parameter in signature.ParameterTypes) Add(from, parameter);
            if (method.RelativeVirtualAddress != 0) VisitBody(from, _file.GetMethodBody(method.RelativeVirtualAddress));
        }
    }

    private void VisitBody(string from, MethodBodyBlock body)
    {
        if (!body.LocalSignature.IsNil)
        {
            foreach (ImmutableArray<string> local in _reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(new Names(this), null)) Add(from, local);
        }

        BlobReader il = body.GetILReader();
        while (il.RemainingBytes > 0)
        {
            int code = il.ReadByte();
            if (code == 0xFE) code = 0xFE00 | il.ReadByte();
            OpCodeOperand operand = OpCodeOperand.Of((ushort)code);
            if (operand.IsToken) Add(from, MetadataTokens.EntityHandle(il.ReadInt32()));
            else if (operand.IsSwitch)
            {
                int targets = il.ReadInt32();
                il.Offset += 4 * targets;
            }
            else il.Offset += operand.Size;
        }
    }

    private void Add(string from, EntityHandle handle)
    {
        if (handle.IsNil) return;
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                Add(from, [NameOf((TypeDefinitionHandle)handle)]);
                break;
            case HandleKind.TypeSpecification:
                Add(from, _reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(new Names(this), null));
                break;
            case HandleKind.FieldDefinition:
                Add(from, _reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MethodDefinition:
                Add(from, _reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                Add(from, _reader.GetMemberReference((MemberReferenceHandle)handle).Parent);
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification specification = _reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                Add(from, specification.Method);
                foreach (ImmutableArray<string> argument in specification.DecodeSignature(new Names(this), null)) Add(from, argument);
                break;
        }
    }

    private void Add(string from, ImmutableArray<string> to)
    {
        foreach (string name in to)
        {
            if (!string.Equals(name, from, StringComparison.Ordinal)) _edges.Add((from, name));
        }
    }

    private string NameOf(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _reader.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil) type = _reader.GetTypeDefinition(type.GetDeclaringType());
        return _reader.GetString(type.Namespace) + "." + _reader.GetString(type.Name);
    }

    /// <summary>Decodes a signature into the names of the assembly's own types in it.</summary>
    private sealed class Names(CompiledReferences owner) : ISignatureTypeProvider<ImmutableArray<string>, object?>
    {
        public ImmutableArray<string> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [owner.NameOf(handle)];

        public ImmutableArray<string> GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public ImmutableArray<string> GetGenericInstantiation(ImmutableArray<string> genericType, ImmutableArray<ImmutableArray<string>> typeArguments) =>
            [.. genericType, .. typeArguments.SelectMany(argument => argument)];

        public ImmutableArray<string> GetFunctionPointerType(MethodSignature<ImmutableArray<string>> signature) =>
            [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(parameter => parameter)];

        public ImmutableArray<string> GetModifiedType(ImmutableArray<string> modifier, ImmutableArray<string> unmodifiedType, bool isRequired) => unmodifiedType;

        public ImmutableArray<string> GetArrayType(ImmutableArray<string> elementType, ArrayShape shape) => elementType;

        public ImmutableArray<string> GetByReferenceType(ImmutableArray<string> elementType) => elementType;

        public ImmutableArray<string> GetPinnedType(ImmutableArray<string> elementType) => elementType;

        public ImmutableArray<string> GetPointerType(ImmutableArray<string> elementType) => elementType;

        public ImmutableArray<string> GetSZArrayType(ImmutableArray<string> elementType) => elementType;

        public ImmutableArray<string> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [];

        public ImmutableArray<string> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

        public ImmutableArray<string> GetGenericMethodParameter(object? genericContext, int index) => [];

        public ImmutableArray<string> GetGenericTypeParameter(object? genericContext, int index) => [];
    }

    /// <summary>How long the operand of an instruction is, and whether it names a type or member.</summary>
    private readonly record struct OpCodeOperand(int Size, bool IsToken, bool IsSwitch)
    {
        private static readonly Dictionary<ushort, System.Reflection.Emit.OpCode> Codes = typeof(System.Reflection.Emit.OpCodes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (System.Reflection.Emit.OpCode)field.GetValue(null)!)
            .ToDictionary(code => unchecked((ushort)code.Value));

        public static OpCodeOperand Of(ushort value) => Codes[value].OperandType switch
        {
            System.Reflection.Emit.OperandType.InlineNone => new(0, false, false),
            System.Reflection.Emit.OperandType.ShortInlineBrTarget or System.Reflection.Emit.OperandType.ShortInlineI or System.Reflection.Emit.OperandType.ShortInlineVar => new(1, false, false),
            System.Reflection.Emit.OperandType.InlineVar => new(2, false, false),
            System.Reflection.Emit.OperandType.InlineI8 or System.Reflection.Emit.OperandType.InlineR => new(8, false, false),
            System.Reflection.Emit.OperandType.InlineSwitch => new(0, false, true),
            System.Reflection.Emit.OperandType.InlineField or System.Reflection.Emit.OperandType.InlineMethod or System.Reflection.Emit.OperandType.InlineTok
                or System.Reflection.Emit.OperandType.InlineType => new(4, true, false),
            _ => new(4, false, false),
        };
    }
}
