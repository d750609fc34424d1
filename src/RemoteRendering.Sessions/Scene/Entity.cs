using System.Numerics;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Scene.Values;

namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents a node of the scene that the host renders, with a transform relative to its parent and with children.</summary>
/// <remarks>
/// <para>Thread-safe. Writes take effect locally immediately and are sent to the host with the next tick: in
/// <see cref="RenderingConnection.Update"/> when callbacks are pumped, otherwise within about 16 milliseconds. Of several writes to a
/// property between two ticks only the last one is sent. Queries, pictures and loads include all
/// writes that were made before the call.</para>
/// <para>An entity becomes invalid when it or an ancestor is destroyed, when the host has lost the scene (a change of the connection
/// without <see cref="RenderingConnectionChange.SceneKept"/>), and when the connection ends. <see cref="IsValid"/> is then false. The last
/// values can still be read, and all other members throw <see cref="RenderingSceneException"/> with
/// <see cref="RenderingSceneError.InvalidId"/>. A drop that is repaired has no effect.</para>
/// </remarks>
public partial class Entity
{
    /// <summary>The longest name, in bytes of UTF-8: 256.</summary>
    public const int MaxNameBytes = 256;

    private Double3 _position;
    private Quaternion _rotation = Quaternion.Identity;
    private Vector3 _scale = Vector3.One;
    private string _name = string.Empty;
    private bool _enabled = true;

    internal Entity(SceneGraph graph, uint id)
    {
        Graph = graph;
        Id = id;
    }

    /// <summary>Creates an entity, for test doubles that derive from this class.</summary>
    protected Entity() => Graph = null!;

    /// <summary>Gets a value indicating whether the entity still exists.</summary>
    public virtual bool IsValid
    {
        get
        {
            lock (Graph.Gate)
            {
                return IsValid_NeedsGate;
            }
        }
    }

    /// <summary>Gets or sets the position of the entity relative to its parent, in metres.</summary>
    /// <value>The default is the origin.</value>
    /// <exception cref="ArgumentException">A coordinate is not a finite number.</exception>
    /// <exception cref="RenderingSceneException">On writing: the entity no longer exists.</exception>
    public virtual Double3 Position
    {
        get
        {
            lock (Graph.Gate)
            {
                return _position;
            }
        }

        set
        {
            SceneNumbers.CheckFinite(value, nameof(value));
            lock (Graph.Gate)
            {
                Check_NeedsGate();
                if (_position != value)
                {
                    _position = value;
                    Graph.Change(this, SceneChanges.Position);
                }
            }
        }
    }

    /// <summary>Gets or sets the rotation of the entity relative to its parent.</summary>
    /// <value>The default is the identity. A quaternion is normalized to the length 1.</value>
    /// <exception cref="ArgumentException">A component of the quaternion is not finite, or all are zero.</exception>
    /// <exception cref="RenderingSceneException">On writing: the entity no longer exists.</exception>
    public virtual Quaternion Rotation
    {
        get
        {
            lock (Graph.Gate)
            {
                return _rotation;
            }
        }

        set
        {
            Quaternion rotation = SceneNumbers.CheckRotation(value, nameof(value));
            lock (Graph.Gate)
            {
                Check_NeedsGate();
                if (_rotation != rotation)
                {
                    _rotation = rotation;
                    Graph.Change(this, SceneChanges.Rotation);
                }
            }
        }
    }

    /// <summary>Gets or sets the scale of the entity relative to its parent, along each axis.</summary>
    /// <value>The default is 1. Zero is allowed and makes the entity flat along that axis; a negative scale mirrors it.</value>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    /// <exception cref="RenderingSceneException">On writing: the entity no longer exists.</exception>
    public virtual Vector3 Scale
    {
        get
        {
            lock (Graph.Gate)
            {
                return _scale;
            }
        }

        set
        {
            if (!SceneNumbers.IsFinite(value))
            {
                throw new ArgumentException("The scale must be finite.", nameof(value));
            }

            lock (Graph.Gate)
            {
                Check_NeedsGate();
                if (_scale != value)
                {
                    _scale = value;
                    Graph.Change(this, SceneChanges.Scale);
                }
            }
        }
    }

