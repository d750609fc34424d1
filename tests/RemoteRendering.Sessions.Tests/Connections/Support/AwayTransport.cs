using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Tests.Connections.Support;

/// <summary>A host that cannot be reached until a moment, with the moments at which it was tried.</summary>
internal sealed class AwayTransport(RenderingTransport inner, VirtualTimeProvider time) : RenderingTransport
{
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _attempts = [];

    public DateTimeOffset BackOn { get; set; }

    /// <summary>From when the attempts are counted.</summary>
    public DateTimeOffset Start { get; set; }

    public IReadOnlyList<TimeSpan> Attempts
    {
        get
        {
            lock (_gate)
            {
                return [.. _attempts];
            }
        }
    }

    public override Task<RenderingTransportLink> ConnectAsync(
        RenderingTransportContext context, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (Start != default)
        {
            lock (_gate)
            {
                _attempts.Add(now - Start);
            }
        }

        return now < BackOn
            ? Task.FromException<RenderingTransportLink>(
                new RenderingConnectionException(RenderingConnectionReason.HandshakeConnectionRefused, "The host is away."))
            : inner.ConnectAsync(context, cancellationToken);
    }
}
