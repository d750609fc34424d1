namespace RemoteRendering.Sessions.Architecture.Tests;

/// <summary>The map of the code: which package may reference which, and which folder may know which.</summary>
internal static class Map
{
    public const string Root = "(root)";

    private const string Client = "RemoteRendering.Sessions";
    private const string Protocol = "Protocol";

    /// <summary>
    /// Gets the packages, which are the folders below src, and those that each may know. A new package needs its line here and no other.
    /// Protocol is linked source, compiled into the packages that know it.
    /// </summary>
    public static IReadOnlyDictionary<string, string[]> Packages { get; } = new Dictionary<string, string[]>
    {
        [Protocol] = [],
        [Client] = [Protocol],
        [Client + ".DependencyInjection"] = [Client],
        [Client + ".Service"] = [Protocol],
        [Client + ".Host"] = [Protocol],
        [Client + ".Host.Scene"] = [Protocol, Client + ".Host"],
        [Client + ".Host.SoftwareRenderer"] = [Client + ".Host.Scene"],
        [Client + ".Emulator"] =
            [Protocol, Client, Client + ".Service", Client + ".Host", Client + ".Host.Scene", Client + ".Host.SoftwareRenderer"],
        [Client + ".Tool"] = [Client, Client + ".Emulator"],
    };

    /// <summary>
    /// Gets the folders of the packages that are mapped, and those that each may know. The empty name is the root of the package.
    /// No circle is allowed in any package, mapped or not.
    /// </summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string[]>> Folders { get; } =
        new Dictionary<string, IReadOnlyDictionary<string, string[]>>
        {
            [Client] = Lines(
                "Pooling -> (root) Observation Leases Pipeline Models Diagnostics Internal",
                "(root) -> Sessions Connections Connections/Options Connections/Messages Observation Leases Storage Scene/Values"
                    + " Rest Transports Pipeline Pipeline/Tokens Models Models/Connections Diagnostics Internal",
                "Sessions -> Connections Connections/Runs Connections/Options Connections/Messages Connections/Controller"
                    + " Observation Leases Transports Pipeline Pipeline/Tokens Models Models/Connections Internal",
                "Connections -> Scene Scene/Sync Scene/Models Scene/Queries Scene/Values Connections/Runs Connections/Links"
                    + " Connections/Messages Connections/Controller Models/Connections Internal",
                "Scene/Sync -> Scene Scene/Models Scene/Queries Scene/Values Connections/Runs Connections/Links Connections/Messages"
                    + " Connections/Controller Models/Connections Internal",
                "Scene/Queries -> Scene Scene/Values",
                "Scene/Models -> Scene Scene/Values Internal",
                "Scene -> Scene/Values Internal",
                "Scene/Values -> Internal",
                "Connections/Runs -> Connections/Links Connections/Options Connections/Messages Connections/Controller Transports Pipeline"
                    + " Models Models/Connections Diagnostics Internal",
                "Connections/Links -> Connections/Messages Connections/Controller Transports Models/Connections Internal",
                "Connections/Options -> Leases Models/Connections",
                "Connections/Messages -> Connections/Controller Models/Connections",
                "Connections/Controller -> Models/Connections",
                "Observation -> Pipeline Models Internal",
                "Leases -> Pipeline Models Diagnostics Internal",
                "Storage -> Models Diagnostics Internal",
                "Rest -> Pipeline Models Diagnostics Internal",
                "Transports -> Models/Connections Internal",
                "Pipeline/Tokens -> Pipeline Internal",
                "Pipeline -> Models Internal",
                "Models -> Internal",
                "Models/Connections ->",
                "Diagnostics -> Internal",
                "Internal ->"),
            [Client + ".DependencyInjection"] = Lines(
                "(root) -> Clients Health Http Options Internal",
                "Health -> Clients Internal",
                "Clients -> Http Options Internal",
                "Http ->",
                "Options ->",
                "Internal ->"),
            [Client + ".Service"] = Lines(
                "Hosting -> Rest Rest/Generations Rest/Messages Sessions Tokens Time",
                "Rest -> Rest/Generations Rest/Messages Sessions Tokens Time",
                "Rest/Generations -> Rest/Messages Sessions Tokens",
                "Rest/Messages -> Sessions Time",
                "Sessions/InMemory -> Sessions Time",
                "Sessions ->",
                "Tokens -> Time",
                "Time ->"),
            [Client + ".Host"] = Lines(
                "Hosting -> Binding Sessions Links",
                "Binding -> Sessions Requests Links Messages",
                "Requests -> Messages Links",
                "Sessions -> Messages",
                "Messages -> Links",
                "Links ->"),
            [Client + ".Emulator"] = Lines(
                "(root) -> Accounts Faults Hosting InProcess Logs",
                "Hosting -> Faults",
                "InProcess -> Faults",
                "Faults -> Logs",
                "Accounts ->",
                "Checking ->",
                "Logs ->",
                "Time ->"),
            [Client + ".Tool"] = Lines(
                "(root) -> Sessions Shell",
                "Sessions -> Shell",
                "Shell ->"),
        };

    /// <summary>
    /// Tells the helpers of the client that other packages compile too (.config/BackgroundWork.props). They know no package.
    /// </summary>
    public static bool IsShared(CodeFile file) => file is { Package: Client, Folder: "Internal" };

    /// <summary>Gets the namespaces of other assemblies that a folder must not use.</summary>
    public static IReadOnlyDictionary<string, string[]> Banned { get; } = new Dictionary<string, string[]>
    {
        [Client + "/Connections/Controller"] = ["System.Net", "Azure"],
        [Client + "/Connections/Messages"] = ["System.Net", "Azure"],
        [Client + "/Models/Connections"] = ["System.Net", "Azure"],
    };

    public static IEnumerable<(string From, string To)> Arrows(IReadOnlyDictionary<string, string[]> lines)
        => lines.SelectMany(static line => line.Value, static (line, to) => (line.Key, to));

    public static string Draw(IReadOnlyDictionary<string, string[]> lines) => new Arrows(Arrows(lines)).Draw();

    private static Dictionary<string, string[]> Lines(params string[] lines) => lines
        .Select(static line => line.Split("->", StringSplitOptions.TrimEntries))
        .ToDictionary(
            static parts => Name(parts[0]),
            static parts => parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Name).ToArray());

    private static string Name(string folder) => folder == Root ? string.Empty : folder;
}
