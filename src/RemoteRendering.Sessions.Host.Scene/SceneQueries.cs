using System.Numerics;
using RemoteRendering.Sessions.Host.Scene.Messages;
using RemoteRendering.Sessions.Host.Scene.Queries;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>
/// Answers questions about a scene. What it looks at is taken at once, in the order of the requests; the work may come later.
/// </summary>
internal static class SceneQueries
{
    private const int MaxHits = 1_024;

    public static HostAnswer Bounds(SceneParameters parameters, BindingScene scene, ISceneGeometry geometry)
    {
        uint id = parameters.Id("entity");
        bool inWorld = parameters.Text("space") switch
        {
            "local" => false,
            "world" => true,
            _ => throw SceneParameters.Malformed("'space' must be 'local' or 'world'."),
        };
        return scene.Read(
            graph => SceneJson.Bounds(SubtreeBounds.Measure(graph.Find(id) ?? throw SceneException.NoEntity(id), inWorld, geometry)));
    }

    public static HostAnswer Metadata(SceneParameters parameters, BindingScene scene)
    {
        uint id = parameters.Id("entity");
        ReadOnlyMemory<byte> metadata =
            scene.Read(graph => (graph.Find(id) ?? throw SceneException.NoEntity(id)).Parts?.Metadata ?? default);
        return SceneJson.Answer(json =>
        {
            json.WritePropertyName("metadata"u8);
            if (metadata.IsEmpty)
            {
                json.WriteStartObject();
                json.WriteEndObject();
            }
            else
            {
                json.WriteRawValue(metadata.Span);
            }
        });
    }

    public static ValueTask<HostAnswer> CastRayAsync(
        SceneParameters parameters, BindingScene scene, ISceneGeometry geometry, CancellationToken cancellationToken)
    {
        Vector3D start = parameters.Point("start");
        Vector3D end = parameters.Point("end");
        RayPolicy policy = !parameters.Has("policy") ? RayPolicy.Closest : parameters.Text("policy") switch
        {
            "closest" => RayPolicy.Closest,
            "all" => RayPolicy.All,
            "any" => RayPolicy.Any,
            _ => throw SceneParameters.Malformed("'policy' must be 'closest', 'all' or 'any'."),
        };
        int maxHits = (int)parameters.Whole("maxHits", 1, MaxHits, whenMissing: RayQuery.MostHits);
        double length = (end - start).Length;
        if (length == 0 || !double.IsFinite(length))
        {
            throw new SceneException(SceneErrorCode.InvalidParameter, length == 0 ? "The ray has no length." : "The ray has no end.");
        }

        SceneSnapshot snapshot = scene.TakeSnapshot();
        var query = new RayQuery(start, end, policy, Math.Min(maxHits, RayQuery.MostHits));
        return RunAsync(() => SceneJson.Hits(geometry.CastRay(snapshot, query, cancellationToken)), cancellationToken);
    }

    public static ValueTask<HostAnswer> SearchAsync(
        SceneParameters parameters, BindingScene scene, ISceneGeometry geometry, CancellationToken cancellationToken)
    {
        int maxResults = (int)parameters.Whole("maxResults", 1, MaxHits, whenMissing: MaxHits);
        Func<SceneSnapshot, IReadOnlyList<uint>> search = Volume(parameters, geometry, maxResults, cancellationToken);
        SceneSnapshot snapshot = scene.TakeSnapshot();
        return RunAsync(() => SceneJson.Entities(search(snapshot)), cancellationToken);
    }

    private static Func<SceneSnapshot, IReadOnlyList<uint>> Volume(
        SceneParameters parameters, ISceneGeometry geometry, int maxResults, CancellationToken cancellationToken)
    {
        bool hasBox = parameters.Has("box");
        bool hasSphere = parameters.Has("sphere");
        if ((hasBox ? 1 : 0) + (hasSphere ? 1 : 0) + (parameters.Has("orientedBox") ? 1 : 0) != 1)
        {
            throw SceneParameters.Malformed("Exactly one of 'box', 'sphere' and 'orientedBox' must be there.");
        }

        if (hasBox)
        {
            SceneParameters ends = parameters.Object("box");
            var box = new Box3D(ends.Point("min"), ends.Point("max"));
            Vector3D extents = (box.Max * 0.5) - (box.Min * 0.5);
            return !box.IsEmpty
                ? snapshot => geometry.FindInBox(snapshot, box.Center, extents, Quaternion.Identity, maxResults, cancellationToken)
                : throw NoVolume("The box ends before it begins.");
        }

        if (hasSphere)
        {
            SceneParameters ball = parameters.Object("sphere");
            Vector3D middle = ball.Point("center");
            double radius = ball.Number("radius");
            return radius >= 0
                ? snapshot => geometry.FindInSphere(snapshot, middle, radius, maxResults, cancellationToken)
                : throw NoVolume("The radius is negative.");
        }

        SceneParameters turned = parameters.Object("orientedBox");
        Vector3D center = turned.Point("center");
        Vector3D half = turned.Point("halfExtents");
        Quaternion rotation = turned.Rotation("rotation");
        return half.X >= 0 && half.Y >= 0 && half.Z >= 0
            ? snapshot => geometry.FindInBox(snapshot, center, half, rotation, maxResults, cancellationToken)
            : throw NoVolume("An extent is negative.");
    }

    private static SceneException NoVolume(string message) => new(SceneErrorCode.InvalidParameter, message);

    private static async ValueTask<HostAnswer> RunAsync(Func<HostAnswer> run, CancellationToken cancellationToken) =>
        await BackgroundWork.StartForCaller(run, cancellationToken).ConfigureAwait(false);
}
