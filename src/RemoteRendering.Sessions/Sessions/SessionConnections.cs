using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Runs;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Models.Connections;

namespace RemoteRendering.Sessions.Sessions;

/// <summary>Manages the connections of one session handle, one at a time.</summary>
internal sealed class SessionConnections
{
    private readonly ISessionHandle _session;
    private readonly SessionConnectionEnvironment _environment;
    private readonly ObserverQueue _observers;
    private readonly ConnectionController _controller;
    private readonly object _lock = new();
    private ConnectionRun? _newest;
    private RenderingConnection? _connection;
    private bool _disposed;

    public SessionConnections(ISessionHandle session)
    {
        _session = session;
        ILogger logger = session.Client.Logger.CreateLogger(typeof(RenderingConnection).FullName!);
        _environment = new SessionConnectionEnvironment(session, logger);
        _observers = new ObserverQueue(session, logger);
        _controller = new ConnectionController(session.Client.TimeProvider, _observers, logger);
        session.PropertiesObserved += OnPropertiesObserved;
    }

    public event EventHandler<ConnectionStatusChangedEventArgs>? StatusChanged
    {
        add => _observers.Add(value);
        remove => _observers.Remove(value);
    }

    public ConnectionStatus Status => _controller.Status;

    /// <summary>Gets the reason the newest connection ended; <see langword="null"/> when it has not ended, or there was none.</summary>
    public RenderingConnectionReason? End
        => Newest is { } run && _controller.GetNewest(run.Span) is { IsTerminal: true } last ? last.Reason : null;

    /// <summary>Gets the progress of the newest connect or reconnect.</summary>
    public RenderingConnectionProgress Progress => Newest?.Progress ?? RenderingConnectionProgress.None;

    /// <summary>Gets the connection while it is connected; otherwise <see langword="null"/>.</summary>
    public RenderingConnection? Connection
    {
        get
        {
            (IConnectionRun? run, ConnectionStatus status) = _controller.Current;
            return run is not null && status == ConnectionStatus.Connected ? Facade((ConnectionRun)run) : null;
        }
    }

    public async Task<RenderingConnection> ConnectAsync(RenderingConnectionOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_session.Status.IsTerminal)
        {
            throw SessionEnd.ToException(_session.Properties);
        }

        var run = new ConnectionRun(_controller, _environment, options);
        ConnectionTransition row;
        lock (_lock)
        {
            ThrowIfDisposed_NeedsLock();
            row = _controller.Begin(run);
            if (row.Verdict == ConnectionVerdict.Changed)
            {
                _newest = run;
                _connection = null;
            }
        }

        if (row.Verdict != ConnectionVerdict.Changed)
        {
            throw new RenderingConnectionException(
                row.Reason!.Value,
                row.Reason == RenderingConnectionReason.AlreadyConnected
                    ? $"Session '{_session.SessionUuid}' is already connected."
                    : $"Session '{_session.SessionUuid}' is already being connected.");
        }

        using CancellationTokenRegistration registration = cancellationToken.Register(
            static state => ((ConnectionRun)state!).Fire(ConnectionTrigger.ConnectCancelled), run);
        try
        {
            await run.Established.ConfigureAwait(false);
        }
        catch (RenderingConnectionException exception) when (exception.Reason == RenderingConnectionReason.Cancelled)
        {
            throw new OperationCanceledException("The connect was cancelled.", exception, cancellationToken);
        }

        return Facade(run);
    }

    /// <summary>Runs the callbacks that are due, on the calling thread.</summary>
    public void Pump() => _observers.Pump();

    public Task DisconnectAsync(CancellationToken cancellationToken)
        => Newest is { } run ? run.DisconnectAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Ends the connection because the session has ended.</summary>
    public async Task EndAsync(RenderingConnectionReason reason, CancellationToken cancellationToken)
    {
        if (Newest is { } run)
        {
            run.Fire(ConnectionTrigger.SessionEnded, new ConnectionCause(reason));
            await Abandonable.WaitAsync(run.Over, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task DisposeAsync()
    {
        lock (_lock)
        {
            _disposed = true;
        }

        _session.PropertiesObserved -= OnPropertiesObserved;
        await DisconnectAsync(CancellationToken.None).ConfigureAwait(false);
        if (Newest is { } run)
        {
            await run.FinishAsync().ConfigureAwait(false);
        }
    }

    private ConnectionRun? Newest
    {
        get
        {
            lock (_lock)
            {
                return _newest;
            }
        }
    }

    private RenderingConnection Facade(ConnectionRun run)
    {
        lock (_lock)
        {
            return ReferenceEquals(run, _newest) ? _connection ??= Make(run) : Make(run);
        }
    }

    private RenderingConnection Make(ConnectionRun run) => new(run, _controller, _observers);

    private void ThrowIfDisposed_NeedsLock()
    {
        if (_disposed)
        {
            throw new ObjectDisposedException("RenderingSession", $"The handle of session '{_session.SessionUuid}' has been disposed.");
        }
    }

    private void OnPropertiesObserved(RenderingSessionProperties properties)
    {
        if (properties.Status.IsTerminal && Newest is { } run)
        {
            run.Fire(ConnectionTrigger.SessionEnded, new ConnectionCause(SessionEnd.ToReason(properties.Status)));
        }
    }
}
