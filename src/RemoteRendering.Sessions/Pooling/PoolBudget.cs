namespace RemoteRendering.Sessions.Pooling;

/// <summary>Counts the lease that a pool has bought. Used under the lock of the pool.</summary>
internal sealed class PoolBudget(TimeSpan cap, TimeSpan each)
{
    private TimeSpan _spent;

    public TimeSpan Spent => _spent;

    public bool Allows => _spent <= cap - each;

    public bool IsWithinCap => _spent <= cap;

    /// <summary>A session is about to be created: its whole lease is set aside.</summary>
    public void Reserve() => _spent += each;

    /// <summary>A session has ended, or never was: what it did not use comes back.</summary>
    public void Settle(TimeSpan used) => _spent -= used < each ? each - used : TimeSpan.Zero;
}
