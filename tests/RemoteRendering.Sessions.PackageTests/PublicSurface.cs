using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace RemoteRendering.Sessions.PackageTests;

/// <summary>The public types and members of one assembly as lines of text, read without loading it.</summary>
internal static class PublicSurface
{
    public static IReadOnlyList<string> Read(byte[] assembly)
    {
        using PEReader file = new(new MemoryStream(assembly));
        MetadataReader reader = file.GetMetadataReader();
        return [.. VisibleTypes(reader)
            .SelectMany(handle => Lines(reader, handle))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>The names of the public types, as a documentation file has them.</summary>
    public static IReadOnlyList<string> Types(byte[] assembly)
    {
        using PEReader file = new(new MemoryStream(assembly));
        MetadataReader reader = file.GetMetadataReader();
        return [.. VisibleTypes(reader).Select(handle => FullName(reader, reader.GetTypeDefinition(handle)))];
    }

    /// <summary>The names of the public types and members without their parameters, as a documentation file has them.</summary>
    public static IReadOnlyList<string> Names(byte[] assembly)
    {
        using PEReader file = new(new MemoryStream(assembly));
        MetadataReader reader = file.GetMetadataReader();
        List<string> names = [];
        foreach (TypeDefinition type in VisibleTypes(reader).Select(reader.GetTypeDefinition))
        {
            string name = FullName(reader, type);
            HashSet<MethodDefinitionHandle> methods = [
                .. type.GetMethods().Where(handle => IsVisible(reader.GetMethodDefinition(handle).Attributes))
            ];
            names.Add(name);
            names.AddRange(
                methods.Select(handle => reader.GetString(reader.GetMethodDefinition(handle).Name))
                    .Select(method => $"{name}.{method.Replace(".ctor", "#ctor", StringComparison.Ordinal)}"));
            names.AddRange(type.GetFields().Select(reader.GetFieldDefinition)
                .Where(field => IsVisible((MethodAttributes)field.Attributes)).Select(field => $"{name}.{reader.GetString(field.Name)}"));
            names.AddRange(type.GetProperties().Select(reader.GetPropertyDefinition)
                .Where(property => methods.Contains(property.GetAccessors().Getter) || methods.Contains(property.GetAccessors().Setter))
                .Select(property => $"{name}.{reader.GetString(property.Name)}"));
            names.AddRange(type.GetEvents().Select(reader.GetEventDefinition)
                .Where(definition => methods.Contains(definition.GetAccessors().Adder))
                .Select(definition => $"{name}.{reader.GetString(definition.Name)}"));
        }

        return names;
    }

    private static IEnumerable<TypeDefinitionHandle> VisibleTypes(MetadataReader reader)
        => reader.TypeDefinitions.Where(handle => IsVisible(reader, reader.GetTypeDefinition(handle)));

    private static string FullName(MetadataReader reader, TypeDefinition type)
    {
        string name = reader.GetString(type.Name).Split('`')[0];
        return type.GetDeclaringType().IsNil
            ? $"{reader.GetString(type.Namespace)}.{name}"
            : $"{FullName(reader, reader.GetTypeDefinition(type.GetDeclaringType()))}.{name}";
    }

    private static IEnumerable<string> Lines(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        SurfaceSignature signature = new(reader);
        string name = signature.GetTypeFromDefinition(reader, handle, 0);
        string parent = type.BaseType.IsNil ? "" : signature.Name(type.BaseType);
        yield return $"{name} : {parent}";
        if (parent != "System.Enum")
        {
            foreach (InterfaceImplementationHandle implementation in type.GetInterfaceImplementations())
            {
                yield return $"{name} : {signature.Name(reader.GetInterfaceImplementation(implementation).Interface)}";
            }
        }

        foreach (
            MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition).Where(method => IsVisible(method.Attributes)))
        {
            MethodSignature<string> decoded = method.DecodeSignature(signature, null);
            MethodAttributes kind =
                method.Attributes & (MethodAttributes.MemberAccessMask | MethodAttributes.Virtual | MethodAttributes.Abstract
                    | MethodAttributes.Final | MethodAttributes.Static);
            ImmutableArray<string> parameters = [
                .. method.GetParameters().Select(reader.GetParameter).Where(parameter => parameter.SequenceNumber > 0)
                .Select(parameter => reader.GetString(parameter.Name))
            ];
            yield return $"{name}.{reader.GetString(method.Name)}("
                + $"{string.Join(", ", decoded.ParameterTypes.Zip(parameters, (of, called) => $"{of} {called}"))}) {decoded.ReturnType} "
                + $"[{kind}]";
        }

        foreach (
            FieldDefinition field in type.GetFields().Select(reader.GetFieldDefinition)
                .Where(field => IsVisible((MethodAttributes)field.Attributes)))
        {
            yield return $"{name}.{reader.GetString(field.Name)} {field.DecodeSignature(signature, null)}";
        }
    }

    // The access bits of fields and methods have the same values.
    private static bool IsVisible(MethodAttributes attributes)
        => (attributes & MethodAttributes.MemberAccessMask)
            is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static bool IsVisible(MetadataReader reader, TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
            IsVisible(reader, reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };
}
