namespace RemoteRendering.Sessions;

/// <summary>
/// A handle: this process's view of one session. A client gives out one for each id. Thread-safe. The session lives on the service and outlives its handle,
/// unless the handle was made with <see cref="RenderingSessionCreationOptions.StopOnDispose"/>.
/// </summary>
public partial class RenderingSession : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly LeaseClock _leaseClock = null!;
    private readonly bool _stopOnDispose;
    private RenderingSessionProperties _properties = null!;
    private long _newestSent = long.MinValue;
    private Task? _disposal;

    internal RenderingSession(RemoteRenderingClient client, string sessionId, bool stopOnDispose)
    {
        Client = client;
        SessionUuid = sessionId;
        _stopOnDispose = stopOnDispose;
        _leaseClock = new LeaseClock(client.TimeProvider);
        _properties = new RenderingSessionProperties(sessionId, RenderingSessionStatus.Unknown, default);
    }

    /// <summary>Creates a handle for a test double to derive from.</summary>
    protected RenderingSession()
    {
    }

    /// <summary>Gets the id of the session. A UUID only where the service or the client made one up.</summary>
    public virtual string SessionUuid { get; } = string.Empty;

    /// <summary>Gets the client that made this handle.</summary>
    public virtual RemoteRenderingClient Client { get; } = null!;

    /// <summary>
    /// Gets what was last heard about the session, from any call of this handle. Never goes back: an answer that is older than what is known, or stale, does not lower the lease
    /// or undo an end.
    /// </summary>
    public virtual RenderingSessionProperties Properties => Volatile.Read(ref _properties);

    /// <summary>Gets the status last heard.</summary>
    public virtual RenderingSessionStatus Status => Properties.Status;

    /// <summary>Gets what is known about the lease now.</summary>
    public virtual RenderingSessionLease Lease
    {
        get
        {
            lock (_gate)
            {
                return _leaseClock.Read(_properties.Status, _properties.MaxLeaseTime);
            }
        }
    }

    /// <summary>Asks the service about the session.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What is known now, with the answer taken in.</returns>
    /// <exception cref="Azure.RequestFailedException">The service refused (404: no such session; 429: throttled) or gave no answer (status 0). The handle keeps what it knew.</exception>
    public virtual Task<RenderingSessionProperties> GetPropertiesAsync(CancellationToken cancellationToken = default) => RefreshAsync(cancellationToken);

    /// <summary>Stops the session and cuts its connection. Legal in every state; stopping twice is a success.</summary>
    /// <param name="cancellationToken">Cancels the call; the session may have been stopped all the same.</param>
    /// <returns>A task that completes when the service has stopped the session and the connection, if there was one, has ended.</returns>
    /// <exception cref="Azure.RequestFailedException">The service refused (404: no such session) or gave no answer (status 0).</exception>
    /// <exception cref="RenderingOutcomeUnknownException">No answer came, and reading the session back did not settle whether it is stopped.</exception>
    public virtual async Task StopAsync(CancellationToken cancellationToken = default)
    {
#if SABOTAGE
        if (Status == RenderingSessionStatus.Starting && Sabotage.Breaks("M19"))
        {
            return;
        }
#endif

        await Client.StopSessionAsync(SessionUuid, cancellationToken).ConfigureAwait(false);
        ObserveStopped();
        await EndConnectionAsync(RenderingConnectionReason.SessionStopped, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets the handle go: disconnects, and stops the session if the handle was made so. Never throws for what the service says; idempotent.</summary>
    /// <returns>A task that completes when the connection, the renewal and the stop have ended. Watches and waits of the handle go on until they are left.</returns>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        lock (_gate)
        {
            return new ValueTask(_disposal ??= BackgroundWork.StartForCaller(DisposeOnceAsync));
        }
    }

    internal event Action<RenderingSessionProperties>? PropertiesObserved;

    internal async Task<RenderingSessionProperties> RefreshAsync(CancellationToken cancellationToken)
    {
        Moment sent = Moment.Now(Client.TimeProvider);
        Azure.Response<RenderingSessionProperties> answer = await Client.GetSessionPropertiesAsync(SessionUuid, cancellationToken).ConfigureAwait(false);
        return Observe(answer.Value, sent, Moment.Now(Client.TimeProvider));
    }

    /// <summary>Takes in what the service said, so that the handle's view never goes back.</summary>
    internal RenderingSessionProperties Observe(RenderingSessionProperties heard, Moment sent, Moment received)
    {
        RenderingSessionProperties merged;
        lock (_gate)
        {
            RenderingSessionProperties known = _properties;
            merged = SessionMerge.Merge(known, heard, isNewer: sent.Timestamp >= _newestSent);
            _newestSent = Math.Max(_newestSent, sent.Timestamp);
            if (!ReferenceEquals(merged, known))
            {
                if (heard.Status == merged.Status)
                {
                    _leaseClock.Observe(heard, sent, received);
                }

                Volatile.Write(ref _properties, merged);
            }

            Publish_NeedsLock(known, merged, sent, received);
        }

        Client.Observer.Account.Hear(merged, sent.Timestamp);
        TellObserved(merged);
        return merged;
    }

    /// <summary>Tells everybody who listens. What goes wrong with one of them is not the fault of whoever reads the session, and no other's loss.</summary>
    private void TellObserved(RenderingSessionProperties properties)
    {
        foreach (Delegate listener in PropertiesObserved?.GetInvocationList() ?? [])
        {
            try
            {
                ((Action<RenderingSessionProperties>)listener)(properties);
            }
            catch (Exception exception)
            {
                LogListenerFailed(Client.Logger.CreateLogger(typeof(RenderingSession).FullName!), SessionUuid, exception);
            }
        }
    }

    private void ObserveStopped()
    {
        Moment now = Moment.Now(Client.TimeProvider);
        RenderingSessionProperties known = Properties;
        if (!known.Status.IsTerminal)
        {
            RenderingSessionProperties stopped = known.Clone();
            stopped.Status = RenderingSessionStatus.Stopped;
            stopped.Hostname = null;
            stopped.HandshakePort = null;
            stopped.ArrInspectorPort = null;
            Observe(stopped, now, now);
        }
    }

    private async Task DisposeOnceAsync()
    {
        Client.Handles.Remove(this);
        await TryPartOfDisposeAsync(StopRenewalAsync).ConfigureAwait(false);
        await TryPartOfDisposeAsync(() => _abandonedStop ?? Task.CompletedTask).ConfigureAwait(false);
        await TryPartOfDisposeAsync(DisconnectOnDisposeAsync).ConfigureAwait(false);
        await TryPartOfDisposeAsync(EndRenewalForConnectionAsync).ConfigureAwait(false);
        if (_stopOnDispose && !Status.IsTerminal)
        {
            await StopQuietlyAsync().ConfigureAwait(false);
        }
    }

    /// <summary>What fails in one part is no reason to leave the others undone.</summary>
    private async Task TryPartOfDisposeAsync(Func<Task> part)
    {
        try
        {
            await part().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogDisposeFailed(Client.Logger.CreateLogger(typeof(RenderingSession).FullName!), SessionUuid, exception);
        }
    }

    [Microsoft.Extensions.Logging.LoggerMessage(
        EventId = 3, EventName = "SessionListenerFailed", Level = Microsoft.Extensions.Logging.LogLevel.Error,
        Message = "What was heard of session {SessionId} could not be taken in by all who listen.")]
    private static partial void LogListenerFailed(Microsoft.Extensions.Logging.ILogger logger, string sessionId, Exception exception);

    [Microsoft.Extensions.Logging.LoggerMessage(
        EventId = 2, EventName = "StopOnDisposeFailed", Level = Microsoft.Extensions.Logging.LogLevel.Error,
        Message = "Session {SessionId} could not be stopped when its handle was disposed; it runs, and costs, until its lease ends.")]
    private static partial void LogStopOnDisposeFailed(Microsoft.Extensions.Logging.ILogger logger, string sessionId, Exception exception);

    [Microsoft.Extensions.Logging.LoggerMessage(
        EventId = 4, EventName = "DisposeFailed", Level = Microsoft.Extensions.Logging.LogLevel.Error,
        Message = "A part of the disposal of the handle of session {SessionId} failed; the others were done.")]
    private static partial void LogDisposeFailed(Microsoft.Extensions.Logging.ILogger logger, string sessionId, Exception exception);
}
