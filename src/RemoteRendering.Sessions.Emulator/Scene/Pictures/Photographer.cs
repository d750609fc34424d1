using RemoteRendering.Sessions.Emulator.Renderer.Drawing;
using RemoteRendering.Sessions.Emulator.Renderer.Geometry;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Emulator.Scene.Pictures;

/// <summary>Takes pictures of scenes, one at a time: each keeps all processors busy by itself, and takes memory. Thread-safe.</summary>
internal sealed class Photographer(TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SoftwareRenderer _renderer = new();

    /// <summary>Takes a picture and gives its file.</summary>
    public async Task<byte[]> TakeAsync(BindingScene scene, SceneSnapshot snapshot, PictureRequest request, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await BackgroundWork.StartForCaller(() => Draw(scene, snapshot, request, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private byte[] Draw(BindingScene scene, SceneSnapshot snapshot, PictureRequest request, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        byte[] pixels = _renderer.Render(snapshot, request.Camera, request.Width, request.Height, cancellationToken);
        scene.LastPicture = new PictureCost(time.GetElapsedTime(began), snapshot.Instances.Sum(instance => (long)instance.Mesh.TriangleCount));
        cancellationToken.ThrowIfCancellationRequested();
        return PngEncoder.Encode(pixels, request.Width, request.Height);
    }
}
