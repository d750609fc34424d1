using RemoteRendering.Sessions.Service;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>What one session has cost.</summary>
public sealed class EmulatorSessionCost
{
    internal EmulatorSessionCost(SessionSnapshot session)
    {
        SessionId = session.SessionId;
        AccountId = session.AccountId;
        Size = session.Size;
        State = session.State;
        HostTime = session.HostTime;
    }

    /// <summary>Gets the session.</summary>
    public string SessionId { get; }

    /// <summary>Gets the account that pays.</summary>
    public Guid AccountId { get; }

    /// <summary>Gets the size of the host.</summary>
    public SessionSize Size { get; }

    /// <summary>Gets the state of the session; a session that is Ready goes on to cost.</summary>
    public SessionState State { get; }

    /// <summary>
    /// Gets how long the host has run: from Ready to the end, or to now. Whether a device was connected makes no difference.
    /// </summary>
    public TimeSpan HostTime { get; }

    /// <summary>Gets <see cref="HostTime"/> in minutes.</summary>
    public double HostMinutes => HostTime.TotalMinutes;
}
