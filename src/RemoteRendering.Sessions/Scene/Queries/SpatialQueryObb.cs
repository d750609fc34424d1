using System.Numerics;
using RemoteRendering.Sessions.Scene.Values;

namespace RemoteRendering.Sessions.Scene;

/// <summary>Asks what touches or lies in a box that is turned.</summary>
public readonly struct SpatialQueryObb
{
    /// <summary>Creates the volume.</summary>
    /// <param name="center">The middle, in the world.</param>
    /// <param name="halfExtents">Half of the lengths of the edges, in metres; not negative.</param>
    /// <param name="rotation">How the box is turned.</param>
    /// <param name="maxResults">How many meshes are wanted at most: 1 to <see cref="MaxNumResults"/>.</param>
    /// <exception cref="ArgumentException">A number is not finite, or the volume is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxResults"/> is out of range.</exception>
    public SpatialQueryObb(Double3 center, Double3 halfExtents, Quaternion rotation, int maxResults = MaxNumResults)
    {
        Center = SceneNumbers.CheckFinite(center, nameof(center));
        SceneNumbers.CheckFinite(halfExtents, nameof(halfExtents));
        HalfExtents = halfExtents.X >= 0 && halfExtents.Y >= 0 && halfExtents.Z >= 0 ? halfExtents : throw new ArgumentException("An edge is negative.", nameof(halfExtents));
        Rotation = SceneNumbers.CheckRotation(rotation, nameof(rotation));
        MaxResults = maxResults is >= 1 and <= MaxNumResults
            ? maxResults
            : throw new ArgumentOutOfRangeException(nameof(maxResults), maxResults, $"A query has 1 to {MaxNumResults} results.");
    }

    /// <summary>The most meshes that one query finds: 1,024.</summary>
    public const int MaxNumResults = 1024;

    /// <summary>Gets the middle.</summary>
    public Double3 Center { get; }

    /// <summary>Gets half of the lengths of the edges, in metres.</summary>
    public Double3 HalfExtents { get; }

    /// <summary>Gets how the box is turned.</summary>
    public Quaternion Rotation { get; }

    /// <summary>Gets how many meshes are wanted at most.</summary>
    public int MaxResults { get; }
}
