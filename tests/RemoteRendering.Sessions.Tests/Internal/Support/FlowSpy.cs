using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;

namespace RemoteRendering.Sessions.Tests.Internal.Support;

/// <summary>
/// Code of an application: a handler of HTTP requests, a transport of connections and callbacks that note whose flow they run on.
/// </summary>
internal sealed class FlowSpy
{
    private static readonly AsyncLocal<string?> User = new();

    private readonly ConcurrentQueue<(string Place, string? User, ActivityTraceId Trace)> _seen = new();

    /// <summary>Gets what was seen: the place, the user and the trace of the flow.</summary>
    public IReadOnlyList<(string Place, string? User, ActivityTraceId Trace)> Seen => [.. _seen];

    /// <summary>Runs something as a request of a user, inside a span; what it starts may outlive it.</summary>
    public static async Task<ActivityContext> AsUserAsync(string user, Func<Task> request)
    {
        User.Value = user;
        using Activity activity = new Activity(user).SetIdFormat(ActivityIdFormat.W3C).Start();
        await request();
        return activity.Context;
    }

    public void Note(string place) => _seen.Enqueue((place, User.Value, Activity.Current?.TraceId ?? default));

    public void Clear() => _seen.Clear();

    public int Count(string place) => _seen.Count(seen => seen.Place.StartsWith(place, StringComparison.Ordinal));

    public HttpMessageHandler Before(HttpMessageHandler inner) => new Handler(this) { InnerHandler = inner };

    public RenderingTransport Before(RenderingTransport inner) => new Transport(this, inner);

    private sealed class Handler(FlowSpy spy) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            spy.Note($"{request.Method} {request.RequestUri!.AbsolutePath}");
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Transport(FlowSpy spy, RenderingTransport inner) : RenderingTransport
    {
        public override async Task<RenderingTransportLink> ConnectAsync(
            RenderingTransportContext context, CancellationToken cancellationToken = default)
        {
            spy.Note("connect");
            return new Link(spy, await inner.ConnectAsync(context, cancellationToken));
        }
    }

    private sealed class Link(FlowSpy spy, RenderingTransportLink inner) : RenderingTransportLink
    {
        public override int? CloseCode => inner.CloseCode;

        public override string? CloseReason => inner.CloseReason;

        public override ValueTask SendAsync(
            ReadOnlyMemory<byte> message, RenderingMessageKind kind, CancellationToken cancellationToken = default)
        {
            spy.Note("send");
            return inner.SendAsync(message, kind, cancellationToken);
        }

        public override ValueTask<RenderingMessageKind> ReceiveAsync(
            IBufferWriter<byte> buffer, CancellationToken cancellationToken = default)
        {
            spy.Note("receive");
            return inner.ReceiveAsync(buffer, cancellationToken);
        }

        public override ValueTask CloseAsync(int code, string? reason, CancellationToken cancellationToken = default)
        {
            spy.Note("close");
            return inner.CloseAsync(code, reason, cancellationToken);
        }

        public override void Abort() => inner.Abort();
    }
}
