using RemoteRendering.Sessions.Scene.Values;

namespace RemoteRendering.Sessions.Scene;

/// <summary>Asks what touches or lies in a sphere.</summary>
public readonly struct SpatialQuerySphere
{
    /// <summary>Creates the volume.</summary>
    /// <param name="center">The middle, in the world.</param>
    /// <param name="radius">The radius, in metres; more than zero.</param>
    /// <param name="maxResults">How many meshes are wanted at most: 1 to <see cref="MaxNumResults"/>.</param>
    /// <exception cref="ArgumentException">A number is not finite, or the volume is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxResults"/> is out of range.</exception>
    public SpatialQuerySphere(Double3 center, double radius, int maxResults = MaxNumResults)
    {
        Center = SceneNumbers.CheckFinite(center, nameof(center));
        Radius = SceneNumbers.CheckFinite(radius, nameof(radius)) > 0 ? radius : throw new ArgumentException("The radius must be more than zero.", nameof(radius));
        MaxResults = maxResults is >= 1 and <= MaxNumResults
            ? maxResults
            : throw new ArgumentOutOfRangeException(nameof(maxResults), maxResults, $"A query has 1 to {MaxNumResults} results.");
    }

    /// <summary>The most meshes that one query finds: 1,024.</summary>
    public const int MaxNumResults = 1024;

    /// <summary>Gets the middle.</summary>
    public Double3 Center { get; }

    /// <summary>Gets the radius, in metres.</summary>
    public double Radius { get; }

    /// <summary>Gets how many meshes are wanted at most.</summary>
    public int MaxResults { get; }
}
