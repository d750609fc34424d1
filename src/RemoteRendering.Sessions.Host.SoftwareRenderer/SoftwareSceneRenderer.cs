using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Builtin;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Rays;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Volumes;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer;

/// <summary>
/// The geometry and the renderer of scenes on the processor. It reads glTF 2.0 and GLB, answers queries with a tree over the triangles of
/// each mesh and one over the instances of a scene, and draws without a graphics card, on all processors. A renderer of another kind may
/// draw its models where it can read its meshes; else give it a geometry of its own. Thread-safe.
/// </summary>
public sealed class SoftwareSceneRenderer : ISceneGeometry, ISceneRenderer
{
    private readonly Rasterizer _rasterizer = new();

    /// <inheritdoc/>
    public IReadOnlyCollection<string> UnsupportedStates { get; } = ["selected", "seeThrough", "useCutPlaneFilterMask", "shell"];

    /// <inheritdoc/>
    public SceneModel? FindBuiltinModel(string name) => BuiltinModels.Find(name);

    /// <inheritdoc/>
    public Task<SceneModel> LoadModelAsync(
        SceneModelFile file, SceneLimits limits, Action<double> onProgress, CancellationToken cancellationToken)
        =>
        GltfLoader.LoadAsync(file, limits, onProgress, cancellationToken);

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public IReadOnlyList<RayHit> CastRay(SceneSnapshot scene, RayQuery query, CancellationToken cancellationToken)
        => RayCaster.Cast(scene, query, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<uint> FindInBox(
        SceneSnapshot scene, Vector3D center, Vector3D halfExtents, Quaternion rotation, int maxResults,
        CancellationToken cancellationToken)
        =>
        VolumeSearch.OrientedBox(scene, center, halfExtents, rotation, maxResults, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<uint> FindInSphere(
        SceneSnapshot scene, Vector3D center, double radius, int maxResults, CancellationToken cancellationToken)
        =>
        VolumeSearch.Sphere(scene, center, radius, maxResults, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ScenePicture> DrawAsync(
        SceneSnapshot scene, CameraPose camera, int width, int height, CancellationToken cancellationToken)
        =>
        new(new ScenePicture(width, height, _rasterizer.Render(scene, camera, width, height, cancellationToken)));
}
