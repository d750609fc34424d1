using System.Net;
using Azure;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Connections.Runs;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Pipeline.Tokens;

namespace RemoteRendering.Sessions.Sessions;

/// <summary>Provides a connection with the state and the services of its session handle and its client.</summary>
internal sealed class SessionConnectionEnvironment(ISessionHandle session, ILogger logger) : IConnectionEnvironment
{
    private readonly ISessionClient _client = session.Client;
    private ServiceToken? _token;
    private ServiceToken? _refused;
    private Task<ServiceToken>? _asking;
    private Uri? _address;

    public string SessionId => session.SessionUuid;

    public DeviceIdentity Device => session.Device;

    public RenderingTransport Transport { get; } = session.Client.ConnectionTransport ?? new WebSocketRenderingTransport();

    public TimeProvider Time => _client.TimeProvider;

    public TimeProvider RealTime => _client.PipelineTimeProvider;

    public ILogger Logger => logger;

    public bool IsStoppedHere => _client.Stops.Contains(session.SessionUuid);

    public bool HasSessionEnded => session.Status.IsTerminal;

    public LinkTrouble LinkTrouble => _client.LinkTrouble;

    public TimeSpan? LeaseLeft => session.Lease.RemainingAtMost;

    public IDisposable? WatchNetwork(Action changed) => _client.NetworkChanges.Subscribe(changed);

    public async ValueTask<Uri> GetAddressAsync(CancellationToken cancellationToken)
    {
        RenderingSessionProperties known = session.Properties;
        if (!known.Status.IsTerminal && FindAddress(known) is null)
        {
            known = await ReadAsync(BoundedRead.ReadOnceAsync, cancellationToken).ConfigureAwait(false);
        }

        if (known.Status.IsTerminal)
        {
            throw SessionEnd.ToException(known);
        }

        _address = FindAddress(known) ?? throw new RenderingConnectionException(
            RenderingConnectionReason.SessionNotReady,
            $"Session '{known.Id}' is not ready: its status is {known.Status}. Wait with WaitUntilReadyAsync.");
        return _address;
    }

    public async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        Uri? dialled = _address;
        RenderingSessionProperties known = await ReadAsync(BoundedRead.ReadAsync, cancellationToken).ConfigureAwait(false);
        return FindAddress(known) is { } address && address != dialled;
    }

    public async ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_refused is { } refused)
            {
                _token = await _client.Tokens.ReplaceAsync(refused, cancellationToken).ConfigureAwait(false);
                _refused = null;
                return _token.Token;
            }

            Task<ServiceToken> asking = _asking is { IsCompleted: false }
                ? _asking
                : _client.Tokens.GetTokenAsync(_token is null ? cancellationToken : CancellationToken.None).AsTask();
            if (_token is { } shown && !asking.IsCompleted)
            {
                // The token is due for renewal, but the host has not refused it: the exchange runs while the connection dials.
                _asking = Abandonable.Observe(asking);
                return shown.Token;
            }

            _token = await asking.ConfigureAwait(false);
            return _token.Token;
        }
        catch (RequestFailedException exception) when (_refused is null && _token is not null && exception.Status is 0 or 429 or >= 500)
        {
            // A failure of the token service does not affect the host.
            return _token!.Token;
        }
        catch (RequestFailedException exception)
        {
            throw ToConnectionException(exception, $"No access token could be obtained for session '{SessionId}': {exception.Message}");
        }
    }

    public void RefuseToken() => _refused = _token;

    public IAsyncDisposable WatchLease() => new LeaseEndWatch(session, logger);

    public Task ConfirmEndAsync(CancellationToken cancellationToken) => BoundedRead.ReadAsync(session, cancellationToken);

    /// <summary>Gets the address of the host if it is known; the host itself confirms that it is the right one.</summary>
    private Uri? FindAddress(RenderingSessionProperties known)
    {
        if (known.Status.IsTerminal || known.Status == RenderingSessionStatus.Starting || known.Hostname is not { Length: > 0 } hostname
            || known.HandshakePort is not { } port)
        {
            return null;
        }

        string scheme = IsLoopback(hostname) && _client.Endpoint.Scheme == Uri.UriSchemeHttp ? "ws" : "wss";
        return new UriBuilder(scheme, hostname, port).Uri;
    }

    private static bool IsLoopback(string hostname)
        => hostname.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(hostname.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private RenderingConnectionException ToConnectionException(RequestFailedException exception, string message)
    {
        RenderingConnectionReason reason = exception.Status switch
        {
            401 or 403 => RenderingConnectionReason.AuthenticationFailed,
            404 when ServiceFailure.IsSessionUnknown(exception) => RenderingConnectionReason.SessionNotFound,
            429 => RenderingConnectionReason.TooManyRequests,
            0 => RenderingConnectionReason.HandshakeNetworkUnreachable,
            _ => RenderingConnectionReason.HandshakeFailed,
        };
        TimeSpan? retryAfter = exception.Status is 429 or 503 ? RetryAfterHeader.Read(exception, _client.TimeProvider) : null;
        return new RenderingConnectionException(reason, message, retryAfter, exception);
    }

    private async ValueTask<RenderingSessionProperties> ReadAsync(
        Func<ISessionHandle, CancellationToken, Task<RenderingSessionProperties>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read(session, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException exception)
        {
            throw ToConnectionException(exception, $"Session '{SessionId}' could not be read: {exception.Message}");
        }
    }
}
