namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents a loaded model.</summary>
public class LoadModelResult
{
    /// <summary>Creates a result.</summary>
    /// <param name="root">The root of the model.</param>
    /// <param name="entities">All entities, the root first, parents before children.</param>
    /// <param name="primitives">The number of triangles, lines and points.</param>
    /// <exception cref="ArgumentNullException"><paramref name="root"/> or <paramref name="entities"/> is null.</exception>
    public LoadModelResult(Entity root, IReadOnlyList<Entity> entities, long primitives)
        : this(root, entities, primitives, [])
    {
    }

    /// <summary>Creates a result with warnings.</summary>
    /// <param name="root">The root of the model.</param>
    /// <param name="entities">All entities, the root first, parents before children.</param>
    /// <param name="primitives">The number of triangles, lines and points.</param>
    /// <param name="warnings">The parts of the file that the host left out or changed.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="root"/>, <paramref name="entities"/> or <paramref name="warnings"/> is null.
    /// </exception>
    public LoadModelResult(Entity root, IReadOnlyList<Entity> entities, long primitives, IReadOnlyList<LoadModelWarning> warnings)
    {
        Root = root ?? throw new ArgumentNullException(nameof(root));
        Entities = entities ?? throw new ArgumentNullException(nameof(entities));
        Primitives = primitives;
        Warnings = warnings ?? throw new ArgumentNullException(nameof(warnings));
    }

    /// <summary>
    /// Gets the root: a new entity that contains the scene of the file. Move or destroy it to move or destroy the whole model.
    /// </summary>
    public Entity Root { get; }

    /// <summary>Gets all entities of the model, the root first, parents before children.</summary>
    public IReadOnlyList<Entity> Entities { get; }

    /// <summary>
    /// Gets the number of triangles, lines and points of the model. A mesh counts once for each entity that has it, and for each of its
    /// instances.
    /// </summary>
    public long Primitives { get; }

    /// <summary>
    /// Gets the parts of the file that the host left out or changed. Empty when the model contains the whole file. Of many places of one
    /// kind only the first ones are listed.
    /// </summary>
    public IReadOnlyList<LoadModelWarning> Warnings { get; }

    /// <summary>Gets the present entities of the model, or their components of a type.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Objects of type <see cref="Entity"/> or of a class derived from <see cref="ComponentBase"/>.</returns>
    public IReadOnlyList<object> GetLoadedObjectsOfType(ObjectType type)
        => type == ObjectType.Entity
            ? [.. Entities]
            : [
                .. Entities.Select(entity => entity.FindComponentOfType(type)).Where(static component => component is not null)
                .Select(static component => (object)component!)
            ];
}
