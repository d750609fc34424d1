namespace RemoteRendering.Sessions.HostConformance.Tests;

/// <summary>A host of any make, named by the environment.</summary>
/// <remarks>
/// <c>RRS_CONFORMANCE_HOST</c> is its address (<c>wss://host:port/</c>), <c>RRS_CONFORMANCE_TOKEN</c> a token,
/// <c>RRS_CONFORMANCE_SESSION</c> a ready session that no device has bound. <c>RRS_CONFORMANCE_TAKEOVER=1</c> and
/// <c>RRS_CONFORMANCE_RELEASE=1</c> say how the host is set.
/// </remarks>
internal sealed class EnvironmentHostProvider : IHostProvider
{
    private EnvironmentHostProvider(Uri address)
    {
        Address = address;
        Token = Required("RRS_CONFORMANCE_TOKEN");
        SessionId = Required("RRS_CONFORMANCE_SESSION");
        AllowsTakeOver = Environment.GetEnvironmentVariable("RRS_CONFORMANCE_TAKEOVER") == "1";
        ReleasesOnDisconnect = Environment.GetEnvironmentVariable("RRS_CONFORMANCE_RELEASE") == "1";
    }

    public Uri Address { get; }

    public string Token { get; }

    public string SessionId { get; }

    public bool AllowsTakeOver { get; }

    public bool ReleasesOnDisconnect { get; }

    public static EnvironmentHostProvider? TryCreate() =>
        Environment.GetEnvironmentVariable("RRS_CONFORMANCE_HOST") is { Length: > 0 } address
            ? new EnvironmentHostProvider(new Uri(address, UriKind.Absolute))
            : null;

    public Task<string?> CreateSessionAsync() => Task.FromResult<string?>(null);

    public Task StopSessionAsync(string sessionId) => throw new NotSupportedException("Sessions of this host cannot be stopped from here.");

    public ValueTask DisposeAsync() => default;

    private static string Required(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"RRS_CONFORMANCE_HOST is set, so {name} must be set as well.");
}
