using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Volumes;

/// <summary>Finds the entities of which at least one triangle touches a volume or lies in it. Cut planes do not count here.</summary>
internal static class VolumeSearch
{
    /// <summary>Searches a box along the axes of the world.</summary>
    /// <param name="scene">Where to look: instances that collide.</param>
    /// <param name="box">The volume; its own surface belongs to it.</param>
    /// <param name="maxResults">Of more entities, those with the smallest ids.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Their ids, growing.</returns>
    public static IReadOnlyList<uint> Box(SceneSnapshot scene, Box3D box, int maxResults, CancellationToken cancellationToken = default)
        => Search(
            scene, new BoxVolume(Placement.Identity.WithOrigin(box.Center), (box.Max * 0.5) - (box.Min * 0.5)), maxResults,
            cancellationToken);

    /// <summary>Searches a box that may be turned.</summary>
    public static IReadOnlyList<uint> OrientedBox(
        SceneSnapshot scene, Vector3D center, Vector3D halfExtents, Quaternion rotation, int maxResults,
        CancellationToken cancellationToken = default)
        => Search(scene, new BoxVolume(Placement.Compose(center, rotation, Vector3.One), halfExtents), maxResults, cancellationToken);

    /// <summary>Searches a sphere.</summary>
    public static IReadOnlyList<uint> Sphere(
        SceneSnapshot scene, Vector3D center, double radius, int maxResults, CancellationToken cancellationToken = default)
        => Search(scene, new SphereVolume(center, radius), maxResults, cancellationToken);

    private static IReadOnlyList<uint> Search<TVolume>(
        SceneSnapshot scene, TVolume volume, int maxResults, CancellationToken cancellationToken)
        where TVolume : struct, IVolume
    {
        PreparedScene prepared = PreparedScene.Of(scene);
        var instances = new VolumeInstances<TVolume>(scene, volume, cancellationToken);
        VolumeWalk.Visit(
            prepared.GetBvh(cancellationToken), volume.ToVolume(Placement.Identity.WithOrigin(prepared.Origin)), volume, ref instances);
        return instances.Take(maxResults);
    }
}
