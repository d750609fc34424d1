using System.Numerics;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>Writes the changes of a graph into batches, in an order that the host can apply.</summary>
/// <remarks>
/// <para>
/// The order is not that of the calls, which are not recorded. It leads from every state of the host to the local state without a write
/// that the host must refuse:
/// </para>
/// <list type="number">
/// <item>Every entity that has another parent at the host is moved to the top, also those that are already destroyed. This cannot create a
/// cycle. From then on every edge at the host also exists locally, or existed when its lower end was destroyed together with its upper
/// end.</item>
/// <item>Destroyed entities are destroyed. Entities that left such a subtree before are at the top now and survive; entities that came into
/// it are at the top too and have their own entry. This makes room before it is needed.</item>
/// <item>New entities are created, by increasing ids, below their parent if the host has it, otherwise at the top.</item>
/// <item>Entities that are temporarily at the top move below their parent. The edges at the host are a subset of the local ones, which form
/// a forest, so none can close a cycle, in any order.</item>
/// <item>Values are written. They are relative to the parent, so they can follow it.</item>
/// </list>
/// <para>
/// A single entity with a new parent is not moved to the top first, because all other edges are already the local ones. Between two
/// batches, never between two writes of one batch, a picture may show an entity at the top.
/// </para>
/// </remarks>
internal ref struct SceneFlush
{
    private readonly SceneClient _client;
    private readonly SceneGraph _graph;
    private readonly int _limit;
    private SceneBatch? _batch;

    private SceneFlush(SceneClient client, SceneGraph graph, int limit)
    {
        _client = client;
        _graph = graph;
        _limit = limit;
    }

    /// <summary>Writes all changes. The caller holds the lock of the scene.</summary>
    public static void Run_NeedsGate(SceneClient client, SceneGraph graph, int limit)
    {
        var flush = new SceneFlush(client, graph, limit);
        flush.WriteAll();
        flush.SendBatch();
    }

    private void WriteAll()
    {
        Detach();
        foreach (uint id in _graph.Destroyed)
        {
            while (!Batch().TryDestroy(id))
            {
                SendBatch();
            }
        }

        _graph.Destroyed.Clear();
        Create();
        Attach();
        foreach (Entity entity in _graph.Changed)
        {
            if (!entity.IsDestroyed)
            {
                Write(entity);
            }

            entity.Changes = SceneChanges.None;
        }

        _graph.Changed.Clear();
    }

    private void Detach()
    {
        if (_graph.Moved.Count == 1 && _graph.Destroyed.Count == 0)
        {
            return;
        }

        foreach (Entity entity in _graph.Moved)
        {
            if (entity.SentParent is not null)
            {
                while (!Batch().TryMove(entity.Id, 0))
                {
                    SendBatch();
                }

                entity.SentParent = null;
            }
        }
    }

    private void Create()
    {
        foreach (Entity entity in _graph.Created)
        {
            if (entity.IsDestroyed)
            {
                continue;
            }

            Entity? parent = entity.Parent_NeedsGate;
            bool waits = parent is { IsSent: false };
            while (!Batch().TryCreate(entity.Id, waits || parent is null ? 0 : parent.Id))
            {
                SendBatch();
            }

            entity.IsSent = true;
            entity.SentParent = waits ? null : parent;
            if (waits)
            {
                entity.IsMoved = true;
                _graph.Moved.Add(entity);
            }
        }

        _graph.Created.Clear();
    }

    private void Attach()
    {
        foreach (Entity entity in _graph.Moved)
        {
            Entity? parent = entity.Parent_NeedsGate;
            if (!entity.IsDestroyed && !ReferenceEquals(entity.SentParent, parent))
            {
                while (!Batch().TryMove(entity.Id, parent?.Id ?? 0))
                {
                    SendBatch();
                }

                entity.SentParent = parent;
            }

            entity.IsMoved = false;
        }

        _graph.Moved.Clear();
    }

    /// <summary>Gets the batch that is being written.</summary>
    private void Write(Entity entity)
    {
        SceneChanges changes = entity.Changes;
        if ((changes & SceneChanges.Transform) != 0)
        {
            entity.ReadTransform_NeedsGate(out Double3 position, out Quaternion rotation, out Vector3 scale);
            while (!Batch().TryTransform(entity.Id, changes, position, rotation, scale))
            {
                SendBatch();
            }
        }

        if ((changes & ~SceneChanges.Transform) != 0)
        {
            WriteOthers(entity, changes);
        }
    }

    private void WriteOthers(Entity entity, SceneChanges changes)
    {
        while ((changes & SceneChanges.Enabled) != 0 && !Batch().TryEnable(entity.Id, entity.Enabled))
        {
            SendBatch();
        }

        while ((changes & SceneChanges.Name) != 0 && !Batch().TryName(entity.Id, entity.Name))
        {
            SendBatch();
        }

        while ((changes & SceneChanges.State) != 0 && !Batch().TryState(entity.Id, entity.State_NeedsGate))
        {
            SendBatch();
        }

        while ((changes & SceneChanges.CutPlane) != 0 && !Batch().TryCutPlane(entity.Id, entity.CutPlane_NeedsGate))
        {
            SendBatch();
        }
    }

    private SceneBatch Batch() => _batch ??= _client.BeginBatch_NeedsGate(_graph, _limit);

    /// <summary>Sends the batch that is full.</summary>
    private void SendBatch()
    {
        if (_batch is { } batch)
        {
            _batch = null;
            _client.EndBatch_NeedsGate(batch);
        }
    }
}
