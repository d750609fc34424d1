using System.Numerics;
using RemoteRendering.Sessions.Scene.Values;

namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents a query for meshes that touch or lie inside a rotated box.</summary>
public readonly struct SpatialQueryObb
{
    /// <summary>Creates the query.</summary>
    /// <param name="center">The centre, in world coordinates.</param>
    /// <param name="halfExtents">Half of the lengths of the edges, in metres; not negative.</param>
    /// <param name="rotation">The rotation of the box.</param>
    /// <param name="maxResults">The largest number of meshes to return: 1 to <see cref="MaxNumResults"/>.</param>
    /// <exception cref="ArgumentException">A number is not finite, or an edge is negative.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxResults"/> is out of range.</exception>
    public SpatialQueryObb(Double3 center, Double3 halfExtents, Quaternion rotation, int maxResults = MaxNumResults)
    {
        Center = SceneNumbers.CheckFinite(center, nameof(center));
        SceneNumbers.CheckFinite(halfExtents, nameof(halfExtents));
        HalfExtents = halfExtents.X >= 0 && halfExtents.Y >= 0 && halfExtents.Z >= 0 ? halfExtents
            : throw new ArgumentException("The lengths of the edges must not be negative.", nameof(halfExtents));
        Rotation = SceneNumbers.CheckRotation(rotation, nameof(rotation));
        MaxResults = maxResults is >= 1 and <= MaxNumResults
            ? maxResults
            : throw new ArgumentOutOfRangeException(
                nameof(maxResults), maxResults, $"The number of results must be between 1 and {MaxNumResults}.");
    }

    /// <summary>The largest number of meshes that one query returns: 1,024.</summary>
    public const int MaxNumResults = 1024;

    /// <summary>Gets the centre.</summary>
    public Double3 Center { get; }

    /// <summary>Gets half of the lengths of the edges, in metres.</summary>
    public Double3 HalfExtents { get; }

    /// <summary>Gets the rotation of the box.</summary>
    public Quaternion Rotation { get; }

    /// <summary>Gets the largest number of meshes to return.</summary>
    public int MaxResults { get; }
}
