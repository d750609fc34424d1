namespace RemoteRendering.Sessions.Scene;

/// <summary>Components.</summary>
public partial class Entity
{
    private MeshComponent? _mesh;
    private HierarchicalStateOverrideComponent? _state;
    private CutPlaneComponent? _cutPlane;

    /// <summary>Gets a copy of the present list of components.</summary>
    public virtual IReadOnlyList<ComponentBase> Components
    {
        get
        {
            lock (Graph.Gate)
            {
                var components = new List<ComponentBase>(3);
                Add(components, _mesh);
                Add(components, _state);
                Add(components, _cutPlane);
                return components;
            }
        }
    }

    /// <summary>Finds the component of a kind.</summary>
    /// <param name="type">The kind.</param>
    /// <returns>The component; <see langword="null"/> when the entity has none of the kind.</returns>
    public virtual ComponentBase? FindComponentOfType(ObjectType type)
    {
        lock (Graph.Gate)
        {
            return type switch
            {
                ObjectType.MeshComponent => _mesh,
                ObjectType.HierarchicalStateOverrideComponent => _state,
                ObjectType.CutPlaneComponent => _cutPlane,
                _ => null,
            };
        }
    }

    /// <summary>Finds the component of a class.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <returns>The component; <see langword="null"/> when the entity has none of the class.</returns>
    public virtual T? FindComponentOfType<T>()
        where T : ComponentBase => Components.OfType<T>().FirstOrDefault();

    internal HierarchicalStateOverrideComponent? State_NeedsGate => _state;

    internal CutPlaneComponent? CutPlane_NeedsGate => _cutPlane;

    internal ComponentBase AddComponent(ObjectType type)
    {
        if (type is not (ObjectType.HierarchicalStateOverrideComponent or ObjectType.CutPlaneComponent))
        {
            throw new RenderingSceneException(RenderingSceneError.InvalidType,
                $"A component of type {type} cannot be created; only models contain it.", this, null, null);
        }

        lock (Graph.Gate)
        {
            Check_NeedsGate();
            if (FindComponentOfType(type) is not null)
            {
                throw new RenderingSceneException(RenderingSceneError.AlreadyExists, $"The {this} already has a {type}.", this, null, null);
            }

            if (type == ObjectType.CutPlaneComponent)
            {
                Graph.Change(this, SceneChanges.CutPlane);
                return _cutPlane = new CutPlaneComponent(this);
            }

            Graph.Change(this, SceneChanges.State);
            return _state = new HierarchicalStateOverrideComponent(this);
        }
    }

    internal void Drop_NeedsGate(ComponentBase component)
    {
        if (component is CutPlaneComponent)
        {
            _cutPlane = null;
            Graph.Change(this, SceneChanges.CutPlane);
        }
        else
        {
            _state = null;
            Graph.Change(this, SceneChanges.State);
        }
    }

    private static void Add(List<ComponentBase> components, ComponentBase? component)
    {
        if (component is not null)
        {
            components.Add(component);
        }
    }
}
