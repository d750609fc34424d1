namespace RemoteRendering.Sessions.Emulator;

/// <summary>What a <see cref="HistoryChecker"/> expects beyond the protocol's own rules.</summary>
public sealed class HistoryCheckerOptions
{
    private TimeSpan _tolerance = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets or sets how late something may be that is due at a time: timers and threads are late on a busy machine.</summary>
    /// <value>250 ms by default; not negative. Zero suits a history on virtual time.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan Tolerance
    {
        get => _tolerance;
        set => _tolerance = value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Nothing is early; give a time that is not negative.");
    }

    /// <summary>Gets or sets the longest lease that a session may get, extensions included.</summary>
    /// <value><see langword="null"/> by default: no bound.</value>
    public TimeSpan? MaxLease { get; set; }

    /// <summary>Gets or sets whether a lease may be extended while no device holds the session.</summary>
    /// <value><see langword="true"/> by default.</value>
    public bool AllowExtensionWithoutDevice { get; set; } = true;

    /// <summary>Gets or sets whether every session must have been stopped, have failed or have run out by the end of the history.</summary>
    /// <value><see langword="false"/> by default.</value>
    public bool RequireSessionsToEnd { get; set; }
}
