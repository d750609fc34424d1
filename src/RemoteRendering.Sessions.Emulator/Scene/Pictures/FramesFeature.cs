using RemoteRendering.Sessions.Emulator.Renderer;
using RemoteRendering.Sessions.Emulator.Renderer.Geometry;
using RemoteRendering.Sessions.Emulator.Scene.Queries;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Emulator.Scene.Pictures;

/// <summary>Pictures of the scene, one at a time or as a preview.</summary>
internal sealed class FramesFeature(SceneHost host) : IHostFeature
{
    private const double MinRate = 0.1;
    private const double MaxRate = 30;

    public string Name => "frames";

    public IReadOnlyCollection<string> Methods { get; } = ["captureFrame", "startPreview", "stopPreview"];

    public ValueTask<HostAnswer> InvokeAsync(HostRequest request) => SceneAnswers.RunAsync(request, Answer);

    public void OnResumed(HostBinding binding) => host.SceneOf(binding).Previews.Again();

    public void OnBindingEnded(HostBinding binding)
    {
        // The scene stops the previews with the rest.
    }

    private ValueTask<HostAnswer> Answer(SceneParameters parameters, HostRequest request)
    {
        BindingScene scene = host.SceneOf(request.Binding);
        switch (request.Method)
        {
            case "captureFrame":
                return CaptureAsync(PictureRequest.Read(parameters), scene, scene.TakeSnapshot(out _), request.CancellationToken);
            case "stopPreview":
                scene.Previews.Stop(parameters.Id("preview"));
                return new(HostAnswer.Empty);
            default:
                Start(parameters, request, scene);
                return new(HostAnswer.Empty);
        }
    }

    private async ValueTask<HostAnswer> CaptureAsync(PictureRequest picture, BindingScene scene, SceneSnapshot snapshot, CancellationToken cancellationToken)
    {
        byte[] file = await host.Photographer.TakeAsync(scene, snapshot, picture, cancellationToken).ConfigureAwait(false);
        return file.Length <= picture.MaxBytes
            ? HostAnswer.Binary(file)
            : throw new SceneException(SceneErrorCode.ExceedsMemoryLimit, $"The picture has {file.Length} bytes, which is more than {picture.MaxBytes}.");
    }

    private void Start(SceneParameters parameters, HostRequest request, BindingScene scene)
    {
        uint number = parameters.Id("preview");
        PictureRequest picture = PictureRequest.Read(parameters);
        double rate = parameters.Has("framesPerSecond") ? parameters.Number("framesPerSecond") : 5;
        if (rate is < MinRate or > MaxRate)
        {
            throw new SceneException(SceneErrorCode.InvalidParameter, $"A preview has from {MinRate} to {MaxRate} pictures in a second.");
        }

        var interval = TimeSpan.FromSeconds(1 / rate);
        scene.Previews.Start(number, picture, interval, () => new Preview(host, scene, request, number, picture, interval));
    }
}
