using RemoteRendering.Sessions.Emulator.Scene.Pictures;
using RemoteRendering.Sessions.Emulator.Scene.Queries;
using RemoteRendering.Sessions.Emulator.Scene.Uploads;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Host.Requests;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Emulator.Scene;

/// <summary>What the scene features of one host share.</summary>
internal sealed class SceneHost : IAsyncDisposable
{
    private readonly RenderingHostOptions _host;
    private readonly Func<string, SceneLimits> _limitsOf;

    /// <param name="behavior">What the host does with scenes.</param>
    /// <param name="geometry">Loads models and answers queries.</param>
    /// <param name="renderer">Draws pictures.</param>
    /// <param name="host">The options of the host.</param>
    /// <param name="limitsOf">Gets the limits of the scene of a session by its id.</param>
    /// <param name="time">The clock.</param>
    public SceneHost(
        SceneBehavior behavior,
        ISceneGeometry geometry,
        ISceneRenderer renderer,
        RenderingHostOptions host,
        Func<string, SceneLimits> limitsOf,
        TimeProvider time)
    {
        Behavior = behavior;
        Geometry = geometry;
        Renderer = renderer;
        Time = time;
        _host = host;
        _limitsOf = limitsOf;
        Performance = new PerformanceMeter(time);
        Loader = new ModelLoader(geometry, behavior, time);
        Photographer = new Photographer(renderer, time);
        Features = [.. CreateFeatures()];
    }

    public SceneBehavior Behavior { get; }

    public ISceneGeometry Geometry { get; }

    public ISceneRenderer Renderer { get; }

    public TimeProvider Time { get; }

    public PerformanceMeter Performance { get; }

    public ModelLoader Loader { get; }

    public Photographer Photographer { get; }

    public BackgroundTasks Background { get; } = new();

    public int MaxMessageBytes => _host.MaxMessageBytes;

    /// <summary>Gets the parts that the host has, as its behaviour says.</summary>
    public IReadOnlyList<IHostFeature> Features { get; }

    /// <summary>The scene of a binding; empty at first.</summary>
    public BindingScene SceneOf(HostBinding binding) => binding.GetOrAddState(this, static () => new BindingScene());

    /// <summary>What a scene may cost now.</summary>
    public SceneLimits LimitsOf(HostBinding binding) => _limitsOf(binding.SessionId);

    public async ValueTask DisposeAsync()
    {
        await Background.WhenAllAsync().ConfigureAwait(false);
        Photographer.Dispose();
        Loader.Dispose();
    }

    private IEnumerable<IHostFeature> CreateFeatures()
    {
        if (!Behavior.HasScene)
        {
            yield break;
        }

        yield return new SceneFeature(this);
        if (Behavior.HasUploads)
        {
            yield return new UploadFeature(this);
        }

        if (Behavior.HasFrames)
        {
            yield return new FramesFeature(this);
        }
    }
}
