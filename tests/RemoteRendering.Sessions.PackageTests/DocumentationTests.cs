namespace RemoteRendering.Sessions.PackageTests;

public class DocumentationTests
{
    public static TheoryData<string> Pages => [.. Snippets.Pages];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Examples_EveryPage_AreCopiesOfCompiledCode(string page)
    {
        foreach ((string? name, string code) in Snippets.InPage(page))
        {
            Assert.True(name is not null, $"An example in {page} has no <!-- snippet: name --> before it:\n{code}");
            Assert.True(
                Snippets.InCode.TryGetValue(name, out string? compiled),
                $"{page} shows '{name}', but no compiled file has '// snippet: {name}'.");
            Assert.Equal(compiled, code);
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_EveryPage_LeadToFilesThatExist(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        string text = File.ReadAllText(Path.Combine(Repository.Root, page));

        foreach (
            System.Text.RegularExpressions.Match link in System.Text.RegularExpressions.Regex.Matches(
                text, @"\]\((?<target>[^)#\s]+)(?:#[^)]*)?\)"))
        {
            string target = link.Groups["target"].Value;
            if (!target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal))
            {
                Assert.True(Path.Exists(Path.Combine(folder, target)), $"{page} links to {target}, which does not exist.");
            }
        }
    }
}
