using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Leases;

namespace RemoteRendering.Sessions;

/// <summary>Extends the lease of one session, and reports in time when it is lost. Thread-safe.</summary>
/// <remarks>
/// Only one request is in flight at a time. After <see cref="Lost"/> is cancelled or <see cref="StopAsync"/> is called, no request is sent,
/// and pending answers have no effect. A separate timer watches the end of the lease, so that a request that hangs does not delay the
/// report.
/// </remarks>
public partial class RenderingLeaseRenewal : IAsyncDisposable
{
    /// <summary>The longest time <see cref="Completion"/> waits for callbacks: 5 seconds.</summary>
    private static readonly TimeSpan LongestCallback = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly IRenewableSession _session = null!;
    private readonly RenewalSchedule _schedule = null!;
    private readonly LossWatch _watch = null!;
    private readonly LeaseRenewalEvents _events = null!;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly WakeSignal _wake = null!;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly TaskCompletionSource<LeaseRenewalEndReason> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<LeaseRenewalEndReason> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _endTimer = null!;
    private readonly Task _loop = Task.CompletedTask;
    private bool _hasEnded;

    internal RenderingLeaseRenewal(
        IRenewableSession session, LeaseRenewalOptions options, TimeProvider time, ILogger logger, Func<double> random)
    {
        _session = session;
        _schedule = new RenewalSchedule(options);
        _watch = new LossWatch(_schedule, time);
        _random = random;
        _time = time;
        _logger = logger;
        _events = new LeaseRenewalEvents(this, logger);
        _wake = new WakeSignal(_time);
        _endTimer = BackgroundWork.CreateTimer(_time, static state => ((RenderingLeaseRenewal)state!).WatchEnd(), this);
        session.Observed += OnObserved;
        WatchEnd();
        _loop = BackgroundWork.Start(RunAsync);
    }

    /// <summary>Creates a renewal, for test doubles that derive from this class.</summary>
    protected RenderingLeaseRenewal()
    {
    }

    /// <summary>
    /// Occurs after each change, in order and one at a time, on a thread-pool thread. A handler may call any member and wait for it. An
    /// exception from a handler is logged.
    /// </summary>
    public virtual event EventHandler<LeaseRenewalEventArgs>? Changed
    {
        add => _events.Handlers += value;
        remove => _events.Handlers -= value;
    }

    /// <summary>Gets the id of the session.</summary>
    public virtual string SessionId => _session.SessionId;

    /// <summary>
    /// Gets a token that is cancelled at the moment from which the lease may have run out, or when the session has ended. It is not
    /// cancelled by <see cref="StopAsync"/>, nor when this client itself stops the session. Callbacks run on a thread-pool thread and may
    /// call any member and wait for it; their exceptions are logged.
    /// </summary>
    public virtual CancellationToken Lost => _lost.Token;

    /// <summary>
    /// Gets a task whose result is the reason the renewal ended. It completes when the callbacks of <see cref="Lost"/> and
    /// <see cref="Changed"/> have returned, at the latest 5 seconds after the end. It never fails.
    /// </summary>
    public virtual Task<LeaseRenewalEndReason> Completion => _completion.Task;

    /// <summary>
    /// Stops the renewal. The lease continues for the time that was granted. Idempotent, and allowed in a handler of <see cref="Changed"/>.
    /// </summary>
    /// <param name="cancellationToken">Cancels the wait for pending work. The renewal ends in either case.</param>
    /// <returns>A task that completes when no work of the renewal is pending.</returns>
    public virtual Task StopAsync(CancellationToken cancellationToken = default)
    {
        End(LeaseRenewalEndReason.Stopped);
        return Abandonable.WaitAsync(_loop, cancellationToken);
    }

