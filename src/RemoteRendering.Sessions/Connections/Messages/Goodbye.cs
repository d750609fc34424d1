using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Models.Connections;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>Represents the message of the host before it ends a connection.</summary>
internal sealed class Goodbye
{
    /// <summary>Gets or sets the reason code of the host.</summary>
    public string Reason { get; set; } = string.Empty;

    public bool ComeBack { get; set; }

    /// <summary>Gets or sets the remaining time of the link.</summary>
    public TimeSpan After { get; set; }

    public TimeSpan? RetryAfter { get; set; }

    /// <summary>Gets the close code that belongs to this goodbye. Other codes, for example 1001, may come from an intermediary.</summary>
    public int CloseCode
        => Reason is HostGoodbyeReason.TakenOver or HostGoodbyeReason.LinkSuperseded ? HostCloseCode.Superseded : HostCloseCode.Normal;

    /// <summary>Returns the cause for observers when the host announces a later end of the link.</summary>
    /// <param name="endsIn">The remaining time of the link.</param>
    public ConnectionCause ToAnnouncement(TimeSpan endsIn)
    {
        ConnectionFailure failure = ToFailure(After - endsIn);
        return new ConnectionCause(failure.Reason, failure.ToException(), failure.RetryAfter, sceneKept: true, endsIn: endsIn);
    }

    /// <summary>Returns the failure for the end of the link.</summary>
    /// <param name="sinceHeard">The time since the goodbye was received.</param>
    public ConnectionFailure ToFailure(TimeSpan sinceHeard)
    {
        (RenderingConnectionReason reason, string sentence) = Reason switch
        {
            HostGoodbyeReason.SessionStopped => (RenderingConnectionReason.SessionStopped, "The session was stopped."),
            HostGoodbyeReason.LeaseExpired => (RenderingConnectionReason.LeaseExpired, "The lease of the session ran out."),
            HostGoodbyeReason.SessionFailed => (RenderingConnectionReason.SessionFailed, "The session failed."),
            HostGoodbyeReason.TakenOver => (RenderingConnectionReason.TakenOver, "Another device took over the session."),
            HostGoodbyeReason.Maintenance => (RenderingConnectionReason.Maintenance, "The host is being restarted."),
            HostGoodbyeReason.LinkSuperseded =>
                (RenderingConnectionReason.LinkSuperseded, "A newer link of this device replaced this one."),
            _ =>
                (
                    RenderingConnectionReason.ConnectionLost,
                    $"The host ended the connection: {HostWords.Clean(Reason) ?? "without a reason"}."),
        };
        TimeSpan? retryAfter = RetryAfter > sinceHeard ? RetryAfter - sinceHeard : null;
        return new ConnectionFailure(
            ComeBack ? null : ConnectionTrigger.HostLeft, reason, sentence, retryAfter) { HostMessage = HostWords.Clean(Reason) };
    }
}
