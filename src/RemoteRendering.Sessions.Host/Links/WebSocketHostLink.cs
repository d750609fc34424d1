using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace RemoteRendering.Sessions.Host;

/// <summary>Carries a link over a WebSocket that has been accepted already.</summary>
public sealed class WebSocketHostLink : HostLink
{
    private const int FirstBufferBytes = 4096;
    private readonly WebSocket _socket;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private int _disposed;

    /// <summary>Initializes a new instance of the <see cref="WebSocketHostLink"/> class.</summary>
    /// <param name="socket">The open socket. The link owns it from here on.</param>
    /// <exception cref="ArgumentNullException"><paramref name="socket"/> is null.</exception>
    public WebSocketHostLink(WebSocket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        _socket = socket;
    }

    /// <inheritdoc/>
    // Pending most of the time and awaited once, so the pool saves an allocation for each message.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<HostMessage> ReceiveAsync(int maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            int filled = 0;
            while (true)
            {
                ValueWebSocketReceiveResult result =
                    await _socket.ReceiveAsync(_buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    return HostMessage.Close((int?)_socket.CloseStatus, _socket.CloseStatusDescription);
                }

                filled += result.Count;
                if (filled > maxBytes)
                {
                    return HostMessage.TooLarge;
                }

                if (result.EndOfMessage)
                {
                    Memory<byte> message = _buffer.AsMemory(0, filled);
                    return result.MessageType == WebSocketMessageType.Text ? HostMessage.Text(message) : HostMessage.Binary(message);
                }

                PartReceived?.Invoke();
                if (filled == _buffer.Length)
                {
                    Grow(filled);
                }
            }
        }
        catch (Exception exception) when (IsLoss(exception))
        {
            return HostMessage.Lost;
        }
    }

    /// <inheritdoc/>
    public override ValueTask<bool> SendAsync(ReadOnlyMemory<byte> message, HostMessageKind kind) =>
        SendAsync(message, kind == HostMessageKind.Binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, endOfMessage: true);

    /// <summary>Sends the beginning of a text message that is never finished, to test how a client deals with it.</summary>
    /// <param name="beginning">The content.</param>
    /// <returns><see langword="false"/> when the link is gone.</returns>
    public ValueTask<bool> SendUnfinishedAsync(ReadOnlyMemory<byte> beginning)
        => SendAsync(beginning, WebSocketMessageType.Text, endOfMessage: false);

    /// <inheritdoc/>
    public override async ValueTask<bool> CloseAsync(int code, string reason)
    {
        try
        {
            await _socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (IsLoss(exception))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public override void Abort() => _socket.Abort();

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _socket.Dispose();
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }

    private static bool IsLoss(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException
            or IOException;

    private async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type, bool endOfMessage)
    {
        try
        {
            await _socket.SendAsync(message, type, endOfMessage, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (IsLoss(exception))
        {
            return false;
        }
    }

    private void Grow(int filled)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(filled * 2);
        _buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
