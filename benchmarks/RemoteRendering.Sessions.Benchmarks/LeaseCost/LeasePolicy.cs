namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>A way to keep a lease, ticked once a second while the device is awake and the app runs.</summary>
internal abstract class LeasePolicy
{
    private (int At, bool Succeeds, int Elapsed, int Lease)? _pending;

    /// <summary>Gets the lease that the app asks for at creation, in minutes.</summary>
    public virtual int FirstLease => 10;

    /// <summary>Gets or sets a value indicating whether the client has told its app that the lease is lost.</summary>
    public bool HasGivenUp { get; protected set; }

    protected int LastElapsed { get; private set; }

    protected int LastLease { get; private set; }

    /// <summary>Gets the lease in the last answer, also when an earlier one said more.</summary>
    protected int LastSaid { get; private set; }

    /// <summary>Gets when the last answer came; the wall clock of these clients runs on in a sleep.</summary>
    protected int LastAnswer { get; private set; } = -1;

    protected virtual int Timeout => 15;

    /// <summary>
    /// Determines whether the client tells its app that some of the lease is certainly left. The official clients tell nothing of the kind.
    /// </summary>
    public virtual bool Promises(int second) => false;

    public void Tick(SimulatedLease lease, int second, bool isConnected)
    {
        if (_pending is { } pending)
        {
            if (second < pending.At)
            {
                return;
            }

            _pending = null;
            if (pending.Succeeds)
            {
                LastElapsed = pending.Elapsed;
                LastSaid = pending.Lease;
                LastLease = Math.Max(LastLease, pending.Lease);
                LastAnswer = second;
            }

            Answered(second, pending.Succeeds);
        }

        (bool Sends, int? Minutes) next = Decide(second, isConnected);
        if (next.Sends)
        {
            (int at, bool succeeds, int elapsed, int granted) = lease.Send(second, Timeout, next.Minutes);
            _pending = (at, succeeds, elapsed, granted);
        }
    }

    protected virtual void Answered(int second, bool succeeded)
    {
    }

    /// <summary>What to send now: nothing, a read, or a lease.</summary>
    protected abstract (bool Sends, int? Minutes) Decide(int second, bool isConnected);
}
