using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using RemoteRendering.Sessions.Transports;

namespace RemoteRendering.Sessions;

/// <summary>Carries the host protocol over WebSockets (RFC 6455). The default transport.</summary>
/// <remarks>
/// Redirects are not followed, so that the secrets of the device reach no other host. The connection has its own keep-alive; that of the
/// WebSocket is disabled.
/// </remarks>
public class WebSocketRenderingTransport : RenderingTransport
{
    /// <summary>One header string for each token, shared by its links: tokens are long.</summary>
    private static readonly ConditionalWeakTable<string, string> _headers = new();

    private readonly Action<ClientWebSocketOptions>? _configure;

    /// <summary>Creates the transport with the defaults of the platform.</summary>
    public WebSocketRenderingTransport()
    {
    }

    /// <summary>
    /// Creates the transport with a callback that sets the options of each socket, for example certificates, proxy and buffers.
    /// </summary>
    /// <param name="configure">
    /// Is called for each attempt, before the library sets the sub-protocol, the authorization header and the keep-alive interval. It may
    /// run on any thread, and concurrently for different connections. An exception fails the attempt.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    public WebSocketRenderingTransport(Action<ClientWebSocketOptions> configure)
        => _configure = configure ?? throw new ArgumentNullException(nameof(configure));

    /// <inheritdoc/>
    public override async Task<RenderingTransportLink> ConnectAsync(
        RenderingTransportContext context, CancellationToken cancellationToken = default)
    {
        _ = context ?? throw new ArgumentNullException(nameof(context));
        var socket = new ClientWebSocket();
        try
        {
            _configure?.Invoke(socket.Options);
            socket.Options.AddSubProtocol(context.SubProtocol);
            socket.Options.SetRequestHeader("Authorization", _headers.GetValue(context.AccessToken, static token => "Bearer " + token));
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
            await WebSocketCompatibility.ConnectAsync(socket, context.Address, cancellationToken).ConfigureAwait(false);
            if (socket.SubProtocol != context.SubProtocol)
            {
                throw new RenderingConnectionException(
                    RenderingConnectionReason.ProtocolVersionMismatch, $"The host did not select the protocol '{context.SubProtocol}'.");
            }

            WebSocketCompatibility.ForgetResponse(socket);
            var link = new WebSocketRenderingTransportLink(socket, context.MaxMessageBytes);
            socket = null;
            return link;
        }
        catch (Exception exception) when (exception is not (RenderingConnectionException or OperationCanceledException))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw WebSocketFailure.Describe(context.Address, socket, exception);
        }
        finally
        {
            socket?.Dispose();
        }
    }
}
