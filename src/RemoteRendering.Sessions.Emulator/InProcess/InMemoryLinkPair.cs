using System.Threading.Channels;
using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator.InProcess;

/// <summary>
/// Two ends of a link without sockets. What one end sends the other receives, whole and in order; an abort at either end breaks both, and
/// what was not received yet is lost with it, as on a real connection.
/// </summary>
internal sealed class InMemoryLinkPair : IDisposable
{
    private readonly CancellationTokenSource _aborted = new();
    private int _closes;

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

    /// <summary>
    /// Breaks the link, unless both ends have closed it: then there is nothing left to break, and what is on its way arrives.
    /// </summary>
    public void Abort()
    {
        if (Volatile.Read(ref _closes) < 2)
        {
            _aborted.Cancel();
        }
    }

    /// <summary>Notes that one end has sent its close.</summary>
    public void OnClosed() => Interlocked.Increment(ref _closes);

    /// <summary>Breaks the link. The token source holds nothing that needs more, and either end may still look at it.</summary>
    public void Dispose() => Abort();

    private static Channel<HostMessage> NewChannel() =>
        Channel.CreateUnbounded<HostMessage>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = false });
}
