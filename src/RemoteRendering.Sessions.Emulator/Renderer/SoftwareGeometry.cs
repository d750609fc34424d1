using System.Numerics;
using RemoteRendering.Sessions.Emulator.Renderer.Builtin;
using RemoteRendering.Sessions.Emulator.Renderer.Geometry.Meshes;
using RemoteRendering.Sessions.Emulator.Renderer.Geometry.Rays;
using RemoteRendering.Sessions.Emulator.Renderer.Geometry.Volumes;
using RemoteRendering.Sessions.Emulator.Renderer.Gltf;

namespace RemoteRendering.Sessions.Emulator.Renderer;

/// <summary>Reads glTF 2.0 and GLB, and answers queries on the processor, with a tree over the triangles of each mesh and one over the instances of a scene. Thread-safe.</summary>
internal sealed class SoftwareGeometry : ISceneGeometry
{
    public SceneModel? FindBuiltinModel(string name) => BuiltinModels.Find(name);

    public Task<SceneModel> LoadModelAsync(SceneModelFile file, SceneLimits limits, Action<double> onProgress, CancellationToken cancellationToken) =>
        GltfLoader.LoadAsync(file, limits, onProgress, cancellationToken);

    public Box3D MeasureBounds(SceneMesh mesh, Placement place)
    {
        TriangleMesh triangles = SoftwareMesh.TrianglesOf(mesh);
        Box3D box = Box3D.Empty;
        foreach (int corner in triangles.Indices)
        {
            Vector3D point = place.TransformPoint(triangles.Positions[corner]);
            box = new Box3D(Vector3D.Min(box.Min, point), Vector3D.Max(box.Max, point));
        }

        return box;
    }

    public IReadOnlyList<RayHit> CastRay(SceneSnapshot scene, RayQuery query, CancellationToken cancellationToken) => RayCaster.Cast(scene, query, cancellationToken);

    public IReadOnlyList<uint> FindInBox(SceneSnapshot scene, Vector3D center, Vector3D halfExtents, Quaternion rotation, int maxResults, CancellationToken cancellationToken) =>
        VolumeSearch.OrientedBox(scene, center, halfExtents, rotation, maxResults, cancellationToken);

    public IReadOnlyList<uint> FindInSphere(SceneSnapshot scene, Vector3D center, double radius, int maxResults, CancellationToken cancellationToken) =>
        VolumeSearch.Sphere(scene, center, radius, maxResults, cancellationToken);
}
