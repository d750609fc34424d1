using System.Numerics;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Trees;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Rays;

/// <summary>Tests the triangles of one instance.</summary>
internal readonly struct MeshRayVisitor(TriangleMesh mesh, TriangleRay ray, int instance, RayCollector collector) : IBvhRayVisitor
{
    private readonly Vector3[] _positions = mesh.Positions;
    private readonly int[] _indices = mesh.Indices;

    public double End => collector.End;

    public void Visit(int item)
    {
        int corner = 3 * item;
        if (
            ray.Meets(
                _positions[_indices[corner]], _positions[_indices[corner + 1]], _positions[_indices[corner + 2]], out TriangleHit hit))
        {
            collector.Add(new RayCandidate(instance, item, hit));
        }
    }
}
