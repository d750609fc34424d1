using System.Numerics;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Host.Scene.Graph;

/// <summary>
/// The entities of one scene. Not thread-safe: its <see cref="BindingScene"/> has the lock. Nothing in it recurses: a client decides how
/// deep and wide it is.
/// </summary>
internal sealed partial class SceneGraph
{
    public const int MaxEntities = SceneLimits.MaxEntities;
    public const int MaxLevels = SceneLimits.MaxLevels;
    public const uint FirstHostId = 0x8000_0000;

    private readonly SceneEntity _top = new(0);
    private readonly Dictionary<uint, SceneEntity> _entities = [];
    private readonly List<SceneEntity> _withMesh = [];
    private readonly LinkedList<SceneEntity> _cuts = new();
    private readonly Dictionary<uint, uint> _models = [];
    private readonly Dictionary<SceneMesh, int> _meshUsers = [];
    private uint _lastClientId;
    private uint _nextHostId = FirstHostId;

    public SceneGraph() => _top.Inherited = InheritedState.Top;

    /// <summary>Gets a number that grows with every change that can be seen.</summary>
    public long Version { get; private set; }

    public int Count => _entities.Count;

    /// <summary>Gets how many primitives the meshes have, for each entity that carries them.</summary>
    public long Primitives { get; private set; }

    /// <summary>Gets the bytes of the meshes, each counted once.</summary>
    public long MeshBytes { get; private set; }

    /// <summary>Gets the entities that carry a mesh, in no order.</summary>
    public IReadOnlyList<SceneEntity> WithMesh => _withMesh;

    /// <summary>Gets the entities with a cut plane, the oldest first.</summary>
    public IEnumerable<SceneEntity> WithCut => _cuts;

    public SceneEntity? Find(uint id) => _entities.GetValueOrDefault(id);

    public SceneErrorCode Create(uint id, uint parentId)
    {
        if (id is 0 or >= FirstHostId)
        {
            return SceneErrorCode.InvalidId;
        }

        if (id <= _lastClientId)
        {
            return SceneErrorCode.AlreadyExists;
        }

        if (FindParent(parentId) is not { } parent)
        {
            return SceneErrorCode.InvalidParentId;
        }

        if (_entities.Count >= MaxEntities || LevelOf(parent) >= MaxLevels)
        {
            return SceneErrorCode.LimitReached;
        }

        _lastClientId = id;
        Add(new SceneEntity(id), parent);
        Version++;
        return SceneErrorCode.None;
    }

    /// <summary>Removes an entity with everything below it.</summary>
    public SceneErrorCode Destroy(uint id)
    {
        if (Find(id) is not { } root)
        {
            return SceneErrorCode.InvalidId;
        }

        Unlink(root);
        for (SceneEntity? entity = root; entity is not null; entity = entity.NextBelow(root))
        {
            _entities.Remove(entity.Id);
            if (entity.Parts is not null)
            {
                SetMesh(entity, null, null);
                SetCut(entity, null);
            }
        }

        Version++;
        return SceneErrorCode.None;
    }

    public SceneErrorCode SetParent(uint id, uint parentId)
    {
        if (Find(id) is not { } entity)
        {
            return SceneErrorCode.InvalidId;
        }

        if (FindParent(parentId) is not { } parent)
        {
            return SceneErrorCode.InvalidParentId;
        }

        int level = 0;
        for (SceneEntity? above = parent; above is not null; above = above.Parent)
        {
            if (above == entity)
            {
                return SceneErrorCode.CyclicReference;
            }

            level++;
        }

        if (level + entity.Height > MaxLevels && level + CountHeight(entity) > MaxLevels)
        {
            return SceneErrorCode.LimitReached;
        }

        Unlink(entity);
        Link(entity, parent);
        MarkStale(entity);
        Version++;
        return SceneErrorCode.None;
    }

    public void SetTransform(SceneEntity entity, Vector3D? position, Quaternion? rotation, Vector3? scale)
    {
        // The exact transform of a file is given up when rotation or scale are written.
        entity.Exact = rotation is null && scale is null && entity.Exact is { } exact ? exact.WithOrigin(position ?? exact.Origin) : null;
        entity.Position = position ?? entity.Position;
        entity.Rotation = rotation ?? entity.Rotation;
        entity.Scale = scale ?? entity.Scale;
        MarkStale(entity);
        Version++;
    }

    public void SetEnabled(SceneEntity entity, bool isEnabled)
    {
        if (entity.IsEnabled != isEnabled)
        {
            entity.IsEnabled = isEnabled;
            MarkStale(entity);
            Version++;
        }
    }

    public void SetOverride(SceneEntity entity, StateOverride? value)
    {
        if (value is not null || entity.Parts is not null)
        {
            entity.NeedParts().Override = value;
            MarkStale(entity);
            Version++;
        }
    }

    public void SetCut(SceneEntity entity, CutPlaneComponent? value)
    {
        if (value is null && entity.Parts?.CutNode is null)
        {
            return;
        }

        EntityParts parts = entity.NeedParts();
        parts.Cut = value;
        if (value is null)
        {
            _cuts.Remove(parts.CutNode!);
            parts.CutNode = null;
        }
        else
        {
            parts.CutNode ??= _cuts.AddLast(entity);
        }

        Version++;
    }

    /// <summary>What an entity inherits, brought up to date.</summary>
    public static InheritedState Inherited(SceneEntity entity)
    {
        if (!entity.IsStale)
        {
            return entity.Inherited;
        }

        // From the first one above that is up to date, downwards.
        var chain = new Stack<SceneEntity>();
        SceneEntity fresh = entity;
        while (fresh.IsStale)
        {
            chain.Push(fresh);
            fresh = fresh.Parent!;
        }

        InheritedState state = fresh.Inherited;
        while (chain.TryPop(out SceneEntity? next))
        {
            (uint states, uint tint) = next.Parts?.Override is { } forced
                ? forced.ApplyTo(state.States, state.Tint)
                : (state.States, state.Tint);
            state = new InheritedState(state.World * next.Local, state.IsEnabled && next.IsEnabled, states, tint);
            next.Inherited = state;
        }

        return state;
    }

    private SceneEntity? FindParent(uint id) => id == 0 ? _top : Find(id);
}
