using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Scene;

/// <summary>The tree. Children are a linked list, so adding and removing a child takes constant time.</summary>
public partial class Entity
{
    private Entity? _parent;
    private Entity? _lastChild;
    private Entity? _previousSibling;
    private int _childCount;

    /// <summary>
    /// Gets or sets the parent entity; <see langword="null"/> for an entity at the top. Position, rotation and scale keep their values and
    /// are then relative to the new parent.
    /// </summary>
    /// <exception cref="RenderingSceneException">
    /// <see cref="RenderingSceneError.InvalidId"/>: the entity no longer exists; <see cref="RenderingSceneError.InvalidParentId"/>: the
    /// parent no longer exists, or belongs to another scene; <see cref="RenderingSceneError.CyclicReference"/>: the parent is the entity
    /// itself or a descendant of it.
    /// </exception>
    public virtual Entity? Parent
    {
        get
        {
            lock (Graph.Gate)
            {
                return _parent;
            }
        }

        set
        {
            lock (Graph.Gate)
            {
                Check_NeedsGate();
                CheckParent_NeedsGate(Graph, value);
                if (ReferenceEquals(_parent, value))
                {
                    return;
                }

                for (Entity? above = value; above is not null; above = above._parent)
                {
                    if (ReferenceEquals(above, this))
                    {
                        throw new RenderingSceneException(
                            RenderingSceneError.CyclicReference, $"The {value} cannot be the parent of the {this}: it is the same entity "
                            + $"or a descendant of it.", this, null, null);
                    }
                }

                Graph.Move(this, value);
            }
        }
    }

    /// <summary>Gets a copy of the present list of children.</summary>
    public virtual IReadOnlyList<Entity> Children
    {
        get
        {
            lock (Graph.Gate)
            {
                var children = new Entity[_childCount];
                int next = 0;
                for (Entity? child = FirstChild; child is not null; child = child.NextSibling)
                {
                    children[next++] = child;
                }

                return children;
            }
        }
    }

    internal Entity? Parent_NeedsGate => _parent;

    internal Entity? FirstChild { get; private set; }

    internal Entity? NextSibling { get; private set; }

    /// <summary>Finds the first entity that meets a condition: this entity and its descendants, parents before children.</summary>
    /// <param name="predicate">The condition.</param>
    /// <returns>The entity; <see langword="null"/> when none meets it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="predicate"/> is null.</exception>
    public virtual Entity? FindFirstEntity(Func<Entity, bool> predicate)
    {
        Guard.NotNull(predicate, nameof(predicate));
        Entity? found = null;
        VisitEntity(entity =>
        {
            found ??= predicate(entity) ? entity : null;
            return found is null;
        });
        return found;
    }

    /// <summary>Visits this entity and all its descendants, parents before children.</summary>
    /// <param name="visitor">
    /// Is called with each entity, and returns whether to visit its children. It may change the tree; children are read when the visit
    /// reaches them.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="visitor"/> is null.</exception>
    public virtual void VisitEntity(Func<Entity, bool> visitor)
    {
        Guard.NotNull(visitor, nameof(visitor));
        var open = new Stack<Entity>();
        open.Push(this);
        while (open.Count > 0)
        {
            Entity entity = open.Pop();
            if (!visitor(entity))
            {
                continue;
            }

            IReadOnlyList<Entity> children = entity.Children;
            for (int i = children.Count - 1; i >= 0; i--)
            {
                open.Push(children[i]);
            }
        }
    }

    internal static void CheckParent_NeedsGate(SceneGraph graph, Entity? parent)
    {
        if (parent is not null && (!ReferenceEquals(parent.Graph, graph) || !parent.IsValid_NeedsGate))
        {
            string why = ReferenceEquals(parent.Graph, graph) ? "no longer exists" : "belongs to another scene";
            throw new RenderingSceneException(
                RenderingSceneError.InvalidParentId, $"The {parent} cannot be a parent because it {why}.", parent, null, null);
        }
    }

    internal void Append_NeedsGate(Entity child)
    {
        child._parent = this;
        child._previousSibling = _lastChild;
        child.NextSibling = null;
        if (_lastChild is null)
        {
            FirstChild = child;
        }
        else
        {
            _lastChild.NextSibling = child;
        }

        _lastChild = child;
        _childCount++;
    }

    internal void Remove_NeedsGate(Entity child)
    {
        if (child._previousSibling is null)
        {
            FirstChild = child.NextSibling;
        }
        else
        {
            child._previousSibling.NextSibling = child.NextSibling;
        }

        if (child.NextSibling is null)
        {
            _lastChild = child._previousSibling;
        }
        else
        {
            child.NextSibling._previousSibling = child._previousSibling;
        }

        child._parent = null;
        child._previousSibling = null;
        child.NextSibling = null;
        _childCount--;
    }

    /// <summary>Releases the references to other entities, so that they can be collected. The caller has read the children.</summary>
    internal void OnDestroyed_NeedsGate()
    {
        IsDestroyed = true;
        _parent = null;
        _previousSibling = null;
        NextSibling = null;
        FirstChild = null;
        _lastChild = null;
        _childCount = 0;
    }
}
