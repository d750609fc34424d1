using System.Buffers.Binary;

namespace RemoteRendering.Sessions.Scene;

/// <summary>Forces states on or off for its entity and all its descendants, for example hidden, tinted, or not hit by rays.</summary>
public class HierarchicalStateOverrideComponent : ComponentBase
{
    /// <summary>The default mask, which is not sent.</summary>
    private const byte AllPlanes = 255;

    private HierarchicalStates _on;
    private HierarchicalStates _off;
    private Color4Ub _tint = new(255, 255, 255, 255);
    private byte _filterMask = AllPlanes;

    internal HierarchicalStateOverrideComponent(Entity owner)
        : base(owner)
    {
    }

    /// <summary>Creates a component, for test doubles that derive from this class.</summary>
    protected HierarchicalStateOverrideComponent()
    {
    }

    /// <inheritdoc/>
    public override ObjectType Type => ObjectType.HierarchicalStateOverrideComponent;

    /// <summary>
    /// Gets or sets the tint colour, which applies where <see cref="UseTintColorState"/> is on. Its opacity is the share of that colour.
    /// </summary>
    /// <value>The default is white.</value>
    /// <exception cref="RenderingSceneException">On writing: the component no longer exists.</exception>
    public virtual Color4Ub TintColor
    {
        get => Read(ref _tint);
        set => Write(ref _tint, value, SceneChanges.State);
    }

    /// <summary>Gets or sets the hidden state. Hidden entities are neither drawn nor hit by rays.</summary>
    /// <value>The default is <see cref="HierarchicalEnableState.InheritFromParent"/>.</value>
    public virtual HierarchicalEnableState HiddenState
    {
        get => GetState(HierarchicalStates.Hidden);
        set => SetState(HierarchicalStates.Hidden, value);
    }

    /// <summary>Gets or sets the selected state.</summary>
    /// <value>The default is <see cref="HierarchicalEnableState.InheritFromParent"/>.</value>
    public virtual HierarchicalEnableState SelectedState
    {
        get => GetState(HierarchicalStates.Selected);
        set => SetState(HierarchicalStates.Selected, value);
    }

    /// <summary>Gets or sets the see-through state.</summary>
    /// <value>The default is <see cref="HierarchicalEnableState.InheritFromParent"/>.</value>
    public virtual HierarchicalEnableState SeeThroughState
    {
        get => GetState(HierarchicalStates.SeeThrough);
        set => SetState(HierarchicalStates.SeeThrough, value);
    }

    /// <summary>Gets or sets the state that applies <see cref="TintColor"/>.</summary>
    /// <value>The default is <see cref="HierarchicalEnableState.InheritFromParent"/>.</value>
    public virtual HierarchicalEnableState UseTintColorState
    {
        get => GetState(HierarchicalStates.UseTintColor);
        set => SetState(HierarchicalStates.UseTintColor, value);
    }

    /// <summary>Gets or sets the state that excludes entities from ray casts and spatial queries.</summary>
    /// <value>The default is <see cref="HierarchicalEnableState.InheritFromParent"/>.</value>
    public virtual HierarchicalEnableState DisableCollisionState
    {
        get => GetState(HierarchicalStates.DisableCollision);
        set => SetState(HierarchicalStates.DisableCollision, value);
    }

    /// <summary>Gets or sets the shell state, in which entities are drawn as a shell.</summary>
    /// <value>The default is <see cref="HierarchicalEnableState.InheritFromParent"/>.</value>
    public virtual HierarchicalEnableState ShellState
    {
        get => GetState(HierarchicalStates.Shell);
        set => SetState(HierarchicalStates.Shell, value);
    }

    /// <summary>Gets or sets the state that applies <see cref="CutPlaneFilterMask"/>.</summary>
    /// <value>The default is <see cref="HierarchicalEnableState.InheritFromParent"/>.</value>
    public virtual HierarchicalEnableState UseCutPlaneFilterMaskState
    {
        get => GetState(HierarchicalStates.UseCutPlaneFilterMask);
        set => SetState(HierarchicalStates.UseCutPlaneFilterMask, value);
    }

    /// <summary>
    /// Gets or sets the cut plane mask, which applies where <see cref="UseCutPlaneFilterMaskState"/> is on. Only planes with a bit in
    /// common in their <see cref="CutPlaneComponent.CutPlaneFilterMask"/> cut the entities.
    /// </summary>
    /// <value>The default is 255: all planes cut.</value>
    /// <exception cref="RenderingSceneException">On writing: the component no longer exists.</exception>
    public virtual byte CutPlaneFilterMask
    {
        get => Read(ref _filterMask);
        set => Write(ref _filterMask, value, SceneChanges.State);
    }

    /// <summary>Gets the number of bytes that <see cref="WriteTo_NeedsGate"/> writes.</summary>
    internal int Bytes_NeedsGate => _filterMask == AllPlanes ? 12 : 13;

    /// <summary>Gets one state.</summary>
    /// <param name="state">Exactly one state.</param>
    /// <returns>The value of the state at this entity.</returns>
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
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="states"/> or <paramref name="value"/> is not a valid value.
    /// </exception>
    /// <exception cref="RenderingSceneException">The component no longer exists.</exception>
    public virtual void SetState(HierarchicalStates states, HierarchicalEnableState value)
    {
        CheckStates(states, onlyOne: false);
        if (value is < HierarchicalEnableState.ForceOff or > HierarchicalEnableState.InheritFromParent)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "The value must be a value of HierarchicalEnableState.");
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
            throw new ArgumentOutOfRangeException(nameof(states), states,
                onlyOne ? "The value must be exactly one state." : "The value must be one or more states of HierarchicalStates.");
        }
    }
}
