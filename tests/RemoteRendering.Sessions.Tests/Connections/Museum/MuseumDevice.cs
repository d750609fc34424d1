using System.Collections.Concurrent;
using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Connections.Museum;

/// <summary>A device as its application sees it: a handle, what it was told, and a plug.</summary>
internal sealed class MuseumDevice : IAsyncDisposable
{
    public MuseumDevice(RenderingSession session, PluggableTransport transport)
    {
        Session = session;
        Transport = transport;
        session.ConnectionStatusChanged += (_, arguments) => Told.Enqueue(arguments.Change);
    }

    public RenderingSession Session { get; }

    public PluggableTransport Transport { get; }

    /// <summary>The last connection that was made.</summary>
    public RenderingConnection Connection { get; private set; } = null!;

    /// <summary>What the application's handler was told.</summary>
    public ConcurrentQueue<RenderingConnectionChange> Told { get; } = new();

    public async Task<RenderingConnection> ConnectAsync(
        RenderingConnectionOptions? options = null, CancellationToken cancellationToken = default)
        => Connection = await ConnectionHarness.Within(Session.ConnectAsync(options, cancellationToken));

    /// <summary>Connects without a second attempt, and is refused.</summary>
    public async Task<RenderingConnectionException> RefusedAsync()
        => await Assert.ThrowsAsync<RenderingConnectionException>(
            () => ConnectAsync(new RenderingConnectionOptions { InitialConnectPolicy = RenderingReconnectPolicy.Never }));

    /// <summary>Waits for the next change to a status after the one with a number.</summary>
    public async Task<RenderingConnectionChange> NextAsync(ConnectionStatus status, long after)
    {
        await foreach (RenderingConnectionChange change in Connection.GetChangesAsync(after, TestContext.Current.CancellationToken))
        {
            if (change.Status == status)
            {
                return change;
            }
        }

        throw new InvalidOperationException($"The connection ended without a change to {status}: {Connection.LastChange}");
    }

    public async Task<RenderingConnectionChange> WithinNextAsync(ConnectionStatus status, long after)
        => await ConnectionHarness.Within(NextAsync(status, after));

    public async ValueTask DisposeAsync()
    {
        // A host that hears nothing any more would be waited for, on a clock that stands still.
        using var now = new CancellationTokenSource();
        Task leaving = Session.DisconnectAsync(now.Token);
        await now.CancelAsync();
        await ((Task)leaving.ContinueWith(static _ => { }, TaskScheduler.Default)).ConfigureAwait(false);
        await Session.DisposeAsync();
    }
}
