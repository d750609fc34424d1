using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Trees;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Rays;

/// <summary>Takes the ray into the space of each instance it may meet.</summary>
internal readonly struct SceneRayVisitor(
    SceneSnapshot scene, Vector3D start, Vector3D direction, double begin, RayCollector collector, CancellationToken cancellationToken)
    : IBvhRayVisitor
{
    public double End => collector.End;

    public void Visit(int item)
    {
        ref readonly MeshInstance instance = ref scene.Instances.ItemRef(item);
        if (!instance.Collides || !instance.Place.TryInvert(out Placement inverse))
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

        TriangleMesh mesh = SoftwareMesh.TrianglesOf(instance.Mesh);
        var visitor = new MeshRayVisitor(mesh, new TriangleRay(origin, way), item, collector);
        new BvhRay(origin, way, begin).Walk(mesh.Bvh, ref visitor, cancellationToken);
    }
}
