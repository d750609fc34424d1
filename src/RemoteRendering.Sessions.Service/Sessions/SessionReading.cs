namespace RemoteRendering.Sessions.Service.Sessions;

/// <summary>
/// What a session is at one moment. Moments are as in <see cref="SessionFacts"/>; <see cref="SessionFacts.Never"/> for what has not come.
/// </summary>
internal readonly record struct SessionReading(SessionState State, TimeSpan Now, TimeSpan ReadyAt, TimeSpan EndedAt)
{
    public bool IsEnded => State is SessionState.Stopped or SessionState.Expired or SessionState.Error or SessionState.None;

    public bool IsActive => !IsEnded;

    /// <summary>How long the host has run for this session: the time that is billed.</summary>
    public TimeSpan HostTime => ReadyAt == SessionFacts.Never
        ? TimeSpan.Zero
        : (Now < EndedAt ? Now : EndedAt) - ReadyAt;
}
