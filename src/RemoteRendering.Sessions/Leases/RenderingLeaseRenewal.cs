using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Leases;

namespace RemoteRendering.Sessions;

/// <summary>Keeps the lease of one session alive, and says in time when it is lost. Thread-safe.</summary>
/// <remarks>
/// Only one request is under way at a time. Once <see cref="Lost"/> or <see cref="StopAsync"/> has been said nothing more is sent, and what still arrives has no effect. The
/// end is watched by a timer of its own, so that a request that hangs delays nothing.
/// </remarks>
public partial class RenderingLeaseRenewal : IAsyncDisposable
{
    /// <summary>How long <see cref="Completion"/> waits for callbacks.</summary>
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
    private readonly TaskCompletionSource<LeaseRenewalEnd> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<LeaseRenewalEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _endTimer = null!;
    private readonly Task _loop = Task.CompletedTask;
    private bool _hasEnded;

    internal RenderingLeaseRenewal(IRenewableSession session, LeaseRenewalOptions options, TimeProvider time, ILogger logger, Func<double> random)
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

    /// <summary>Creates a renewal for a test double to derive from.</summary>
    protected RenderingLeaseRenewal()
    {
    }

    /// <summary>Raised after each change, in order and one at a time, on a thread of the pool. A handler may call anything and wait for it. What it throws is logged.</summary>
    public virtual event EventHandler<LeaseRenewalEventArgs>? Changed
    {
        add => _events.Handlers += value;
        remove => _events.Handlers -= value;
    }

    /// <summary>Gets the id of the session whose lease this is.</summary>
    public virtual string SessionId => _session.SessionId;

    /// <summary>Gets a token that is cancelled at the moment from which the lease may be over, or when the session has ended. Not cancelled by <see cref="StopAsync"/>, and not when this client itself stops the session. Callbacks run on a thread of the pool, may call anything and wait for it; what they throw is logged.</summary>
    public virtual CancellationToken Lost => _lost.Token;

    /// <summary>Gets a task that says why the renewal ended. It completes when the callbacks of <see cref="Lost"/> and <see cref="Changed"/> have returned, at the latest 5 seconds after the end. Never fails.</summary>
    public virtual Task<LeaseRenewalEnd> Completion => _completion.Task;

    /// <summary>Ends the renewal; the lease runs on for as long as it was granted. Idempotent, and legal in a handler of <see cref="Changed"/>.</summary>
    /// <param name="cancellationToken">Ends the wait for what is under way; the renewal ends all the same.</param>
    /// <returns>A task that completes when nothing of it is under way any more.</returns>
    public virtual Task StopAsync(CancellationToken cancellationToken = default)
    {
        End(LeaseRenewalEnd.Stopped);
#if SABOTAGE
        _stop.Cancel();
#endif
        return Abandonable.WaitAsync(_loop, cancellationToken);
    }

    /// <summary>Ends the renewal, see <see cref="StopAsync"/>.</summary>
    /// <returns>A task that completes when nothing of it is under way any more.</returns>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return new ValueTask(StopAsync());
    }

    /// <summary>Gets a value indicating whether nothing is under way until time passes or something is heard.</summary>
    internal bool IsResting => _wake.IsWaiting && _events.IsIdle;

    /// <summary>Gets a value indicating whether it is over, which it is already while that is being told.</summary>
    internal bool HasEnded => Volatile.Read(ref _hasEnded);

    /// <summary>Gets a task that completes when it is over, whatever the callbacks of users do.</summary>
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

    /// <summary>Looks how much is left, and sets the timer to the moment at which it is none.</summary>
    /// <returns>How long it is until the lease is given up if nothing changes; null while that is not known.</returns>
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
#if SABOTAGE
            isOver &= !Sabotage.Breaks("M11") && !(Sabotage.Breaks("R3") && !_wake.IsWaiting);
