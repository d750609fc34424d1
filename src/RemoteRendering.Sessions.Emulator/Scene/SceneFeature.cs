using RemoteRendering.Sessions.Emulator.Scene.Fetching;
using RemoteRendering.Sessions.Emulator.Scene.Graph;
using RemoteRendering.Sessions.Emulator.Scene.Messages;
using RemoteRendering.Sessions.Emulator.Scene.Queries;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Host.Messages;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Host;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Emulator.Scene;

/// <summary>Entities, models and queries.</summary>
internal sealed class SceneFeature : IHostFeature
{
    private readonly SceneHost _host;
    private readonly SceneMethodTable _methods;

    public SceneFeature(SceneHost host)
    {
        _host = host;
        _methods = new SceneMethodTable(new Dictionary<string, SceneMethod>
        {
            [SceneMethods.LoadModel] = LoadAsync,
            [SceneMethods.ListEntities] = (parameters, request) => new(List(parameters, SceneOf(request))),
            [SceneMethods.QueryBounds] = (parameters, request) => new(SceneQueries.Bounds(parameters, SceneOf(request), host.Geometry)),
            [SceneMethods.QueryMetadata] = (parameters, request) => new(SceneQueries.Metadata(parameters, SceneOf(request))),
            [SceneMethods.RayCast] = (parameters, request) => SceneQueries.CastRayAsync(parameters, SceneOf(request), host.Geometry, request.CancellationToken),
            [SceneMethods.SpatialQuery] = (parameters, request) => SceneQueries.SearchAsync(parameters, SceneOf(request), host.Geometry, request.CancellationToken),
            [SceneMethods.Performance] = (_, request) => new(host.Performance.Answer(SceneOf(request).LastPicture)),
        });
    }

    public string Name => HostFeatureName.Scene;

    public IReadOnlyCollection<string> Methods => _methods.Names;

    public IReadOnlyCollection<string> UnsupportedStates => _host.Renderer.UnsupportedStates;

    public IReadOnlyCollection<byte> BinaryKinds { get; } = [HostFrameKind.Batch];

    public bool IsWellFormed(byte kind, uint argument, ReadOnlySpan<byte> payload) => SceneBatch.IsWellFormed(payload, argument);

    public ValueTask<HostAnswer> InvokeAsync(HostRequest request) => request.BinaryKind switch
    {
        0 => _methods.InvokeAsync(request),
        HostFrameKind.Batch => new(SceneOf(request).Apply(request.Parameters.Span) is { } refused ? SceneJson.Refused(refused) : HostAnswer.Empty),
        byte kind => throw new InvalidOperationException($"This feature has no binary requests of the kind {kind}."),
    };

    public void OnBindingEnded(HostBinding binding) => _host.SceneOf(binding).Dispose();

    private BindingScene SceneOf(HostRequest request) => _host.SceneOf(request.Binding);

    private HostAnswer List(SceneParameters parameters, BindingScene scene)
    {
        uint root = parameters.Id("root");
        uint after = parameters.Id("after", whenMissing: 0);
        int part = (int)parameters.Whole("part", 0, int.MaxValue, whenMissing: 0);
        return scene.Read(graph => EntityPage.Write(graph, root, after, part, _host.MaxMessageBytes));
    }

    private ValueTask<HostAnswer> LoadAsync(SceneParameters parameters, HostRequest request)
    {
        BindingScene scene = SceneOf(request);
        uint parent = parameters.Id("parent", whenMissing: 0);
        if (parameters.Has("uri") == parameters.Has("upload"))
        {
            throw SceneParameters.Malformed("Exactly one of 'uri' and 'upload' must be there.");
        }

        scene.CheckParent(parent);
        ModelSource source = parameters.Has("uri") ? ModelSource.FromUri(parameters.Text("uri"), _host.Behavior) : ModelSource.FromUpload(scene.Uploads.Take(parameters.Id("upload")));
        return LoadAsync(source, parent, request, scene);
    }

    private async ValueTask<HostAnswer> LoadAsync(ModelSource source, uint parent, HostRequest request, BindingScene scene)
    {
        SceneLimits limits = _host.LimitsOf(request.Binding);
        using var progress = new ProgressReporter(request, _host.Time);
        CancellationToken cancellationToken = request.CancellationToken;

        // Reading is work: it must not hold up the requests behind it.
        SceneModel model = await BackgroundWork.StartForCaller(() => _host.Loader.LoadAsync(source, limits, progress, cancellationToken)).ConfigureAwait(false);
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
