using RemoteRendering.Sessions.Emulator.Tests.Service.Sessions;

namespace RemoteRendering.Sessions.Emulator.Tests;

public sealed class ReadmeTests
{
    private const string Begin = "<!-- states: generated from SessionStateTable -->\n";
    private const string End = "<!-- end of states -->";

    /// <summary>Set to anything to have the README rewritten instead of checked.</summary>
    private const string UpdateVariable = "UPDATE_README";

    [Fact]
    public void Readme_StateTable_IsTheData()
    {
        string path = Find();
        string readme = File.ReadAllText(path).ReplaceLineEndings("\n");
        int begin = readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = readme.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable(UpdateVariable) is not null)
        {
            File.WriteAllText(path, readme[..begin] + SessionTableMarkdown.Render() + readme[end..]);
            return;
        }

        Assert.Equal(SessionTableMarkdown.Render(), readme[begin..end]);
    }

    private static string Find()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            string candidate = Path.Combine(directory.FullName, "src", "RemoteRendering.Sessions.Emulator", "README.md");
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new FileNotFoundException("The emulator's README is not above the tests.");
    }
}
