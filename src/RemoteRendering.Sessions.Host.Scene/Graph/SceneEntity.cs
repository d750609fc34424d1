using System.Numerics;

namespace RemoteRendering.Sessions.Host.Scene.Graph;

/// <summary>
/// One entity. Belongs to its <see cref="SceneGraph"/>. Children are a chain, so that a million of them come and go one by one at no cost.
/// </summary>
internal sealed class SceneEntity(uint id)
{
    private InheritedBox? _inherited;
    private ExactBox? _exact;

    public uint Id => id;

    /// <summary>Gets or sets what it stands below; null for what stands at the top and does not exist for clients.</summary>
    public SceneEntity? Parent { get; set; }

    public SceneEntity? FirstChild { get; set; }

    public SceneEntity? LastChild { get; set; }

    public SceneEntity? NextSibling { get; set; }

    public SceneEntity? PreviousSibling { get; set; }

    public Vector3D Position { get; set; }

    public Quaternion Rotation { get; set; } = Quaternion.Identity;

    public Vector3 Scale { get; set; } = Vector3.One;

    public bool IsEnabled { get; set; } = true;

    public string Name { get; set; } = "";

    public EntityParts? Parts { get; set; }

    /// <summary>Gets or sets how many levels there are below, or more: see <see cref="IsHeightRough"/>.</summary>
    public int Height { get; set; }

    /// <summary>Gets or sets whether something below has gone since the height was counted.</summary>
    public bool IsHeightRough { get; set; }

    /// <summary>Gets or sets whether <see cref="Inherited"/> is out of date. Then it is so for everything below as well.</summary>
    public bool IsStale { get; set; } = true;

    /// <summary>
    /// Gets or sets the local transform in double precision, as a file has it; null where position, rotation and scale are all there is.
    /// </summary>
    public Placement? Exact
    {
        get => _exact?.Place;
        set => _exact = value is { } place ? new ExactBox(place) : null;
    }

    public Placement Local => _exact?.Place ?? Placement.Compose(Position, Rotation, Scale);

    /// <summary>Gets or sets what was inherited last; kept apart, as most entities of a large scene are never asked.</summary>
    public InheritedState Inherited
    {
        get => _inherited!.State;
        set
        {
            _inherited ??= new InheritedBox();
            _inherited.State = value;
            IsStale = false;
        }
    }

    public EntityParts NeedParts() => Parts ??= new EntityParts();

    /// <summary>The next entity below a root, parents first, without a stack; null after the last.</summary>
    public SceneEntity? NextBelow(SceneEntity root) => FirstChild ?? NextBeside(root);

    /// <summary>The next entity below a root that is not below this one.</summary>
    public SceneEntity? NextBeside(SceneEntity root)
    {
        SceneEntity entity = this;
        while (entity != root)
        {
            if (entity.NextSibling is { } next)
            {
                return next;
            }

            entity = entity.Parent!;
        }

        return null;
    }

    /// <summary>Kept apart: few entities have one.</summary>
    private sealed record ExactBox(Placement Place);

    private sealed class InheritedBox
    {
        public InheritedState State { get; set; }
    }
}
