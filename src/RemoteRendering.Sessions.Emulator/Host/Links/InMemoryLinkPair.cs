using System.Threading.Channels;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>
/// Two ends of a link without sockets. What one end sends the other receives, whole and in order; an abort at either end breaks both, and
/// what was not received yet is lost with it, as on a real connection.
/// </summary>
internal sealed class InMemoryLinkPair : IDisposable
{
    private readonly CancellationTokenSource _aborted = new();

    public InMemoryLinkPair()
    {
        Channel<HostMessage> toHost = NewChannel();
        Channel<HostMessage> toClient = NewChannel();
        Host = new InMemoryLinkEnd(this, toHost.Reader, toClient.Writer);
        Client = new InMemoryLinkEnd(this, toClient.Reader, toHost.Writer);
    }

    /// <summary>Gets the end that the host uses.</summary>
    public InMemoryLinkEnd Host { get; }

    /// <summary>Gets the end that the client uses.</summary>
    public InMemoryLinkEnd Client { get; }

    /// <summary>Gets the token that is cancelled when the link breaks.</summary>
    public CancellationToken Aborted => _aborted.Token;

    public void Abort() => _aborted.Cancel();

    /// <summary>Breaks the link. The token source holds nothing that needs more, and either end may still look at it.</summary>
    public void Dispose() => Abort();

    private static Channel<HostMessage> NewChannel() =>
        Channel.CreateUnbounded<HostMessage>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = false });
}
