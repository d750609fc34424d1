using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Scene;
using RemoteRendering.Sessions.Scene.Sync;

namespace RemoteRendering.Sessions;

/// <summary>The scene that the host renders for this connection.</summary>
public partial class RenderingConnection
{
    private SceneClient? _scene;

    /// <summary>Occurs when the host did not apply writes to the scene, which is logged as a warning too. Runs where the connection's other callbacks run.</summary>
    public virtual event EventHandler<SceneWritesRefusedEventArgs>? SceneWritesRefused
    {
        add => Scene.WritesRefused += value;
        remove => Scene.WritesRefused -= value;
    }

    /// <summary>Gets the states that the host takes and does nothing with, as it says so when the device binds. Using one logs a warning, once.</summary>
    public virtual HierarchicalStates UnsupportedStates => SceneClient.UnsupportedOf(_run.Answer);

    internal SceneClient Scene
        => _scene ??= (SceneClient)_run.GetOrAddPart(this, static (run, connection) => new SceneClient(connection, run, connection._observers));

    /// <summary>Creates an entity at the top of the scene, or below another. It is there at once, and at the host with the next tick.</summary>
    /// <param name="parent">What to put it below; <see langword="null"/> for the top.</param>
    /// <returns>The entity: at the origin of its parent, enabled, without a name and without anything to see.</returns>
    /// <exception cref="RenderingSceneException">The parent is gone or belongs to another scene, the scene is full, or the host has none.</exception>
    /// <exception cref="RenderingConnectionException">The connection has ended.</exception>
    public virtual Entity CreateEntity(Entity? parent) => Scene.CreateEntity(parent);

    /// <summary>Creates an entity at the top of the scene. It is there at once, and at the host with the next tick.</summary>
    /// <returns>The entity: at the origin, enabled, without a name and without anything to see.</returns>
    /// <exception cref="RenderingSceneException">The scene is full, or the host has none.</exception>
    /// <exception cref="RenderingConnectionException">The connection has ended.</exception>
    public virtual Entity CreateEntity() => Scene.CreateEntity(null);

    /// <summary>Gives an entity a component.</summary>
    /// <param name="type"><see cref="ObjectType.HierarchicalStateOverrideComponent"/> or <see cref="ObjectType.CutPlaneComponent"/>.</param>
    /// <param name="owner">The entity.</param>
    /// <returns>The component, of the class with the name of <paramref name="type"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="owner"/> is null.</exception>
    /// <exception cref="RenderingSceneException">
    /// <see cref="RenderingSceneError.AlreadyExists"/>: it has one; <see cref="RenderingSceneError.InvalidType"/>: there are none of the kind to make;
    /// <see cref="RenderingSceneError.InvalidId"/>: the entity is gone, or belongs to another connection.
    /// </exception>
    public virtual ComponentBase CreateComponent(ObjectType type, Entity owner)
    {
        Guard.NotNull(owner, nameof(owner));
        return ReferenceEquals(owner.Graph.Client, Scene)
            ? owner.AddComponent(type)
            : throw new RenderingSceneException(RenderingSceneError.InvalidId, $"The {owner} belongs to another connection.", owner, null, null);
    }

    /// <summary>Loads a model into the scene. The rest of the scene goes on meanwhile; when the load fails, or is cancelled, nothing of the model is there.</summary>
    /// <param name="options">Which model, and where to put it.</param>
    /// <param name="progress">Is told how far it has come, from 0 to 1, at least every 250 ms while the host works. Called where the connection's other callbacks run. The sending of a stream is the first half.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <returns>What the model has brought.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="RenderingSceneException">The host refused, or the parent is gone. The file is named.</exception>
    /// <exception cref="RenderingConnectionException">The connection, or the scene, ended before the answer came.</exception>
    public virtual Task<LoadModelResult> LoadModelAsync(LoadModelOptions options, IProgress<float>? progress = null, CancellationToken cancellationToken = default)
    {
        Guard.NotNull(options, nameof(options));
        return Scene.LoadAsync(options, progress, cancellationToken);
    }

    partial void OnUpdate()
    {
        if (_run.Binding.Part is SceneClient scene)
        {
            scene.Tick();
        }
    }
}
