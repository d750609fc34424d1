namespace RemoteRendering.Sessions.Models;

/// <summary>Combines an answer with what was known, so that an answer that is older or stale neither undoes an end nor takes a session back to Starting.</summary>
internal static class SessionMerge
{
    /// <summary>Combines an answer with what was known.</summary>
    /// <param name="known">What was known.</param>
    /// <param name="heard">The answer.</param>
    /// <param name="isNewer">Whether the answer belongs to a request that was sent after those that <paramref name="known"/> comes from.</param>
    /// <returns>One of the two, with a lease that the other may have told.</returns>
    public static RenderingSessionProperties Merge(RenderingSessionProperties known, RenderingSessionProperties heard, bool isNewer)
    {
        if (IsStale(known, heard, isNewer))
        {
            // A stale answer takes nothing back, but a lease that it grants is granted.
            return heard.MaxLeaseTime > known.MaxLeaseTime && !known.Status.IsTerminal ? known.WithLease(heard.MaxLeaseTime) : known;
        }

        return heard.MaxLeaseTime is null ? heard.WithLease(known.MaxLeaseTime) : heard;
    }

    /// <summary>Determines whether an answer describes an earlier moment than the one that is known.</summary>
    public static bool IsStale(RenderingSessionProperties known, RenderingSessionProperties heard, bool isNewer)
    {
        if (known.Status == RenderingSessionStatus.Forgotten || heard.Status == RenderingSessionStatus.Forgotten)
        {
            // A 404 says what the service knows, not how the session ended: a later answer that describes the session is right, and an end that was told stays.
            return !isNewer || (known.Status.IsTerminal && heard.Status == RenderingSessionStatus.Forgotten);
        }

        int order = Rank(heard.Status) - Rank(known.Status);
        return order < 0 || (order == 0 && !isNewer);
    }

    private static int Rank(RenderingSessionStatus status)
    {
        if (status.IsTerminal)
        {
            return 4;
        }

        if (status == RenderingSessionStatus.Unknown)
        {
            return 0;
        }

        if (status == RenderingSessionStatus.Starting)
        {
            return 1;
        }

        // A word that is not known counts as Ready: it can come at any time and may be followed by any other.
        return status == RenderingSessionStatus.Stopping ? 3 : 2;
    }
}
