using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Leases;
using RemoteRendering.Sessions.Sessions;
namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>The lease clock and the schedule of this library, with default settings.</summary>
internal sealed class OurPolicy(LeaseTrace trace, SimulatedClock time) : LeasePolicy
{
    private static readonly LeaseRenewalOptions Options = new(TimeSpan.FromHours(24));

    private readonly SessionUse _use = new(time);
    private readonly RenewalSchedule _schedule = new(Options);
    private readonly LossWatch _losses = new(new RenewalSchedule(Options), time);
    private readonly Random _random = new(trace.Seed ^ 0x0DD);
    private readonly LeaseTotal _total = new(time);
    private LeaseClock? _clock;
    private RenderingSessionLease? _before;
    private int? _asked;
    private Moment _sent;
    private int _timeout = 10;
    private int _failures;
    private TimeSpan? _untilLost;
    private int _retryAt;
    private int _wakeAt;
    private int _lastTick = -1;

    public OurPolicy(LeaseTrace trace)
        : this(trace, new SimulatedClock())
    {
    }

    protected override int Timeout => _timeout;

    protected override (bool Sends, int? Minutes) Decide(int second, bool isConnected)
    {
        Pass(second);
        if (_clock is null)
        {
            // The handle reads the session when it becomes ready.
            _clock = new LeaseClock(time);
            return Send(null, 10);
        }

        if (HasGivenUp || second < _wakeAt)
        {
            return (false, null);
        }

        RenderingSessionLease lease = Lease;
        NoteLoss(lease);
        bool isInUse = _use.Look(trace.StatusAt(second), RenderingConnectionReason.GraceExpired);
        RenewalStep step = _schedule.Next(new RenewalView(lease, isInUse, UntilRetry(second)));
        switch (step.Action)
        {
            case RenewalAction.Wait:
                _wakeAt = second + Math.Max(1, (int)Math.Ceiling(step.Time.TotalSeconds));
                return (false, null);
            case RenewalAction.Confirm:
                return Send(null, (int)step.Time.TotalSeconds);
            default:
                return Send((int)step.Target.TotalMinutes, (int)step.Time.TotalSeconds);
        }
    }

    protected override void Answered(int second, bool succeeded)
    {
        Pass(second);
        NoteLoss(Lease);
        _wakeAt = second;
        if (HasGivenUp)
        {
            return;
        }

        if (succeeded)
        {
            Apply();
            _clock!.Observe(
                RemoteRenderingModelFactory.RenderingSessionProperties(
                    "s", RenderingSessionStatus.Ready, "Standard", elapsedTime: TimeSpan.FromMinutes((double)LastElapsed),
                    maxLeaseTime: TimeSpan.FromMinutes((double)LastSaid)),
                _sent,
                Moment.Now(time));
            if (IsSettled())
            {
                _failures = 0;
                _retryAt = 0;
                return;
            }
        }

        _retryAt = second + (int)Math.Ceiling(_schedule.RetryDelay(++_failures, null, _random.NextDouble()).TotalSeconds);
    }

    private RenderingSessionLease Lease => _clock!.Read(RenderingSessionStatus.Ready, _total);

    public override bool Promises(int second)
    {
        Pass(second);
        return !HasGivenUp && _clock is not null && Lease.RemainingAtLeast > TimeSpan.Zero;
    }

    private void Apply()
    {
        var said = TimeSpan.FromMinutes((double)LastSaid);
        if (_asked is { } minutes)
        {
            _total.ObserveUpdate(TimeSpan.FromMinutes((double)minutes), said, _sent, Moment.Now(time));
        }
        else
        {
            _total.Observe(said, _sent, Moment.Now(time), isStale: false);
        }
    }

    /// <summary>An answer that leaves things as they were, or in doubt, is a failed attempt.</summary>
    private bool IsSettled()
    {
        RenderingSessionLease lease = Lease;
        return lease.MaxLeaseTime > _before?.MaxLeaseTime
            || (_asked is null && !lease.IsInDoubt && _before is not { IsTotalInDoubt: true });
    }

    /// <summary>The library reports the lease as lost and sends no further request.</summary>
    private void NoteLoss(RenderingSessionLease lease)
    {
        _losses.Look(lease, out _untilLost);
        HasGivenUp |= _untilLost <= TimeSpan.Zero;
    }

    /// <summary>The pause after a failure, which the end cuts short.</summary>
    private TimeSpan UntilRetry(int second)
    {
        if (_retryAt > second && _schedule.LastCall(_untilLost) is { } lastCall && lastCall.TotalSeconds < _retryAt - second)
        {
            _retryAt = second + (int)lastCall.TotalSeconds;
        }

        return TimeSpan.FromSeconds(Math.Max(0.0, _retryAt - second));
    }

    private (bool Sends, int? Minutes) Send(int? minutes, int timeout)
    {
        _sent = Moment.Now(time);
        _asked = minutes;
        _before = Lease;
        _timeout = Math.Max(1, timeout);
        return (true, minutes);
    }

    /// <summary>While the device sleeps nothing ticks: its wall clock goes on, its monotonic clock stands still.</summary>
    private void Pass(int second)
    {
        if (_lastTick >= 0 && second > _lastTick)
        {
            int awake = 0;
            for (int i = _lastTick; i < second; i++)
            {
                awake += trace.IsAsleep(i) ? 0 : 1;
            }

            time.Pass(TimeSpan.FromSeconds((double)(second - _lastTick)), TimeSpan.FromSeconds((double)awake));
        }

        _lastTick = second;
    }
}
