namespace RemoteRendering.Sessions;

/// <summary>What is known about the lease of a session at one moment, on this machine's clock. Immutable.</summary>
/// <remarks>
/// The service counts whole minutes from the moment the session became ready, and says so by answers that take time to arrive. So what is left is an
/// interval: it is certain that <see cref="RemainingAtLeast"/> is left, and that no more than <see cref="RemainingAtMost"/> is. The clocks of service and machine are never compared.
/// </remarks>
public class RenderingSessionLease
{
    internal RenderingSessionLease(TimeSpan? maxLeaseTime, TimeSpan? remainingAtLeast, TimeSpan? remainingAtMost, bool isInDoubt)
    {
        MaxLeaseTime = maxLeaseTime;
        RemainingAtLeast = remainingAtLeast;
        RemainingAtMost = remainingAtMost;
        IsInDoubt = isInDoubt;
    }

    /// <summary>Gets the total granted so far, counted from the moment the session became ready; <see langword="null"/> while unknown.</summary>
    public TimeSpan? MaxLeaseTime { get; }

    /// <summary>Gets the time that is certainly left; zero when the lease may be over or the session has ended; <see langword="null"/> while the session is not known to be ready.</summary>
    public TimeSpan? RemainingAtLeast { get; }

    /// <summary>Gets the most time that can be left; zero when the lease is certainly over or the session has ended; <see langword="null"/> while the session is not known to be ready.</summary>
    public TimeSpan? RemainingAtMost { get; }

    /// <summary>
    /// Gets a value indicating whether the clocks of this machine have parted since the service was last heard, as they do in a sleep: then nothing is certain, and
    /// <see cref="RemainingAtLeast"/> is zero, until the session is read again.
    /// </summary>
    public bool IsInDoubt { get; }

    /// <summary>Returns what is left.</summary>
    /// <returns>A line for people.</returns>
    public override string ToString() => RemainingAtLeast is null
        ? $"{MaxLeaseTime}, not running"
        : $"{MaxLeaseTime}, between {RemainingAtLeast} and {RemainingAtMost} left{(IsInDoubt ? ", in doubt" : string.Empty)}";
}
