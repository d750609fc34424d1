using RemoteRendering.Sessions.Protocol.Scene;
using RemoteRendering.Sessions.Scene.Sync;

namespace RemoteRendering.Sessions.Scene;

/// <summary>What the host knows about an entity.</summary>
public partial class Entity
{
    /// <summary>Asks the host for the box around the meshes of this entity and all below it, in the entity's own coordinates. Disabled ones count.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The box; <see langword="null"/> when there is no mesh.</returns>
    /// <exception cref="RenderingSceneException">The entity is gone, or the host refused.</exception>
    /// <exception cref="RenderingConnectionException">The connection, or the scene, ended before the answer came.</exception>
    public virtual Task<Bounds?> QueryLocalBoundsAsync(CancellationToken cancellationToken = default) => QueryBoundsAsync("local", cancellationToken);

    /// <summary>Asks the host for the box around the meshes of this entity and all below it, in the coordinates of the world. Disabled ones count.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The box; <see langword="null"/> when there is no mesh.</returns>
    /// <exception cref="RenderingSceneException">The entity is gone, or the host refused.</exception>
    /// <exception cref="RenderingConnectionException">The connection, or the scene, ended before the answer came.</exception>
    public virtual Task<Bounds?> QueryWorldBoundsAsync(CancellationToken cancellationToken = default) => QueryBoundsAsync("world", cancellationToken);

    /// <summary>Asks the host for what the model's file says about this entity besides what can be seen: the <c>extras</c> of glTF.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The metadata, empty when there is none.</returns>
    /// <exception cref="RenderingSceneException">The entity is gone, or the host refused.</exception>
    /// <exception cref="RenderingConnectionException">The connection, or the scene, ended before the answer came.</exception>
    public virtual Task<ObjectMetadata> QueryMetadataAsync(CancellationToken cancellationToken = default)
        => Graph.Client.AskAboutAsync(
            this,
            SceneMethods.QueryMetadata,
            Id,
            static (writer, id) => SceneWriter.WriteEntity(writer, id),
            static answer => ObjectMetadata.Read(answer.GetProperty("metadata")),
            cancellationToken);

    private Task<Bounds?> QueryBoundsAsync(string space, CancellationToken cancellationToken)
        => Graph.Client.AskAboutAsync(
            this,
            SceneMethods.QueryBounds,
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
