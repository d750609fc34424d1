using Microsoft.Extensions.Logging;

namespace RemoteRendering.Sessions;

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

    /// <summary>Lets the session notice the end of its lease, until the watch is disposed.</summary>
    IAsyncDisposable WatchLease();

    /// <summary>Gets the address of the host.</summary>
    /// <param name="refresh">Whether to ask the service again, because the known address does not answer.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<Uri> GetAddressAsync(bool refresh, CancellationToken cancellationToken);

    /// <summary>Gets an access token that is good now.</summary>
    ValueTask<string> GetTokenAsync(CancellationToken cancellationToken);

    /// <summary>The host refused the token given last: the next one must be another.</summary>
    void RefuseToken();

    /// <summary>The host said that the session has ended: lets the session find out for itself.</summary>
    Task ConfirmEndAsync(CancellationToken cancellationToken);
}
