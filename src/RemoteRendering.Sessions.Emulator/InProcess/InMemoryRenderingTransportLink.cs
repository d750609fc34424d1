using System.Buffers;
using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator.InProcess;

/// <summary>The client's end of a link without sockets.</summary>
internal sealed class InMemoryRenderingTransportLink(InMemoryLinkPair pair, int maxMessageBytes) : RenderingTransportLink
{
    private int? _closeCode;
    private string? _closeReason;

    /// <inheritdoc/>
    public override int? CloseCode => _closeCode;

    /// <inheritdoc/>
    public override string? CloseReason => _closeReason;

    /// <inheritdoc/>
    public override async ValueTask SendAsync(
        ReadOnlyMemory<byte> message, RenderingMessageKind kind, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool sent = kind switch
        {
            RenderingMessageKind.Text => await pair.Client.SendAsync(message).ConfigureAwait(false),
            RenderingMessageKind.Binary => await pair.Client.SendBinaryAsync(message).ConfigureAwait(false),
            _ =>
                throw new ArgumentOutOfRangeException(
                    nameof(kind), kind, "Only text and binary messages can be sent; use CloseAsync to close."),
        };
        if (!sent)
        {
            throw Lost();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<RenderingMessageKind> ReceiveAsync(
        IBufferWriter<byte> buffer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        HostMessage message = await pair.Client.ReceiveAsync(maxMessageBytes, cancellationToken).ConfigureAwait(false);
        switch (message.Kind)
        {
            case HostMessageKind.Text:
                buffer.Write(message.Payload.Span);
                return RenderingMessageKind.Text;
            case HostMessageKind.Binary:
                buffer.Write(message.Payload.Span);
                return RenderingMessageKind.Binary;
            case HostMessageKind.Close:
                _closeCode = message.CloseCode;
                _closeReason = message.CloseReason;
                return RenderingMessageKind.Close;
            case HostMessageKind.TooLarge:
                throw new RenderingConnectionException(
                    RenderingConnectionReason.MessageTooLarge, $"The host sent a message of more than {maxMessageBytes} bytes.");
            default:
                cancellationToken.ThrowIfCancellationRequested();
                throw Lost();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask CloseAsync(int code, string? reason, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!await pair.Client.CloseAsync(code, reason ?? "").ConfigureAwait(false))
        {
            throw Lost();
        }
    }

    /// <inheritdoc/>
    public override void Abort() => pair.Abort();

    private static RenderingConnectionException Lost()
        => new(RenderingConnectionReason.ConnectionLost, "The link to the emulated host is lost.");
}
