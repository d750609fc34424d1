namespace RemoteRendering.Sessions.Architecture.Tests;

/// <summary>What holds for the text of the source files, which no analyzer checks.</summary>
public class SourceTests
{
    private const int MaxColumns = 140;
    private const int MaxLines = 400;
    private const int MaxFiles = 25;

    private static readonly string[] s_folders = ["src", "tests", "samples", "benchmarks"];

    [Fact]
    public void Lines_HaveAtMost140Columns()
        => AssertNone(SourceFile.In(s_folders).SelectMany(static file => file.LongerThan(MaxColumns)));

    [Fact]
    public void Files_HaveAtMost400Lines()
        => AssertNone(
            SourceFile.In(s_folders).Where(static file => file.Lines.Length > MaxLines)
                .Select(static file => $"{file.Path}: {file.Lines.Length} lines"));

    [Fact]
    public void Folders_HaveAtMost25Files()
        => AssertNone(
            SourceFile.In(s_folders).GroupBy(static file => file.Folder).Where(static folder => folder.Count() > MaxFiles)
                .Select(static folder => $"{folder.Key}: {folder.Count()} files"));

    /// <summary>A test stands in the namespace of its folder, and the namespace begins with the name of its project.</summary>
    [Fact]
    public void Tests_HaveTheNamespaceOfTheirFolder()
    {
        SourceFile[] tests = [
            .. SourceFile.In("tests")
            .Where(static file => file.Namespace is not null && file.Path.Split('/')[1].EndsWith("Tests", StringComparison.Ordinal))
        ];
        Assert.NotEmpty(tests);
        AssertNone(
            tests.Where(static file => file.Namespace != file.Folder["tests/".Length..].Replace('/', '.'))
                .Select(static file => $"{file.Path}: {file.Namespace}"));
    }

    private static void AssertNone(IEnumerable<string> broken)
    {
        string list = string.Join("\n", broken);
        Assert.True(list.Length == 0, list);
    }
}
