namespace RemoteRendering.Sessions;

/// <summary>What is known about the lease of a session at one moment, on this machine's clock. Immutable.</summary>
/// <remarks>
/// The service counts whole minutes from the moment the session became ready, and says so by answers that take time to arrive. So what is left is an
/// interval: it is certain that <see cref="RemainingAtLeast"/> is left, and that no more than <see cref="RemainingAtMost"/> is. The clocks of service and machine are never compared.
/// </remarks>
public class RenderingSessionLease
{
    internal RenderingSessionLease(TimeSpan? maxLeaseTime, TimeSpan? remainingAtLeast, TimeSpan? remainingAtMost, bool isInDoubt, bool isTotalInDoubt = false)
    {
        MaxLeaseTime = maxLeaseTime;
        RemainingAtLeast = remainingAtLeast;
        RemainingAtMost = remainingAtMost;
        IsUnmeasured = isInDoubt;
        IsTotalInDoubt = isTotalInDoubt;
    }

    /// <summary>
    /// Gets the total granted so far, counted from the moment the session became ready: the largest that an answer of the service said. <see langword="null"/> while unknown.
    /// </summary>
    public TimeSpan? MaxLeaseTime { get; }

    /// <summary>Gets the time that is certainly left; zero when the lease may be over or the session has ended; <see langword="null"/> while the session is not known to be ready.</summary>
    public TimeSpan? RemainingAtLeast { get; }

    /// <summary>Gets the most time that can be left; zero when the lease is certainly over or the session has ended; <see langword="null"/> while the session is not known to be ready.</summary>
    public TimeSpan? RemainingAtMost { get; }

    /// <summary>Gets a value indicating whether a read of the session is needed before <see cref="RemainingAtLeast"/> and <see cref="RemainingAtMost"/> can be relied on to be near each other.</summary>
    /// <remarks>
    /// There are two causes. The clocks of this machine have parted since the last answer, as they do in a sleep: then nothing is certain, and <see cref="RemainingAtLeast"/> is zero. Or the service
    /// accepted a longer lease and its answers do not show it, or it said less than before: then <see cref="RemainingAtLeast"/> counts what it said last, and <see cref="RemainingAtMost"/> what it may
    /// have granted. A read that shows the longer lease ends the doubt. So do two reads that do not, or one that is answered 10 seconds later: then the shorter lease is the truth.
    /// </remarks>
    public bool IsInDoubt => IsUnmeasured || IsTotalInDoubt;

    /// <summary>Gets a value indicating whether the clocks have parted, so that the time that is left is not known.</summary>
    internal bool IsUnmeasured { get; }

    /// <summary>Gets a value indicating whether the total is not known; what is certainly left is.</summary>
    internal bool IsTotalInDoubt { get; }

    /// <summary>Returns what is left.</summary>
    /// <returns>A line for people.</returns>
    public override string ToString() => RemainingAtLeast is null
        ? $"{MaxLeaseTime}, not running"
        : $"{MaxLeaseTime}, between {RemainingAtLeast} and {RemainingAtMost} left{(IsInDoubt ? ", in doubt" : string.Empty)}";
}
