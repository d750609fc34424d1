namespace RemoteRendering.Sessions.Scene;

/// <summary>Specifies the hits of a ray to return.</summary>
public enum HitCollectionPolicy
{
    /// <summary>All hits, sorted by distance. When there are too many, the nearest ones.</summary>
    ClosestHits = 0,

    /// <summary>The nearest hit.</summary>
    ClosestHit = 1,

    /// <summary>Any one hit, for tests whether the ray is blocked.</summary>
    AnyHit = 2,
}
