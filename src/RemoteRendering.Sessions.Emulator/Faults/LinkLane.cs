namespace RemoteRendering.Sessions.Emulator.Faults;

/// <summary>What is wrong with one direction of one link.</summary>
internal sealed class LinkLane
{
    private readonly object _gate = new();
    private TaskCompletionSource? _held;
    private TimeSpan _delay;
    private HostFaultPlan? _plan;
    private Random? _random;
    private bool _truncatesNext;
    private bool _hasEnded;
    private volatile bool _vanishes;
    private volatile bool _isDisturbed;

    /// <summary>Gets whether frames vanish.</summary>
    public bool Vanishes => _vanishes;

    /// <summary>Gets whether anything is wrong.</summary>
    public bool IsDisturbed => _isDisturbed;

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

    public void Vanish()
    {
        lock (_gate)
        {
            _vanishes = true;
            Update_NeedsLock();
        }
    }

    public void SetDelay(TimeSpan delay)
    {
        lock (_gate)
        {
            _delay = delay;
            Update_NeedsLock();
        }
    }

    public void SetPlan(HostFaultPlan? plan, Random? random)
    {
        lock (_gate)
        {
            _plan = plan;
            _random = random;
            Update_NeedsLock();
        }
    }

    public void TruncateNext()
    {
        lock (_gate)
        {
            _truncatesNext = true;
            Update_NeedsLock();
        }
    }

    public void Hold()
    {
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            _held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Update_NeedsLock();
        }
    }

    public void Release() => Release(forGood: false);

    /// <summary>Lets go for good, at the end of the link: nothing would release it later.</summary>
    public void End() => Release(forGood: true);

    /// <summary>Draws what happens to the next frame.</summary>
    public LaneFault Draw(out TimeSpan delay)
    {
        lock (_gate)
        {
            delay = _delay;
            if (_truncatesNext)
            {
                _truncatesNext = false;
                Update_NeedsLock();
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

    private void Release(bool forGood)
    {
        TaskCompletionSource? held;
        lock (_gate)
        {
            _hasEnded |= forGood;
            held = _held;
            _held = null;
            Update_NeedsLock();
        }

        held?.TrySetResult();
    }

    private void Update_NeedsLock() =>
        _isDisturbed = _vanishes || _held is not null || _delay > TimeSpan.Zero || _plan is not null || _truncatesNext;
}
