namespace RemoteRendering.Sessions.Emulator.Renderer.Geometry;

/// <summary>Takes the ray into the space of each instance it may meet.</summary>
internal readonly struct SceneRayVisitor(SceneSnapshot scene, Vector3D start, Vector3D direction, double begin, RayCollector collector, CancellationToken cancellationToken)
    : IBvhRayVisitor
{
    public double End => collector.End;

    public void Visit(int item)
    {
        MeshInstance instance = scene.Instances[item];
        if (!instance.Collides || !instance.IsSeen || !instance.Place.TryInvert(out Placement inverse))
        {
            return;
        }

        // The difference first: far from the origin it is exact, and what the inverse does to it is small.
        Vector3D origin = inverse.TransformVector(start - instance.Place.Origin);
        Vector3D way = inverse.TransformVector(direction);
        if (!origin.IsFinite || !way.IsFinite || way == Vector3D.Zero)
        {
            return;
        }

        var visitor = new MeshRayVisitor(instance.Mesh, new TriangleRay(origin, way), item, collector);
        new BvhRay(origin, way, begin).Walk(instance.Mesh.Bvh, ref visitor, cancellationToken);
    }
}
