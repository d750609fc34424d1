using System.Reflection;

namespace RemoteRendering.Sessions.Tests.Documentation;

/// <summary>
/// The table of bad days in connection.md promises something in each row: a test carries the beginning of the row as its trait.
/// </summary>
public class BadDayTableTests
{
    [Fact]
    public void EachRow_HasATest_AndEachTraitARow()
    {
        string[] rows = [.. Rows()];
        string[] traits = [.. typeof(BadDayTableTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .SelectMany(method => method.GetCustomAttributes<TraitAttribute>())
            .Where(trait => trait.Name == "BadDay")
            .Select(trait => trait.Value)
            .Distinct()];

        Assert.True(rows.Length > 30, $"{rows.Length} rows.");
        Assert.DoesNotContain(rows, row => !traits.Any(trait => row.StartsWith(trait, StringComparison.Ordinal)));
        Assert.DoesNotContain(traits, trait => rows.Count(row => row.StartsWith(trait, StringComparison.Ordinal)) != 1);
    }

    private static IEnumerable<string> Rows()
        => Repository.Read("src/RemoteRendering.Sessions/Connections/connection.md").Split("## Bad days")[1].Split("\n\n")
            .First(part => part.StartsWith("| what happens", StringComparison.Ordinal))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(2)
            .Select(row => row.Split('|')[1].Trim());
}
