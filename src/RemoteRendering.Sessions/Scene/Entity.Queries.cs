using RemoteRendering.Sessions.Scene.Sync;

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
    /// <exception cref="RenderingSceneException">The entity no longer exists, or the host refused.</exception>
    /// <exception cref="RenderingConnectionException">The connection or the scene ended before the answer arrived.</exception>
    public virtual Task<Bounds?> QueryLocalBoundsAsync(CancellationToken cancellationToken = default) => QueryBoundsAsync("local", cancellationToken);

    /// <summary>
    /// Queries the bounding box of the meshes of this entity and all its descendants, in world coordinates. Disabled meshes are included.
    /// </summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The box; <see langword="null"/> when there is no mesh.</returns>
    /// <exception cref="RenderingSceneException">The entity no longer exists, or the host refused.</exception>
    /// <exception cref="RenderingConnectionException">The connection or the scene ended before the answer arrived.</exception>
    public virtual Task<Bounds?> QueryWorldBoundsAsync(CancellationToken cancellationToken = default) => QueryBoundsAsync("world", cancellationToken);

    /// <summary>Queries the metadata of this entity in the file of its model: the <c>extras</c> of glTF.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The metadata. Empty when there is none.</returns>
    /// <exception cref="RenderingSceneException">The entity no longer exists, or the host refused.</exception>
    /// <exception cref="RenderingConnectionException">The connection or the scene ended before the answer arrived.</exception>
    public virtual Task<ObjectMetadata> QueryMetadataAsync(CancellationToken cancellationToken = default)
        => Graph.Client.AskAboutAsync(
            this,
            "queryMetadata",
            Id,
            static (writer, id) => SceneWriter.WriteEntity(writer, id),
            static answer => ObjectMetadata.Read(answer.GetProperty("metadata")),
            cancellationToken);

    private Task<Bounds?> QueryBoundsAsync(string space, CancellationToken cancellationToken)
        => Graph.Client.AskAboutAsync(
            this,
            "queryBounds",
            (Id, space),
            static (writer, state) =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("entity"u8, state.Id);
                writer.WriteString("space"u8, state.space);
                writer.WriteEndObject();
            },
            static answer => answer.TryGetProperty("min", out System.Text.Json.JsonElement min)
                ? new Bounds(SceneReader.ReadDouble3(min), SceneReader.ReadDouble3(answer.GetProperty("max")))
                : (Bounds?)null,
            cancellationToken);
}
