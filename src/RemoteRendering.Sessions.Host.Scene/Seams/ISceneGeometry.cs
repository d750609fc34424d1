using System.Numerics;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>
/// Loads models and answers questions about the shapes in a scene: bounds, rays, volumes. Thread-safe. It is separate from the
/// <see cref="ISceneRenderer"/>, so that a renderer for a graphics card can use the geometry that is there.
/// </summary>
public interface ISceneGeometry
{
    /// <summary>Finds a built-in model, which clients load from <c>builtin://NAME</c>.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <returns>The model; <see langword="null"/> when there is none of that name.</returns>
    SceneModel? FindBuiltinModel(string name);

    /// <summary>Loads a model.</summary>
    /// <param name="file">The file.</param>
    /// <param name="limits">The limits of the scene that the model is for.</param>
    /// <param name="onProgress">Called with the part that is done, from 0 to 1, from any thread.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The model, with the warnings about what is left out.</returns>
    /// <exception cref="SceneException">The file is refused.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<SceneModel> LoadModelAsync(
        SceneModelFile file, SceneLimits limits, Action<double> onProgress, CancellationToken cancellationToken);

    /// <summary>
    /// Measures a mesh of a model that it loaded, exactly. Runs under the lock of the scene, which asks for large meshes by
    /// <see cref="SceneMesh.Bounds"/> instead.
    /// </summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="place">The place of the mesh.</param>
    /// <returns>The box along the axes around the triangles.</returns>
    Box3D MeasureBounds(SceneMesh mesh, Placement place);

    /// <summary>
    /// Finds where a ray goes through instances that collide, where no cut plane cuts them away. Both faces of a triangle count.
    /// </summary>
    /// <param name="scene">The scene, with meshes of models that it loaded.</param>
    /// <param name="query">The ray.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The hits, sorted by distance.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    IReadOnlyList<RayHit> CastRay(SceneSnapshot scene, RayQuery query, CancellationToken cancellationToken);

    /// <summary>Finds the entities that touch a box or lie in it, among the instances that collide. Cut planes do not count.</summary>
    /// <param name="scene">The scene, with meshes of models that it loaded.</param>
    /// <param name="center">The middle of the box, in the world.</param>
    /// <param name="halfExtents">The distances from the middle to the sides along the box's axes, none negative, in metres.</param>
    /// <param name="rotation">The rotation of the box.</param>
    /// <param name="maxResults">The most ids to return; of more, the smallest.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The ids of the entities, each once, in ascending order.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    IReadOnlyList<uint> FindInBox(
        SceneSnapshot scene, Vector3D center, Vector3D halfExtents, Quaternion rotation, int maxResults,
        CancellationToken cancellationToken);

    /// <summary>Finds the entities that touch a ball or lie in it, among the instances that collide. Cut planes do not count.</summary>
    /// <param name="scene">The scene, with meshes of models that it loaded.</param>
    /// <param name="center">The middle of the ball, in the world.</param>
    /// <param name="radius">The radius, not negative, in metres.</param>
    /// <param name="maxResults">The most ids to return; of more, the smallest.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The ids of the entities, each once, in ascending order.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    IReadOnlyList<uint> FindInSphere(
        SceneSnapshot scene, Vector3D center, double radius, int maxResults, CancellationToken cancellationToken);
}
