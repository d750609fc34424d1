using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace RemoteRendering.Sessions.Emulator.Scene;

/// <summary>Who knows whom in the scene and the renderer. Namespaces of internal types are folders, so that a using is an arrow.</summary>
public partial class SceneRoomTests
{
    private const int MaxFiles = 25;

    [Fact]
    public void Scene_KnowsNoRenderer() => Assert.DoesNotContain(Arrows("Scene"), static arrow => arrow.To.StartsWith("Renderer", StringComparison.Ordinal));

    [Fact]
    public void Renderer_KnowsOnlyItself_AndPublicTypes() => Assert.All(Arrows("Renderer"), static arrow => Assert.StartsWith("Renderer", arrow.To, StringComparison.Ordinal));

    [Theory]
    [InlineData("Scene")]
    [InlineData("Renderer")]
    public void Folders_AreSmall_AndHaveNoCircle(string room)
    {
        (string From, string To)[] arrows = [.. Arrows(room).Where(arrow => arrow.To.StartsWith(room, StringComparison.Ordinal)).Distinct()];
        Assert.Empty(Files(room).GroupBy(static file => file.Folder).Where(static folder => folder.Count() > MaxFiles).Select(static folder => folder.Key));

        // What knows nothing that is left is taken away, until nothing is left or a circle.
        HashSet<string> left = [.. Files(room).Select(static file => file.Folder)];
        while (left.RemoveWhere(folder => !arrows.Any(arrow => arrow.From == folder && left.Contains(arrow.To))) > 0)
        {
        }

        Assert.Empty(left);
    }

    private static IEnumerable<(string From, string To)> Arrows(string room)
    {
        foreach ((string folder, string text) in Files(room))
        {
            foreach (Match match in Using().Matches(text))
            {
                string to = match.Groups["folder"].Value.Replace('.', '/');
                if (to != folder)
                {
                    yield return (folder, to);
                }
            }
        }
    }

    private static IEnumerable<(string Folder, string Text)> Files(string room, [CallerFilePath] string here = "")
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "RemoteRendering.Sessions.Emulator"));
        string[] files = Directory.GetFiles(Path.Combine(root, room), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        return files.Select(file => (Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace('\\', '/'), File.ReadAllText(file)));
    }

    [GeneratedRegex(@"^using RemoteRendering\.Sessions\.Emulator\.(?<folder>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
