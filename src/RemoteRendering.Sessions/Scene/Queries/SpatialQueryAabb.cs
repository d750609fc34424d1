using RemoteRendering.Sessions.Scene.Values;

namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents a query for meshes that touch or lie inside an axis-aligned box.</summary>
public readonly struct SpatialQueryAabb
{
    /// <summary>Creates the query.</summary>
    /// <param name="bounds">The box, in world coordinates.</param>
    /// <param name="maxResults">The largest number of meshes to return: 1 to <see cref="MaxNumResults"/>.</param>
    /// <exception cref="ArgumentException">A number is not finite, or the volume is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxResults"/> is out of range.</exception>
    public SpatialQueryAabb(Bounds bounds, int maxResults = MaxNumResults)
    {
        SceneNumbers.CheckFinite(bounds.Min, nameof(bounds));
        SceneNumbers.CheckFinite(bounds.Max, nameof(bounds));
        Double3 size = bounds.Size;
        Bounds = size.X >= 0 && size.Y >= 0 && size.Z >= 0 ? bounds
            : throw new ArgumentException("No coordinate of the minimum may be more than that of the maximum.", nameof(bounds));
        MaxResults = maxResults is >= 1 and <= MaxNumResults
            ? maxResults
            : throw new ArgumentOutOfRangeException(
                nameof(maxResults), maxResults, $"The number of results must be between 1 and {MaxNumResults}.");
    }

    /// <summary>The largest number of meshes that one query returns: 1,024.</summary>
    public const int MaxNumResults = 1024;

    /// <summary>Gets the box.</summary>
    public Bounds Bounds { get; }

    /// <summary>Gets the largest number of meshes to return.</summary>
    public int MaxResults { get; }
}
