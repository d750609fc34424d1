namespace RemoteRendering.Sessions.Pooling;

/// <summary>Counts the lease time that a pool has bought. Used under the lock of the pool.</summary>
internal sealed class PoolBudget(TimeSpan cap, TimeSpan each)
{
    private TimeSpan _spent;

    public TimeSpan Spent => _spent;

    public bool Allows => _spent <= cap - each;

    public bool IsWithinCap => _spent <= cap;

    /// <summary>Reserves the whole lease of a session that is about to be created.</summary>
    public void Reserve() => _spent += each;

    /// <summary>Returns the unused lease of a session that has ended or was not created.</summary>
    public void Settle(TimeSpan used) => _spent -= used < each ? each - used : TimeSpan.Zero;
}
