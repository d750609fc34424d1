using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Azure;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Observation;
using RemoteRendering.Sessions.Pipeline;

namespace RemoteRendering.Sessions;

/// <content>Watching.</content>
public partial class RenderingSession
{
    private readonly List<SessionSubscription> _subscriptions = [];
    private ObservedSession? _observed;
    private Moment? _created;
    private TimeSpan _startingAt;

    /// <summary>
    /// Watches the session until it ends. The stream starts with the present state and continues with each change, in order and once,
    /// including changes that other calls of this client observe. All watches of a client share one polling loop.
    /// </summary>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <returns>
    /// The changes. The last one has an <see cref="RenderingSessionChange.EndReason"/>, which is
    /// <see cref="RenderingSessionEndReason.Forgotten"/> when the service no longer finds the session. Transient failures of the service
    /// are retried.
    /// </returns>
    /// <exception cref="RequestFailedException">
    /// Thrown by the enumeration: the service refused (401, 403), or does not find a session that was created and never read (404).
    /// </exception>
    /// <example>
    /// <code>
    /// await foreach (RenderingSessionChange change in session.WatchAsync())
    /// {
    ///     Console.WriteLine($"{change.Kinds}: {change.Current.Status}, lease {change.Current.MaxLeaseTime}");
    /// }
    /// </code>
    /// </example>
    public virtual async IAsyncEnumerable<RenderingSessionChange> WatchAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SessionSubscription subscription = Subscribe(untilReadyOnly: false);
        try
        {
            while (true)
            {
                SessionLook look = await subscription.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (look.IsFinal)
                {
                    ExceptionDispatchInfo.Capture(look.Failure!).Throw();
                }

                if (look.Change is { } change)
                {
                    yield return change;
                    if (change.EndReason is not null)
                    {
                        yield break;
                    }
                }
            }
        }
        finally
        {
            await UnsubscribeAsync(subscription, untilReadyOnly: false).ConfigureAwait(false);
        }
    }

    /// <summary>Gets the time since this client created the session, while it is starting; null when another client created it.</summary>
    internal TimeSpan? Age
    {
        get
        {
            lock (_gate)
            {
                return _created is { } created ? Client.TimeProvider.GetElapsedTime(created.Timestamp) : null;
            }
        }
    }

    /// <summary>Records that this client has just created the session.</summary>
    internal void RecordCreated(Moment sent)
    {
        lock (_gate)
        {
            _created = sent;
        }
    }

    /// <summary>Reads the session with a request that is sent once, for loops with a retry schedule of their own.</summary>
    internal async Task<RenderingSessionProperties> RefreshOnceAsync(CancellationToken cancellationToken)
        => (await LookOnceAsync(cancellationToken).ConfigureAwait(false)).Value;

    /// <summary>Reads the session with a request that is sent once, for loops with a retry schedule of their own.</summary>
    internal Task<Response<RenderingSessionProperties>> LookOnceAsync(CancellationToken cancellationToken)
        => LookAsync(Client.ReadOnceAsync, cancellationToken);

    private async Task<Response<RenderingSessionProperties>> LookAsync(
        Func<string, CancellationToken, Task<Response<RenderingSessionProperties>>> read, CancellationToken cancellationToken)
    {
        Moment sent = Moment.Now(Client.TimeProvider);
        try
        {
            Response<RenderingSessionProperties> answer = await read(SessionUuid, cancellationToken).ConfigureAwait(false);
            return Response.FromValue(Observe(answer.Value, sent, Moment.Now(Client.TimeProvider)), answer.GetRawResponse());
        }
        catch (RequestFailedException exception) when (ServiceFailure.IsSessionUnknown(exception))
        {
            ObserveForgotten(exception, sent);
            throw;
        }
    }

    internal void ReportFailure(Exception failure, bool isFinal)
    {
        lock (_gate)
        {
            _subscriptions.ForEach(subscription => subscription.Fail(failure, isFinal));
        }
    }

    private SessionSubscription Subscribe(bool untilReadyOnly)
    {
        var subscription = new SessionSubscription();
        ObservedSession observed;
        lock (_gate)
        {
            subscription.Write_NeedsLock(
                SessionDifference.Between(null, _properties), null, _properties, Client.Observer.Stops.Contains(SessionUuid));
            _subscriptions.Add(subscription);
            observed = _observed ??= new ObservedSession(this);
        }

        Client.Observer.Watch(observed, untilReadyOnly);
        return subscription;
    }

    private Task UnsubscribeAsync(SessionSubscription subscription, bool untilReadyOnly)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
        }

        return Client.Observer.UnwatchAsync(_observed!, untilReadyOnly);
    }

    /// <summary>Publishes a change to the watches, and records the boot time of the host.</summary>
    private (TimeSpan AtLeast, TimeSpan AtMost)? Publish_NeedsLock(
        RenderingSessionProperties before, RenderingSessionProperties now, Moment sent, Moment received)
    {
        (TimeSpan AtLeast, TimeSpan AtMost)? boot = null;
        if (_created is { } created)
        {
            TimeProvider time = Client.TimeProvider;
            if (now.Status == RenderingSessionStatus.Starting)
            {
                _startingAt = time.GetElapsedTime(created.Timestamp, sent.Timestamp);
            }
            else if (before.Status == RenderingSessionStatus.Starting)
            {
                if (now.Status == RenderingSessionStatus.Ready)
                {
                    boot = (_startingAt, time.GetElapsedTime(created.Timestamp, received.Timestamp));
                }

                _created = null;
            }
        }

        if (_subscriptions.Count > 0)
        {
            RenderingSessionChangeKinds kinds = SessionDifference.Between(before, now);
            bool stoppedHere = Client.Observer.Stops.Contains(SessionUuid);
            _subscriptions.ForEach(subscription => subscription.Write_NeedsLock(kinds, before, now, stoppedHere));
        }

        return boot;
    }
}
