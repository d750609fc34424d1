using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Scene;
using RemoteRendering.Sessions.Scene.Sync;

namespace RemoteRendering.Sessions;

/// <summary>The scene that the host renders for this connection.</summary>
public partial class RenderingConnection
{
    private SceneClient? _scene;

    /// <summary>
    /// Occurs when the host did not apply writes to the scene, which is also logged as a warning. Handlers run like the other callbacks of
    /// the connection.
    /// </summary>
    public virtual event EventHandler<SceneWritesRefusedEventArgs>? SceneWritesRefused
    {
        add => Scene.WritesRefused += value;
        remove => Scene.WritesRefused -= value;
    }

    /// <summary>
    /// Gets the states that the host accepts but does not implement, as it declares when the device binds. The first use of one is logged
    /// as a warning.
    /// </summary>
    public virtual HierarchicalStates UnsupportedStates => SceneClient.UnsupportedOf(_run.Answer);

    internal SceneClient Scene
        => _scene ??= (SceneClient)_run
            .GetOrAddPart(this, static (run, connection) => new SceneClient(connection, run, connection._observers));

    /// <summary>
    /// Creates an entity at the top of the scene or below a parent. It exists locally immediately, and at the host with the next tick.
    /// </summary>
    /// <param name="parent">The parent; <see langword="null"/> for the top.</param>
    /// <returns>The entity: at the origin of its parent, enabled, without a name and without a mesh.</returns>
    /// <exception cref="RenderingSceneException">
    /// The parent no longer exists or belongs to another scene, the scene is full, or the host does not support scenes.
    /// </exception>
    /// <exception cref="RenderingConnectionException">The connection has ended.</exception>
    public virtual Entity CreateEntity(Entity? parent) => Scene.CreateEntity(parent);

    /// <summary>Creates an entity at the top of the scene. It exists locally immediately, and at the host with the next tick.</summary>
    /// <returns>The entity: at the origin, enabled, without a name and without a mesh.</returns>
    /// <exception cref="RenderingSceneException">The scene is full, or the host does not support scenes.</exception>
    /// <exception cref="RenderingConnectionException">The connection has ended.</exception>
    public virtual Entity CreateEntity() => Scene.CreateEntity(null);

    /// <summary>Creates a component of an entity.</summary>
    /// <param name="type">
    /// <see cref="ObjectType.HierarchicalStateOverrideComponent"/> or <see cref="ObjectType.CutPlaneComponent"/>.
    /// </param>
    /// <param name="owner">The entity.</param>
    /// <returns>The component. Its class has the name of <paramref name="type"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="owner"/> is null.</exception>
    /// <exception cref="RenderingSceneException">
    /// <see cref="RenderingSceneError.AlreadyExists"/>: the entity has one; <see cref="RenderingSceneError.InvalidType"/>: components of
    /// this type cannot be created; <see cref="RenderingSceneError.InvalidId"/>: the entity no longer exists, or belongs to another
    /// connection.
    /// </exception>
    public virtual ComponentBase CreateComponent(ObjectType type, Entity owner)
    {
        Guard.NotNull(owner, nameof(owner));
        return ReferenceEquals(owner.Graph.Client, Scene)
            ? owner.AddComponent(type)
            : throw new RenderingSceneException(
                RenderingSceneError.InvalidId, $"The {owner} belongs to another connection.", owner, null, null);
    }

    /// <summary>
    /// Loads a model into the scene. The rest of the scene can be used meanwhile. If the load fails or is cancelled, no part of the model
    /// remains.
    /// </summary>
    /// <param name="options">The model and its parent.</param>
    /// <param name="progress">
    /// Receives the progress from 0 to 1, at least every 250 milliseconds while the host works. It is called like the other callbacks of
    /// the connection. The upload of a stream is the first half.
    /// </param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <returns>The entities of the model.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="RenderingSceneException">
    /// The host refused, or the parent no longer exists. The exception contains the name of the file.
    /// </exception>
    /// <exception cref="RenderingConnectionException">The connection or the scene ended before the answer arrived.</exception>
    /// <example>
    /// <code>
    /// LoadModelResult model = await connection.LoadModelAsync(new LoadModelOptions(new Uri("builtin://Engine")));
    /// model.Root.Position = new Double3(0, 0, -2);
    /// </code>
    /// </example>
    public virtual Task<LoadModelResult> LoadModelAsync(
        LoadModelOptions options, IProgress<float>? progress = null, CancellationToken cancellationToken = default)
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
