using System.Collections.Immutable;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Trees;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;

/// <summary>
/// What queries and pictures need of a snapshot: the boxes of its instances and the tree over them. Kept with the snapshot. Thread-safe.
/// </summary>
internal sealed class PreparedScene
{
    private readonly object _gate = new();
    private volatile Bvh? _bvh;

    private PreparedScene(ImmutableArray<MeshInstance> instances)
    {
        Boxes = new Box3D[instances.Length];
        Box3D bounds = Box3D.Empty;
        for (int i = 0; i < Boxes.Length; i++)
        {
            Box3D box = Boxes[i] = BoxOf(instances.ItemRef(i));
            bounds = box.IsEmpty ? bounds : bounds.Union(box);
        }

        Origin = bounds.IsEmpty ? default : bounds.Center;
    }

    /// <summary>
    /// Gets the boxes of the instances in the world; empty for one that cannot be seen because it is flattened or its numbers are not
    /// finite.
    /// </summary>
    public Box3D[] Boxes { get; }

    /// <summary>
    /// Gets the point that the tree is built around, so that its single precision is fine enough wherever the scene stands.
    /// </summary>
    public Vector3D Origin { get; }

    /// <summary>Gets what is kept with a snapshot; made by the first call.</summary>
    public static PreparedScene Of(SceneSnapshot scene) => scene.GetOrAdd(static snapshot => new PreparedScene(snapshot.Instances));

    /// <summary>Gets the tree over the instances; the first call builds it, and others wait meanwhile.</summary>
    public Bvh GetBvh(CancellationToken cancellationToken)
    {
        if (_bvh is { } built)
        {
            return built;
        }

        lock (_gate)
        {
            return _bvh ??= Bvh.OverBoxes(Boxes, Origin, cancellationToken);
        }
    }

    private static Box3D BoxOf(in MeshInstance instance)
    {
        Box3D box = instance.Place.TryInvert(out _) ? instance.Place.Transform(instance.Mesh.Bounds) : Box3D.Empty;
        return box.Min.IsFinite && box.Max.IsFinite ? box : Box3D.Empty;
    }
}
