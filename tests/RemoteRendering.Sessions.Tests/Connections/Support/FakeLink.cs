using System.Buffers;
using System.Text;
using System.Threading.Channels;

namespace RemoteRendering.Sessions.Tests.Connections.Support;

/// <summary>The client's end of a link whose other end is test code.</summary>
internal sealed class FakeLink(Action<FakeLink, RenderingMessageKind, byte[]> onMessage) : RenderingTransportLink
{
    private readonly Channel<(RenderingMessageKind Kind, byte[] Bytes, Exception? Error)> _incoming =
        Channel.CreateUnbounded<(RenderingMessageKind, byte[], Exception?)>();
    private const RenderingMessageKind Part = (RenderingMessageKind)(-1);
    private readonly List<string> _sent = [];
    private int? _closeCode;
    private string? _closeReason;
    private int _said;
    private int _receives;
    private int _sends;

    public bool IsAborted { get; private set; }

    public int? ClosedByClientWith { get; private set; }

    /// <summary>Nothing that the client sends arrives, and sends do not fail: a half-open wire.</summary>
    public bool SwallowsSent { get; set; }

    /// <summary>Sends do not complete until this does.</summary>
    public TaskCompletionSource? SendGate { get; set; }

    public bool IsSending { get; private set; }

    /// <summary>What has been said is handed over only when this completes; an abort does not change that.</summary>
    public TaskCompletionSource? ReceiveGate { get; set; }

    /// <summary>The close frame does not leave until this completes, or it fails as this does.</summary>
    public TaskCompletionSource? CloseGate { get; set; }

    /// <summary>How often the client began to send.</summary>
    public int Sends => Volatile.Read(ref _sends);

    /// <summary>Whether the client has dealt with everything that was said and waits for more.</summary>
    public bool HasHeardAll => Volatile.Read(ref _receives) > Volatile.Read(ref _said);

    /// <summary>How often the client began to receive.</summary>
    public int Receives => Volatile.Read(ref _receives);

    public override int? CloseCode => _closeCode;

    public override string? CloseReason => _closeReason;

    /// <summary>The text messages of the client.</summary>
    public IReadOnlyList<string> Sent
    {
        get
        {
            lock (_sent)
            {
                return [.. _sent];
            }
        }
    }

    /// <summary>A part of a message that has not ended yet.</summary>
    public void SayPart(string part)
    {
        Interlocked.Increment(ref _said);
        _incoming.Writer.TryWrite((Part, Encoding.UTF8.GetBytes(part), null));
    }

    public void Say(string json) => Say(RenderingMessageKind.Text, Encoding.UTF8.GetBytes(json));

    public void SayBinary(byte[] bytes) => Say(RenderingMessageKind.Binary, bytes);

    public void SayClose(int code, string? reason = null)
    {
        _closeCode = code;
        _closeReason = reason;
        Say(RenderingMessageKind.Close, []);
    }

    public void Cut(Exception? error = null) => _incoming.Writer.TryWrite((default, [], error ?? new IOException("The wire was cut.")));

    public override async ValueTask SendAsync(
        ReadOnlyMemory<byte> message, RenderingMessageKind kind, CancellationToken cancellationToken = default)
    {
        byte[] bytes = message.ToArray();
        Interlocked.Increment(ref _sends);
        if (SendGate is { } gate)
        {
            IsSending = true;
            await gate.Task;
        }

        if (IsAborted)
        {
            throw new IOException("The link was aborted.");
        }

        if (kind == RenderingMessageKind.Text)
        {
            lock (_sent)
            {
                _sent.Add(Encoding.UTF8.GetString(bytes));
            }
        }

        if (!SwallowsSent)
        {
            onMessage(this, kind, bytes);
        }
    }

    public override async ValueTask<RenderingMessageKind> ReceiveAsync(
        IBufferWriter<byte> buffer, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _receives);
        (RenderingMessageKind kind, byte[] bytes, Exception? error) = await _incoming.Reader.ReadAsync(cancellationToken);
        if (ReceiveGate is { } gate)
        {
            await gate.Task;
        }

        if (error is not null)
        {
            throw error;
        }

        buffer.Write(bytes);
        return kind == Part ? await ReceiveAsync(buffer, cancellationToken) : kind;
    }

    public override ValueTask CloseAsync(int code, string? reason, CancellationToken cancellationToken = default)
    {
        ClosedByClientWith = code;
        return CloseGate is { } gate ? new ValueTask(gate.Task) : default;
    }

    public override void Abort()
    {
        IsAborted = true;
        SendGate?.TrySetResult();
        _incoming.Writer.TryWrite((default, [], new IOException("The link was aborted.")));
    }

    private void Say(RenderingMessageKind kind, byte[] bytes)
    {
        Interlocked.Increment(ref _said);
        _incoming.Writer.TryWrite((kind, bytes, null));
    }
}
