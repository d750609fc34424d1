using System.Net;
using Azure;
using Microsoft.Extensions.Logging;

namespace RemoteRendering.Sessions;

/// <summary>What a connection needs, from the session handle and its client.</summary>
internal sealed class SessionConnectionEnvironment(RenderingSession session, ILogger logger) : IConnectionEnvironment
{
    private readonly RemoteRenderingClient _client = session.Client;
    private ServiceToken? _token;
    private ServiceToken? _refused;

    public string SessionId => session.SessionUuid;

    public DeviceIdentity Device => session.Device;

    public RenderingTransport Transport { get; } = session.Client.ConnectionTransport ?? new WebSocketRenderingTransport();

    public TimeProvider Time => _client.TimeProvider;

    public ILogger Logger => logger;

    public bool IsStoppedHere => _client.Observer.Stops.Contains(session.SessionUuid);

    public TimeSpan? LeaseLeft => session.Lease.RemainingAtMost;

    public async ValueTask<Uri> GetAddressAsync(bool refresh, CancellationToken cancellationToken)
    {
        RenderingSessionProperties known = session.Properties;
        if (!known.Status.IsTerminal && (refresh || known.Status != RenderingSessionStatus.Ready || known.Hostname is null))
        {
            known = await RefreshAsync(known, cancellationToken).ConfigureAwait(false);
        }

        if (known.Status.IsTerminal)
        {
            throw SessionEnd.ToException(known);
        }

        if (known.Status == RenderingSessionStatus.Starting || known.Hostname is not { Length: > 0 } hostname || known.HandshakePort is not { } port)
        {
            throw new RenderingConnectionException(
                RenderingConnectionReason.SessionNotReady, $"Session '{known.Id}' is not ready: its status is {known.Status}. Wait with WaitUntilReadyAsync.");
        }

        string scheme = IsLoopback(hostname) && _client.Endpoint.Scheme == Uri.UriSchemeHttp ? "ws" : "wss";
        return new UriBuilder(scheme, hostname, port).Uri;
    }

    public async ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            _token = _refused is { } refused
                ? await _client.Tokens.ReplaceAsync(refused, cancellationToken).ConfigureAwait(false)
                : await _client.Tokens.GetTokenAsync(cancellationToken).ConfigureAwait(false);
            _refused = null;
            return _token.Token;
        }
        catch (RequestFailedException exception)
        {
            throw ToConnectionException(exception, $"There is no access token for session '{SessionId}': {exception.Message}");
        }
    }

    public void RefuseToken() => _refused = _token;

    public IAsyncDisposable WatchLease() => new LeaseEndWatch(session, logger);

    public Task ConfirmEndAsync(CancellationToken cancellationToken) => session.RefreshAsync(cancellationToken);

    private static bool IsLoopback(string hostname)
        => hostname.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(hostname.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private static RenderingConnectionException ToConnectionException(RequestFailedException exception, string message)
    {
        RenderingConnectionReason reason = exception.Status switch
        {
            401 or 403 => RenderingConnectionReason.AuthenticationFailed,
            404 => RenderingConnectionReason.SessionNotFound,
            429 => RenderingConnectionReason.TooManyRequests,
            0 => RenderingConnectionReason.HandshakeNetworkUnreachable,
            _ => RenderingConnectionReason.HandshakeFailed,
        };
        return new RenderingConnectionException(reason, message, null, exception);
    }

    private async ValueTask<RenderingSessionProperties> RefreshAsync(RenderingSessionProperties known, CancellationToken cancellationToken)
    {
        try
        {
            return await session.RefreshAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException exception)
        {
            if (!ServiceFailure.IsSessionUnknown(exception) && known.Status == RenderingSessionStatus.Ready && known.Hostname is not null)
            {
                // The service is out of reach, which says nothing about the host: what is known still counts.
                return known;
            }

            throw ToConnectionException(exception, $"Session '{SessionId}' could not be read: {exception.Message}");
        }
    }
}
