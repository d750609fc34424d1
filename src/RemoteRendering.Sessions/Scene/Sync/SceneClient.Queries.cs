using System.Text.Json;
using RemoteRendering.Sessions.Protocol.Host;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>Queries about the scene and its entities.</summary>
internal sealed partial class SceneClient
{
    /// <summary>Gets the largest message that the host accepts.</summary>
    public int MaxMessageBytes
    {
        get
        {
            lock (Gate)
            {
                return _answer.MaxMessageBytes;
            }
        }
    }

    public Task<RayCastQueryResult> CastAsync(RayCast cast, CancellationToken cancellationToken) => AskAsync(
        SceneMethods.RayCast,
        cast,
        static (writer, cast) =>
        {
            writer.WriteStartObject();
            SceneWriter.Write(writer, "start", cast.StartPos);
            SceneWriter.Write(writer, "end", cast.EndPos);
            writer.WriteString("policy"u8, cast.HitCollection switch
            {
                HitCollectionPolicy.ClosestHits => "all",
                HitCollectionPolicy.ClosestHit => "closest",
                _ => "any",
            });
            writer.WriteNumber("maxHits"u8, cast.MaxHits == 0 ? RayCast.MaxNumRayCastHits : cast.MaxHits);
            writer.WriteEndObject();
        },
        ReadHits,
        cancellationToken);

    public Task<SpatialQueryResult> FindAsync(SpatialQueryAabb query, CancellationToken cancellationToken) => FindAsync(
        query,
        static (writer, query) =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("box"u8);
            SceneWriter.Write(writer, "min", query.Bounds.Min);
            SceneWriter.Write(writer, "max", query.Bounds.Max);
            writer.WriteEndObject();
            EndVolume(writer, query.MaxResults);
        },
        cancellationToken);

    public Task<SpatialQueryResult> FindAsync(SpatialQuerySphere query, CancellationToken cancellationToken) => FindAsync(
        query,
        static (writer, query) =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("sphere"u8);
            SceneWriter.Write(writer, "center", query.Center);
            writer.WriteNumber("radius"u8, query.Radius);
            writer.WriteEndObject();
            EndVolume(writer, query.MaxResults);
        },
        cancellationToken);

    public Task<SpatialQueryResult> FindAsync(SpatialQueryObb query, CancellationToken cancellationToken) => FindAsync(
        query,
        static (writer, query) =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("orientedBox"u8);
            SceneWriter.Write(writer, "center", query.Center);
            SceneWriter.Write(writer, "halfExtents", query.HalfExtents);
            SceneWriter.Write(writer, "rotation", query.Rotation);
            writer.WriteEndObject();
            EndVolume(writer, query.MaxResults);
        },
        cancellationToken);

    public Task<Bounds?> QueryBoundsAsync(Entity entity, string space, CancellationToken cancellationToken) => AskAboutAsync(
        entity,
        SceneMethods.QueryBounds,
        (entity.Id, space),
        static (writer, state) =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("entity"u8, state.Id);
            writer.WriteString("space"u8, state.space);
            writer.WriteEndObject();
        },
        static answer => answer.TryGetProperty("min", out JsonElement min)
            ? new Bounds(SceneReader.ReadDouble3(min), SceneReader.ReadDouble3(answer.GetProperty("max")))
            : (Bounds?)null,
        cancellationToken);

    public Task<ObjectMetadata> QueryMetadataAsync(Entity entity, CancellationToken cancellationToken) => AskAboutAsync(
        entity,
        SceneMethods.QueryMetadata,
        entity.Id,
        static (writer, id) => SceneWriter.WriteEntity(writer, id),
        static answer => ObjectMetadata.Read(answer.GetProperty("metadata")),
        cancellationToken);

    public async Task<PerformanceAssessment> AssessAsync(CancellationToken cancellationToken)
    {
        long start = Time.GetTimestamp();
        return await AskAsync<object?, PerformanceAssessment>(
            SceneMethods.Performance,
            null,
            static (writer, _) =>
            {
                writer.WriteStartObject();
                writer.WriteEndObject();
            },
            answer => new PerformanceAssessment(
                Time.GetElapsedTime(start),
                SceneReader.ReadOptional(answer, "timeCpu"),
                SceneReader.ReadOptional(answer, "timeGpu"),
                SceneReader.ReadOptional(answer, "utilizationCpu"),
                SceneReader.ReadOptional(answer, "utilizationGpu"),
                SceneReader.ReadOptional(answer, "memoryCpu"),
                SceneReader.ReadOptional(answer, "memoryGpu"),
                SceneReader.ReadOptional(answer, "polygonsRendered")),
            cancellationToken).ConfigureAwait(false);
    }

    public Task<LoadModelResult> LoadAsync(LoadModelOptions options, IProgress<float>? progress, CancellationToken cancellationToken)
    {
        SceneGraph graph;
        lock (Gate)
        {
            graph = Current_NeedsGate();
            if (options.IsUpload)
            {
                CheckFeature_NeedsGate(HostFeatureName.Upload);
            }

            Entity.CheckParent_NeedsGate(graph, options.Parent);
        }

        return new ModelLoad(this, graph, options.Clone(), progress).RunAsync(cancellationToken);
    }

    /// <summary>Runs a callback of the application in order with the others.</summary>
    public void Post(Action callback) => _observers.Post(_run.PumpCallbacks, callback);

    private Task<SpatialQueryResult> FindAsync<TVolume>(
        TVolume volume, Action<Utf8JsonWriter, TVolume> write, CancellationToken cancellationToken)
        => AskAsync("spatialQuery", volume, write, ReadOverlaps, cancellationToken);

    private static void EndVolume(Utf8JsonWriter writer, int maxResults)
    {
        writer.WriteNumber("maxResults"u8, maxResults);
        writer.WriteEndObject();
    }

    private RayCastQueryResult ReadHits(JsonElement answer)
    {
        JsonElement list = answer.GetProperty("hits");
        var hits = new List<RayCastHit>(list.GetArrayLength());
        lock (Gate)
        {
            foreach (JsonElement hit in list.EnumerateArray())
            {
                hits.Add(new RayCastHit(
                    _graph.Find(hit.GetProperty("entity").GetUInt32()),
                    hit.TryGetProperty("part", out JsonElement part) ? part.GetInt32() : 0,
                    SceneReader.ReadDouble3(hit.GetProperty("position")),
                    SceneReader.ReadDouble3(hit.GetProperty("normal")),
                    hit.GetProperty("distance").GetDouble(),
                    hit.TryGetProperty("face", out JsonElement face) && face.GetString() == "back"
                        ? HitType.TriangleBackFace
                        : HitType.TriangleFrontFace));
            }
        }

        return new RayCastQueryResult(hits);
    }

    private SpatialQueryResult ReadOverlaps(JsonElement answer)
    {
        var overlaps = new List<MeshComponent>();
        lock (Gate)
        {
            foreach (JsonElement id in answer.GetProperty("entities").EnumerateArray())
            {
                if (_graph.Find(id.GetUInt32())?.FindComponentOfType(ObjectType.MeshComponent) is MeshComponent mesh)
                {
                    overlaps.Add(mesh);
                }
            }
        }

        return new SpatialQueryResult(overlaps);
    }
}
