namespace RemoteRendering.Sessions;

/// <summary>What a loaded model has brought.</summary>
public class LoadModelResult
{
    /// <summary>Creates a result.</summary>
    /// <param name="root">The root of the model.</param>
    /// <param name="entities">All entities, the root first, parents before children.</param>
    /// <param name="primitives">How many triangles, lines and points.</param>
    /// <exception cref="ArgumentNullException"><paramref name="root"/> or <paramref name="entities"/> is null.</exception>
    public LoadModelResult(Entity root, IReadOnlyList<Entity> entities, long primitives)
    {
        Root = root ?? throw new ArgumentNullException(nameof(root));
        Entities = entities ?? throw new ArgumentNullException(nameof(entities));
        Primitives = primitives;
    }

    /// <summary>Gets the root: a new entity that carries the file's scene. Move and destroy this one for the whole model.</summary>
    public Entity Root { get; }

    /// <summary>Gets all entities that the model has brought, the root first, parents before children.</summary>
    public IReadOnlyList<Entity> Entities { get; }

    /// <summary>Gets how many triangles, lines and points the model has.</summary>
    public long Primitives { get; }

    /// <summary>Gets the entities of the model, or their components of a kind, as they are now.</summary>
    /// <param name="type">The kind.</param>
    /// <returns>Objects of type <see cref="Entity"/> or of a class derived from <see cref="ComponentBase"/>.</returns>
    public IReadOnlyList<object> GetLoadedObjectsOfType(ObjectType type)
        => type == ObjectType.Entity
            ? [.. Entities]
            : [.. Entities.Select(entity => entity.FindComponentOfType(type)).Where(static component => component is not null).Select(static component => (object)component!)];
}
