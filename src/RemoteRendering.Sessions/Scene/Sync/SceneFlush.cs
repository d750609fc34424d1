using System.Numerics;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>Writes what the host does not know about a graph into batches, in an order in which the host can apply it.</summary>
/// <remarks>
/// <para>The order is not the one of the calls, of which nothing is kept, but one that leads from any state of the host to the state here without a write that the host must refuse:</para>
/// <list type="number">
/// <item>Every entity that has another parent there than here is put at the top, also those that are destroyed by now. This can make no cycle. From here on every edge at the host is one that also exists here, or existed when its
/// lower end was destroyed together with its upper end.</item>
/// <item>What was destroyed is destroyed. Whatever left its subtree in time is at the top now and survives; whatever came into it is at the top too and has an entry of its own. Room is made before it is needed.</item>
/// <item>New entities, by growing ids, below their parent where the host has that one, else at the top.</item>
/// <item>What is at the top for now goes below its parent. The edges at the host are some of those here, which make a forest; so no single one can close a cycle, in whatever order they come.</item>
/// <item>Values. They are relative to the parent, so it does not matter that they come after it.</item>
/// </list>
/// <para>A lone entity with a new parent is not put at the top first: all other edges are those here already. Between two batches, never between two writes of one, a picture may catch an entity at the top.</para>
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

    /// <summary>Writes everything; the caller holds the lock of the scene.</summary>
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
