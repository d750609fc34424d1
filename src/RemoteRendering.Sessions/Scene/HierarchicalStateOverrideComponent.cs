using System.Buffers.Binary;

namespace RemoteRendering.Sessions.Scene;

/// <summary>Forces states on or off for its entity and everything below it: hidden, tinted, not hit by rays, and more.</summary>
public class HierarchicalStateOverrideComponent : ComponentBase
{
    /// <summary>The default, which is not sent.</summary>
    private const byte AllPlanes = 255;

    private HierarchicalStates _on;
    private HierarchicalStates _off;
    private Color4Ub _tint = new(255, 255, 255, 255);
    private byte _filterMask = AllPlanes;

    internal HierarchicalStateOverrideComponent(Entity owner)
        : base(owner)
    {
    }

    /// <summary>Creates a component for a test double to derive from.</summary>
    protected HierarchicalStateOverrideComponent()
    {
    }

    /// <inheritdoc/>
    public override ObjectType Type => ObjectType.HierarchicalStateOverrideComponent;

    /// <summary>Gets or sets the colour that is used where <see cref="UseTintColorState"/> is on. Its opacity says how much of it.</summary>
    /// <value>White by default.</value>
    /// <exception cref="RenderingSceneException">On writing: the component is gone.</exception>
    public virtual Color4Ub TintColor
    {
        get => Read(ref _tint);
        set => Write(ref _tint, value, SceneChanges.State);
    }

    /// <summary>Gets or sets whether entities are hidden: neither seen nor hit.</summary>
    /// <value><see cref="HierarchicalEnableState.InheritFromParent"/> by default.</value>
    public virtual HierarchicalEnableState HiddenState
    {
        get => GetState(HierarchicalStates.Hidden);
        set => SetState(HierarchicalStates.Hidden, value);
    }

    /// <summary>Gets or sets whether entities are selected.</summary>
    /// <value><see cref="HierarchicalEnableState.InheritFromParent"/> by default.</value>
    public virtual HierarchicalEnableState SelectedState
    {
        get => GetState(HierarchicalStates.Selected);
        set => SetState(HierarchicalStates.Selected, value);
    }

    /// <summary>Gets or sets whether entities can be seen through.</summary>
    /// <value><see cref="HierarchicalEnableState.InheritFromParent"/> by default.</value>
    public virtual HierarchicalEnableState SeeThroughState
    {
        get => GetState(HierarchicalStates.SeeThrough);
        set => SetState(HierarchicalStates.SeeThrough, value);
    }

    /// <summary>Gets or sets whether entities have the <see cref="TintColor"/>.</summary>
    /// <value><see cref="HierarchicalEnableState.InheritFromParent"/> by default.</value>
    public virtual HierarchicalEnableState UseTintColorState
    {
        get => GetState(HierarchicalStates.UseTintColor);
        set => SetState(HierarchicalStates.UseTintColor, value);
    }

    /// <summary>Gets or sets whether rays and spatial queries pass through entities.</summary>
    /// <value><see cref="HierarchicalEnableState.InheritFromParent"/> by default.</value>
    public virtual HierarchicalEnableState DisableCollisionState
    {
        get => GetState(HierarchicalStates.DisableCollision);
        set => SetState(HierarchicalStates.DisableCollision, value);
    }

    /// <summary>Gets or sets whether entities are drawn as a shell.</summary>
    /// <value><see cref="HierarchicalEnableState.InheritFromParent"/> by default.</value>
    public virtual HierarchicalEnableState ShellState
    {
        get => GetState(HierarchicalStates.Shell);
        set => SetState(HierarchicalStates.Shell, value);
    }

    /// <summary>Gets or sets whether the <see cref="CutPlaneFilterMask"/> says which cut planes cut entities.</summary>
    /// <value><see cref="HierarchicalEnableState.InheritFromParent"/> by default.</value>
    public virtual HierarchicalEnableState UseCutPlaneFilterMaskState
    {
        get => GetState(HierarchicalStates.UseCutPlaneFilterMask);
        set => SetState(HierarchicalStates.UseCutPlaneFilterMask, value);
    }

    /// <summary>Gets or sets the mask that is used where <see cref="UseCutPlaneFilterMaskState"/> is on: only planes with a bit in common in their <see cref="CutPlaneComponent.CutPlaneFilterMask"/> cut.</summary>
    /// <value>255 by default: all planes cut.</value>
    /// <exception cref="RenderingSceneException">On writing: the component is gone.</exception>
    public virtual byte CutPlaneFilterMask
    {
        get => Read(ref _filterMask);
        set => Write(ref _filterMask, value, SceneChanges.State);
    }

    /// <summary>Gets the bytes that <see cref="WriteTo_NeedsGate"/> writes.</summary>
    internal int Bytes_NeedsGate => _filterMask == AllPlanes ? 12 : 13;

    /// <summary>Gets one state.</summary>
    /// <param name="state">Exactly one state.</param>
    /// <returns>How it is set here.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="state"/> is not exactly one state.</exception>
    public virtual HierarchicalEnableState GetState(HierarchicalStates state)
    {
        CheckStates(state, onlyOne: true);
        lock (Owner.Graph.Gate)
        {
            return (_on & state) != 0 ? HierarchicalEnableState.ForceOn
                : (_off & state) != 0 ? HierarchicalEnableState.ForceOff
                : HierarchicalEnableState.InheritFromParent;
        }
    }

    /// <summary>Sets one or more states.</summary>
    /// <param name="states">The states.</param>
    /// <param name="value">What to set them to.</param>
    /// <exception cref="ArgumentOutOfRangeException">A state or the value is none.</exception>
    /// <exception cref="RenderingSceneException">The component is gone.</exception>
    public virtual void SetState(HierarchicalStates states, HierarchicalEnableState value)
    {
        CheckStates(states, onlyOne: false);
        if (value is < HierarchicalEnableState.ForceOff or > HierarchicalEnableState.InheritFromParent)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such value.");
        }

        lock (Owner.Graph.Gate)
        {
            if (value == HierarchicalEnableState.ForceOn)
            {
                Owner.Graph.Client.WarnOf_NeedsGate(states);
            }

            Write(ref _on, value == HierarchicalEnableState.ForceOn ? _on | states : _on & ~states, SceneChanges.State);
            Write(ref _off, value == HierarchicalEnableState.ForceOff ? _off | states : _off & ~states, SceneChanges.State);
        }
    }

    internal void WriteTo_NeedsGate(Span<byte> to)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to, (uint)_on);
        BinaryPrimitives.WriteUInt32LittleEndian(to.Slice(4), (uint)_off);
        BinaryPrimitives.WriteUInt32LittleEndian(to.Slice(8), _tint.Packed);
        if (to.Length > 12)
        {
            to[12] = _filterMask;
        }
    }

    private static void CheckStates(HierarchicalStates states, bool onlyOne)
    {
        const HierarchicalStates All = (HierarchicalStates)223;
        if (states == HierarchicalStates.None || (states & ~All) != 0 || (onlyOne && (states & (states - 1)) != 0))
        {
            throw new ArgumentOutOfRangeException(nameof(states), states, onlyOne ? "Exactly one state is needed." : "There is no such state.");
        }
    }
}
