using RemoteRendering.Sessions.Emulator.Renderer;
using RemoteRendering.Sessions.Emulator.Scene.Graph;
using RemoteRendering.Sessions.Emulator.Scene.Queries;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Emulator.Scene;

/// <summary>Entities, models and queries.</summary>
internal sealed class SceneFeature(SceneHost host) : IHostFeature
{
    private readonly PerformanceMeter _performance = host.Performance;

    public string Name => "scene";

    public IReadOnlyCollection<string> Methods { get; } = ["loadModel", "listEntities", "queryBounds", "queryMetadata", "rayCast", "spatialQuery", "performance"];

    /// <summary>Gets the states that the software renderer does not draw.</summary>
    public IReadOnlyCollection<string> UnsupportedStates { get; } = ["selected", "seeThrough", "useCutPlaneFilterMask", "shell"];

    public IReadOnlyCollection<byte> BinaryKinds { get; } = [HostFrameKind.Batch];

    public bool IsWellFormed(byte kind, uint argument, ReadOnlySpan<byte> payload) => SceneBatch.IsWellFormed(payload, argument);

    public ValueTask<HostAnswer> InvokeAsync(HostRequest request)
    {
        if (request.BinaryKind != 0)
        {
            return new(host.SceneOf(request.Binding).Apply(request.Parameters.Span) is { } refused ? SceneJson.Refused(refused) : HostAnswer.Empty);
        }

        return SceneAnswers.RunAsync(request, Answer);
    }

    public void OnBindingEnded(HostBinding binding) => host.SceneOf(binding).Dispose();

    private ValueTask<HostAnswer> Answer(SceneParameters parameters, HostRequest request)
    {
        BindingScene scene = host.SceneOf(request.Binding);
        return request.Method switch
        {
            "loadModel" => LoadAsync(parameters, request, scene),
            "listEntities" => new(List(parameters, scene)),
            "queryBounds" => new(SceneQueries.Bounds(parameters, scene)),
            "queryMetadata" => new(SceneQueries.Metadata(parameters, scene)),
            "rayCast" => SceneQueries.CastRayAsync(parameters, scene, request.CancellationToken),
            "spatialQuery" => SceneQueries.SearchAsync(parameters, scene, request.CancellationToken),
            _ => new(_performance.Answer(scene)),
        };
    }

    private HostAnswer List(SceneParameters parameters, BindingScene scene)
    {
        uint root = parameters.Id("root");
        uint after = parameters.Id("after", whenMissing: 0);
        int part = (int)parameters.Whole("part", 0, int.MaxValue, whenMissing: 0);
        return scene.Read(graph => EntityPage.Write(graph, root, after, part, host.MaxMessageBytes));
    }

    private ValueTask<HostAnswer> LoadAsync(SceneParameters parameters, HostRequest request, BindingScene scene)
    {
        uint parent = parameters.Id("parent", whenMissing: 0);
        if (parameters.Has("uri") == parameters.Has("upload"))
        {
            throw SceneParameters.Malformed("Exactly one of 'uri' and 'upload' must be there.");
        }

        scene.CheckParent(parent);
        ModelSource source = parameters.Has("uri") ? ModelSource.FromUri(parameters.Text("uri"), host.Behavior) : ModelSource.FromUpload(scene.Uploads.Take(parameters.Id("upload")));
        return LoadAsync(source, parent, request, scene);
    }

    private async ValueTask<HostAnswer> LoadAsync(ModelSource source, uint parent, HostRequest request, BindingScene scene)
    {
        SceneLimits limits = host.LimitsOf(request.Binding);
        using var progress = new ProgressReporter(request, host.Time);
        CancellationToken cancellationToken = request.CancellationToken;

        // Reading is work: it must not hold up the requests behind it.
        Model model = await BackgroundWork.StartForCaller(() => host.Loader.LoadAsync(source, limits, progress, cancellationToken)).ConfigureAwait(false);
        uint root = scene.Attach(model, parent, limits, source.Name, cancellationToken);
        progress.Finish();
        return SceneJson.Answer(json =>
        {
            json.WriteNumber("root"u8, root);
            json.WriteNumber("entities"u8, model.Nodes.Count);
            json.WriteNumber("primitives"u8, model.Primitives);
            SceneJson.WriteWarnings(json, model.Warnings);
        });
    }
}
