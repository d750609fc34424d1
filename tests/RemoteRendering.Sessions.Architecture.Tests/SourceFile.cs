namespace RemoteRendering.Sessions.Architecture.Tests;

/// <summary>A source file of the repository.</summary>
/// <param name="path">The path below the root of the repository, with slashes.</param>
internal sealed class SourceFile(string path)
{
    /// <summary>The columns that a line with a long text may have beside it: spaces, the call that the text is for, brackets.</summary>
    private const int BesideText = 60;

    /// <summary>Gets the files below some folders of the repository. What a build makes is left out.</summary>
    /// <param name="folders">The folders.</param>
    public static IEnumerable<SourceFile> In(params string[] folders)
        => folders
            .Select(static folder => System.IO.Path.Combine(Codebase.Root, folder))
            .SelectMany(static folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Select(static path => System.IO.Path.GetRelativePath(Codebase.Root, path).Replace('\\', '/'))
            .Where(static path => !path.Split('/').Any(static part => part is "bin" or "obj"))
            .Select(static path => new SourceFile(path));

    public string Path { get; } = path;

    /// <summary>Gets the folder, without a slash at its end.</summary>
    public string Folder => Path[..Path.LastIndexOf('/')];

    public string[] Lines { get; } = File.ReadAllLines(System.IO.Path.Combine(Codebase.Root, path));

    /// <summary>Gets the namespace; null in a file without one, such as a program of statements.</summary>
    public string? Namespace
        => Lines.FirstOrDefault(
            static line => line.StartsWith("namespace ", StringComparison.Ordinal))?["namespace ".Length..].TrimEnd(';');

    /// <summary>
    /// Finds the lines that are longer than a number of columns. The text of a literal does not count: it cannot always be broken.
    /// </summary>
    public IEnumerable<string> LongerThan(int columns)
    {
        bool isInRawText = false;
        for (int i = 0; i < Lines.Length; i++)
        {
            string line = Lines[i];
            bool isText = isInRawText;
            if (line.Split("\"\"\"").Length % 2 == 0)
            {
                isInRawText = !isInRawText;
            }

            if (line.Length > columns && !isText && line.Length - LongestText(line) > BesideText)
            {
                yield return $"{Path}:{i + 1}: {line.Length} columns";
            }
        }
    }

    private static int LongestText(string line)
    {
        int first = line.IndexOf('"', StringComparison.Ordinal);
        return first < 0 ? 0 : line.LastIndexOf('"') - first;
    }
}
