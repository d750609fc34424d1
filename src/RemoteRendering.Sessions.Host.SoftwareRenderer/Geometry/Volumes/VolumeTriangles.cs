using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Volumes;

/// <summary>Looks for the first triangle that touches a volume.</summary>
internal readonly struct VolumeTriangles<TVolume>(TriangleMesh mesh, Placement toVolume, TVolume volume) : IVolumeVisitor
    where TVolume : struct, IVolume
{
    public bool Visit(int item) => volume.Touches(Corner(3 * item), Corner((3 * item) + 1), Corner((3 * item) + 2));

    private Vector3D Corner(int index) => toVolume.TransformPoint(mesh.Positions[mesh.Indices[index]]);
}
