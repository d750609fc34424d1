namespace RemoteRendering.Sessions.Scene;

/// <summary>
/// Represents the scene of one binding in this client, with its unsent changes. Every member is used under <see cref="Gate"/>.
/// </summary>
/// <remarks>
/// <para>The unsent changes are not a log of calls but a difference: for each entity whether the host has it, its parent at the host, and
/// which values are newer locally. So there are never more entries than entities, for an outage of any length and any number of writes, and
/// the last value wins. SceneFlush documents the order in
/// which a difference is sent.</para>
/// <para>
/// A new binding has a new graph. The old one is referenced by its entities, whose values can still be read, and accepts no more writes.
/// </para>
/// </remarks>
internal sealed class SceneGraph(ISceneClient client, long epoch, object gate)
{
    /// <summary>The limit of the protocol.</summary>
    public const int MaxEntities = 1_048_576;

    private const uint FirstHostId = 0x8000_0000;

    private readonly Dictionary<uint, Entity> _entities = [];
    private readonly HashSet<uint> _unseen = [];
    private uint _lastId;

    public object Gate => gate;

    public ISceneClient Client => client;

    public long Epoch => epoch;

    /// <summary>Gets a value indicating whether the host has lost the scene, or the connection has ended.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Gets the entities that have not been sent to the host, in the order of their ids.</summary>
    public List<Entity> Created { get; } = [];

    /// <summary>Gets the entities that have another parent at the host.</summary>
    public List<Entity> Moved { get; } = [];

    /// <summary>Gets the ids to be destroyed at the host, with their descendants there.</summary>
    public List<uint> Destroyed { get; } = [];

    /// <summary>Gets the entities with unsent values.</summary>
    public List<Entity> Changed { get; } = [];

    public bool IsDirty => Created.Count > 0 || Moved.Count > 0 || Destroyed.Count > 0 || Changed.Count > 0;

    public void Lose()
    {
        IsLost = true;
        Created.Clear();
        Moved.Clear();
        Destroyed.Clear();
        Changed.Clear();
        _entities.Clear();
    }

    /// <summary>Returns whether a refused write was a clean-up of an entity that the host had already removed with its parent.</summary>
    public bool IsCleanUp(uint id, int error) => error == (int)RenderingSceneError.InvalidId && _unseen.Contains(id);

    public Entity? Find(uint id) => _entities.TryGetValue(id, out Entity? entity) ? entity : null;

    /// <summary>Creates a local entity.</summary>
    public Entity Create()
    {
        if (_entities.Count >= MaxEntities || _lastId == FirstHostId - 1)
        {
            throw new RenderingSceneException(
                RenderingSceneError.LimitReached, $"The scene has reached its limit of {MaxEntities:N0} entities.");
        }

        var entity = new Entity(this, ++_lastId);
        _entities.Add(entity.Id, entity);
        Created.Add(entity);
        client.OnDirty_NeedsGate();
        return entity;
    }

    /// <summary>Adds an entity that the host has created.</summary>
    public Entity Adopt(uint id, Entity? parent)
    {
        if (id < FirstHostId || _entities.ContainsKey(id))
        {
            throw new FormatException($"The host sent the entity {id}, whose id it cannot have assigned.");
        }

        var entity = new Entity(this, id) { IsSent = true, SentParent = parent };
        _entities.Add(id, entity);
        parent?.Append_NeedsGate(entity);
        return entity;
    }

    public void Change(Entity entity, SceneChanges changes)
    {
        if (entity.Changes == SceneChanges.None)
        {
            Changed.Add(entity);
        }

        entity.Changes |= changes;
        client.OnDirty_NeedsGate();
    }

    public void Move(Entity entity, Entity? parent)
    {
        entity.Parent_NeedsGate?.Remove_NeedsGate(entity);
        parent?.Append_NeedsGate(entity);
        if (entity.IsSent && !entity.IsMoved)
        {
            entity.IsMoved = true;
            Moved.Add(entity);
        }

        client.OnDirty_NeedsGate();
    }

    /// <summary>Destroys an entity and its descendants, without recursion because a scene may be deep.</summary>
    public void Destroy(Entity root)
    {
        root.Parent_NeedsGate?.Remove_NeedsGate(root);
        var open = new Stack<Entity>();
        open.Push(root);
        while (open.Count > 0)
        {
            Entity entity = open.Pop();
            for (Entity? child = entity.FirstChild; child is not null; child = child.NextSibling)
            {
                open.Push(child);
            }

            entity.OnDestroyed_NeedsGate();
            _entities.Remove(entity.Id);

            // An entity with the same parent at the host is destroyed with that parent.
            if (entity.IsSent && (ReferenceEquals(entity, root) || entity.IsMoved))
            {
                Destroyed.Add(entity.Id);
            }
        }

        client.OnDirty_NeedsGate();
    }

    /// <summary>Destroys, at the host, an entity that does not exist locally.</summary>
    public void DestroyUnseen(uint id)
    {
        _unseen.Add(id);

        // Before the others, one of which may be its parent.
        Destroyed.Insert(0, id);
        client.OnDirty_NeedsGate();
    }
}
