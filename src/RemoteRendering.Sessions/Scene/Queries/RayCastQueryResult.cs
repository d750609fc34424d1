namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents the hits of a ray.</summary>
public class RayCastQueryResult
{
    /// <summary>Creates a result.</summary>
    /// <param name="hits">The hits, the nearest first.</param>
    /// <exception cref="ArgumentNullException"><paramref name="hits"/> is null.</exception>
    public RayCastQueryResult(IReadOnlyList<RayCastHit> hits) => Hits = hits ?? throw new ArgumentNullException(nameof(hits));

    /// <summary>Gets the hits, the nearest first. Empty when the ray hits nothing.</summary>
    public IReadOnlyList<RayCastHit> Hits { get; }
}
