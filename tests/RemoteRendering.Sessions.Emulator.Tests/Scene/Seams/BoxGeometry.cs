using System.Globalization;
using System.Numerics;
using System.Text;
using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Seams;

/// <summary>
/// A geometry of boxes: a file is three numbers, its size. It uses the public seam only, and keeps no acceleration structure.
/// </summary>
internal sealed class BoxGeometry : ISceneGeometry
{
    /// <summary>One mesh for all models that ask for the built-in one, as a geometry that caches would give.</summary>
    private static readonly SceneMesh _cube = Mesh(new Vector3D(1, 1, 1));

    public SceneModel? FindBuiltinModel(string name) => name == "cube" ? Model("cube", _cube) : null;

    public Task<SceneModel> LoadModelAsync(
        SceneModelFile file, SceneLimits limits, Action<double> onProgress, CancellationToken cancellationToken)
    {
        string[] words = Encoding.UTF8.GetString(file.Content.Span).Split(' ');
        if (words.Length != 3 || !Array.TrueForAll(words, static word => double.TryParse(word, CultureInfo.InvariantCulture, out _)))
        {
            throw new SceneException(SceneErrorCode.FileCorrupt, $"'{file.Name}' is no box.");
        }

        double[] size = Array.ConvertAll(words, static word => double.Parse(word, CultureInfo.InvariantCulture));
        onProgress(1);
        return Task.FromResult(Model(file.RootName, Mesh(new Vector3D(size[0], size[1], size[2]))));
    }

    public Box3D MeasureBounds(SceneMesh mesh, Placement place) => place.Transform(mesh.Bounds);

    public IReadOnlyList<RayHit> CastRay(SceneSnapshot scene, RayQuery query, CancellationToken cancellationToken)
    {
        var hits = new List<RayHit>();
        foreach (MeshInstance instance in scene.Instances.Where(static instance => instance.Collides))
        {
            Box3D box = instance.Place.Transform(instance.Mesh.Bounds);
            if (Enter(box, query) is { } hit)
            {
                Vector3D position = query.Start + ((query.End - query.Start) * hit.Part);
                hits.Add(new RayHit(instance.Entity, 0, -1, position, hit.Normal, (position - query.Start).Length, isFront: true));
            }
        }

        return [.. hits.OrderBy(static hit => hit.Distance).Take(query.Policy == RayPolicy.All ? query.MaxHits : 1)];
    }

    public IReadOnlyList<uint> FindInBox(
        SceneSnapshot scene, Vector3D center, Vector3D halfExtents, Quaternion rotation, int maxResults,
        CancellationToken cancellationToken) =>
        Find(scene, Placement.Compose(center, rotation, Vector3.One).Transform(new Box3D(-halfExtents, halfExtents)), maxResults);

    public IReadOnlyList<uint> FindInSphere(
        SceneSnapshot scene, Vector3D center, double radius, int maxResults, CancellationToken cancellationToken)
    {
        var reach = new Vector3D(radius, radius, radius);
        return Find(scene, new Box3D(center - reach, center + reach), maxResults);
    }

    private static uint[] Find(SceneSnapshot scene, Box3D volume, int maxResults) =>
    [
        .. scene.Instances.Where(instance => instance.Collides && Touches(volume, instance.Place.Transform(instance.Mesh.Bounds)))
            .Select(static instance => instance.Entity).Distinct().Order().Take(maxResults),
    ];

    private static bool Touches(Box3D left, Box3D right)
        => Enumerable.Range(0, 3).All(axis => left.Min[axis] <= right.Max[axis] && left.Max[axis] >= right.Min[axis]);

    /// <summary>The part of the ray after which it is in a box, and the side it comes through.</summary>
    private static (double Part, Vector3D Normal)? Enter(Box3D box, RayQuery ray)
    {
        Vector3D way = ray.End - ray.Start;
        double begin = 0;
        double end = 1;
        Vector3D normal = -way.Normalized();
        for (int axis = 0; axis < 3; axis++)
        {
            double one = (box.Min[axis] - ray.Start[axis]) / way[axis];
            double other = (box.Max[axis] - ray.Start[axis]) / way[axis];
            if (Math.Min(one, other) > begin)
            {
                begin = Math.Min(one, other);
                normal = new Vector3D(axis == 0 ? 1 : 0, axis == 1 ? 1 : 0, axis == 2 ? 1 : 0) * -Math.Sign(way[axis]);
            }

            end = Math.Min(end, Math.Max(one, other));
        }

        return begin <= end ? (begin, normal) : null;
    }

    private static SceneModel Model(string name, SceneMesh mesh) => new(
        [new SceneModelNode { Name = name }, new SceneModelNode { Name = name + "Box", Parent = 0, Mesh = mesh }],
        [new SceneModelWarning("notDrawn", "box", "A box has no picture.")]);

    private static SceneMesh Mesh(Vector3D size) => new([new SceneMeshPart("Cardboard", 12)], new Box3D(size * -0.5, size * 0.5), 12, 96);
}