    /// <summary>Stops the renewal, see <see cref="StopAsync"/>.</summary>
    /// <returns>A task that completes when no work of the renewal is pending.</returns>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return new ValueTask(StopAsync());
    }

    /// <summary>Gets a value indicating whether the renewal is idle until time passes or the session is read.</summary>
    internal bool IsResting => _wake.IsWaiting && _events.IsIdle;

    /// <summary>Gets a value indicating whether the renewal has ended; it is true before the end is reported.</summary>
    internal bool HasEnded => Volatile.Read(ref _hasEnded);

    /// <summary>Gets a task that completes when the renewal has ended, without waiting for callbacks.</summary>
    internal Task Ended => _ended.Task;

    private void OnObserved(RenderingSessionProperties properties)
    {
        if (properties.Status.IsTerminal)
        {
            EndWith(properties.Status);
            return;
        }

        WatchEnd();
        _wake.Set();
    }

    /// <summary>Reads the remaining time, and sets the timer to the end.</summary>
    /// <returns>The time until the lease is given up if nothing changes; null while it is unknown.</returns>
    private TimeSpan? WatchEnd()
    {
        bool isOver;
        TimeSpan? left;
        RenderingSessionLease lease = _session.Lease;
        lock (_gate)
        {
            if (_hasEnded)
            {
                return null;
            }

            NoteDoubt_NeedsLock(_watch.Look(lease, out left), lease);
            isOver = left <= TimeSpan.Zero;
            if (!isOver)
            {
                _endTimer.Change(
                    left is { } due && due > TimeSpan.Zero ? TimerLimit.Cut(due) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }

        if (isOver && _session.Status is { IsTerminal: true } status)
        {
            // The lease of a session that has ended is zero, which can be read here before its end is reported.
            EndWith(status);
        }
        else if (isOver)
        {
            End(LeaseRenewalEndReason.LeaseLost);
        }

        return left;
    }

    /// <summary>Reports a change, unless the last one has been reported.</summary>
    private void Tell(LeaseRenewalChangeKind change, RenderingSessionLease lease, Exception? exception = null)
    {
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            _events.Add(change, lease, exception);
        }
    }

    private void NoteDoubt_NeedsLock(LeaseRenewalChangeKind? change, RenderingSessionLease lease)
    {
        if (change is not { } news)
        {
            return;
        }

        _events.Add(news, lease);
        if (news == LeaseRenewalChangeKind.InDoubt)
        {
            _wake.Set();
        }
    }

    /// <summary>Ends the renewal if its session has ended. The end of the session is logged there.</summary>
    /// <returns><see langword="true"/> when it has.</returns>
    private bool EndsWithSession()
    {
        if (_session.Status is not { IsTerminal: true } status)
        {
            return false;
        }

        EndWith(status);
        return true;
    }

    private void EndWith(RenderingSessionStatus status)
        => End(
            status == RenderingSessionStatus.Expired ? LeaseRenewalEndReason.LeaseLost : LeaseRenewalEndReason.SessionEnded, isTold: true);

    /// <summary>Ends the renewal because its connection has ended.</summary>
    /// <param name="reason">The reason the connection ended.</param>
    /// <param name="isTold">Whether another log entry reports it: that of the end of the session.</param>
    internal void EndWithConnection(string reason, bool isTold) => End(LeaseRenewalEndReason.Stopped, isTold, reason);

    /// <summary>Ends the renewal.</summary>
    /// <param name="end">The reason.</param>
    /// <param name="isTold">Whether another log entry reports it.</param>
    /// <param name="ofConnection">The reason its connection ended, if the renewal ends with it.</param>
    private void End(LeaseRenewalEndReason end, bool isTold = false, string? ofConnection = null)
    {
        RenderingSessionLease lease = _session.Lease;

        // A session that the application itself stopped is not a loss.
        bool isLoss = end != LeaseRenewalEndReason.Stopped && !(end == LeaseRenewalEndReason.SessionEnded && _session.IsStoppedHere);
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            Volatile.Write(ref _hasEnded, true);
            _endTimer.Dispose();
        }

        _session.Observed -= OnObserved;
        LogEnd(end, lease, isTold || (end == LeaseRenewalEndReason.SessionEnded && !isLoss), ofConnection);
        _ended.TrySetResult(end);
        if (!isLoss)
        {
            _completion.TrySetResult(end);
        }
        else
        {
            LeaseTelemetry.Lost(end);

            // The last registration runs first: handlers are notified after the token is cancelled and before other callbacks can delay
            // them.
            _lost.Token.Register(() => _events.Add(LeaseRenewalChangeKind.Lost, lease));
            Task lost = BackgroundWork.Cancel(_lost);
            _ = BackgroundWork.Start(() => CompleteAsync(end, lost));
        }

        try
        {
            _stop.Cancel();
        }
        catch (AggregateException exception)
        {
            // A callback of a transport or a credential threw.
            LeaseLog.HandlerFailed(_logger, _session.SessionId, exception);
        }
    }

    private void LogEnd(LeaseRenewalEndReason end, RenderingSessionLease lease, bool isTold, string? ofConnection)
    {
        if (isTold)
        {
            LeaseLog.EndedOtherwiseTold(_logger, _session.SessionId, end);
        }
        else if (ofConnection is not null)
        {
            LeaseLog.EndedWithConnection(_logger, _session.SessionId, ofConnection, lease);
        }
        else if (end == LeaseRenewalEndReason.Stopped)
        {
            LeaseLog.Stopped(_logger, _session.SessionId, lease);
        }
        else
        {
            LeaseLog.Lost(_logger, _session.SessionId, end, lease);
        }
    }

    /// <summary>
    /// Completes the renewal when the callbacks have returned; a callback that blocks delays it by at most <see cref="LongestCallback"/>.
    /// </summary>
    private async Task CompleteAsync(LeaseRenewalEndReason end, Task lost)
    {
        using var told = new CancellationTokenSource();
        Task limit = _time.DelayAsync(LongestCallback, told.Token);
        await Task.WhenAny(TellLostAsync(lost), limit).ConfigureAwait(false);
        told.Cancel();
        _completion.TrySetResult(end);
    }

    private async Task TellLostAsync(Task lost)
    {
        try
        {
            await lost.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LeaseLog.HandlerFailed(_logger, _session.SessionId, exception);
        }

        await _events.WhenTold().ConfigureAwait(false);
    }
}
