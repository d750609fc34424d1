using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Models.Connections;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>What the host says before it ends a connection.</summary>
internal sealed class Goodbye
{
    /// <summary>Gets or sets the host's word for the reason.</summary>
    public string Word { get; set; } = string.Empty;

    public bool ComeBack { get; set; }

    /// <summary>Gets or sets how long the link still works.</summary>
    public TimeSpan After { get; set; }

    public TimeSpan? RetryAfter { get; set; }

    /// <summary>Gets the code with which the host closes when it means this goodbye. Others, 1001 for one, may come from something between the two ends.</summary>
    public int CloseCode => Word is HostGoodbyeReason.TakenOver or HostGoodbyeReason.LinkSuperseded ? HostCloseCode.Superseded : HostCloseCode.Normal;

    /// <summary>What observers are told when the host says that it will end the link later.</summary>
    /// <param name="endsIn">How long the link still works.</param>
    public ConnectionCause ToAnnouncement(TimeSpan endsIn)
    {
        ConnectionFailure failure = ToFailure(After - endsIn);
        return new ConnectionCause(failure.Reason, failure.ToException(), failure.RetryAfter, sceneKept: true, endsIn: endsIn);
    }

    /// <summary>What the end of the link means.</summary>
    /// <param name="sinceHeard">How long ago the host said it.</param>
    public ConnectionFailure ToFailure(TimeSpan sinceHeard)
    {
        (RenderingConnectionReason reason, string sentence) = Word switch
        {
            HostGoodbyeReason.SessionStopped => (RenderingConnectionReason.SessionStopped, "The session was stopped."),
            HostGoodbyeReason.LeaseExpired => (RenderingConnectionReason.LeaseExpired, "The lease of the session ran out."),
            HostGoodbyeReason.SessionFailed => (RenderingConnectionReason.SessionFailed, "The service gave up the session."),
            HostGoodbyeReason.TakenOver => (RenderingConnectionReason.TakenOver, "Another device took the session over."),
            HostGoodbyeReason.Maintenance => (RenderingConnectionReason.Maintenance, "The host is being restarted."),
            HostGoodbyeReason.LinkSuperseded => (RenderingConnectionReason.LinkSuperseded, "A newer link of this device took the place of this one."),
            _ => (RenderingConnectionReason.ConnectionLost, $"The host ended the connection: {HostWords.Clean(Word) ?? "without a reason"}."),
        };
        TimeSpan? retryAfter = RetryAfter > sinceHeard ? RetryAfter - sinceHeard : null;
        return new ConnectionFailure(ComeBack ? null : ConnectionTrigger.HostLeft, reason, sentence, retryAfter) { HostMessage = HostWords.Clean(Word) };
    }
}
