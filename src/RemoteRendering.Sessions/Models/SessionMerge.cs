namespace RemoteRendering.Sessions.Models;

/// <summary>
/// Merges an answer into the known state. An older or stale answer neither undoes a terminal status nor returns a session to Starting.
/// </summary>
internal static class SessionMerge
{
    /// <summary>Merges an answer into the known state.</summary>
    /// <param name="known">The known state.</param>
    /// <param name="heard">The answer.</param>
    /// <param name="isNewer">
    /// Whether the answer belongs to a request that was sent after those that <paramref name="known"/> comes from.
    /// </param>
    /// <returns>One of the two, possibly with the lease of the other.</returns>
    public static RenderingSessionProperties Merge(RenderingSessionProperties known, RenderingSessionProperties heard, bool isNewer)
    {
        if (IsStale(known, heard, isNewer))
        {
            // A stale answer undoes nothing, but a lease in it was granted: it counts if it is longer, or if none is known.
            return !known.Status.IsTerminal && heard.MaxLeaseTime is { } granted && !(granted <= known.MaxLeaseTime)
                ? known.WithLease(granted)
                : known;
        }

        return heard.MaxLeaseTime is null ? heard.WithLease(known.MaxLeaseTime) : heard;
    }

    /// <summary>Determines whether an answer describes an earlier moment than the known state.</summary>
    public static bool IsStale(RenderingSessionProperties known, RenderingSessionProperties heard, bool isNewer)
    {
        if (known.Status == RenderingSessionStatus.Forgotten || heard.Status == RenderingSessionStatus.Forgotten)
        {
            // A 404 does not contain how the session ended: a later answer that describes the session replaces it, and a reported end is
            // kept.
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

        // An unknown status counts as Ready: it can come at any time and may be followed by any other.
        return status == RenderingSessionStatus.Stopping ? 3 : 2;
    }
}
