namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>The lease clock and the schedule of this library, with default settings.</summary>
internal sealed class OurPolicy(LeaseTrace trace) : LeasePolicy
{
    private static readonly LeaseRenewalOptions Options = new(TimeSpan.FromHours(24));

    private readonly SimulatedClock _time = new();
    private readonly RenewalSchedule _schedule = new(Options);
    private readonly Random _random = new(trace.Seed ^ 0x0DD);
    private LeaseClock? _clock;
    private Moment _sent;
    private int _timeout = 10;
    private int _failures;
    private int _retryAt;
    private int _wakeAt;
    private int _lastTick = -1;

    protected override int Timeout => _timeout;

    protected override (bool Sends, int? Minutes) Decide(int second, bool isConnected)
    {
        Pass(second);
        if (_clock is null)
        {
            // The handle reads the session when it becomes ready.
            _clock = new LeaseClock(_time);
            return Send(null, 10);
        }

        if (second < _wakeAt)
        {
            return (false, null);
        }

        RenderingSessionLease lease = _clock.Read(RenderingSessionStatus.Ready, TimeSpan.FromMinutes((double)LastLease));
        RenewalStep step = _schedule.Next(new RenewalView(lease, isConnected, TimeSpan.FromSeconds(Math.Max(0.0, _retryAt - second))));
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
        _wakeAt = second;
        if (succeeded)
        {
            _failures = 0;
            _retryAt = 0;
            _clock!.Observe(
                RemoteRenderingModelFactory.RenderingSessionProperties(
                    "s", RenderingSessionStatus.Ready, "Standard", elapsedTime: TimeSpan.FromMinutes((double)LastElapsed), maxLeaseTime: TimeSpan.FromMinutes((double)LastLease)),
                _sent,
                Moment.Now(_time));
            return;
        }

        RenderingSessionLease lease = _clock!.Read(RenderingSessionStatus.Ready, TimeSpan.FromMinutes((double)LastLease));
        _retryAt = second + (int)Math.Ceiling(_schedule.RetryDelay(++_failures, null, _schedule.UntilLost(lease), _random.NextDouble()).TotalSeconds);
    }

    private (bool Sends, int? Minutes) Send(int? minutes, int timeout)
    {
        _sent = Moment.Now(_time);
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

            _time.Pass(TimeSpan.FromSeconds((double)(second - _lastTick)), TimeSpan.FromSeconds((double)awake));
        }

        _lastTick = second;
    }
}
