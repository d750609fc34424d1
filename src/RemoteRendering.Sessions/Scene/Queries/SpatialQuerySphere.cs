using RemoteRendering.Sessions.Scene.Values;

namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents a query for meshes that touch or lie inside a sphere.</summary>
public readonly struct SpatialQuerySphere
{
    /// <summary>Creates the query.</summary>
    /// <param name="center">The centre, in world coordinates.</param>
    /// <param name="radius">The radius, in metres. Must be more than zero.</param>
    /// <param name="maxResults">The largest number of meshes to return: 1 to <see cref="MaxNumResults"/>.</param>
    /// <exception cref="ArgumentException">A number is not finite, or the radius is not more than zero.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxResults"/> is out of range.</exception>
    public SpatialQuerySphere(Double3 center, double radius, int maxResults = MaxNumResults)
    {
        Center = SceneNumbers.CheckFinite(center, nameof(center));
        Radius = SceneNumbers.CheckFinite(radius, nameof(radius)) > 0
            ? radius
            : throw new ArgumentException("The radius must be more than zero.", nameof(radius));
        MaxResults = maxResults is >= 1 and <= MaxNumResults
            ? maxResults
            : throw new ArgumentOutOfRangeException(
                nameof(maxResults), maxResults, $"The number of results must be between 1 and {MaxNumResults}.");
    }

    /// <summary>The largest number of meshes that one query returns: 1,024.</summary>
    public const int MaxNumResults = 1024;

    /// <summary>Gets the centre.</summary>
    public Double3 Center { get; }

    /// <summary>Gets the radius, in metres.</summary>
    public double Radius { get; }

    /// <summary>Gets the largest number of meshes to return.</summary>
    public int MaxResults { get; }
}
