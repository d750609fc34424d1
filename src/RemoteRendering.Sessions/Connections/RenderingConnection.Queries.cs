using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Scene;

namespace RemoteRendering.Sessions;

/// <summary>Queries about the scene, and pictures of it. All see what was written before they were called.</summary>
public partial class RenderingConnection
{
    /// <summary>Asks the host what a ray hits in the scene.</summary>
    /// <param name="cast">The ray.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The hits, the nearest first.</returns>
    /// <exception cref="RenderingSceneException">The host refused, or has no scene.</exception>
    /// <exception cref="RenderingConnectionException">The connection, or the scene, ended before the answer came.</exception>
    public virtual Task<RayCastQueryResult> RayCastQueryAsync(RayCast cast, CancellationToken cancellationToken = default) => Scene.CastAsync(cast, cancellationToken);

    /// <summary>Asks the host what touches or lies in a box along the axes.</summary>
    /// <param name="query">The box.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The meshes.</returns>
    /// <exception cref="RenderingSceneException">The host refused, or has no scene.</exception>
    /// <exception cref="RenderingConnectionException">The connection, or the scene, ended before the answer came.</exception>
    public virtual Task<SpatialQueryResult> SpatialQueryAabbAsync(SpatialQueryAabb query, CancellationToken cancellationToken = default) => Scene.FindAsync(query, cancellationToken);

    /// <summary>Asks the host what touches or lies in a sphere.</summary>
    /// <param name="query">The sphere.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The meshes.</returns>
    /// <exception cref="RenderingSceneException">The host refused, or has no scene.</exception>
    /// <exception cref="RenderingConnectionException">The connection, or the scene, ended before the answer came.</exception>
    public virtual Task<SpatialQueryResult> SpatialQuerySphereAsync(SpatialQuerySphere query, CancellationToken cancellationToken = default) => Scene.FindAsync(query, cancellationToken);

    /// <summary>Asks the host what touches or lies in a box that is turned.</summary>
    /// <param name="query">The box.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The meshes.</returns>
    /// <exception cref="RenderingSceneException">The host refused, or has no scene.</exception>
    /// <exception cref="RenderingConnectionException">The connection, or the scene, ended before the answer came.</exception>
    public virtual Task<SpatialQueryResult> SpatialQueryObbAsync(SpatialQueryObb query, CancellationToken cancellationToken = default) => Scene.FindAsync(query, cancellationToken);

    /// <summary>Asks the host how it is doing.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>What the host can measure, and how long the question took.</returns>
    /// <exception cref="RenderingSceneException">The host refused, or has no scene.</exception>
    /// <exception cref="RenderingConnectionException">The connection, or the scene, ended before the answer came.</exception>
    public virtual Task<PerformanceAssessment> QueryServerPerformanceAssessmentAsync(CancellationToken cancellationToken = default) => Scene.AssessAsync(cancellationToken);

    /// <summary>Takes a picture of the scene as the host sees it.</summary>
    /// <param name="camera">From where.</param>
    /// <param name="width">The width, in pixels: 1 to 4,096.</param>
    /// <param name="height">The height, in pixels: 1 to 4,096.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The picture, a PNG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="camera"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    /// <exception cref="RenderingSceneException">
    /// The host refused or has no pictures; <see cref="RenderingSceneError.ExceedsMemoryLimit"/>: the picture is larger than <see cref="RenderingConnectionOptions.MaxMessageBytes"/>.
    /// </exception>
    /// <exception cref="RenderingConnectionException">The connection, or the scene, ended before the picture came.</exception>
    public virtual Task<RenderingPicture> CaptureFrameAsync(RenderingCamera camera, int width, int height, CancellationToken cancellationToken = default)
    {
        Guard.NotNull(camera, nameof(camera));
        return Scene.CaptureAsync(
            camera.Clone(), RenderingPreviewOptions.CheckSize(width, nameof(width)), RenderingPreviewOptions.CheckSize(height, nameof(height)), cancellationToken);
    }

    /// <summary>
    /// Reads pictures of the scene as they come: one at once, then one whenever the scene has changed, at most as many a second as the options say. A reader that is slow gets the newest one and misses those before it. Goes on after a drop.
    /// </summary>
    /// <param name="options">What, and how often.</param>
    /// <param name="cancellationToken">Ends the reading, and the preview with it. So does leaving the loop.</param>
    /// <returns>The pictures. Each reading is a preview of its own; a host has at most 4 at a time.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="RenderingSceneException">While reading: the host refused, or has no pictures.</exception>
    /// <exception cref="RenderingConnectionException">While reading: the connection, or the scene, has ended.</exception>
    public virtual IAsyncEnumerable<RenderingPicture> GetPreviewAsync(RenderingPreviewOptions options, CancellationToken cancellationToken = default)
    {
        Guard.NotNull(options, nameof(options));
        return Scene.PreviewAsync(options, cancellationToken);
    }
}