    /// <summary>Gets or sets the name. It need not be unique.</summary>
    /// <value>The default is the empty string. At most <see cref="MaxNameBytes"/> bytes of UTF-8.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">The value is too long.</exception>
    /// <exception cref="RenderingSceneException">On writing: the entity no longer exists.</exception>
    public virtual string Name
    {
        get => Volatile.Read(ref _name);
        set
        {
            Guard.NotNull(value, nameof(value));
            if (System.Text.Encoding.UTF8.GetByteCount(value) > MaxNameBytes)
            {
                throw new ArgumentException($"The name must have at most {MaxNameBytes} bytes of UTF-8.", nameof(value));
            }

            lock (Graph.Gate)
            {
                Check_NeedsGate();
                if (_name != value)
                {
                    Volatile.Write(ref _name, value);
                    Graph.Change(this, SceneChanges.Name);
                }
            }
        }
    }

    /// <summary>
    /// Gets or sets a value indicating whether the entity is enabled. A disabled entity and its descendants are neither drawn nor hit by
    /// rays.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    /// <exception cref="RenderingSceneException">On writing: the entity no longer exists.</exception>
    public virtual bool Enabled
    {
        get => Volatile.Read(ref _enabled);
        set
        {
            lock (Graph.Gate)
            {
                Check_NeedsGate();
                if (_enabled != value)
                {
                    Volatile.Write(ref _enabled, value);
                    Graph.Change(this, SceneChanges.Enabled);
                }
            }
        }
    }

    internal SceneGraph Graph { get; }

    internal uint Id { get; }

    /// <summary>Gets or sets the changes that have not been sent to the host.</summary>
    internal SceneChanges Changes { get; set; }

    /// <summary>Gets or sets a value indicating whether the host has the entity.</summary>
    internal bool IsSent { get; set; }

    /// <summary>Gets or sets the parent of the entity at the host.</summary>
    internal Entity? SentParent { get; set; }

    /// <summary>Gets or sets a value indicating whether the entity has another parent at the host.</summary>
    internal bool IsMoved { get; set; }

    internal bool IsDestroyed { get; private set; }

    private bool IsValid_NeedsGate => !IsDestroyed && !Graph.IsLost;

    /// <summary>
    /// Sets position, rotation and scale together. One call is cheaper than three writes, and the host never renders only a part of it.
    /// </summary>
    /// <param name="position">The position relative to the parent, in metres.</param>
    /// <param name="rotation">The rotation relative to the parent.</param>
    /// <param name="scale">The scale relative to the parent, along each axis.</param>
    /// <exception cref="ArgumentException">A number is not finite, or all components of the rotation are zero.</exception>
    /// <exception cref="RenderingSceneException">The entity no longer exists.</exception>
    public virtual void SetTransform(Double3 position, Quaternion rotation, Vector3 scale)
    {
        SceneNumbers.CheckFinite(position, nameof(position));
        rotation = SceneNumbers.CheckRotation(rotation, nameof(rotation));
        if (!SceneNumbers.IsFinite(scale))
        {
            throw new ArgumentException("The scale must be finite.", nameof(scale));
        }

        lock (Graph.Gate)
        {
            Check_NeedsGate();
            SceneChanges changes = (_position != position ? SceneChanges.Position : 0) | (_rotation != rotation ? SceneChanges.Rotation : 0)
                | (_scale != scale ? SceneChanges.Scale : 0);
            if (changes != SceneChanges.None)
            {
                _position = position;
                _rotation = rotation;
                _scale = scale;
                Graph.Change(this, changes);
            }
        }
    }

    /// <summary>Destroys the entity with its components and all its descendants. Does nothing when it is already destroyed.</summary>
    public virtual void Destroy()
    {
        lock (Graph.Gate)
        {
            if (IsValid_NeedsGate)
            {
                Graph.Destroy(this);
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name.Length > 0 ? $"entity {Id} ('{Name}')" : $"entity {Id}";

    internal void Check_NeedsGate()
    {
        if (!IsValid_NeedsGate)
        {
            throw Gone();
        }
    }

    internal RenderingSceneException Gone() => new(
        RenderingSceneError.InvalidId, IsDestroyed ? $"The {this} has been destroyed." : $"The scene of the {this} no longer exists.",
            this, null, null);

    /// <summary>Sets the state of an entity that the host has created.</summary>
    internal void ReadTransform_NeedsGate(out Double3 position, out Quaternion rotation, out Vector3 scale)
    {
        position = _position;
        rotation = _rotation;
        scale = _scale;
    }

    internal void Load_NeedsGate(string name, Double3 position, Quaternion rotation, Vector3 scale, bool enabled, MeshComponent? mesh)
    {
        _name = name;
        _position = position;
        _rotation = rotation;
        _scale = scale;
        _enabled = enabled;
        _mesh = mesh;
    }
}
