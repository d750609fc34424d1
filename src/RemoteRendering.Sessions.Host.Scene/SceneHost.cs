using RemoteRendering.Sessions.Host.Scene.Queries;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>What the parts of a scene feature share.</summary>
/// <param name="geometry">Loads models and answers queries.</param>
/// <param name="renderer">Draws pictures; null when there are none.</param>
/// <param name="options">The options of the feature.</param>
/// <param name="limitsOf">Gets the limits of the scene of a session by its id.</param>
/// <param name="time">The clock.</param>
internal sealed class SceneHost(
    ISceneGeometry geometry, ISceneRenderer? renderer, SceneOptions options, Func<string, SceneLimits> limitsOf,
    TimeProvider time) : IAsyncDisposable
{
    public SceneOptions Options { get; } = options;

    public ISceneGeometry Geometry { get; } = geometry;

    public IReadOnlyCollection<string> UnsupportedStates => renderer?.UnsupportedStates ?? [];

    public TimeProvider Time { get; } = time;

    public PerformanceMeter Performance { get; } = new(time);

    public ModelLoader Loader { get; } = new(geometry, options, time);

    /// <summary>Gets what takes pictures; null when there are none.</summary>
    public Photographer? Photographer { get; } = renderer is null ? null : new Photographer(renderer, time);

    public BackgroundTasks Background { get; } = new();

    /// <summary>The scene of a binding; empty at first.</summary>
    public BindingScene SceneOf(HostBinding binding) => binding.GetOrAddState(this, static () => new BindingScene());

    /// <summary>The limits of a scene now.</summary>
    public SceneLimits LimitsOf(HostBinding binding) => limitsOf(binding.SessionId);

    public async ValueTask DisposeAsync()
    {
        await Background.WhenAllAsync().ConfigureAwait(false);
        Photographer?.Dispose();
        Loader.Dispose();
    }
}
