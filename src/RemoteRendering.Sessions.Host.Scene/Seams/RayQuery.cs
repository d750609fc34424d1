namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>A ray from a start to an end.</summary>
/// <param name="start">The start, in the world.</param>
/// <param name="end">The end, in the world.</param>
/// <param name="policy">The hits that are wanted.</param>
/// <param name="maxHits">The most hits to return, from 1 to <see cref="MostHits"/>.</param>
public readonly struct RayQuery(Vector3D start, Vector3D end, RayPolicy policy = RayPolicy.Closest, int maxHits = RayQuery.MostHits)
{
    /// <summary>The most hits that a query returns: 256.</summary>
    public const int MostHits = 256;

    /// <summary>Gets the start, in the world.</summary>
    public Vector3D Start { get; } = start;

    /// <summary>Gets the end, in the world.</summary>
    public Vector3D End { get; } = end;

    /// <summary>Gets the hits that are wanted.</summary>
    public RayPolicy Policy { get; } = policy;

    /// <summary>Gets the most hits to return.</summary>
    public int MaxHits { get; } = maxHits;
}
