namespace RemoteRendering.Sessions.Scene;

/// <summary>What the host knows about an entity.</summary>
public partial class Entity
{
    /// <summary>Asks the host for the box around the meshes of this entity and all below it, in the entity's own coordinates. Disabled ones count.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The box; <see langword="null"/> when there is no mesh.</returns>
    /// <exception cref="RenderingSceneException">The entity is gone, or the host refused.</exception>
    /// <exception cref="RenderingConnectionException">The connection, or the scene, ended before the answer came.</exception>
    public virtual Task<Bounds?> QueryLocalBoundsAsync(CancellationToken cancellationToken = default) => Graph.Client.QueryBoundsAsync(this, "local", cancellationToken);

    /// <summary>Asks the host for the box around the meshes of this entity and all below it, in the coordinates of the world. Disabled ones count.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The box; <see langword="null"/> when there is no mesh.</returns>
    /// <exception cref="RenderingSceneException">The entity is gone, or the host refused.</exception>
    /// <exception cref="RenderingConnectionException">The connection, or the scene, ended before the answer came.</exception>
    public virtual Task<Bounds?> QueryWorldBoundsAsync(CancellationToken cancellationToken = default) => Graph.Client.QueryBoundsAsync(this, "world", cancellationToken);

    /// <summary>Asks the host for what the model's file says about this entity besides what can be seen: the <c>extras</c> of glTF.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The metadata, empty when there is none.</returns>
    /// <exception cref="RenderingSceneException">The entity is gone, or the host refused.</exception>
    /// <exception cref="RenderingConnectionException">The connection, or the scene, ended before the answer came.</exception>
    public virtual Task<ObjectMetadata> QueryMetadataAsync(CancellationToken cancellationToken = default)
        => Graph.Client.QueryMetadataAsync(this, cancellationToken);
}
