using System.Runtime.InteropServices;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Host.Scene.Graph;

/// <content>How entities hang together, and what a model adds.</content>
internal sealed partial class SceneGraph
{
    /// <summary>Adds a model below a parent, all of it or nothing.</summary>
    /// <param name="model">The model.</param>
    /// <param name="parentId">Where; 0 for the top.</param>
    /// <param name="root">The id of its root.</param>
    public SceneErrorCode Attach(SceneModel model, uint parentId, out uint root)
    {
        root = 0;
        if (FindParent(parentId) is not { } parent)
        {
            return SceneErrorCode.InvalidParentId;
        }

        if (_entities.Count + model.Nodes.Count > MaxEntities || LevelOf(parent) + model.Levels > MaxLevels
            || uint.MaxValue - _nextHostId < (uint)model.Nodes.Count)
        {
            return SceneErrorCode.LimitReached;
        }

        root = _nextHostId;
        var added = new SceneEntity[model.Nodes.Count];
        for (int i = 0; i < added.Length; i++)
        {
            SceneModelNode node = model.Nodes[i];
            SceneEntity entity = added[i] = new SceneEntity(_nextHostId++)
            {
                Name = node.Name,
                Position = node.Position,
                Rotation = node.Rotation,
                Scale = node.Scale
            };
            Add(entity, node.Parent < 0 ? parent : added[node.Parent]);
            SetMesh(entity, node.Mesh, node.Instances);
            entity.Exact = node.Exact;
            if (!node.Metadata.IsEmpty)
            {
                entity.NeedParts().Metadata = node.Metadata;
            }
        }

        _models.Add(root, _nextHostId - 1);
        Version++;
        return SceneErrorCode.None;
    }

    /// <summary>The last id that a model brought; null when no model has this root.</summary>
    public uint? LastIdOfModel(uint root) => _models.TryGetValue(root, out uint last) ? last : null;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _entities.Clear();
        _withMesh.Clear();
        _cuts.Clear();
        _models.Clear();
        _meshUsers.Clear();
        _top.FirstChild = _top.LastChild = null;
        Primitives = MeshBytes = 0;
    }

    private void Add(SceneEntity entity, SceneEntity parent)
    {
        _entities.Add(entity.Id, entity);
        Link(entity, parent);
    }

    private static void Link(SceneEntity entity, SceneEntity parent)
    {
        entity.Parent = parent;
        entity.PreviousSibling = parent.LastChild;
        entity.NextSibling = null;
        if (parent.LastChild is { } last)
        {
            last.NextSibling = entity;
        }
        else
        {
            parent.FirstChild = entity;
        }

        parent.LastChild = entity;
        int height = entity.Height + 1;
        for (SceneEntity? above = parent; above is not null && (above.Height < height || entity.IsHeightRough); above = above.Parent)
        {
            above.Height = Math.Max(above.Height, height++);
            above.IsHeightRough |= entity.IsHeightRough;
        }
    }

    private static void Unlink(SceneEntity entity)
    {
        SceneEntity parent = entity.Parent!;
        if (entity.PreviousSibling is { } previous)
        {
            previous.NextSibling = entity.NextSibling;
        }
        else
        {
            parent.FirstChild = entity.NextSibling;
        }

        if (entity.NextSibling is { } next)
        {
            next.PreviousSibling = entity.PreviousSibling;
        }
        else
        {
            parent.LastChild = entity.PreviousSibling;
        }

        entity.NextSibling = entity.PreviousSibling = null;
        for (SceneEntity? above = parent; above is not null; above = above.Parent)
        {
            above.IsHeightRough = true;
        }
    }

    /// <summary>Counts the levels below an entity again, where that may give less.</summary>
    private static int CountHeight(SceneEntity root)
    {
        if (!root.IsHeightRough)
        {
            return root.Height;
        }

        int height = 0;
        int level = 0;
        SceneEntity entity = root;
        while (true)
        {
            if (entity.FirstChild is { } child)
            {
                entity = child;
                height = Math.Max(height, ++level);
                continue;
            }

            while (entity != root && entity.NextSibling is null)
            {
                entity = entity.Parent!;
                level--;
            }

            if (entity == root)
            {
                root.Height = height;
                root.IsHeightRough = false;
                return height;
            }

            entity = entity.NextSibling!;
        }
    }

    private static int LevelOf(SceneEntity entity)
    {
        int level = 0;
        for (SceneEntity above = entity; above.Parent is { } parent; above = parent)
        {
            level++;
        }

        return level;
    }

    private static void MarkStale(SceneEntity root)
    {
        SceneEntity? entity = root;
        while (entity is not null)
        {
            bool known = entity.IsStale;
            entity.IsStale = true;
            entity = known ? entity.NextBeside(root) : entity.NextBelow(root);
        }
    }

    private void SetMesh(SceneEntity entity, SceneMesh? mesh, IReadOnlyList<Placement>? instances)
    {
        if (entity.Parts?.Mesh is { } old)
        {
            EntityParts parts = entity.Parts;
            SceneEntity last = _withMesh[^1];
            _withMesh[parts.MeshIndex] = last;
            last.Parts!.MeshIndex = parts.MeshIndex;
            _withMesh.RemoveAt(_withMesh.Count - 1);
            parts.Mesh = null;
            Primitives -= old.Primitives * (parts.Instances?.Count ?? 1);
            parts.Instances = null;
            ReleaseMesh(old);
        }

        if (mesh is not null)
        {
            EntityParts parts = entity.NeedParts();
            parts.Mesh = mesh;
            parts.MeshIndex = _withMesh.Count;
            _withMesh.Add(entity);
            parts.Instances = instances;
            Primitives += mesh.Primitives * (instances?.Count ?? 1);
            ref int users = ref CollectionsMarshal.GetValueRefOrAddDefault(_meshUsers, mesh, out bool isKnown);
            users++;
            MeshBytes += isKnown ? 0 : mesh.ByteSize;
        }
    }

    private void ReleaseMesh(SceneMesh mesh)
    {
        ref int users = ref CollectionsMarshal.GetValueRefOrNullRef(_meshUsers, mesh);
        if (--users == 0)
        {
            _meshUsers.Remove(mesh);
            MeshBytes -= mesh.ByteSize;
        }
    }
}
