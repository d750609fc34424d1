using RemoteRendering.Sessions.Emulator.Renderer;
using RemoteRendering.Sessions.Emulator.Scene.Pictures;
using RemoteRendering.Sessions.Emulator.Scene.Queries;
using RemoteRendering.Sessions.Emulator.Scene.Uploads;
using RemoteRendering.Sessions.Host.Requests;
using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator.Scene;

/// <summary>What the scene features of one host share.</summary>
internal sealed class SceneHost : IAsyncDisposable
{
    private readonly Func<string, EmulatedSize> _sizeOf;
    private readonly RenderingHostOptions _host;

    public SceneHost(SceneBehavior behavior, RenderingHostOptions host, Func<string, EmulatedSize> sizeOf, TimeProvider time)
    {
        Behavior = behavior;
        Time = time;
        _host = host;
        _sizeOf = sizeOf;
        Performance = new PerformanceMeter(time);
        Loader = new ModelLoader(behavior, time);
        Photographer = new Photographer(time);
        Features = [.. CreateFeatures()];
    }

    public SceneBehavior Behavior { get; }

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
    public SceneLimits LimitsOf(HostBinding binding) => Behavior.LimitsOf(_sizeOf(binding.SessionId));

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
