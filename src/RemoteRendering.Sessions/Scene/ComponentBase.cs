namespace RemoteRendering.Sessions.Scene;

/// <summary>
/// Represents a component of an entity, at most one of each kind. Thread-safe. Writes are sent like those of the <see cref="Entity"/>, and
/// the component is destroyed with its entity.
/// </summary>
public abstract class ComponentBase
{
    private bool _isGone;

    internal ComponentBase(Entity owner) => Owner = owner;

    /// <summary>Creates a component, for test doubles that derive from this class.</summary>
    protected ComponentBase() => Owner = null!;

    /// <summary>Gets the entity of the component.</summary>
    public virtual Entity Owner { get; }

    /// <summary>Gets the kind of the component.</summary>
    public abstract ObjectType Type { get; }

    /// <summary>Gets a value indicating whether the component and its entity still exist.</summary>
    public virtual bool IsValid => !Volatile.Read(ref _isGone) && Owner.IsValid;

    /// <summary>Removes the component from its entity. Does nothing when it is already removed.</summary>
    /// <exception cref="RenderingSceneException">
    /// <see cref="RenderingSceneError.NotSupported"/>: meshes cannot be removed from their entity.
    /// </exception>
    public virtual void Destroy()
    {
        lock (Owner.Graph.Gate)
        {
            if (IsValid)
            {
                Owner.Drop_NeedsGate(this);
                Volatile.Write(ref _isGone, true);
            }
        }
    }

    private protected T Read<T>(ref T field)
    {
        lock (Owner.Graph.Gate)
        {
            return field;
        }
    }

    private protected void Write<T>(ref T field, T value, SceneChanges changes)
    {
        lock (Owner.Graph.Gate)
        {
            if (_isGone)
            {
                throw new RenderingSceneException(
                    RenderingSceneError.InvalidId, $"The {Type} of the {Owner} has been destroyed.", Owner, null, null);
            }

            Owner.Check_NeedsGate();
            if (!EqualityComparer<T>.Default.Equals(field, value))
            {
                field = value;
                Owner.Graph.Change(Owner, changes);
            }
        }
    }
}
