namespace RemoteRendering.Sessions.Emulator.Renderer.Geometry;

/// <summary>A scene as it is at one moment, for queries and pictures. Nothing of it changes; the arrays belong to it. Thread-safe.</summary>
internal sealed class SceneSnapshot
{
    private readonly object _gate = new();
    private volatile Bvh? _bvh;

    /// <summary>Takes what is in a scene.</summary>
    /// <param name="instances">What stands in it.</param>
    /// <param name="cuts">The planes that cut it, those that are active only.</param>
    public SceneSnapshot(MeshInstance[] instances, CutPlane[] cuts)
    {
        Instances = instances;
        Cuts = cuts;
        Boxes = Array.ConvertAll(instances, static instance => BoxOf(instance));
        Box3D bounds = Box3D.Empty;
        foreach (Box3D box in Boxes)
        {
            bounds = box.IsEmpty ? bounds : bounds.Union(box);
        }

        Bounds = bounds;
        Origin = bounds.IsEmpty ? default : bounds.Center;
    }

    public MeshInstance[] Instances { get; }

    public CutPlane[] Cuts { get; }

    /// <summary>Gets the boxes of the instances in the world; empty for one that cannot be seen because it is flattened or beyond all numbers.</summary>
    public Box3D[] Boxes { get; }

    /// <summary>Gets the box around all instances, seen or not.</summary>
    public Box3D Bounds { get; }

    /// <summary>Gets the point that the tree is built around, so that its single precision is fine enough wherever the scene stands.</summary>
    public Vector3D Origin { get; }

    /// <summary>Gets the tree over the instances; the first to ask waits while it is built.</summary>
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
