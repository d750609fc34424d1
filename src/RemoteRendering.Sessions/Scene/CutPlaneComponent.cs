using System.Buffers.Binary;
using RemoteRendering.Sessions.Scene.Values;

namespace RemoteRendering.Sessions.Scene;

/// <summary>
/// Represents a plane that cuts away geometry on the side of its normal, for pictures and rays. It has the position and rotation of its
/// entity. A host applies at most 8 cut planes at a time, the oldest ones.
/// </summary>
public class CutPlaneComponent : ComponentBase
{
    private Axis _normal;
    private Color4Ub _fadeColor = new(255, 0, 0, 0);
    private float _fadeLength;
    private byte _filterMask = 255;
    private bool _enabled = true;

    internal CutPlaneComponent(Entity owner)
        : base(owner)
    {
    }

    /// <summary>Creates a component, for test doubles that derive from this class.</summary>
    protected CutPlaneComponent()
    {
    }

    /// <inheritdoc/>
    public override ObjectType Type => ObjectType.CutPlaneComponent;

    /// <summary>Gets or sets the direction of the normal, in the axes of the entity. Geometry on that side is cut away.</summary>
    /// <value>The default is <see cref="Axis.X"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not an axis.</exception>
    /// <exception cref="RenderingSceneException">On writing: the component no longer exists.</exception>
    public virtual Axis Normal
    {
        get => Read(ref _normal);
        set => Write(ref _normal, value is >= Axis.X and <= Axis.NegativeZ ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The normal must be a value of Axis."), SceneChanges.CutPlane);
    }

    /// <summary>Gets or sets the colour of surfaces near the plane. Its opacity is the share of that colour.</summary>
    /// <value>The default is red with an opacity of 0: no fade.</value>
    /// <exception cref="RenderingSceneException">On writing: the component no longer exists.</exception>
    public virtual Color4Ub FadeColor
    {
        get => Read(ref _fadeColor);
        set => Write(ref _fadeColor, value, SceneChanges.CutPlane);
    }

    /// <summary>
    /// Gets or sets the distance from the plane over which the fade colour changes to the colour of the surface, in metres.
    /// </summary>
    /// <value>The default is 0. Must not be negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    /// <exception cref="RenderingSceneException">On writing: the component no longer exists.</exception>
    public virtual float FadeLength
    {
        get => Read(ref _fadeLength);
        set => Write(ref _fadeLength, value >= 0 && SceneNumbers.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(value), value, "The fade length must be finite and not negative."), SceneChanges.CutPlane);
    }

    /// <summary>Gets or sets the mask of the entities that the plane cuts, for hosts that support it: those with a bit in common.</summary>
    /// <value>The default is 255: all entities.</value>
    /// <exception cref="RenderingSceneException">On writing: the component no longer exists.</exception>
    public virtual byte CutPlaneFilterMask
    {
        get => Read(ref _filterMask);
        set
        {
            lock (Owner.Graph.Gate)
            {
                if (value != 255)
                {
                    Owner.Graph.Client.WarnOf_NeedsGate(HierarchicalStates.UseCutPlaneFilterMask);
                }

                Write(ref _filterMask, value, SceneChanges.CutPlane);
            }
        }
    }

    /// <summary>Gets or sets a value indicating whether the plane is active.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    /// <exception cref="RenderingSceneException">On writing: the component no longer exists.</exception>
    public virtual bool Enabled
    {
        get => Read(ref _enabled);
        set => Write(ref _enabled, value, SceneChanges.CutPlane);
    }

    internal void WriteTo_NeedsGate(Span<byte> to)
    {
        to[0] = (byte)_normal;
        to[1] = _filterMask;
        to[2] = _enabled ? (byte)1 : (byte)0;
        to[3] = 0;
        BinaryPrimitives.WriteUInt32LittleEndian(to.Slice(4), _fadeColor.Packed);
        SceneNumbers.Write(to.Slice(8), _fadeLength);
    }
}
