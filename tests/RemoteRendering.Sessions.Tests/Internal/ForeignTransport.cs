using System.Buffers;

namespace RemoteRendering.Sessions.Tests.Internal;

/// <summary>Another transport whose members run code of an application first, on the calling thread.</summary>
internal sealed class ForeignTransport(RenderingTransport inner, Action<ForeignCodeTests.Callback> call) : RenderingTransport
{
    private readonly Lock _gate = new();
    private readonly List<Link> _links = [];

    /// <summary>Whether a link that was made has not been aborted.</summary>
    public bool HasOpenLink
    {
        get
        {
            lock (_gate)
            {
                return _links.Exists(static link => !link.IsAborted);
            }
        }
    }

    /// <summary>A link is made only after the attempt has been cancelled.</summary>
    public bool WaitsForItsToken { get; set; }

    public bool HasAsked { get; private set; }

    public override async Task<RenderingTransportLink> ConnectAsync(
        RenderingTransportContext context, CancellationToken cancellationToken = default)
    {
        call(ForeignCodeTests.Callback.TransportConnect);
        if (WaitsForItsToken)
        {
            var cancelled = new TaskCompletionSource();
            cancellationToken.Register(() =>
            {
                call(ForeignCodeTests.Callback.TransportToken);
                cancelled.SetResult();
            });
            HasAsked = true;
            await cancelled.Task;
        }

        var link = new Link(await inner.ConnectAsync(context, CancellationToken.None), call);
        lock (_gate)
        {
            _links.Add(link);
        }

        return link;
    }

    private sealed class Link(RenderingTransportLink inner, Action<ForeignCodeTests.Callback> call) : RenderingTransportLink
    {
        private int _messages;

        public bool IsAborted { get; private set; }

        public override int? CloseCode
        {
            get
            {
                call(ForeignCodeTests.Callback.LinkCloseCode);
                return inner.CloseCode;
            }
        }

        public override string? CloseReason
        {
            get
            {
                call(ForeignCodeTests.Callback.LinkCloseReason);
                return inner.CloseReason;
            }
        }

        public override ValueTask SendAsync(
            ReadOnlyMemory<byte> message, RenderingMessageKind kind, CancellationToken cancellationToken = default)
        {
            call(
                Interlocked.Increment(ref _messages) == 1
                    ? ForeignCodeTests.Callback.LinkSendOfTheBind
                    : ForeignCodeTests.Callback.LinkSend);
            return inner.SendAsync(message, kind, cancellationToken);
        }

        public override ValueTask<RenderingMessageKind> ReceiveAsync(
            IBufferWriter<byte> buffer, CancellationToken cancellationToken = default)
        {
            call(ForeignCodeTests.Callback.LinkReceive);
            return inner.ReceiveAsync(buffer, cancellationToken);
        }

        public override ValueTask CloseAsync(int code, string? reason, CancellationToken cancellationToken = default)
        {
            call(ForeignCodeTests.Callback.LinkClose);
            return inner.CloseAsync(code, reason, cancellationToken);
        }

        public override void Abort()
        {
            inner.Abort();
            IsAborted = true;
            call(ForeignCodeTests.Callback.LinkAbort);
        }
    }
}
