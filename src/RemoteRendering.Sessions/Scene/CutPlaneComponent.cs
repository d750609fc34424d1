using System.Buffers.Binary;
using RemoteRendering.Sessions.Scene.Values;

namespace RemoteRendering.Sessions.Scene;

/// <summary>Cuts away what lies on the side its normal points to, for pictures and rays. Stands where its entity stands and turns with it. A host obeys at most 8 at a time, the oldest ones.</summary>
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

    /// <summary>Creates a component for a test double to derive from.</summary>
    protected CutPlaneComponent()
    {
    }

    /// <inheritdoc/>
    public override ObjectType Type => ObjectType.CutPlaneComponent;

    /// <summary>Gets or sets the direction of the normal, in the entity's own axes. What lies there is cut away.</summary>
    /// <value><see cref="Axis.X"/> by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="RenderingSceneException">On writing: the component is gone.</exception>
    public virtual Axis Normal
    {
        get => Read(ref _normal);
        set => Write(ref _normal, value is >= Axis.X and <= Axis.NegativeZ ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such axis."), SceneChanges.CutPlane);
    }

    /// <summary>Gets or sets the colour that surfaces take on near the plane. Its opacity says how much of it.</summary>
    /// <value>Red with no opacity by default: none.</value>
    /// <exception cref="RenderingSceneException">On writing: the component is gone.</exception>
    public virtual Color4Ub FadeColor
    {
        get => Read(ref _fadeColor);
        set => Write(ref _fadeColor, value, SceneChanges.CutPlane);
    }

    /// <summary>Gets or sets over which distance from the plane the fade colour goes over into the surface's own, in metres.</summary>
    /// <value>0 by default; not negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    /// <exception cref="RenderingSceneException">On writing: the component is gone.</exception>
    public virtual float FadeLength
    {
        get => Read(ref _fadeLength);
        set => Write(ref _fadeLength, value >= 0 && SceneNumbers.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The length must be finite and not negative."), SceneChanges.CutPlane);
    }

    /// <summary>Gets or sets which entities the plane cuts, for hosts that filter: those with a bit in common.</summary>
    /// <value>255 by default: all.</value>
    /// <exception cref="RenderingSceneException">On writing: the component is gone.</exception>
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

    /// <summary>Gets or sets a value indicating whether the plane cuts.</summary>
    /// <value><see langword="true"/> by default.</value>
    /// <exception cref="RenderingSceneException">On writing: the component is gone.</exception>
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
