namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>Converts the end of a session to the reason and the failure of its connection.</summary>
internal static class SessionEnd
{
    public static RenderingConnectionReason ToReason(RenderingSessionStatus status)
        => status == RenderingSessionStatus.Stopped ? RenderingConnectionReason.SessionStopped
            : status == RenderingSessionStatus.Expired ? RenderingConnectionReason.LeaseExpired
            : status == RenderingSessionStatus.Error ? RenderingConnectionReason.SessionFailed
            : status == RenderingSessionStatus.Forgotten ? RenderingConnectionReason.SessionNotFound
            : RenderingConnectionReason.SessionEnded;

    public static RenderingConnectionException ToException(RenderingSessionProperties properties)
        => new(ToReason(properties.Status), $"Session '{properties.Id}' has ended: {properties.Status}.");
}
