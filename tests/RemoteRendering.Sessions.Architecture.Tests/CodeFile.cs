namespace RemoteRendering.Sessions.Architecture.Tests;

/// <summary>A source file: the package, which is the folder below src, the folder in it, and the name.</summary>
internal sealed record CodeFile(string Package, string Folder, string Name)
{
    public static CodeFile? TryParse(string document)
    {
        string[] parts = document.Replace('\\', '/').Split('/');
        int src = Array.FindLastIndex(parts, static part => part == "src");
        return src < 0 || src + 2 >= parts.Length || parts.Contains("obj")
            ? null
            : new CodeFile(parts[src + 1], string.Join('/', parts[(src + 2)..^1]), parts[^1]);
    }

    public override string ToString() => Folder.Length == 0 ? $"{Package}/{Name}" : $"{Package}/{Folder}/{Name}";
}
