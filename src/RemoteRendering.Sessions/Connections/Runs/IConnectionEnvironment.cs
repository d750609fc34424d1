using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Pipeline;

namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>What a connection needs from the session and the client that it belongs to. Failures come as <see cref="RenderingConnectionException"/>.</summary>
internal interface IConnectionEnvironment
{
    string SessionId { get; }

    DeviceIdentity Device { get; }

    RenderingTransport Transport { get; }

    TimeProvider Time { get; }

    ILogger Logger { get; }

    /// <summary>Gets how long the lease can still last at most; <see langword="null"/> when that is not known.</summary>
    TimeSpan? LeaseLeft { get; }

    /// <summary>Gets a value indicating whether this client has sent a stop of the session.</summary>
    bool IsStoppedHere { get; }

    /// <summary>Gets a value indicating whether the session is known to have ended.</summary>
    bool HasSessionEnded { get; }

    /// <summary>Gets what the calls of the client are told about lost links.</summary>
    LinkTrouble LinkTrouble { get; }

    /// <summary>Lets the session notice the end of its lease, until the watch is disposed.</summary>
    IAsyncDisposable WatchLease();

    /// <summary>Watches for changes of this device's network.</summary>
    /// <param name="changed">Called on any thread, also several times for one change; must not block.</param>
    /// <returns>Ends the watch; <see langword="null"/> where the platform tells nothing.</returns>
    IDisposable? WatchNetwork(Action changed);

    /// <summary>Gets the address of the host: without asking the service when one is known.</summary>
    ValueTask<Uri> GetAddressAsync(CancellationToken cancellationToken);

    /// <summary>Asks the service about the session once, for a short time. An end that it finds reaches the connection as every end does.</summary>
    /// <returns>Whether the address has changed.</returns>
    /// <exception cref="RenderingConnectionException">The service knows no such session.</exception>
    Task<bool> LookAsync(CancellationToken cancellationToken);

    /// <summary>Gets an access token: without asking the token service when one is known that the host has not refused.</summary>
    ValueTask<string> GetTokenAsync(CancellationToken cancellationToken);

    /// <summary>The host refused the token given last: the next one must be another.</summary>
    void RefuseToken();

    /// <summary>The host said that the session has ended: lets the session find out for itself, once and for a short time.</summary>
    Task ConfirmEndAsync(CancellationToken cancellationToken);
}
