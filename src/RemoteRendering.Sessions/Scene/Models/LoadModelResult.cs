namespace RemoteRendering.Sessions.Scene;

/// <summary>What a loaded model has brought.</summary>
public class LoadModelResult
{
    /// <summary>Creates a result.</summary>
    /// <param name="root">The root of the model.</param>
    /// <param name="entities">All entities, the root first, parents before children.</param>
    /// <param name="primitives">How many triangles, lines and points.</param>
    /// <exception cref="ArgumentNullException"><paramref name="root"/> or <paramref name="entities"/> is null.</exception>
    public LoadModelResult(Entity root, IReadOnlyList<Entity> entities, long primitives)
        : this(root, entities, primitives, [])
    {
    }

    /// <summary>Creates a result with warnings.</summary>
    /// <param name="root">The root of the model.</param>
    /// <param name="entities">All entities, the root first, parents before children.</param>
    /// <param name="primitives">How many triangles, lines and points.</param>
    /// <param name="warnings">What of the file is not in the model.</param>
    /// <exception cref="ArgumentNullException"><paramref name="root"/>, <paramref name="entities"/> or <paramref name="warnings"/> is null.</exception>
    public LoadModelResult(Entity root, IReadOnlyList<Entity> entities, long primitives, IReadOnlyList<LoadModelWarning> warnings)
    {
        Root = root ?? throw new ArgumentNullException(nameof(root));
        Entities = entities ?? throw new ArgumentNullException(nameof(entities));
        Primitives = primitives;
        Warnings = warnings ?? throw new ArgumentNullException(nameof(warnings));
    }

    /// <summary>Gets the root: a new entity that carries the file's scene. Move and destroy this one for the whole model.</summary>
    public Entity Root { get; }

    /// <summary>Gets all entities that the model has brought, the root first, parents before children.</summary>
    public IReadOnlyList<Entity> Entities { get; }

    /// <summary>Gets the number of triangles, lines and points of the model. A mesh counts for each entity that carries it, and for each of its instances.</summary>
    public long Primitives { get; }

    /// <summary>Gets what the host left out of the file, or changed. Empty when all of the file is in the model. Of many places of one kind the first are named.</summary>
    public IReadOnlyList<LoadModelWarning> Warnings { get; }

    /// <summary>Gets the entities of the model, or their components of a kind, as they are now.</summary>
    /// <param name="type">The kind.</param>
    /// <returns>Objects of type <see cref="Entity"/> or of a class derived from <see cref="ComponentBase"/>.</returns>
    public IReadOnlyList<object> GetLoadedObjectsOfType(ObjectType type)
        => type == ObjectType.Entity
            ? [.. Entities]
            : [.. Entities.Select(entity => entity.FindComponentOfType(type)).Where(static component => component is not null).Select(static component => (object)component!)];
}
