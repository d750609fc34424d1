using RemoteRendering.Sessions.Emulator.Host.Messages;

namespace RemoteRendering.Sessions.Emulator.Host;

/// <summary>One session as the service sees it now.</summary>
/// <param name="Id">The id as the service writes it.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="UntilChange">How long until time alone changes the phase (ready, lease over); null when it never does.</param>
/// <param name="Size">How large its machine is.</param>
internal readonly record struct HostSessionView(string Id, HostSessionPhase Phase, TimeSpan? UntilChange, SessionSize Size = SessionSize.Standard)
{
    /// <summary>Gets what the host says to a bound device when the session has ended, null while it has not.</summary>
    public HostGoodbye? Goodbye => Phase switch
    {
        HostSessionPhase.Stopped => new HostGoodbye("SessionStopped", ComeBack: false),
        HostSessionPhase.Expired => new HostGoodbye("LeaseExpired", ComeBack: false),
        HostSessionPhase.Failed => new HostGoodbye("SessionFailed", ComeBack: false),
        _ => null,
    };
}
