namespace RemoteRendering.Sessions.HostConformance.Tests;

/// <summary>Where the host under test comes from.</summary>
internal interface IHostProvider : IAsyncDisposable
{
    Uri Address { get; }

    string Token { get; }

    string SessionId { get; }

    bool AllowsTakeOver { get; }

    bool ReleasesOnDisconnect { get; }

    Task<string?> CreateSessionAsync();

    Task StopSessionAsync(string sessionId);
}
