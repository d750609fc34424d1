using RemoteRendering.Sessions.Emulator.Faults;
using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator.InProcess;

/// <summary>Carries the host protocol to an emulated host in the same process, without sockets.</summary>
internal sealed class InMemoryRenderingTransport(RenderingHost host, HostFaults faults) : RenderingTransport
{
    /// <inheritdoc/>
    public override Task<RenderingTransportLink> ConnectAsync(
        RenderingTransportContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        if (context.SubProtocol != RenderingTransportContext.HostSubProtocol)
        {
            throw new RenderingConnectionException(
                RenderingConnectionReason.ProtocolVersionMismatch, $"The host does not speak '{context.SubProtocol}'.");
        }

        HostUpgradeRefusal? refusal = faults.RefuseUpgrade()
            ?? (host.Sessions.IsTokenValid(context.AccessToken) ? null : new HostUpgradeRefusal(401, RetryAfter: null));
        if (refusal is not null)
        {
            throw Describe(refusal);
        }

        var pair = new InMemoryLinkPair();
        faults.Background.Add(new ValueTask(host.ServeAsync(faults.Decorate(pair.Host), context.AccessToken, CancellationToken.None)));
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
        return new RenderingConnectionException(
            reason, $"The emulated host answered with status {refusal.StatusCode}.", refusal.RetryAfter, innerException: null);
    }
}
