using RemoteRendering.Sessions.Connections.Controller;

namespace RemoteRendering.Sessions.Tests.Documentation;

public class DiagramTests
{
    [Fact]
    public void Readme_ShowsTheTableOfTheConnection()
        => Assert.Contains(
            "<!-- connection states -->\n```mermaid\n" + ConnectionTransitionTable.ToMermaid() + "```", Repository.Read("README.md"),
            StringComparison.Ordinal);
}
