using RemoteRendering.Sessions.Host.Messages;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Host;

/// <summary>Represents a session as its service sees it now.</summary>
public readonly struct HostSessionView
{
    /// <summary>Initializes a new instance of the <see cref="HostSessionView"/> struct.</summary>
    /// <param name="id">The id, as the service writes it.</param>
    /// <param name="phase">The phase of the session.</param>
    /// <param name="untilChange">
    /// The time until the phase changes by itself; <see langword="null"/> when it never does. A negative time counts as zero.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="id"/> is null.</exception>
    public HostSessionView(string id, HostSessionPhase phase, TimeSpan? untilChange = null)
    {
        ArgumentNullException.ThrowIfNull(id);
        Id = id;
        Phase = phase;
        UntilChange = untilChange < TimeSpan.Zero ? TimeSpan.Zero : untilChange;
    }

    /// <summary>Gets the id of the session, as the service writes it.</summary>
    public string Id { get; }

    /// <summary>Gets the phase of the session.</summary>
    public HostSessionPhase Phase { get; }

    /// <summary>Gets the time until the phase changes by itself (ready, lease over); <see langword="null"/> when it never does.</summary>
    public TimeSpan? UntilChange { get; }

    /// <summary>Gets what the host says to a bound device when the session has ended, null while it has not.</summary>
    internal HostGoodbye? Goodbye => Phase switch
    {
        HostSessionPhase.Stopped => new HostGoodbye(HostGoodbyeReason.SessionStopped, ComeBack: false),
        HostSessionPhase.Expired => new HostGoodbye(HostGoodbyeReason.LeaseExpired, ComeBack: false),
        HostSessionPhase.Failed => new HostGoodbye(HostGoodbyeReason.SessionFailed, ComeBack: false),
        _ => null,
    };
}
