using RemoteRendering.Sessions.Protocol.Scene;
namespace RemoteRendering.Sessions.Scene;

/// <summary>Queries about the entity.</summary>
public partial class Entity
{
    /// <summary>
    /// Queries the bounding box of the meshes of this entity and all its descendants, in the coordinates of the entity. Disabled meshes are
    /// included.
    /// </summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The box; <see langword="null"/> when there is no mesh.</returns>
    /// <exception cref="RenderingSceneException">The entity is gone, or the host refused.</exception>
    /// <exception cref="RenderingConnectionException">The connection or the scene ended before the answer arrived.</exception>
    public virtual Task<Bounds?> QueryLocalBoundsAsync(CancellationToken cancellationToken = default)
        => Graph.Client.QueryBoundsAsync(this, "local", cancellationToken);

    /// <summary>
    /// Queries the bounding box of the meshes of this entity and all its descendants, in world coordinates. Disabled meshes are included.
    /// </summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The box; <see langword="null"/> when there is no mesh.</returns>
    /// <exception cref="RenderingSceneException">The entity is gone, or the host refused.</exception>
    /// <exception cref="RenderingConnectionException">The connection or the scene ended before the answer arrived.</exception>
    public virtual Task<Bounds?> QueryWorldBoundsAsync(CancellationToken cancellationToken = default)
        => Graph.Client.QueryBoundsAsync(this, "world", cancellationToken);

    /// <summary>Queries the metadata of this entity in the file of its model: the <c>extras</c> of glTF.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The metadata. Empty when there is none.</returns>
    /// <exception cref="RenderingSceneException">The entity no longer exists, or the host refused.</exception>
    /// <exception cref="RenderingConnectionException">The connection or the scene ended before the answer arrived.</exception>
    public virtual Task<ObjectMetadata> QueryMetadataAsync(CancellationToken cancellationToken = default)
        => Graph.Client.QueryMetadataAsync(this, cancellationToken);
}
