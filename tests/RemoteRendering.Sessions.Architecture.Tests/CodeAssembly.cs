using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace RemoteRendering.Sessions.Architecture.Tests;

/// <summary>A compiled package with its symbols.</summary>
internal sealed class CodeAssembly : IDisposable
{
    private static readonly Guid TypeDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private readonly PEReader _file;
    private readonly MetadataReader _code;
    private readonly MetadataReaderProvider _symbolFile;
    private readonly MetadataReader _symbols;
    private readonly Dictionary<TypeDefinitionHandle, CodeType> _types = [];

    public CodeAssembly(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _code = _file.GetMetadataReader();
        _symbolFile = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(path, ".pdb")));
        _symbols = _symbolFile.GetMetadataReader();
        Name = _code.GetString(_code.GetAssemblyDefinition().Name);
        foreach (TypeDefinitionHandle handle in _code.TypeDefinitions)
        {
            AddType(handle);
        }

        foreach (MethodDefinitionHandle handle in _code.MethodDefinitions)
        {
            AddFiles(handle);
        }
    }

    public string Name { get; }

    /// <summary>Gets the types that stand in source files.</summary>
    public IEnumerable<CodeType> Types => _types.Values.Distinct().Where(static type => type.Files.Count > 0);

    public void Dispose()
    {
        _file.Dispose();
        _symbolFile.Dispose();
    }

    /// <summary>Notes which types use which, now that all are known.</summary>
    /// <param name="find">Finds a type by its assembly and full name.</param>
    public void Link(Func<string, CodeType?> find)
    {
        foreach ((TypeDefinitionHandle handle, CodeType type) in _types)
        {
            AddDeclarations(handle, used => AddUse(type, used, find));
        }
    }

    private CodeType AddType(TypeDefinitionHandle handle)
    {
        if (_types.TryGetValue(handle, out CodeType? known))
        {
            return known;
        }

        TypeDefinition definition = _code.GetTypeDefinition(handle);
        TypeDefinitionHandle outer = definition.GetDeclaringType();
        CodeType type = outer.IsNil
            ? new CodeType(
                Name,
                _code.GetString(definition.Namespace),
                _code.GetString(definition.Name),
                (definition.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public)
            : AddType(outer);
        _types.Add(handle, type);
        foreach (CustomDebugInformationHandle found in _symbols.GetCustomDebugInformation(handle))
        {
            CustomDebugInformation information = _symbols.GetCustomDebugInformation(found);
            if (_symbols.GetGuid(information.Kind) == TypeDocuments)
            {
                BlobReader documents = _symbols.GetBlobReader(information.Value);
                while (documents.RemainingBytes > 0)
                {
                    AddFile(type, MetadataTokens.DocumentHandle(documents.ReadCompressedInteger()));
                }
            }
        }

        return type;
    }

    private void AddFiles(MethodDefinitionHandle handle)
    {
        CodeType type = _types[_code.GetMethodDefinition(handle).GetDeclaringType()];
        MethodDebugInformation information = _symbols.GetMethodDebugInformation(handle);
        foreach (SequencePoint point in information.GetSequencePoints())
        {
            AddFile(type, point.Document);
        }

        foreach (LocalScope scope in _symbols.GetLocalScopes(handle).Select(_symbols.GetLocalScope))
        {
            for (ImportScopeHandle at = scope.ImportScope; !at.IsNil; at = _symbols.GetImportScope(at).Parent)
            {
                foreach (ImportDefinition import in _symbols.GetImportScope(at).GetImports())
                {
                    if (import.Kind == ImportDefinitionKind.ImportNamespace)
                    {
                        BlobReader name = _symbols.GetBlobReader(import.TargetNamespace);
                        type.Usings.Add(name.ReadUTF8(name.Length));
                    }
                }
            }
        }
    }

    private void AddFile(CodeType type, DocumentHandle handle)
    {
        if (!handle.IsNil && CodeFile.TryParse(_symbols.GetString(_symbols.GetDocument(handle).Name)) is { } file)
        {
            type.Files.Add(file);
        }
    }

    private void AddDeclarations(TypeDefinitionHandle handle, Action<EntityHandle> add)
    {
        var signatures = new UsedTypes(add);
        TypeDefinition definition = _code.GetTypeDefinition(handle);
        AddToken(definition.BaseType, signatures, add);
        foreach (InterfaceImplementationHandle implemented in definition.GetInterfaceImplementations())
        {
            AddToken(_code.GetInterfaceImplementation(implemented).Interface, signatures, add);
        }

        AddConstraints(definition.GetGenericParameters(), signatures, add);
        AddAttributes(definition.GetCustomAttributes(), signatures, add);
        foreach (FieldDefinition field in definition.GetFields().Select(_code.GetFieldDefinition))
        {
            field.DecodeSignature(signatures, null);
            AddAttributes(field.GetCustomAttributes(), signatures, add);
        }

        foreach (PropertyDefinition property in definition.GetProperties().Select(_code.GetPropertyDefinition))
        {
            AddAttributes(property.GetCustomAttributes(), signatures, add);
        }

        foreach (MethodDefinition method in definition.GetMethods().Select(_code.GetMethodDefinition))
        {
            method.DecodeSignature(signatures, null);
            AddConstraints(method.GetGenericParameters(), signatures, add);
            AddAttributes(method.GetCustomAttributes(), signatures, add);
            if (method.RelativeVirtualAddress != 0)
            {
                AddBody(_file.GetMethodBody(method.RelativeVirtualAddress), signatures, add);
            }
        }
    }

    private void AddBody(MethodBodyBlock body, UsedTypes signatures, Action<EntityHandle> add)
    {
        if (!body.LocalSignature.IsNil)
        {
            _code.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(signatures, null);
        }

        foreach (ExceptionRegion region in body.ExceptionRegions)
        {
            AddToken(region.CatchType, signatures, add);
        }

        foreach (EntityHandle token in ILReader.Tokens(body.GetILBytes()!))
        {
            AddToken(token, signatures, add);
        }
    }

    private void AddConstraints(GenericParameterHandleCollection parameters, UsedTypes signatures, Action<EntityHandle> add)
    {
        foreach (GenericParameter parameter in parameters.Select(_code.GetGenericParameter))
        {
            foreach (GenericParameterConstraint constraint in parameter.GetConstraints().Select(_code.GetGenericParameterConstraint))
            {
                AddToken(constraint.Type, signatures, add);
            }
        }
    }

    private void AddAttributes(CustomAttributeHandleCollection attributes, UsedTypes signatures, Action<EntityHandle> add)
    {
        foreach (CustomAttributeHandle attribute in attributes)
        {
            AddToken(_code.GetCustomAttribute(attribute).Constructor, signatures, add);
        }
    }

    private void AddToken(EntityHandle token, UsedTypes signatures, Action<EntityHandle> add)
    {
        if (token.IsNil)
        {
            return;
        }

        switch (token.Kind)
        {
            case HandleKind.TypeDefinition or HandleKind.TypeReference:
                add(token);
                break;
            case HandleKind.TypeSpecification:
                _code.GetTypeSpecification((TypeSpecificationHandle)token).DecodeSignature(signatures, null);
                break;
            case HandleKind.MethodDefinition:
                add(_code.GetMethodDefinition((MethodDefinitionHandle)token).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                add(_code.GetFieldDefinition((FieldDefinitionHandle)token).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                AddToken(_code.GetMemberReference((MemberReferenceHandle)token).Parent, signatures, add);
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification specification = _code.GetMethodSpecification((MethodSpecificationHandle)token);
                specification.DecodeSignature(signatures, null);
                AddToken(specification.Method, signatures, add);
                break;
        }
    }

    private void AddUse(CodeType type, EntityHandle handle, Func<string, CodeType?> find)
    {
        CodeType? used;
        if (handle.Kind == HandleKind.TypeDefinition)
        {
            used = _types[(TypeDefinitionHandle)handle];
        }
        else
        {
            TypeReference reference = _code.GetTypeReference((TypeReferenceHandle)handle);
            while (reference.ResolutionScope.Kind == HandleKind.TypeReference)
            {
                reference = _code.GetTypeReference((TypeReferenceHandle)reference.ResolutionScope);
            }

            AssemblyReference assembly = _code.GetAssemblyReference((AssemblyReferenceHandle)reference.ResolutionScope);
            string space = _code.GetString(reference.Namespace);
            used = find($"{_code.GetString(assembly.Name)}/{space}.{_code.GetString(reference.Name)}");
            if (used is null)
            {
                type.ForeignNamespaces.Add(space);
            }
        }

        if (used is { Files.Count: > 0 } && used != type)
        {
            type.Uses.Add(used);
        }
    }
}
