using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Pipeline;

namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>
/// The services that a connection needs from its session and its client. Failures are <see cref="RenderingConnectionException"/>s.
/// </summary>
internal interface IConnectionEnvironment
{
    string SessionId { get; }

    DeviceIdentity Device { get; }

    RenderingTransport Transport { get; }

    TimeProvider Time { get; }

    /// <summary>Gets the clock of waits that must end even if the application's own clock stands still.</summary>
    TimeProvider RealTime { get; }

    ILogger Logger { get; }

    /// <summary>Gets the most remaining time of the lease; <see langword="null"/> when it is unknown.</summary>
    TimeSpan? LeaseLeft { get; }

    /// <summary>Gets a value indicating whether this client has sent a stop of the session.</summary>
    bool IsStoppedHere { get; }

    /// <summary>Gets a value indicating whether the session is known to have ended.</summary>
    bool HasSessionEnded { get; }

    /// <summary>Gets the state of lost links for the calls of the client.</summary>
    LinkTrouble LinkTrouble { get; }

    /// <summary>Watches the end of the lease of the session, until the result is disposed.</summary>
    IAsyncDisposable WatchLease();

    /// <summary>Watches for changes of this device's network.</summary>
    /// <param name="changed">Called on any thread, also several times for one change; must not block.</param>
    /// <returns>An object that ends the watch; <see langword="null"/> if the platform reports no changes.</returns>
    IDisposable? WatchNetwork(Action changed);

    /// <summary>Gets the address of the host, without a request when it is known.</summary>
    ValueTask<Uri> GetAddressAsync(CancellationToken cancellationToken);

    /// <summary>Reads the session once, with a short time-out. An end of the session reaches the connection like every other end.</summary>
    /// <returns>Whether the address has changed.</returns>
    /// <exception cref="RenderingConnectionException">The service has no such session.</exception>
    Task<bool> LookAsync(CancellationToken cancellationToken);

    /// <summary>Gets an access token, without a token exchange when one is known that the host has not refused.</summary>
    ValueTask<string> GetTokenAsync(CancellationToken cancellationToken);

    /// <summary>Records that the host refused the last token, so that the next one must differ.</summary>
    void RefuseToken();

    /// <summary>Reads the session to confirm an end that the host reported, once and with a short time-out.</summary>
    Task ConfirmEndAsync(CancellationToken cancellationToken);
}
