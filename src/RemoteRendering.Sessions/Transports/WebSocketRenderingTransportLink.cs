using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace RemoteRendering.Sessions.Transports;

/// <summary>Represents a link over one WebSocket.</summary>
internal sealed class WebSocketRenderingTransportLink(WebSocket socket, int maxMessageBytes) : RenderingTransportLink
{
    /// <summary>Large enough for most answers, small enough to be kept for an idle connection.</summary>
    private const int ChunkBytes = 2048;

    public override int? CloseCode => (int?)socket.CloseStatus;

    public override string? CloseReason => socket.CloseStatusDescription;

    public override ValueTask SendAsync(
        ReadOnlyMemory<byte> message, RenderingMessageKind kind, CancellationToken cancellationToken = default)
        => WebSocketCompatibility.SendAsync(
            socket, message, kind == RenderingMessageKind.Binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text,
            cancellationToken);

#if NET8_0_OR_GREATER
    // The task is usually pending and is awaited once, so pooling saves an allocation for each message.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
#endif
    public override async ValueTask<RenderingMessageKind> ReceiveAsync(
        IBufferWriter<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            int total = 0;
            while (true)
            {
                // The type differs on .NET Standard.
                var part = await WebSocketCompatibility.ReceiveAsync(
                    socket, buffer.GetMemory(ChunkBytes), cancellationToken).ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return RenderingMessageKind.Close;
                }

                total += part.Count;
                if (total > maxMessageBytes)
                {
                    throw new RenderingConnectionException(
                        RenderingConnectionReason.MessageTooLarge, $"The host sent a message of more than {maxMessageBytes} bytes.");
                }

                buffer.Advance(part.Count);
                if (part.EndOfMessage)
                {
                    return part.MessageType == WebSocketMessageType.Binary ? RenderingMessageKind.Binary : RenderingMessageKind.Text;
                }
            }
        }
        catch (WebSocketException exception) when (exception.WebSocketErrorCode == WebSocketError.Faulted
            && exception.InnerException is null or System.Text.DecoderFallbackException)
        {
            // The socket reports a frame that violates RFC 6455, or a close reason that is not UTF-8, in this way; a broken connection has
            // another code or inner exception.
            throw new RenderingConnectionException(
                RenderingConnectionReason.ProtocolError, "The host sent a malformed frame.", null, exception);
        }
        catch (WebSocketException exception) when (FailedToRefuse(exception))
        {
            throw new RenderingConnectionException(
                RenderingConnectionReason.ProtocolError, "The host sent a malformed frame.", null, exception);
        }
    }

    /// <summary>
    /// The socket answers a malformed frame with a close frame before it reports it. If the host has closed the connection by then, it
    /// reports only that the close frame could not be written; only the stack trace distinguishes this from a broken connection.
    /// </summary>
    private static bool FailedToRefuse(WebSocketException exception) => exception.StackTrace?.Contains("CloseWithReceiveError") == true;

    public override ValueTask CloseAsync(int code, string? reason, CancellationToken cancellationToken = default)
        => new(socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, cancellationToken));

    public override void Abort()
    {
        socket.Abort();
        socket.Dispose();
    }
}
