using RemoteRendering.Sessions.Host.Messages;
using RemoteRendering.Sessions.Host.Scene.Fetching;
using RemoteRendering.Sessions.Host.Scene.Graph;
using RemoteRendering.Sessions.Host.Scene.Messages;
using RemoteRendering.Sessions.Host.Scene.Queries;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Host;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>
/// Gives a host scenes: entities, models and queries, and with them uploads and pictures. Models and shapes are up to an
/// <see cref="ISceneGeometry"/>, pictures to an <see cref="ISceneRenderer"/>. Each binding has a scene of its own, which ends with it. All
/// members are thread-safe.
/// </summary>
/// <remarks>Dispose the host first, then the feature. The geometry and the renderer stay the caller's.</remarks>
public sealed class SceneFeature : IHostFeature, IAsyncDisposable
{
    private static readonly byte[] s_binaryKinds = [HostFrameKind.Batch];

    private readonly SceneHost _host;
    private readonly SceneMethodTable _methods;
    private readonly IHostFeature[] _parts;

    /// <summary>
    /// Initializes a new instance of the <see cref="SceneFeature"/> class with the default options and the system's clock.
    /// </summary>
    /// <param name="geometry">Loads models and answers queries.</param>
    /// <param name="renderer">Draws the meshes of the geometry; <see langword="null"/> for a host without pictures.</param>
    /// <exception cref="ArgumentNullException"><paramref name="geometry"/> is null.</exception>
    public SceneFeature(ISceneGeometry geometry, ISceneRenderer? renderer)
        : this(geometry, renderer, new SceneOptions(), limitsOf: null, TimeProvider.System)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="SceneFeature"/> class.</summary>
    /// <param name="geometry">Loads models and answers queries.</param>
    /// <param name="renderer">Draws the meshes of the geometry; <see langword="null"/> for a host without pictures.</param>
    /// <param name="options">The options of the feature.</param>
    /// <param name="limitsOf">
    /// Returns the limits of the scene of a session, by the id of the session, each time a model is loaded; <see langword="null"/> for the
    /// limits of the options in every session.
    /// </param>
    /// <param name="timeProvider">The clock of the feature, that of its host.</param>
    /// <exception cref="ArgumentNullException">
    /// An argument other than <paramref name="renderer"/> and <paramref name="limitsOf"/> is null.
    /// </exception>
    public SceneFeature(
        ISceneGeometry geometry, ISceneRenderer? renderer, SceneOptions options, Func<string, SceneLimits>? limitsOf,
        TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        limitsOf ??= _ => new SceneLimits(options.MaxModelBytes, options.MaxMemoryBytes, options.MaxPrimitives);
        var host = new SceneHost(geometry, renderer, options, limitsOf, timeProvider);
        _host = host;
        _parts = [.. CreateParts(host)];
        _methods = new SceneMethodTable(new Dictionary<string, SceneMethod>
        {
            [SceneMethods.LoadModel] = LoadAsync,
            [SceneMethods.ListEntities] = (parameters, request) => new(List(parameters, request)),
            [SceneMethods.QueryBounds] = (parameters, request) => new(SceneQueries.Bounds(parameters, SceneOf(request), geometry)),
            [SceneMethods.QueryMetadata] = (parameters, request) => new(SceneQueries.Metadata(parameters, SceneOf(request))),
            [SceneMethods.RayCast] = (parameters, request) => SceneQueries
                .CastRayAsync(parameters, SceneOf(request), geometry, request.CancellationToken),
            [SceneMethods.SpatialQuery] = (parameters, request) => SceneQueries
                .SearchAsync(parameters, SceneOf(request), geometry, request.CancellationToken),
            [SceneMethods.Performance] = (_, request) => new(host.Performance.Answer(SceneOf(request).LastPicture)),
        });
    }

    /// <summary>Gets what the parts of the feature share.</summary>
    internal SceneHost Host => _host;

    string? IHostFeature.Name => HostFeatureName.Scene;

    IReadOnlyCollection<IHostFeature> IHostFeature.Parts => _parts;

    IReadOnlyCollection<string> IHostFeature.Methods => _methods.Names;

    IReadOnlyCollection<string> IHostFeature.UnsupportedStates => _host.UnsupportedStates;

    IReadOnlyCollection<byte> IHostFeature.BinaryKinds => s_binaryKinds;

    /// <summary>Waits for the pictures that are being drawn, and frees what the feature holds.</summary>
    /// <returns>A task that completes when nothing of the feature runs.</returns>
    public ValueTask DisposeAsync() => _host.DisposeAsync();

    bool IHostFeature.IsWellFormed(byte kind, uint argument, ReadOnlySpan<byte> payload) => SceneBatch.IsWellFormed(payload, argument);

    ValueTask<HostAnswer> IHostFeature.InvokeAsync(HostRequest request) => request.BinaryKind switch
    {
        0 => _methods.InvokeAsync(request),
        HostFrameKind.Batch =>
            new(SceneOf(request).Apply(request.Parameters.Span) is { } refused ? SceneJson.Refused(refused) : HostAnswer.Empty),
        byte kind => throw new InvalidOperationException($"This feature has no binary requests of the kind {kind}."),
    };

    void IHostFeature.OnBindingEnded(HostBinding binding) => _host.SceneOf(binding).Dispose();

    private static IEnumerable<IHostFeature> CreateParts(SceneHost host)
    {
        if (host.Options.HasUploads)
        {
            yield return new UploadFeature(host);
        }

        if (host.Options.HasFrames && host.Photographer is { } photographer)
        {
            yield return new FramesFeature(host, photographer);
        }
    }

    private BindingScene SceneOf(HostRequest request) => _host.SceneOf(request.Binding);

    private HostAnswer List(SceneParameters parameters, HostRequest request)
    {
        uint root = parameters.Id("root");
        uint after = parameters.Id("after", whenMissing: 0);
        int part = (int)parameters.Whole("part", 0, int.MaxValue, whenMissing: 0);
        return SceneOf(request).Read(graph => EntityPage.Write(graph, root, after, part, request.Binding.MaxMessageBytes));
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
        ModelSource source = parameters.Has("uri")
            ? ModelSource.FromUri(parameters.Text("uri"), _host.Options)
            : ModelSource.FromUpload(scene.Uploads.Take(parameters.Id("upload")));
        return LoadAsync(source, parent, request, scene);
    }

    private async ValueTask<HostAnswer> LoadAsync(ModelSource source, uint parent, HostRequest request, BindingScene scene)
    {
        SceneLimits limits = _host.LimitsOf(request.Binding);
        using var progress = new ProgressReporter(request, _host.Time);
        CancellationToken cancellationToken = request.CancellationToken;

        // Reading is work: it must not hold up the requests behind it.
        SceneModel model = await BackgroundWork.StartForCaller(
            () => _host.Loader.LoadAsync(source, limits, progress, cancellationToken)).ConfigureAwait(false);
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
