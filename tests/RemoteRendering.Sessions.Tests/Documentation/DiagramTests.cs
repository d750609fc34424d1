using System.Runtime.CompilerServices;
using RemoteRendering.Sessions.Connections.Controller;

namespace RemoteRendering.Sessions.Tests.Documentation;

public class DiagramTests
{
    [Fact]
    public void Readme_ShowsTheTableOfTheConnection()
        => Assert.Contains("<!-- connection states -->\n```mermaid\n" + ConnectionTransitionTable.ToMermaid() + "```", Readme().ReplaceLineEndings("\n"), StringComparison.Ordinal);

    private static string Readme([CallerFilePath] string here = "")
        => File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "README.md"));
}
