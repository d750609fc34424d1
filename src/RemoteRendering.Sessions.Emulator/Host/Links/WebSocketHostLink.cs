using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace RemoteRendering.Sessions.Emulator.Host.Links;

/// <summary>A link over a WebSocket that has been accepted already.</summary>
internal sealed class WebSocketHostLink(WebSocket socket) : HostLink
{
    private const int FirstBufferBytes = 4096;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private int _disposed;

    // Pending most of the time and awaited once, so the pool saves an allocation for each message.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<HostMessage> ReceiveAsync(int maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            int filled = 0;
            while (true)
            {
                ValueWebSocketReceiveResult result = await socket.ReceiveAsync(_buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    return new HostMessage(HostMessageKind.Close, CloseCode: (int?)socket.CloseStatus);
                }

                filled += result.Count;
                if (filled > maxBytes)
                {
                    return HostMessage.TooLarge;
                }

                if (result.EndOfMessage)
                {
                    HostMessageKind kind = result.MessageType == WebSocketMessageType.Text ? HostMessageKind.Text : HostMessageKind.Binary;
                    return new HostMessage(kind, _buffer.AsMemory(0, filled));
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

    public override ValueTask<bool> SendAsync(ReadOnlyMemory<byte> message, HostMessageKind kind) =>
        SendAsync(message, kind == HostMessageKind.Binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, endOfMessage: true);

    public override ValueTask<bool> SendUnfinishedAsync(ReadOnlyMemory<byte> beginning) => SendAsync(beginning, WebSocketMessageType.Text, endOfMessage: false);

    public override async ValueTask<bool> CloseAsync(int code, string reason)
    {
        try
        {
            await socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (IsLoss(exception))
        {
            return false;
        }
    }

    public override void Abort() => socket.Abort();

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            socket.Dispose();
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }

    private static bool IsLoss(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException or IOException;

    private async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type, bool endOfMessage)
    {
        try
        {
            await socket.SendAsync(message, type, endOfMessage, CancellationToken.None).ConfigureAwait(false);
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
