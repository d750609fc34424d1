namespace RemoteRendering.Sessions.Scene;

/// <summary>Which hits of a ray are wanted.</summary>
public enum HitCollectionPolicy
{
    /// <summary>All hits, sorted by distance, the nearest ones when there are too many.</summary>
    ClosestHits = 0,

    /// <summary>The nearest hit.</summary>
    ClosestHit = 1,

    /// <summary>Any one hit: enough to know whether something is in the way.</summary>
    AnyHit = 2,
}
