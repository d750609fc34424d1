using System.Buffers;
using System.Text;
using System.Threading.Channels;

namespace RemoteRendering.Sessions.Tests;

/// <summary>The client's end of a link to a <see cref="SceneHost"/>.</summary>
internal sealed class SceneHostLink(SceneHost host) : RenderingTransportLink
{
    private readonly Channel<(RenderingMessageKind Kind, byte[] Bytes, Exception? Error)> _incoming = Channel.CreateUnbounded<(RenderingMessageKind, byte[], Exception?)>();

    public bool IsAborted { get; private set; }

    public int? ClosedByClientWith { get; private set; }

    public void Say(string json) => _incoming.Writer.TryWrite((RenderingMessageKind.Text, Encoding.UTF8.GetBytes(json), null));

    public void SayBinary(byte[] bytes) => _incoming.Writer.TryWrite((RenderingMessageKind.Binary, bytes, null));

    public void Cut() => _incoming.Writer.TryWrite((default, [], new IOException("The wire was cut.")));

    public override ValueTask SendAsync(ReadOnlyMemory<byte> message, RenderingMessageKind kind, CancellationToken cancellationToken = default)
    {
        if (IsAborted)
        {
            throw new IOException("The link was aborted.");
        }

        host.OnMessage(this, kind, message.ToArray());
        return default;
    }

    public override async ValueTask<RenderingMessageKind> ReceiveAsync(IBufferWriter<byte> buffer, CancellationToken cancellationToken = default)
    {
        (RenderingMessageKind kind, byte[] bytes, Exception? error) = await _incoming.Reader.ReadAsync(cancellationToken);
        if (error is not null)
        {
            throw error;
        }

        buffer.Write(bytes);
        return kind;
    }

    public override ValueTask CloseAsync(int code, string? reason, CancellationToken cancellationToken = default)
    {
        ClosedByClientWith = code;
        return default;
    }

    public override void Abort()
    {
        IsAborted = true;
        Cut();
    }
}
