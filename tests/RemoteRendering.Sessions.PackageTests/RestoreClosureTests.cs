using System.Text.Json;

namespace RemoteRendering.Sessions.PackageTests;

/// <summary>
/// What a user of the core restores, read from what its own build restored. The number is a promise: a Unity user copies every one of these
/// by hand.
/// </summary>
public class RestoreClosureTests
{
    [Theory]
    [InlineData("netstandard2.0", ".NETStandard,Version=v2.0", 14, 2)]
    [InlineData("net8.0", "net8.0", 6, 0)]
    [InlineData("net10.0", "net10.0", 6, 0)]
    public void Closure_Core_IsThatOfAzureCoreAndAtMostThePolyfills(string framework, string target, int azureCore, int ours)
    {
        string path = Path.Combine(Repository.Root, "src", PackageIds.Core, "obj", "project.assets.json");
        using JsonDocument assets = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement packages = Property(assets.RootElement.GetProperty("targets"), target, framework);
        JsonElement wanted =
            Property(assets.RootElement.GetProperty("project").GetProperty("frameworks"), framework, framework).GetProperty("dependencies");
        string[] shipped = [.. wanted.EnumerateObject().Where(IsShipped).Select(dependency => dependency.Name)];

        HashSet<string> floor = Closure(packages, ["Azure.Core"]);
        HashSet<string> all = Closure(packages, shipped);

        Assert.Contains("Azure.Core/1.50.0", floor);
        Assert.Equal(azureCore, floor.Count);
        Assert.True(
            all.Count - floor.Count <= ours, "More than promised: " + string.Join(", ", all.Except(floor).Order(StringComparer.Ordinal)));
    }

    // Packages that only serve the build say so by suppressParent; the reference assemblies of .NET Standard come with every project.
    private static bool IsShipped(JsonProperty dependency) =>
        !(dependency.Value.TryGetProperty("suppressParent", out JsonElement suppress) && suppress.GetString() == "All")
        && !(dependency.Value.TryGetProperty("autoReferenced", out JsonElement auto) && auto.GetBoolean());

    private static JsonElement Property(JsonElement element, string name, string alias) =>
        element.TryGetProperty(name, out JsonElement value) ? value : element.GetProperty(alias);

    private static HashSet<string> Closure(JsonElement packages, IEnumerable<string> roots)
    {
        HashSet<string> found = [];
        Queue<string> left = new(roots);
        while (left.TryDequeue(out string? name))
        {
            JsonProperty package = packages.EnumerateObject()
                .Single(candidate => candidate.Name.StartsWith(name + "/", StringComparison.OrdinalIgnoreCase));
            if (!found.Add(package.Name) || !package.Value.TryGetProperty("dependencies", out JsonElement dependencies))
            {
                continue;
            }

            foreach (JsonProperty dependency in dependencies.EnumerateObject())
            {
                left.Enqueue(dependency.Name);
            }
        }

        return found;
    }
}
