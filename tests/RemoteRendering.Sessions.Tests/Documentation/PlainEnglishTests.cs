using System.Text.RegularExpressions;

namespace RemoteRendering.Sessions.Tests.Documentation;

/// <summary>Comments, documentation, messages and pages name the actor: the caller, the host, the service, a listener.</summary>
public partial class PlainEnglishTests
{
    [Fact]
    public void Texts_NameTheActor()
        => Assert.Empty(Texts());

    [Theory]
    [InlineData("// Nobody waits.", true)]
    [InlineData("/// <summary>It is as good as done.</summary>", true)]
    [InlineData("The caller waits.", false)]
    public void Banned_Words_AreFound(string line, bool isFound) => Assert.Equal(isFound, Banned().IsMatch(line));

    private static IEnumerable<string> Texts()
    {
        string root = Repository.Root;
        IEnumerable<string> files = new[] { "src", "samples" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories))
            .Where(static path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".md", StringComparison.Ordinal))
            .Concat([Path.Combine(root, "README.md"), Path.Combine(root, "CHANGELOG.md")]);
        foreach (string path in files)
        {
            string name = Path.GetRelativePath(root, path).Replace('\\', '/');
            if (name.Contains("/obj/", StringComparison.Ordinal) || name.Contains("/bin/", StringComparison.Ordinal))
            {
                continue;
            }

            int number = 0;
            foreach (string line in File.ReadLines(path))
            {
                number++;
                if (Banned().IsMatch(line))
                {
                    yield return $"{name}:{number}: {line.Trim()}";
                }
            }
        }
    }

    [GeneratedRegex(@"\b(nobody|somebody|whoever|everybody|anybody|as good as)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Banned();
}
