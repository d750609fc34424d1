using System.Numerics;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Scene.Values;

namespace RemoteRendering.Sessions.Scene;

/// <summary>A node of the scene that the host renders: a place relative to its parent, and what hangs below it.</summary>
/// <remarks>
/// <para>Thread-safe. Writes take effect here at once and reach the host with the next tick: with <see cref="RenderingConnection.Update"/> when callbacks are pumped, else within about 16 ms. Of several writes to the same property between
/// two ticks only the last is sent. A query, a picture and a load see everything that was written before they were called.</para>
/// <para>An entity goes when it or one above it is destroyed, when the host gives up the scene (a change of the connection without <see cref="RenderingConnectionChange.SceneKept"/>), and when the connection ends. Then
/// <see cref="IsValid"/> is false, what was last set can still be read, and everything else throws <see cref="RenderingSceneException"/> with <see cref="RenderingSceneError.InvalidId"/>. A drop that is repaired changes nothing.</para>
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

    /// <summary>Creates an entity for a test double to derive from.</summary>
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

    /// <summary>Gets or sets where the entity is, relative to its parent, in metres.</summary>
    /// <value>The origin by default.</value>
    /// <exception cref="ArgumentException">A coordinate is not a finite number.</exception>
    /// <exception cref="RenderingSceneException">On writing: the entity is gone.</exception>
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

    /// <summary>Gets or sets how the entity is turned, relative to its parent.</summary>
    /// <value>No turn by default. A quaternion of another length than one is brought to that length.</value>
    /// <exception cref="ArgumentException">A number is not finite, or all are zero.</exception>
    /// <exception cref="RenderingSceneException">On writing: the entity is gone.</exception>
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

    /// <summary>Gets or sets how much larger than its parent the entity is, along each axis.</summary>
    /// <value>One by default. Zero and less are legal: what is flat is neither seen nor hit from its side, and less mirrors.</value>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    /// <exception cref="RenderingSceneException">On writing: the entity is gone.</exception>
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
                throw new ArgumentException("A number is not finite.", nameof(value));
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

    /// <summary>Gets or sets the name. Need not be unique.</summary>
    /// <value>Empty by default; at most <see cref="MaxNameBytes"/> bytes of UTF-8.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">The value is too long.</exception>
    /// <exception cref="RenderingSceneException">On writing: the entity is gone.</exception>
    public virtual string Name
    {
        get => Volatile.Read(ref _name);
        set
        {
            Guard.NotNull(value, nameof(value));
            if (System.Text.Encoding.UTF8.GetByteCount(value) > MaxNameBytes)
            {
                throw new ArgumentException($"A name has at most {MaxNameBytes} bytes of UTF-8.", nameof(value));
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

    /// <summary>Gets or sets a value indicating whether the entity takes part: what is disabled is neither seen nor hit, and nothing below it is.</summary>
    /// <value><see langword="true"/> by default.</value>
    /// <exception cref="RenderingSceneException">On writing: the entity is gone.</exception>
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

    /// <summary>Gets or sets what the host does not know yet.</summary>
    internal SceneChanges Changes { get; set; }

    /// <summary>Gets or sets a value indicating whether the host has the entity.</summary>
    internal bool IsSent { get; set; }

    /// <summary>Gets or sets the parent that the entity has at the host.</summary>
    internal Entity? SentParent { get; set; }

    /// <summary>Gets or sets a value indicating whether the host has the entity below another parent.</summary>
    internal bool IsMoved { get; set; }

    internal bool IsDestroyed { get; private set; }

    private bool IsValid_NeedsGate => !IsDestroyed && !Graph.IsLost;

    /// <summary>Moves, turns and scales at once: cheaper than three writes, and never seen by halves.</summary>
    /// <param name="position">Where, relative to the parent, in metres.</param>
    /// <param name="rotation">How it is turned.</param>
    /// <param name="scale">How much larger, along each axis.</param>
    /// <exception cref="ArgumentException">A number is not finite, or the rotation has no length.</exception>
    /// <exception cref="RenderingSceneException">The entity is gone.</exception>
    public virtual void SetTransform(Double3 position, Quaternion rotation, Vector3 scale)
    {
        SceneNumbers.CheckFinite(position, nameof(position));
        rotation = SceneNumbers.CheckRotation(rotation, nameof(rotation));
        if (!SceneNumbers.IsFinite(scale))
        {
            throw new ArgumentException("A number is not finite.", nameof(scale));
        }

        lock (Graph.Gate)
        {
            Check_NeedsGate();
            SceneChanges changes = (_position != position ? SceneChanges.Position : 0) | (_rotation != rotation ? SceneChanges.Rotation : 0) | (_scale != scale ? SceneChanges.Scale : 0);
            if (changes != SceneChanges.None)
            {
                _position = position;
                _rotation = rotation;
                _scale = scale;
                Graph.Change(this, changes);
            }
        }
    }

    /// <summary>Destroys the entity and everything below it, components included. Does nothing when it is gone already.</summary>
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
        RenderingSceneError.InvalidId, IsDestroyed ? $"The {this} has been destroyed." : $"The scene of the {this} is gone.", this, null, null);

    /// <summary>Takes what the host says about an entity that it has made.</summary>
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
