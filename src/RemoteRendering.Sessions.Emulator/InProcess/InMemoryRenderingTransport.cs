using RemoteRendering.Sessions.Emulator.Faults;
using RemoteRendering.Sessions.Emulator.Host;

namespace RemoteRendering.Sessions.Emulator.InProcess;

/// <summary>Carries the host protocol to an emulated host in the same process, without sockets.</summary>
internal sealed class InMemoryRenderingTransport(HostEndpoint endpoint) : RenderingTransport
{
    /// <inheritdoc/>
    public override Task<RenderingTransportLink> ConnectAsync(RenderingTransportContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        if (context.SubProtocol != RenderingTransportContext.HostSubProtocol)
        {
            throw new RenderingConnectionException(RenderingConnectionReason.ProtocolVersionMismatch, $"The host does not speak '{context.SubProtocol}'.");
        }

        if (endpoint.RefuseUpgrade(context.AccessToken) is { } refusal)
        {
            throw Describe(refusal);
        }

        var pair = new InMemoryLinkPair();
        endpoint.Serve(pair.Host, context.AccessToken);
        return Task.FromResult<RenderingTransportLink>(new InMemoryRenderingTransportLink(pair, context.MaxMessageBytes));
    }

    private static RenderingConnectionException Describe(HostUpgradeRefusal refusal)
    {
        RenderingConnectionReason reason = refusal.StatusCode switch
        {
            401 or 403 => RenderingConnectionReason.AuthenticationFailed,
            429 => RenderingConnectionReason.TooManyRequests,
            _ => RenderingConnectionReason.HandshakeFailed,
        };
        return new RenderingConnectionException(reason, $"The emulated host answered with status {refusal.StatusCode}.", refusal.RetryAfter, innerException: null);
    }
}
