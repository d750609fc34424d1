using RemoteRendering.Sessions.Host.Scene.Messages;
using RemoteRendering.Sessions.Host.Scene.Pictures;
using RemoteRendering.Sessions.Protocol.Host;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>Pictures of the scene, one at a time or as a preview.</summary>
internal sealed class FramesFeature : IHostFeature
{
    private const double MinRate = 0.1;
    private const double MaxRate = 30;

    private readonly SceneHost _host;
    private readonly Photographer _photographer;
    private readonly SceneMethodTable _methods;

    public FramesFeature(SceneHost host, Photographer photographer)
    {
        _host = host;
        _photographer = photographer;
        _methods = new SceneMethodTable(new Dictionary<string, SceneMethod>
        {
            [SceneMethods.CaptureFrame] = CaptureAsync,
            [SceneMethods.StartPreview] = (parameters, request) => new(Start(parameters, request)),
            [SceneMethods.StopPreview] = (parameters, request) => new(Stop(parameters, request)),
        });
    }

    public string Name => HostFeatureName.Frames;

    public IReadOnlyCollection<string> Methods => _methods.Names;

    public ValueTask<HostAnswer> InvokeAsync(HostRequest request) => _methods.InvokeAsync(request);

    public void OnResumed(HostBinding binding) => _host.SceneOf(binding).Previews.Again();

    public void OnBindingEnded(HostBinding binding)
    {
        // The scene stops the previews with the rest.
    }

    private ValueTask<HostAnswer> CaptureAsync(SceneParameters parameters, HostRequest request)
    {
        BindingScene scene = _host.SceneOf(request.Binding);
        return CaptureAsync(PictureRequest.Read(parameters), scene, scene.TakeSnapshot(), request.CancellationToken);
    }

    private async ValueTask<HostAnswer> CaptureAsync(
        PictureRequest picture, BindingScene scene, SceneSnapshot snapshot, CancellationToken cancellationToken)
    {
        byte[] file = await _photographer.TakeAsync(scene, snapshot, picture, cancellationToken).ConfigureAwait(false);
        return file.Length <= picture.MaxBytes
            ? HostAnswer.Binary(file)
            : throw new SceneException(
                SceneErrorCode.ExceedsMemoryLimit, $"The picture has {file.Length} bytes, which is more than {picture.MaxBytes}.");
    }

    private HostAnswer Stop(SceneParameters parameters, HostRequest request)
    {
        _host.SceneOf(request.Binding).Previews.Stop(parameters.Id("preview"));
        return HostAnswer.Empty;
    }

    private HostAnswer Start(SceneParameters parameters, HostRequest request)
    {
        BindingScene scene = _host.SceneOf(request.Binding);
        uint number = parameters.Id("preview");
        PictureRequest picture = PictureRequest.Read(parameters);
        double rate = parameters.Has("framesPerSecond") ? parameters.Number("framesPerSecond") : 5;
        if (rate is < MinRate or > MaxRate)
        {
            throw new SceneException(SceneErrorCode.InvalidParameter, $"A preview has from {MinRate} to {MaxRate} pictures in a second.");
        }

        var interval = TimeSpan.FromSeconds(1 / rate);
        scene.Previews.Start(number, picture, interval, () => new Preview(_host, _photographer, scene, request, number, picture, interval));
        return HostAnswer.Empty;
    }
}
