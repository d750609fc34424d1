using System.Buffers;
using System.Threading.Channels;
using RemoteRendering.Sessions.Connections.Runs;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Tests.Transports.Samples;

/// <summary>Stands for a host in the same process: passes what comes over channels on to a real one.</summary>
internal sealed class ChannelRelay(RenderingTransport host)
{
    private readonly BackgroundTasks _relays = new();

    public void Accept(RenderingTransportContext context, ChannelReader<ChannelMessage> fromDevice, ChannelWriter<ChannelMessage> toDevice)
        => _relays.Add(RelayAsync(context, fromDevice, toDevice));

    public Task WhenAll() => _relays.WhenAllAsync();

    private async Task RelayAsync(
        RenderingTransportContext context, ChannelReader<ChannelMessage> fromDevice, ChannelWriter<ChannelMessage> toDevice)
    {
        RenderingTransportLink link = await host.ConnectAsync(context);
        Task up = UpAsync(fromDevice, link);
        try
        {
            var buffer = new ArrayBufferWriter<byte>();
            RenderingMessageKind kind;
            do
            {
                buffer.ResetWrittenCount();
                kind = await link.ReceiveAsync(buffer);
                toDevice.TryWrite(new ChannelMessage(kind, buffer.WrittenSpan.ToArray(), link.CloseCode, link.CloseReason));
            }
            while (kind != RenderingMessageKind.Close);
            toDevice.TryComplete();
        }
        catch (Exception exception)
        {
            toDevice.TryComplete(exception);
        }

        await up;
    }

    private static async Task UpAsync(ChannelReader<ChannelMessage> fromDevice, RenderingTransportLink link)
    {
        try
        {
            await foreach (ChannelMessage message in fromDevice.ReadAllAsync())
            {
                if (message.Kind == RenderingMessageKind.Close)
                {
                    await link.CloseAsync(message.CloseCode ?? 1000, message.CloseReason);
                }
                else
                {
                    await link.SendAsync(message.Bytes, message.Kind);
                }
            }
        }
        catch (RenderingConnectionException)
        {
            // The host has gone; the other direction says so.
        }
        finally
        {
            link.Abort();
        }
    }
}
