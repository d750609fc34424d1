using Microsoft.Extensions.Logging;

namespace RemoteRendering.Sessions;

/// <summary>Keeps the lease of one session alive, and says in time when it is lost. Thread-safe.</summary>
/// <remarks>
/// Only one request is under way at a time. Once <see cref="Lost"/> or <see cref="StopAsync"/> has been said nothing more is sent, and what still arrives has no effect. The
/// end is watched by a timer of its own, so that a request that hangs delays nothing.
/// </remarks>
public partial class RenderingLeaseRenewal : IAsyncDisposable
{
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
        _endTimer = _time.CreateTimer(static state => ((RenderingLeaseRenewal)state!).WatchEnd(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        session.Observed += OnObserved;
        WatchEnd();
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Creates a renewal for a test double to derive from.</summary>
    protected RenderingLeaseRenewal()
    {
    }

    /// <summary>Raised after each change, in order and one at a time, on a thread of the pool. What a handler throws is logged.</summary>
    public virtual event EventHandler<LeaseRenewalEventArgs>? Changed
    {
        add => _events.Handlers += value;
        remove => _events.Handlers -= value;
    }

    /// <summary>Gets the id of the session whose lease this is.</summary>
    public virtual string SessionId => _session.SessionId;

    /// <summary>Gets a token that is cancelled at the moment from which the lease may be over, or when the session has ended. Not cancelled by <see cref="StopAsync"/>, and not when this client itself stops the session.</summary>
    public virtual CancellationToken Lost => _lost.Token;

    /// <summary>Gets a task that says why the renewal ended. Never fails.</summary>
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
    internal bool IsResting => _wake.IsWaiting;

    /// <summary>Gets a value indicating whether it is over, which it is already while that is being told.</summary>
    internal bool HasEnded => Volatile.Read(ref _hasEnded);

    private void OnObserved(RenderingSessionProperties properties)
    {
        if (properties.Status.IsTerminal)
        {
            End(properties.Status == RenderingSessionStatus.Expired ? LeaseRenewalEnd.LeaseLost : LeaseRenewalEnd.SessionEnded);
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

        _events.Drain();
        if (isOver)
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

        _events.Drain();
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

    private void End(LeaseRenewalEnd end)
    {
        RenderingSessionLease lease = _session.Lease;

        // What the application itself has stopped it has not lost.
        bool isLoss = end != LeaseRenewalEnd.Stopped && !(end == LeaseRenewalEnd.SessionEnded && _session.IsStopRequested);
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            Volatile.Write(ref _hasEnded, true);
            _endTimer.Dispose();
            if (isLoss)
            {
                _events.Add(LeaseRenewalChange.Lost, lease);
            }
        }

        _session.Observed -= OnObserved;
        bool sendsNothingMore = true;
#if SABOTAGE
        sendsNothingMore = end == LeaseRenewalEnd.Stopped || !Sabotage.Breaks("M12");
#endif
        if (sendsNothingMore)
        {
            Cancel(_stop);
        }

        if (isLoss)
        {
            LeaseTelemetry.Losses.Add(1);
            LogLost(_logger, _session.SessionId, end);
            Cancel(_lost);
        }

        _events.Drain();
        _completion.TrySetResult(end);
    }

    /// <summary>Cancels; what the callbacks of users throw is theirs.</summary>
    private void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (AggregateException exception)
        {
            LogHandlerFailed(_logger, _session.SessionId, exception);
        }
    }
}
