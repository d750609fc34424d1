namespace RemoteRendering.Sessions.Scene;

/// <summary>What a ray has hit.</summary>
public class RayCastQueryResult
{
    /// <summary>Creates a result.</summary>
    /// <param name="hits">The hits, the nearest first.</param>
    /// <exception cref="ArgumentNullException"><paramref name="hits"/> is null.</exception>
    public RayCastQueryResult(IReadOnlyList<RayCastHit> hits) => Hits = hits ?? throw new ArgumentNullException(nameof(hits));

    /// <summary>Gets the hits, the nearest first; empty when nothing is in the way.</summary>
    public IReadOnlyList<RayCastHit> Hits { get; }
}
