namespace RemoteRendering.Sessions.Architecture.Tests;

/// <summary>A type that is not nested, with those nested in it: where it stands, and which types of ours it uses.</summary>
internal sealed class CodeType(string assembly, string @namespace, string name, bool isPublic)
{
    public string Assembly => assembly;

    public string Namespace => @namespace;

    public string Name => name;

    public bool IsPublic => isPublic;

    public HashSet<CodeFile> Files { get; } = [];

    public HashSet<CodeType> Uses { get; } = [];

    /// <summary>Gets the namespaces of other assemblies that the type uses.</summary>
    public HashSet<string> ForeignNamespaces { get; } = [];

    /// <summary>Gets the namespaces that the files of the type import.</summary>
    public HashSet<string> Usings { get; } = [];

    public CodeFile File => Files.First();

    public override string ToString() => $"{File} ({Name})";
}
