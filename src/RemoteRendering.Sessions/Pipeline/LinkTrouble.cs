namespace RemoteRendering.Sessions.Pipeline;

/// <summary>
/// Counts the connections of a client whose link to the host is lost: the network is then probably down for requests too. Thread-safe.
/// </summary>
internal sealed class LinkTrouble
{
    private int _lost;
    private int _losses;

    /// <summary>Gets a value indicating whether a link is lost now.</summary>
    public bool IsOn => Volatile.Read(ref _lost) > 0;

    /// <summary>Gets the number of links that have been lost so far.</summary>
    public int Losses => Volatile.Read(ref _losses);

    /// <summary>Records a lost link.</summary>
    public void Begin()
    {
        Interlocked.Increment(ref _lost);
        Interlocked.Increment(ref _losses);
    }

    /// <summary>Records that a lost link is re-established or given up.</summary>
    public void End() => Interlocked.Decrement(ref _lost);
}
