using RemoteRendering.Sessions.Scene.Values;

namespace RemoteRendering.Sessions.Scene;

/// <summary>Asks what touches or lies in a box along the axes of the world.</summary>
public readonly struct SpatialQueryAabb
{
    /// <summary>Creates the volume.</summary>
    /// <param name="bounds">The box, in the world.</param>
    /// <param name="maxResults">How many meshes are wanted at most: 1 to <see cref="MaxNumResults"/>.</param>
    /// <exception cref="ArgumentException">A number is not finite, or the volume is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxResults"/> is out of range.</exception>
    public SpatialQueryAabb(Bounds bounds, int maxResults = MaxNumResults)
    {
        SceneNumbers.CheckFinite(bounds.Min, nameof(bounds));
        SceneNumbers.CheckFinite(bounds.Max, nameof(bounds));
        Double3 size = bounds.Size;
        Bounds = size.X >= 0 && size.Y >= 0 && size.Z >= 0 ? bounds : throw new ArgumentException("A corner with smaller coordinates is none.", nameof(bounds));
        MaxResults = maxResults is >= 1 and <= MaxNumResults
            ? maxResults
            : throw new ArgumentOutOfRangeException(nameof(maxResults), maxResults, $"A query has 1 to {MaxNumResults} results.");
    }

    /// <summary>The most meshes that one query finds: 1,024.</summary>
    public const int MaxNumResults = 1024;

    /// <summary>Gets the box.</summary>
    public Bounds Bounds { get; }

    /// <summary>Gets how many meshes are wanted at most.</summary>
    public int MaxResults { get; }
}