#endif
            if (!isOver)
            {
                _endTimer.Change(left is { } due && due > TimeSpan.Zero ? TimerLimit.Cut(due) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }

        if (isOver && _session.Status is { IsTerminal: true } status)
        {
            // A session that has ended has no lease left, which can show here before its end is told.
            EndWith(status);
        }
        else if (isOver)
        {
            End(LeaseRenewalEnd.LeaseLost);
        }

        return left;
    }

    /// <summary>Tells a change, unless the last one has been told.</summary>
    private void Tell(LeaseRenewalChange change, RenderingSessionLease lease, Exception? exception = null)
    {
        lock (_gate)
        {
            bool isOver = _hasEnded;
#if SABOTAGE
            isOver &= !Sabotage.Breaks("M12");
#endif
            if (isOver)
            {
                return;
            }

            _events.Add(change, lease, exception);
        }
    }

    private void NoteDoubt_NeedsLock(LeaseRenewalChange? change, RenderingSessionLease lease)
    {
        if (change is not { } news)
        {
            return;
        }

        _events.Add(news, lease);
        if (news == LeaseRenewalChange.InDoubt)
        {
            _wake.Set();
        }
    }

    /// <summary>Ends the renewal with its session, which itself logs that it ended, and why.</summary>
    private void EndWith(RenderingSessionStatus status)
        => End(status == RenderingSessionStatus.Expired ? LeaseRenewalEnd.LeaseLost : LeaseRenewalEnd.SessionEnded, isTold: true);

    /// <summary>Ends the renewal because its connection has ended.</summary>
    /// <param name="reason">Why the connection ended.</param>
    /// <param name="isTold">Whether another line of the log tells it: that of the end of the session.</param>
    internal void EndWithConnection(string reason, bool isTold) => End(LeaseRenewalEnd.Stopped, isTold, reason);

    /// <summary>Ends the renewal.</summary>
    /// <param name="end">Why.</param>
    /// <param name="isTold">Whether another line of the log tells it.</param>
    /// <param name="ofConnection">Why its connection ended, if that is the reason.</param>
    private void End(LeaseRenewalEnd end, bool isTold = false, string? ofConnection = null)
    {
        RenderingSessionLease lease = _session.Lease;

        // What the application itself has stopped it has not lost.
        bool isLoss = end != LeaseRenewalEnd.Stopped && !(end == LeaseRenewalEnd.SessionEnded && _session.IsStoppedHere);
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
        LogEnd(end, lease, isTold || (end == LeaseRenewalEnd.SessionEnded && !isLoss), ofConnection);
        _ended.TrySetResult(end);
        if (!isLoss)
        {
            _completion.TrySetResult(end);
        }
        else
        {
            LeaseTelemetry.Lost(end);

            // The callback that was registered last is called first: the token is cancelled when the handlers hear of it, and no other callback delays them.
            _lost.Token.Register(() => _events.Add(LeaseRenewalChange.Lost, lease));
            Task lost = BackgroundWork.Cancel(_lost);
            _ = BackgroundWork.Start(() => CompleteAsync(end, lost));
        }

#if SABOTAGE
        if (end != LeaseRenewalEnd.Stopped && Sabotage.Breaks("M12"))
        {
            return;
        }
#endif
        try
        {
            _stop.Cancel();
        }
        catch (AggregateException exception)
        {
            // A callback of a transport or a credential.
            LeaseLog.HandlerFailed(_logger, _session.SessionId, exception);
        }
    }

    private void LogEnd(LeaseRenewalEnd end, RenderingSessionLease lease, bool isTold, string? ofConnection)
    {
        if (isTold)
        {
            LeaseLog.EndedOtherwiseTold(_logger, _session.SessionId, end);
        }
        else if (ofConnection is not null)
        {
            LeaseLog.EndedWithConnection(_logger, _session.SessionId, ofConnection, lease);
        }
        else if (end == LeaseRenewalEnd.Stopped)
        {
            LeaseLog.Stopped(_logger, _session.SessionId, lease);
        }
        else
        {
            LeaseLog.Lost(_logger, _session.SessionId, end, lease);
        }
    }

    /// <summary>Completes when the callbacks have returned; one that blocks does not keep others from learning of the end.</summary>
    private async Task CompleteAsync(LeaseRenewalEnd end, Task lost)
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
