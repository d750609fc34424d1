using System.Threading.Channels;

namespace RemoteRendering.Sessions.Tests.Transports.Samples;

// snippet: channel-transport
/// <summary>Connects to a host in the same process: every link is a pair of channels.</summary>
public sealed class ChannelTransport : RenderingTransport
{
    private readonly Action<RenderingTransportContext, ChannelReader<ChannelMessage>, ChannelWriter<ChannelMessage>> _accept;

    public ChannelTransport(Action<RenderingTransportContext, ChannelReader<ChannelMessage>, ChannelWriter<ChannelMessage>> accept)
        => _accept = accept;

    public override Task<RenderingTransportLink> ConnectAsync(
        RenderingTransportContext context, CancellationToken cancellationToken = default)
    {
        if (context.SubProtocol != RenderingTransportContext.HostSubProtocol)
        {
            throw new RenderingConnectionException(
                RenderingConnectionReason.ProtocolVersionMismatch, $"The host does not speak '{context.SubProtocol}'.");
        }

        Channel<ChannelMessage> toHost = Channel.CreateUnbounded<ChannelMessage>();
        Channel<ChannelMessage> toDevice = Channel.CreateUnbounded<ChannelMessage>();
        _accept(context, toHost.Reader, toDevice.Writer);
        return Task.FromResult<RenderingTransportLink>(new ChannelLink(toDevice.Reader, toHost.Writer, context.MaxMessageBytes));
    }
}
// end snippet
