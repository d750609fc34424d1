namespace RemoteRendering.Sessions;

/// <summary>Puts what was heard now together with what was known, so that a stale or late answer takes nothing back.</summary>
internal static class SessionMerge
{
    public static RenderingSessionProperties Merge(RenderingSessionProperties known, RenderingSessionProperties heard, bool isNewer)
    {
        if (Rank(heard.Status) < Rank(known.Status))
        {
            // Ends are final, and a ready session does not start again: the answer is stale, except that a lease it grants is granted.
            return WithLease(known, heard.MaxLeaseTime);
        }

        if (!isNewer && Rank(heard.Status) == Rank(known.Status))
        {
            return WithLease(known, heard.MaxLeaseTime);
        }

        return WithLease(heard, known.MaxLeaseTime);
    }

    private static RenderingSessionProperties WithLease(RenderingSessionProperties properties, TimeSpan? lease)
    {
        if (lease is not { } granted || properties.MaxLeaseTime >= granted)
        {
            return properties;
        }

        RenderingSessionProperties raised = properties.Clone();
        raised.MaxLeaseTime = granted;
        return raised;
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

        // A word that is not known is as good as Ready: it can come at any time and may be followed by any other.
        return status == RenderingSessionStatus.Stopping ? 3 : 2;
    }
}
