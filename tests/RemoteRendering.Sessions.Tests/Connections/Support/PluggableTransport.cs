using System.Buffers;

namespace RemoteRendering.Sessions.Tests.Connections.Support;

/// <summary>Another transport with a plug that a test can pull: links that are open stay as they are, no new one can be made.</summary>
internal sealed class PluggableTransport(RenderingTransport inner) : RenderingTransport
{
    private int _attempts;
    private int _received;

    public bool IsUnplugged { get; set; }

    /// <summary>How often a link was asked for.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>How many messages have arrived, on all links.</summary>
    public int Received => Volatile.Read(ref _received);

    public override async Task<RenderingTransportLink> ConnectAsync(
        RenderingTransportContext context, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _attempts);
        return IsUnplugged
            ? throw new RenderingConnectionException(RenderingConnectionReason.HandshakeNetworkUnreachable, "The plug is pulled.")
            : new Link(this, await inner.ConnectAsync(context, cancellationToken));
    }

    private sealed class Link(PluggableTransport owner, RenderingTransportLink link) : RenderingTransportLink
    {
        public override int? CloseCode => link.CloseCode;

        public override string? CloseReason => link.CloseReason;

        public override ValueTask SendAsync(
            ReadOnlyMemory<byte> message, RenderingMessageKind kind, CancellationToken cancellationToken = default)
            => link.SendAsync(message, kind, cancellationToken);

        public override async ValueTask<RenderingMessageKind> ReceiveAsync(
            IBufferWriter<byte> buffer, CancellationToken cancellationToken = default)
        {
            RenderingMessageKind kind = await link.ReceiveAsync(buffer, cancellationToken);
            Interlocked.Increment(ref owner._received);
            return kind;
        }

        public override ValueTask CloseAsync(int code, string? reason, CancellationToken cancellationToken = default)
            => link.CloseAsync(code, reason, cancellationToken);

        public override void Abort() => link.Abort();
    }
}
