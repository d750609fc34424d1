using System.Buffers;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator.InProcess;

/// <summary>One end of an <see cref="InMemoryLinkPair"/>.</summary>
internal sealed class InMemoryLinkEnd(
    InMemoryLinkPair pair, ChannelReader<HostMessage> incoming, ChannelWriter<HostMessage> outgoing) : HostLink
{
    /// <summary>The array behind the last binary message, which is good until the next receive.</summary>
    private byte[]? _lastBinary;

    public override async ValueTask<HostMessage> ReceiveAsync(int maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            Recycle();
            HostMessage message = await ReadAsync(cancellationToken).ConfigureAwait(false);
            if (message.Kind == HostMessageKind.Binary && MemoryMarshal.TryGetArray(message.Payload, out ArraySegment<byte> content))
            {
                _lastBinary = content.Array;
            }

            return message.Payload.Length > maxBytes ? HostMessage.TooLarge : message;
        }
        catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
        {
            return HostMessage.Lost;
        }
    }

    public override ValueTask<bool> SendAsync(ReadOnlyMemory<byte> message, HostMessageKind kind) =>
        kind == HostMessageKind.Binary ? SendBinaryAsync(message) : SendAsync(message);

    /// <summary>Sends a whole text message; false when the link is gone.</summary>
    public ValueTask<bool> SendAsync(ReadOnlyMemory<byte> text) => new(Write(HostMessage.Text(text.ToArray())));

    /// <summary>Sends a whole binary message; false when the link is gone.</summary>
    public ValueTask<bool> SendBinaryAsync(ReadOnlyMemory<byte> content)
    {
        // Batches come by the tick and are large: their copies are used again.
        byte[] copy = ArrayPool<byte>.Shared.Rent(content.Length);
        content.CopyTo(copy);
        return new ValueTask<bool>(Write(HostMessage.Binary(copy.AsMemory(0, content.Length))));
    }

    public override ValueTask<bool> CloseAsync(int code, string reason)
    {
        bool written = Write(HostMessage.Close(code, reason));
        if (outgoing.TryComplete())
        {
            pair.OnClosed();
        }

        return new ValueTask<bool>(written);
    }

    public override void Abort() => pair.Abort();

    public override void Dispose() => pair.Abort();

    private async ValueTask<HostMessage> ReadAsync(CancellationToken cancellationToken)
    {
        pair.Aborted.ThrowIfCancellationRequested();
        if (incoming.TryRead(out HostMessage message))
        {
            return message;
        }

        if (!cancellationToken.CanBeCanceled)
        {
            return await incoming.ReadAsync(pair.Aborted).ConfigureAwait(false);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(pair.Aborted, cancellationToken);
        return await incoming.ReadAsync(either.Token).ConfigureAwait(false);
    }

    private void Recycle()
    {
        if (Interlocked.Exchange(ref _lastBinary, null) is { } last)
        {
            ArrayPool<byte>.Shared.Return(last);
        }
    }

    private bool Write(HostMessage message) => !pair.Aborted.IsCancellationRequested && outgoing.TryWrite(message);
}
