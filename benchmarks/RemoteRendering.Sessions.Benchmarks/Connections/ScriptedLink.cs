using System.Buffers;
using System.Text;
using System.Threading.Tasks.Sources;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>A link that allocates nothing once it is bound, so that whatever is counted is the connection's own.</summary>
internal sealed class ScriptedLink(TimeSpan keepAlive) : RenderingTransportLink, IValueTaskSource<RenderingMessageKind>
{
    private readonly byte[] _bindAnswer = Encoding.UTF8.GetBytes(
        $$$"""{"jsonrpc":"2.0","id":0,"result":{"protocol":1,"epoch":1,"link":1,"resumed":false,"sceneKept":false,"received":0,"graceMs":"""
            + $$$"""60000,"keepAliveMs":{{{(int)keepAlive.TotalMilliseconds}}},"deadAfterMs":"""
            + $$$"""{{{(int)keepAlive.TotalMilliseconds * 3}}},"maxMessageBytes":1048576,"features":["scene"]}}""");

    private readonly byte[] _batchAnswer = new byte[64];
    private ManualResetValueTaskSourceCore<RenderingMessageKind> _receive;
    private IBufferWriter<byte>? _buffer;

    /// <summary>Gets how many bytes of scene writes the client has sent.</summary>
    public long BatchBytes { get; private set; }

    /// <summary>Gets how many messages the client has sent.</summary>
    public int Sent { get; private set; }

    public override ValueTask SendAsync(
        ReadOnlyMemory<byte> message, RenderingMessageKind kind, CancellationToken cancellationToken = default)
    {
        if (Sent++ == 0)
        {
            Deliver(_bindAnswer);
        }
        else if (kind == RenderingMessageKind.Binary)
        {
            BatchBytes += message.Length;
            Deliver(AnswerTo(System.Buffers.Binary.BinaryPrimitives.ReadInt64LittleEndian(message.Span[8..])));
        }

        return default;
    }

    private ReadOnlySpan<byte> AnswerTo(long id)
    {
        ReadOnlySpan<byte> start = "{\"jsonrpc\":\"2.0\",\"result\":{},\"id\":"u8;
        start.CopyTo(_batchAnswer);
        System.Buffers.Text.Utf8Formatter.TryFormat(id, _batchAnswer.AsSpan(start.Length), out int digits);
        _batchAnswer[start.Length + digits] = (byte)'}';
        return _batchAnswer.AsSpan(0, start.Length + digits + 1);
    }

    public override ValueTask<RenderingMessageKind> ReceiveAsync(IBufferWriter<byte> buffer, CancellationToken cancellationToken = default)
    {
        _receive.Reset();
        _buffer = buffer;
        return new ValueTask<RenderingMessageKind>(this, _receive.Version);
    }

    /// <summary>Delivers a message to the client, which handles it on this thread.</summary>
    public void Deliver(ReadOnlySpan<byte> message)
    {
        IBufferWriter<byte> buffer = _buffer ?? throw new InvalidOperationException("The client does not receive.");
        _buffer = null;
        buffer.Write(message);
        _receive.SetResult(RenderingMessageKind.Text);
    }

    public override ValueTask CloseAsync(int code, string? reason, CancellationToken cancellationToken = default) => default;

    public override void Abort()
    {
        if (_buffer is not null)
        {
            _buffer = null;
            _receive.SetException(new IOException("The link was cut."));
        }
    }

    RenderingMessageKind IValueTaskSource<RenderingMessageKind>.GetResult(short token) => _receive.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<RenderingMessageKind>.GetStatus(short token) => _receive.GetStatus(token);

    void IValueTaskSource<RenderingMessageKind>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _receive.OnCompleted(continuation, state, token, flags);
}
