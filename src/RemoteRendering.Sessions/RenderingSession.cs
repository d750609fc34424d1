using Azure;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Leases;
using RemoteRendering.Sessions.Models;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Sessions;

namespace RemoteRendering.Sessions;

/// <summary>
/// A handle: this process's view of one session. A client gives out one for each id. Thread-safe. The session lives on the service and outlives its handle,
/// unless the handle was made with <see cref="RenderingSessionCreationOptions.StopOnDispose"/>.
/// </summary>
public partial class RenderingSession : IAsyncDisposable
{
    /// <summary>How long after a create a part of the service may not know the session yet.</summary>
    private static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly LeaseClock _leaseClock = null!;
    private readonly LeaseTotal _leaseTotal = null!;
    private RenderingSessionProperties _properties = null!;
    private long _newestSent = long.MinValue;
    private Task? _disposal;
    private bool _stopOnDispose;
    private bool _wasRead;
    private Moment? _firstHeard;
    private RequestFailedException? _forgottenBy;

    internal RenderingSession(RemoteRenderingClient client, string sessionId)
    {
        Client = client;
        SessionUuid = sessionId;
        _leaseClock = new LeaseClock(client.TimeProvider);
        _leaseTotal = new LeaseTotal(client.TimeProvider);
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
    /// Gets what the service last said about the session, in any call of this handle. An answer that is older than what is known, or stale, neither lowers the lease nor undoes an end. A lease that the
    /// service accepted and did not apply is taken back when later reads show it; see <see cref="RenderingSessionLease.IsInDoubt"/>.
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
                return _leaseClock.Read(_properties.Status, _leaseTotal);
            }
        }
    }

    /// <summary>Asks the service about the session.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What is known now, with the answer taken in.</returns>
    /// <exception cref="RequestFailedException">
    /// The service refused (404: no such session; 429: throttled) or gave no answer (status 0). The handle keeps what it knew; after a 404 for a session that was read before its status is
    /// <see cref="RenderingSessionStatus.Forgotten"/>.
    /// </exception>
    public virtual Task<RenderingSessionProperties> GetPropertiesAsync(CancellationToken cancellationToken = default) => RefreshAsync(cancellationToken);

    /// <summary>Stops the session and cuts its connection. Legal in every state; stopping what has ended, or what the service does not know any more, is a success.</summary>
    /// <param name="cancellationToken">Cancels the call; the session may have been stopped all the same.</param>
    /// <returns>A task that completes when the service has stopped the session and the connection, if there was one, has ended.</returns>
    /// <exception cref="RequestFailedException">The service refused (401, 403) or gave no answer (status 0).</exception>
    /// <exception cref="RenderingOutcomeUnknownException">
    /// No answer came, or one that is not the service's, and reading the session back did not show that it has ended.
    /// </exception>
    public virtual async Task StopAsync(CancellationToken cancellationToken = default)
    {
#if SABOTAGE
        if (Status == RenderingSessionStatus.Starting && Sabotage.Breaks("M19"))
        {
            return;
        }
#endif

        Moment sent = Moment.Now(Client.TimeProvider);
        try
        {
            Response answer = await Client.StopSessionAsync(SessionUuid, cancellationToken).ConfigureAwait(false);
            if (answer.Status == 204)
            {
                // Any other answer describes the session, and the client has given it to this handle.
                ObserveStopped();
            }
        }
        catch (RequestFailedException exception) when (ServiceFailure.IsSessionUnknown(exception))
        {
            ObserveForgotten(exception, sent);
        }

        await EndConnectionAsync(RenderingConnectionReason.SessionStopped, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets the handle go: disconnects, and stops the session if the handle was made so. Never throws for what the service says; idempotent.</summary>
    /// <remarks>
    /// A client has one handle for each session, so components that create or open the same session share it, and the first dispose counts for all of them. Handles are not counted: disposing twice does
    /// no more than disposing once, so a count could not tell a second dispose of one component from the first of another. Let the owner of the session dispose the handle, and let the others drop it.
    /// </remarks>
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

    internal async Task<RenderingSessionProperties> RefreshAsync(CancellationToken cancellationToken) => (await LookAsync(Client.GetSessionPropertiesAsync, cancellationToken).ConfigureAwait(false)).Value;

    /// <summary>Disposing the handle stops the session: one of those who created it with this client wants it so.</summary>
    internal void StopWhenDisposed() => Volatile.Write(ref _stopOnDispose, true);

    /// <summary>Takes in an answer of the service.</summary>
    /// <param name="heard">What it says.</param>
    /// <param name="sent">When the request was sent.</param>
    /// <param name="received">When the answer had arrived.</param>
    /// <param name="asked">The lease that the service was asked for, when it is the answer to an update.</param>
    /// <param name="isRead">Whether it is an answer that shows that the service knows the session, apart from the one that created it.</param>
    internal RenderingSessionProperties Observe(RenderingSessionProperties heard, Moment sent, Moment received, TimeSpan? asked = null, bool isRead = true)
    {
        RenderingSessionProperties known;
        RenderingSessionProperties merged;
        (TimeSpan AtLeast, TimeSpan AtMost)? boot;
        lock (_gate)
        {
            known = _properties;
            bool isNewer = sent.Timestamp >= _newestSent;
            bool isStale = SessionMerge.IsStale(known, heard, isNewer);
            merged = SessionMerge.Merge(known, heard, isNewer);
            _newestSent = Math.Max(_newestSent, sent.Timestamp);
            _firstHeard ??= received;
            _wasRead |= isRead;
            ObserveLease_NeedsLock(heard, sent, received, asked, isStale);
            merged = merged.WithLease(_leaseTotal.Said);
            if (!ReferenceEquals(merged, known))
            {
                if (heard.Status == merged.Status)
                {
                    _leaseClock.Observe(heard, sent, received);
                }

                Volatile.Write(ref _properties, merged);
            }

            boot = Publish_NeedsLock(known, merged, sent, received);
        }

        Client.OnObserved(known, merged, sent, boot);
        TellObserved(merged);
        return merged;
    }

    /// <summary>The service has answered that it does not know the session. That is an end, if it was read before: right after a create the answer may come from a part of the service that is behind.</summary>
    internal void ObserveForgotten(RequestFailedException failure, Moment sent)
    {
        RenderingSessionProperties known;
        lock (_gate)
        {
            known = _properties;
            bool isKnown = _wasRead || (_firstHeard is { } heard && Client.TimeProvider.GetElapsedTime(heard.Timestamp, sent.Timestamp) > LongestLag);
            if (!isKnown || known.Status.IsTerminal || sent.Timestamp < _newestSent)
            {
                return;
            }

            _forgottenBy = failure;
        }

        Observe(known.Ended(RenderingSessionStatus.Forgotten), sent, Moment.Now(Client.TimeProvider));
    }

    private void ObserveLease_NeedsLock(RenderingSessionProperties heard, Moment sent, Moment received, TimeSpan? asked, bool isStale)
    {
        if (heard.Status.IsTerminal)
        {
            // What is over has no lease to be in doubt about.
            return;
        }

        if (asked is { } total)
        {
            _leaseTotal.ObserveUpdate(total, heard.MaxLeaseTime, sent, received);
        }
        else
        {
            _leaseTotal.Observe(heard.MaxLeaseTime, sent, received, isStale);
        }
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
                SessionLog.ListenerFailed(Client.SessionLogger, SessionUuid, exception);
            }
        }
    }

    private void ObserveStopped()
    {
        Moment now = Moment.Now(Client.TimeProvider);
        RenderingSessionProperties known = Properties;
        if (!known.Status.IsTerminal)
        {
            Observe(known.Ended(RenderingSessionStatus.Stopped), now, now);
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
            SessionLog.DisposeFailed(Client.SessionLogger, SessionUuid, exception);
        }
    }
}
