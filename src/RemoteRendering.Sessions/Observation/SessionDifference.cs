namespace RemoteRendering.Sessions.Observation;

/// <summary>Compares two readings of a session.</summary>
internal static class SessionDifference
{
    public static RenderingSessionChangeKinds Between(RenderingSessionProperties? before, RenderingSessionProperties now)
    {
        RenderingSessionChangeKinds kinds = now.Status.IsTerminal && before?.Status.IsTerminal != true
            ? RenderingSessionChangeKinds.Ended
            : RenderingSessionChangeKinds.None;
        if (before is null)
        {
            return kinds | RenderingSessionChangeKinds.Created;
        }

        if (before.Status != now.Status)
        {
            kinds |= RenderingSessionChangeKinds.Status;
        }

        if (before.Hostname != now.Hostname || before.HandshakePort != now.HandshakePort || before.ArrInspectorPort != now.ArrInspectorPort)
        {
            kinds |= RenderingSessionChangeKinds.Host;
        }

        return before.MaxLeaseTime != now.MaxLeaseTime ? kinds | RenderingSessionChangeKinds.Lease : kinds;
    }

    public static RenderingSessionEndReason? EndReason(RenderingSessionProperties now, bool stoppedHere)
    {
        if (now.Status == RenderingSessionStatus.Stopped)
        {
            return stoppedHere ? RenderingSessionEndReason.StoppedByThisClient : RenderingSessionEndReason.StoppedElsewhere;
        }

        if (now.Status == RenderingSessionStatus.Expired)
        {
            return RenderingSessionEndReason.Expired;
        }

        if (now.Status == RenderingSessionStatus.Forgotten)
        {
            return RenderingSessionEndReason.Forgotten;
        }

        return now.Status == RenderingSessionStatus.Error ? RenderingSessionEndReason.Failed : null;
    }
}
