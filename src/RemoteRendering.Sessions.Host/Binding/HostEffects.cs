namespace RemoteRendering.Sessions.Host.Binding;

/// <summary>What a change of a session leads to outside of its lock: requests to cancel, links to close, answers to send.</summary>
internal sealed class HostEffects(RenderingHost host)
{
    /// <summary>How long the close of an older link may hold up the answer on the newer one.</summary>
    private static readonly TimeSpan CloseBound = TimeSpan.FromMilliseconds(250);

    private readonly List<HostRequest> _cancel = [];
    private readonly List<HostConnection> _flush = [];
    private readonly List<(HostConnection Older, HostConnection Newer)> _handOvers = [];

    public void Cancel(HostRequest request) => _cancel.Add(request);

    public void Flush(HostConnection connection) => _flush.Add(connection);

    /// <summary>Sends what waits on the newer link only once the older one has been closed.</summary>
    public void HandOver(HostConnection older, HostConnection newer)
    {
        newer.Outbox.Cork();
        _handOvers.Add((older, newer));
    }

    public async ValueTask RunAsync()
    {
        foreach (HostRequest request in _cancel)
        {
            request.Cancel();
        }

        foreach (HostConnection connection in _flush)
        {
            host.Background.Add(connection.Outbox.FlushAsync());
        }

        foreach ((HostConnection older, HostConnection newer) in _handOvers)
        {
            await WaitForCloseAsync(older).ConfigureAwait(false);
            newer.Outbox.Uncork();
            host.Background.Add(newer.Outbox.FlushAsync());
        }
    }

    private async ValueTask WaitForCloseAsync(HostConnection connection)
    {
        if (connection.Outbox.Ended.IsCompleted)
        {
            return;
        }

        try
        {
            await connection.Outbox.Ended.WaitAsync(CloseBound, host.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The older link takes no bytes: it counts as dead, and the device waits on the newer one.
            connection.Abort();
        }
    }
}
