namespace RemoteRendering.Sessions;

/// <summary>Represents the state of the lease of a session at one moment, by the clock of this machine. Immutable.</summary>
/// <remarks>
/// The service counts whole minutes from the moment the session became ready, and its answers take time to arrive. So the remaining time is
/// an interval, from <see cref="RemainingAtLeast"/> to <see cref="RemainingAtMost"/>. The clocks of service and machine are never compared.
/// </remarks>
public class RenderingSessionLease
{
    internal RenderingSessionLease(
        TimeSpan? maxLeaseTime, TimeSpan? remainingAtLeast, TimeSpan? remainingAtMost, bool isInDoubt, bool isTotalInDoubt = false)
    {
        MaxLeaseTime = maxLeaseTime;
        RemainingAtLeast = remainingAtLeast;
        RemainingAtMost = remainingAtMost;
        IsUnmeasured = isInDoubt;
        IsTotalInDoubt = isTotalInDoubt;
    }

    /// <summary>
    /// Gets the total granted so far, counted from the moment the session became ready: the largest in an answer of the service.
    /// <see langword="null"/> while unknown.
    /// </summary>
    public TimeSpan? MaxLeaseTime { get; }

    /// <summary>
    /// Gets the least remaining time; zero when the lease may have run out or the session has ended; <see langword="null"/> while the
    /// session is not known to be ready.
    /// </summary>
    public TimeSpan? RemainingAtLeast { get; }

    /// <summary>
    /// Gets the most remaining time; zero when the lease has certainly run out or the session has ended; <see langword="null"/> while the
    /// session is not known to be ready.
    /// </summary>
    public TimeSpan? RemainingAtMost { get; }

    /// <summary>
    /// Gets a value indicating whether <see cref="RemainingAtLeast"/> and <see cref="RemainingAtMost"/> may differ by more than a minute
    /// until the session is read.
    /// </summary>
    /// <remarks>
    /// There are two causes. The first: the clocks of this machine have diverged since the last answer, as they do during a sleep. In that
    /// case <see cref="RemainingAtLeast"/> is zero. The second: the service accepted a longer lease that its answers do not contain, or
    /// returned a shorter one than before. In that case <see cref="RemainingAtLeast"/> is based on its last answer, and
    /// <see cref="RemainingAtMost"/> on the lease it may have granted. A read that returns the longer lease ends the doubt. Two reads that
    /// do not, or one that is answered 10 seconds later, end it with the shorter lease.
    /// </remarks>
    public bool IsInDoubt => IsUnmeasured || IsTotalInDoubt;

    /// <summary>Gets a value indicating whether the clocks have diverged, so that the remaining time is unknown.</summary>
    internal bool IsUnmeasured { get; }

    /// <summary>Gets a value indicating whether the total is in doubt; the least remaining time is known.</summary>
    internal bool IsTotalInDoubt { get; }

    /// <summary>Returns the total and the remaining time.</summary>
    /// <returns>One line of text.</returns>
    public override string ToString() => RemainingAtLeast is null
        ? $"{MaxLeaseTime}, not running"
        : $"{MaxLeaseTime}, between {RemainingAtLeast} and {RemainingAtMost} left{(IsInDoubt ? ", in doubt" : string.Empty)}";
}
