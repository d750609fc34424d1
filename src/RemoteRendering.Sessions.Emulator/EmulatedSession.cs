using RemoteRendering.Sessions.Service;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>A session as the emulator saw it at one moment: what its service would say, and what only the emulator knows.</summary>
public sealed class EmulatedSession
{
    internal EmulatedSession(SessionSnapshot session)
    {
        Id = session.SessionId;
        AccountId = session.AccountId;
        Size = session.Size;
        State = session.State;
        CreatedOn = session.CreatedOn;
        MaxLeaseTime = TimeSpan.FromMinutes((double)session.LeaseMinutes);
        HostTime = session.HostTime;
        TimeUntilEnd = session.TimeUntilEnd;
        Models = session.Models;
        FailureCode = session.Failure?.Code;
    }

    /// <summary>Gets the id of the session.</summary>
    public string Id { get; }

    /// <summary>Gets the account that it belongs to.</summary>
    public Guid AccountId { get; }

    /// <summary>Gets the size of its host.</summary>
    public SessionSize Size { get; }

    /// <summary>Gets its state.</summary>
    public SessionState State { get; }

    /// <summary>Gets when it was created, by the emulator's wall clock.</summary>
    public DateTimeOffset CreatedOn { get; }

    /// <summary>Gets its total lease, counted from Ready.</summary>
    public TimeSpan MaxLeaseTime { get; }

    /// <summary>Gets how long its host has run: from Ready to now or to the end. This is what a bill would be made of.</summary>
    public TimeSpan HostTime { get; }

    /// <summary>Gets how long until the lease ends it: zero once it has ended, <see langword="null"/> while it is starting.</summary>
    public TimeSpan? TimeUntilEnd { get; }

    /// <summary>Gets the models that the creation asked the host to load ahead; only the v1 service takes any.</summary>
    public IReadOnlyList<string> Models { get; }

    /// <summary>Gets the code of the failure of a session in Error; otherwise <see langword="null"/>.</summary>
    public string? FailureCode { get; }
}
