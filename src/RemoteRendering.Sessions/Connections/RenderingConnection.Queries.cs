using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Scene;

namespace RemoteRendering.Sessions;

/// <summary>Queries and pictures of the scene. They include all writes that were made before the call.</summary>
public partial class RenderingConnection
{
    /// <summary>Casts a ray and returns the surfaces of the scene that it hits.</summary>
    /// <param name="cast">The ray.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The hits, the nearest first.</returns>
    /// <exception cref="RenderingSceneException">The host refused, or does not support scenes.</exception>
    /// <exception cref="RenderingConnectionException">The connection or the scene ended before the answer arrived.</exception>
    /// <example>
    /// <code>
    /// var ray = new RayCast(new Double3(0, 0, 10), new Double3(0, 0, -10));
    /// RayCastQueryResult result = await connection.RayCastQueryAsync(ray);
    /// foreach (RayCastHit hit in result.Hits)
    /// {
    ///     Console.WriteLine($"{hit.HitEntity?.Name} at {hit.DistanceToHit} m");
    /// }
    /// </code>
    /// </example>
    public virtual Task<RayCastQueryResult> RayCastQueryAsync(RayCast cast, CancellationToken cancellationToken = default)
        => Scene.CastAsync(cast, cancellationToken);

    /// <summary>Finds the meshes that touch or lie inside an axis-aligned box.</summary>
    /// <param name="query">The box.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The meshes.</returns>
    /// <exception cref="RenderingSceneException">The host refused, or does not support scenes.</exception>
    /// <exception cref="RenderingConnectionException">The connection or the scene ended before the answer arrived.</exception>
    public virtual Task<SpatialQueryResult> SpatialQueryAabbAsync(SpatialQueryAabb query, CancellationToken cancellationToken = default)
        => Scene.FindAsync(query, cancellationToken);

    /// <summary>Finds the meshes that touch or lie inside a sphere.</summary>
    /// <param name="query">The sphere.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The meshes.</returns>
    /// <exception cref="RenderingSceneException">The host refused, or does not support scenes.</exception>
    /// <exception cref="RenderingConnectionException">The connection or the scene ended before the answer arrived.</exception>
    public virtual Task<SpatialQueryResult> SpatialQuerySphereAsync(SpatialQuerySphere query, CancellationToken cancellationToken = default)
        => Scene.FindAsync(query, cancellationToken);

    /// <summary>Finds the meshes that touch or lie inside a rotated box.</summary>
    /// <param name="query">The box.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The meshes.</returns>
    /// <exception cref="RenderingSceneException">The host refused, or does not support scenes.</exception>
    /// <exception cref="RenderingConnectionException">The connection or the scene ended before the answer arrived.</exception>
    public virtual Task<SpatialQueryResult> SpatialQueryObbAsync(SpatialQueryObb query, CancellationToken cancellationToken = default)
        => Scene.FindAsync(query, cancellationToken);

    /// <summary>Queries the performance of the host.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The measurements of the host, and the round-trip time of the query.</returns>
    /// <exception cref="RenderingSceneException">The host refused, or does not support scenes.</exception>
    /// <exception cref="RenderingConnectionException">The connection or the scene ended before the answer arrived.</exception>
    public virtual Task<PerformanceAssessment> QueryServerPerformanceAssessmentAsync(CancellationToken cancellationToken = default)
        => Scene.AssessAsync(cancellationToken);

    /// <summary>Renders one picture of the scene on the host.</summary>
    /// <param name="camera">The camera.</param>
    /// <param name="width">The width, in pixels: 1 to 4,096.</param>
    /// <param name="height">The height, in pixels: 1 to 4,096.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The picture, in PNG format.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="camera"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    /// <exception cref="RenderingSceneException">
    /// The host refused or does not support pictures; <see cref="RenderingSceneError.ExceedsMemoryLimit"/>: the picture is larger than
    /// <see cref="RenderingConnectionOptions.MaxMessageBytes"/>.
    /// </exception>
    /// <exception cref="RenderingConnectionException">The connection or the scene ended before the picture arrived.</exception>
    public virtual Task<RenderingPicture> CaptureFrameAsync(
        RenderingCamera camera, int width, int height, CancellationToken cancellationToken = default)
    {
        Guard.NotNull(camera, nameof(camera));
        return Scene.CaptureAsync(
            camera.Clone(), RenderingPreviewOptions.CheckSize(width, nameof(width)),
            RenderingPreviewOptions.CheckSize(height, nameof(height)), cancellationToken);
    }

    /// <summary>
    /// Reads pictures of the scene: one immediately, then one after each change of the scene, up to the frame rate of the options. A slow
    /// reader gets the newest picture and misses older ones. The preview continues after a drop.
    /// </summary>
    /// <param name="options">The camera, the size and the frame rate.</param>
    /// <param name="cancellationToken">Ends the enumeration and the preview. Leaving the loop ends them too.</param>
    /// <returns>The pictures. Each enumeration is a separate preview; a host supports at most 4 at a time.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="RenderingSceneException">Thrown by the enumeration: the host refused, or does not support pictures.</exception>
    /// <exception cref="RenderingConnectionException">Thrown by the enumeration: the connection or the scene has ended.</exception>
    public virtual IAsyncEnumerable<RenderingPicture> GetPreviewAsync(
        RenderingPreviewOptions options, CancellationToken cancellationToken = default)
    {
        Guard.NotNull(options, nameof(options));
        return Scene.PreviewAsync(options, cancellationToken);
    }
}
