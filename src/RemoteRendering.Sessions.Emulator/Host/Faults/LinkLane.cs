namespace RemoteRendering.Sessions.Emulator;

/// <summary>What is wrong with one direction of one link.</summary>
internal sealed class LinkLane
{
    private readonly object _gate = new();
    private TaskCompletionSource? _held;
    private TimeSpan _delay;
    private HostWireFaultPlan? _plan;
    private Random? _random;
    private bool _truncatesNext;
    private volatile bool _vanishes;

    /// <summary>Gets or sets whether frames vanish.</summary>
    public bool Vanishes
    {
        get => _vanishes;
        set => _vanishes = value;
    }

    /// <summary>Gets whether anything is wrong.</summary>
    public bool IsDisturbed
    {
        get
        {
            lock (_gate)
            {
                return Vanishes || _held is not null || _delay > TimeSpan.Zero || _plan is not null || _truncatesNext;
            }
        }
    }

    /// <summary>Gets a task that completes when frames may pass.</summary>
    public Task Passage
    {
        get
        {
            lock (_gate)
            {
                return _held?.Task ?? Task.CompletedTask;
            }
        }
    }

    public void SetDelay(TimeSpan delay)
    {
        lock (_gate)
        {
            _delay = delay;
        }
    }

    public void SetPlan(HostWireFaultPlan? plan, Random? random)
    {
        lock (_gate)
        {
            _plan = plan;
            _random = random;
        }
    }

    public void TruncateNext()
    {
        lock (_gate)
        {
            _truncatesNext = true;
        }
    }

    public void Hold()
    {
        lock (_gate)
        {
            _held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Release()
    {
        TaskCompletionSource? held;
        lock (_gate)
        {
            held = _held;
            _held = null;
        }

        held?.TrySetResult();
    }

    /// <summary>Draws what happens to the next frame.</summary>
    public LaneFault Draw(out TimeSpan delay)
    {
        lock (_gate)
        {
            delay = _delay;
            if (_truncatesNext)
            {
                _truncatesNext = false;
                return LaneFault.Truncate;
            }

            if (_plan is not { } plan || _random is not { } random)
            {
                return LaneFault.None;
            }

            // Always the same number of draws, so that one probability does not shift the fate of later frames.
            double fate = random.NextDouble();
            double late = random.NextDouble();
            double amount = random.NextDouble();
            if (late < plan.Delay)
            {
                delay += plan.MaxDelay * amount;
            }

            return
                fate < plan.Cut ? LaneFault.Cut :
                fate < plan.Cut + plan.Truncate ? LaneFault.Truncate :
                fate < plan.Cut + plan.Truncate + plan.HalfOpen ? LaneFault.HalfOpen :
                LaneFault.None;
        }
    }
}
