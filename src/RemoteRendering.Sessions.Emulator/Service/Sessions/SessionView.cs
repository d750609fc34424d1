namespace RemoteRendering.Sessions.Emulator.Service.Sessions;

/// <summary>A session as it was at one moment, safe to read without the lock.</summary>
internal readonly record struct SessionView(SessionEntry Entry, SessionReading Reading, int LeaseMinutes, SessionFailure? Failure)
{
    public string Id => Entry.Id;

    public Guid AccountId => Entry.AccountId;

    public EmulatedSize Size => Entry.Size;

    public EmulatedSessionState State => Reading.State;

    public DateTimeOffset CreatedOn => new(Entry.CreatedWallTicks, TimeSpan.Zero);

    public IReadOnlyList<string> Models => Entry.Models;

    /// <summary>How long until the lease ends the session: zero when it has ended, <see langword="null"/> while it is starting.</summary>
    public TimeSpan? TimeUntilEnd => Reading.State switch
    {
        EmulatedSessionState.Ready => TimeSpan.FromTicks(Reading.ReadyAt + (LeaseMinutes * TimeSpan.TicksPerMinute) - Reading.Now),
        EmulatedSessionState.Starting => null,
        _ => TimeSpan.Zero,
    };

    /// <summary>How long until a session that is starting leaves Starting; zero when it has.</summary>
    public TimeSpan TimeUntilReady => Reading.State == EmulatedSessionState.Starting
        ? TimeSpan.FromTicks(Entry.Facts.CreatedAt + Entry.Facts.BootTime - Reading.Now)
        : TimeSpan.Zero;
}
