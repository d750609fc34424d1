namespace RemoteRendering.Sessions.PackageTests;

/// <summary>The packages of this repository and what each is built for.</summary>
internal static class PackageIds
{
    public const string Core = "RemoteRendering.Sessions";
    public const string DependencyInjection = "RemoteRendering.Sessions.DependencyInjection";
    public const string Emulator = "RemoteRendering.Sessions.Emulator";
    public const string Host = "RemoteRendering.Sessions.Host";
    public const string Scene = "RemoteRendering.Sessions.Host.Scene";
    public const string Service = "RemoteRendering.Sessions.Service";
    public const string SoftwareRenderer = "RemoteRendering.Sessions.Host.SoftwareRenderer";
    public const string Tool = "RemoteRendering.Sessions.Tool";

    public static IReadOnlyDictionary<string, string[]> Frameworks { get; } = new Dictionary<string, string[]>
    {
        [Core] = ["net10.0", "net8.0", "netstandard2.0"],
        [DependencyInjection] = ["net10.0", "net8.0", "netstandard2.0"],
        [Emulator] = ["net10.0", "net8.0"],
        [Host] = ["net10.0", "net8.0"],
        [Scene] = ["net10.0", "net8.0"],
        [Service] = ["net10.0", "net8.0"],
        [SoftwareRenderer] = ["net10.0", "net8.0"],
        [Tool] = ["net10.0"],
    };

    public static TheoryData<string> All => [.. Frameworks.Keys];

    public static TheoryData<string> Libraries => [.. Frameworks.Keys.Where(id => id != Tool)];

    public static TheoryData<string, string> Assemblies =>
        [.. Frameworks.SelectMany(package => package.Value.Select(framework => new TheoryDataRow<string, string>(package.Key, framework)))];
}
