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
        return [.. reader.TypeDefinitions.Where(handle => IsVisible(reader, reader.GetTypeDefinition(handle)))
            .SelectMany(handle => Lines(reader, handle))
            .Order(StringComparer.Ordinal)];
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

        foreach (MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition).Where(method => IsVisible(method.Attributes)))
        {
            MethodSignature<string> decoded = method.DecodeSignature(signature, null);
            MethodAttributes kind = method.Attributes & (MethodAttributes.MemberAccessMask | MethodAttributes.Virtual | MethodAttributes.Abstract | MethodAttributes.Final | MethodAttributes.Static);
            ImmutableArray<string> parameters = [.. method.GetParameters().Select(reader.GetParameter).Where(parameter => parameter.SequenceNumber > 0).Select(parameter => reader.GetString(parameter.Name))];
            yield return $"{name}.{reader.GetString(method.Name)}({string.Join(", ", decoded.ParameterTypes.Zip(parameters, (of, called) => $"{of} {called}"))}) {decoded.ReturnType} [{kind}]";
        }

        foreach (FieldDefinition field in type.GetFields().Select(reader.GetFieldDefinition).Where(field => IsVisible((MethodAttributes)field.Attributes)))
        {
            yield return $"{name}.{reader.GetString(field.Name)} {field.DecodeSignature(signature, null)}";
        }
    }

    // The access bits of fields and methods have the same values.
    private static bool IsVisible(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static bool IsVisible(MetadataReader reader, TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem => IsVisible(reader, reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };
}
