using Azure;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Leases;
using RemoteRendering.Sessions.Models;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Sessions;

namespace RemoteRendering.Sessions;

/// <summary>
/// Represents a handle of one session. A client has one handle for each session id. Thread-safe. The session runs on the service and
/// outlives its handle, unless it was created with <see cref="RenderingSessionCreationOptions.StopOnDispose"/>.
/// </summary>
public partial class RenderingSession : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly LeaseClock _leaseClock = null!;
    private readonly LeaseTotal _leaseTotal = null!;
    private RenderingSessionProperties _properties = null!;
    private long _newestSent = long.MinValue;
    private Task? _disposal;
    private bool _stopOnDispose;
    private RequestFailedException? _forgottenBy;

    internal RenderingSession(RemoteRenderingClient client, string sessionId)
    {
        Client = client;
        SessionUuid = sessionId;
        _leaseClock = new LeaseClock(client.TimeProvider);
        _leaseTotal = new LeaseTotal(client.TimeProvider);
        _properties = new RenderingSessionProperties(sessionId, RenderingSessionStatus.Unknown, default);
    }

    /// <summary>Creates a handle, for test doubles that derive from this class.</summary>
    protected RenderingSession()
    {
    }

    /// <summary>Gets the id of the session. It is a UUID only if the service or the client generated it.</summary>
    public virtual string SessionUuid { get; } = string.Empty;

    /// <summary>Gets the client that created this handle.</summary>
    public virtual RemoteRenderingClient Client { get; } = null!;

    /// <summary>
    /// Gets the newest properties that any call of this handle received from the service. The value is monotonic: a stale response never
    /// shortens the lease or undoes a terminal status. A lease that the service accepted and did not apply is taken back when later reads
    /// show the shorter one; see <see cref="RenderingSessionLease.IsInDoubt"/>.
    /// </summary>
    public virtual RenderingSessionProperties Properties => Volatile.Read(ref _properties);

    /// <summary>Gets the newest status received from the service.</summary>
    public virtual RenderingSessionStatus Status => Properties.Status;

    /// <summary>Gets the present state of the lease.</summary>
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

    /// <summary>Reads the session from the service.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The properties of the session after the answer was applied.</returns>
    /// <exception cref="RequestFailedException">
    /// The service refused (404: no such session; 429: throttled) or gave no answer (status 0). The properties stay as they were; after a
    /// 404 for a session that was read before, the status is
    /// <see cref="RenderingSessionStatus.Forgotten"/>.
    /// </exception>
    public virtual Task<RenderingSessionProperties> GetPropertiesAsync(CancellationToken cancellationToken = default)
        => RefreshAsync(cancellationToken);

    /// <summary>
    /// Stops the session and ends its connection. The call is valid in every state. Stopping a session that has ended, or that the service
    /// no longer finds, succeeds.
    /// </summary>
    /// <remarks>
    /// For 10 seconds after its create, a part of the service may not find a session that was not read yet. In that time a 404 does not end
    /// the session: the stop is repeated, and then its outcome is unknown.
    /// </remarks>
    /// <param name="cancellationToken">Cancels the call. The session may have been stopped nevertheless.</param>
    /// <returns>A task that completes when the service has stopped the session and the connection, if there was one, has ended.</returns>
    /// <exception cref="RequestFailedException">The service refused (401, 403) or gave no answer (status 0).</exception>
    /// <exception cref="RenderingOutcomeUnknownException">
    /// No answer arrived, or one that did not come from the service, and a read of the session did not show that it has ended; or the
    /// service did not find the session during the first 10 seconds after its create.
    /// </exception>
    /// <example>
    /// <code>
    /// await session.StopAsync();
    /// Console.WriteLine(session.Status);
    /// </code>
    /// </example>
    public virtual async Task StopAsync(CancellationToken cancellationToken = default)
    {
        Moment sent = Moment.Now(Client.TimeProvider);
        try
        {
            Response answer = await Client.StopSessionAsync(SessionUuid, cancellationToken).ConfigureAwait(false);
            if (answer.Status == 204)
            {
                // Any other answer describes the session, and the client has applied it to this handle.
                ObserveStopped();
            }
        }
        catch (RequestFailedException exception) when (ServiceFailure.IsSessionUnknown(exception))
        {
            ObserveForgotten(exception, sent);
        }

        await EndConnectionAsync(RenderingConnectionReason.SessionStopped, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Disposes the handle: disconnects, and stops the session if it was created with
    /// <see cref="RenderingSessionCreationOptions.StopOnDispose"/>. Idempotent. Failures of the service are logged, not thrown.
    /// </summary>
    /// <remarks>
    /// A client has one handle for each session, so components that create or open the same session share it, and the first dispose applies
    /// to all of them. References are not counted: disposing is idempotent, so a count could not tell a second dispose by one component
    /// from the first by another. Only the owner of the session should dispose the handle.
    /// </remarks>
    /// <returns>
    /// A task that completes when the connection, the renewal and the stop have ended. The stop does not wait for the disconnect, and calls
    /// of a transport that do not return are given up after 1 second. Watches and waits of the handle continue until their callers end
    /// them.
    /// </returns>
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
        => (await LookAsync(Client.GetSessionPropertiesAsync, cancellationToken).ConfigureAwait(false)).Value;

    /// <summary>
    /// Makes the dispose of the handle stop the session, because one of the calls that created it with this client set StopOnDispose.
    /// </summary>
    internal void StopWhenDisposed() => Volatile.Write(ref _stopOnDispose, true);

    /// <summary>Applies an answer of the service.</summary>
    /// <param name="heard">The properties in the answer.</param>
    /// <param name="sent">The moment the request was sent.</param>
    /// <param name="received">The moment the answer arrived.</param>
    /// <param name="asked">The requested lease, if this is the answer to an update.</param>
    internal RenderingSessionProperties Observe(RenderingSessionProperties heard, Moment sent, Moment received, TimeSpan? asked = null)
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

    /// <summary>
    /// Applies the proof that the service does not have the session, see <see cref="ServiceFailure.IsSessionUnknown"/>.
    /// </summary>
    internal void ObserveForgotten(RequestFailedException failure, Moment sent)
    {
        RenderingSessionProperties known;
        lock (_gate)
        {
            known = _properties;
            if (known.Status.IsTerminal || sent.Timestamp < _newestSent)
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
            // The lease of a session that has ended cannot be in doubt.
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

    /// <summary>Notifies all listeners. An exception from one is logged and does not reach the caller or the other listeners.</summary>
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

        // The stop of a session that is billed does not wait for a host or a transport that does not answer.
        Task disconnecting = TryPartOfDisposeAsync(DisconnectOnDisposeAsync);
        await TryPartOfDisposeAsync(StopOnDisposeAsync).ConfigureAwait(false);
        await disconnecting.ConfigureAwait(false);
        await TryPartOfDisposeAsync(EndRenewalForConnectionAsync).ConfigureAwait(false);
    }

    private async Task StopOnDisposeAsync()
    {
        await (_abandonedStop ?? Task.CompletedTask).ConfigureAwait(false);
        if (_stopOnDispose && !Status.IsTerminal)
        {
            await StopQuietlyAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Runs one step of the dispose; a failure is logged and does not prevent the others.</summary>
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
