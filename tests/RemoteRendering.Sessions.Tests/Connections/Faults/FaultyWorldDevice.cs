using System.Collections.Concurrent;
using RemoteRendering.Sessions.Models.Connections;
using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Connections.Faults;

/// <summary>
/// A device in a <see cref="FaultyWorld"/> and what its user wants, with the promises that hold whatever happens to the wire.
/// </summary>
internal sealed class FaultyWorldDevice(RemoteRenderingClient client)
{
    /// <summary>As many as a user would have under way, and not so many that the connection refuses them.</summary>
    private const int MaxRequests = 200;

    private readonly List<(RenderingSession Session, ConcurrentQueue<RenderingConnectionChange> Changes)> _sessions = [];
    private readonly List<RenderingConnection> _connections = [];
    private readonly List<Task> _wishes = [];
    private int _numbers;

    public RenderingSession Session => _sessions[^1].Session;

    /// <summary>Gets whether the last change of every session has been raised: callbacks run in their own time.</summary>
    public bool HasHeardAll
        => _sessions.TrueForAll(
            static session => session.Changes.IsEmpty || session.Changes.Last().Status == ConnectionStatus.Disconnected);

    public IEnumerable<Task> Ends => _connections.Select(static connection => (Task)connection.Completion).Concat(_wishes);

    /// <summary>Gets how often a connection came back after a drop.</summary>
    public int ResumeCount
        => _sessions.Sum(static session =>
            session.Changes.Count(
                static change => change is { OldStatus: ConnectionStatus.Reconnecting, Status: ConnectionStatus.Connected }));

    public int ConnectionCount => _connections.Count;

    public int AnswerCount { get; private set; }

    /// <summary>Gets whether every wish has been granted or refused and the connection neither begins nor is being repaired.</summary>
    public bool IsSettled
        => Session.ConnectionStatus is ConnectionStatus.Connected or ConnectionStatus.Disconnected
            && _wishes.TrueForAll(static wish => wish.IsCompleted);

    public async Task OpenAsync(string sessionId)
    {
        RenderingSession session = await client.OpenRenderingSessionAsync(sessionId);
        var changes = new ConcurrentQueue<RenderingConnectionChange>();
        session.ConnectionStatusChanged += (_, arguments) => changes.Enqueue(arguments.Change);
        _sessions.Add((session, changes));
    }

    public void Connect(bool takeOver, CancellationToken cancellationToken = default)
    {
        var options = new RenderingConnectionOptions { ReconnectPolicy = new ExponentialReconnectPolicy(new Random(_numbers)) };
        if (takeOver)
        {
            options.BindPolicy = RenderingBindPolicy.TakeOver;
            options.DrainTime = TimeSpan.FromSeconds(_numbers % 4);
        }

        Add(WishAsync(Session.ConnectAsync(options, cancellationToken), cancellationToken));

        async Task WishAsync(Task<RenderingConnection> connecting, CancellationToken token)
        {
            try
            {
                RenderingConnection connection = await connecting;
                lock (_connections)
                {
                    _connections.Add(connection);
                }
            }
            catch (RenderingConnectionException)
            {
                // Refused, not reached, or connected already: the user asks again, or does not.
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                // As asked for.
            }
        }
    }

    public void Disconnect(CancellationToken cancellationToken)
    {
        Add(WishAsync(Session.DisconnectAsync(cancellationToken), cancellationToken));

        static async Task WishAsync(Task disconnecting, CancellationToken token)
        {
            try
            {
                await disconnecting;
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                // As asked for.
            }
        }
    }

    public void ReconnectNow() => Session.Connection?.ReconnectNow();

    public void Ask(CancellationToken cancellationToken)
    {
        _wishes.RemoveAll(static wish => wish.IsCompletedSuccessfully);
        if (_connections.LastOrDefault() is not { } connection || _wishes.Count >= MaxRequests)
        {
            return;
        }

        int number = ++_numbers;
        Add(WishAsync(connection, number, cancellationToken));

        async Task WishAsync(RenderingConnection connection, int number, CancellationToken token)
        {
            try
            {
                int answer = await connection.InvokeAsync(
                    "echo", number, static (writer, value)
                        => writer.WriteNumberValue(value), static (ref reader) => reader.GetInt32(), token);
                Assert.Equal(number, answer);
                lock (_connections)
                {
                    AnswerCount++;
                }
            }
            catch (RenderingConnectionException exception)
            {
                // The connection has ended, or the host gave up the binding; nothing else is an excuse.
                Assert.True(
                    connection.LastChange.IsTerminal || exception.Reason == RenderingConnectionReason.SceneLost,
                    $"Request {number} failed on a living connection: {exception.Message}");
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                // As asked for.
            }
        }
    }

    public async Task LeaveAsync()
    {
        foreach ((RenderingSession session, _) in _sessions)
        {
            await session.DisposeAsync();
        }
    }

    /// <summary>Checks what was observed, once everything has ended.</summary>
    public async Task CheckAsync()
    {
        foreach (Task wish in _wishes)
        {
            await wish;
        }

        foreach ((RenderingSession session, ConcurrentQueue<RenderingConnectionChange> changes) in _sessions)
        {
            ConnectionStatus status = ConnectionStatus.Disconnected;
            long number = 0;
            foreach (RenderingConnectionChange change in changes)
            {
                Assert.Equal((++number, status), (change.Number, change.OldStatus));
                Assert.Equal(change.EndsIn is not null, change.Status == change.OldStatus);
                status = change.Status;
            }

            Assert.Equal(ConnectionStatus.Disconnected, status);
            Assert.Equal(ConnectionStatus.Disconnected, session.ConnectionStatus);
            Assert.False(session.IsConnected);
            Assert.Null(session.Connection);
        }

        foreach (RenderingConnection connection in _connections)
        {
            RenderingConnectionEnd end = await connection.Completion;
            Assert.True(end.Change.IsTerminal);
            Assert.Equal(end.Change, connection.LastChange);

            // It is cancelled where callbacks run, which may be a moment after the end has been told; not for what the application itself
            // has ended.
            bool isLost = !ConnectionReasons.IsRequested(end.Reason)
                && !(end.Reason == RenderingConnectionReason.SessionStopped && client.Observer.Stops.Contains(connection.SessionId));
            await ConnectionHarness.UntilAsync(() => connection.Lost.IsCancellationRequested == isLost);
        }
    }

    private void Add(Task wish) => _wishes.Add(wish);
}
