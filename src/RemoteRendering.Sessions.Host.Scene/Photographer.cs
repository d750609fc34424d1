using RemoteRendering.Sessions.Host.Scene.Pictures;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>
/// Takes pictures of scenes, one at a time: a picture keeps all processors or the graphics card busy, and takes memory. Thread-safe.
/// </summary>
internal sealed class Photographer(ISceneRenderer renderer, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Takes a picture and gives its file.</summary>
    public async Task<byte[]> TakeAsync(
        BindingScene scene, SceneSnapshot snapshot, PictureRequest request, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await BackgroundWork.StartForCaller(() => DrawAsync(scene, snapshot, request, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<byte[]> DrawAsync(
        BindingScene scene, SceneSnapshot snapshot, PictureRequest request, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        ScenePicture picture =
            await renderer.DrawAsync(snapshot, request.Camera, request.Width, request.Height, cancellationToken).ConfigureAwait(false);
        scene.LastPicture = new PictureCost(time.GetElapsedTime(began), CountTriangles(snapshot));
        cancellationToken.ThrowIfCancellationRequested();
        return picture.Width == request.Width && picture.Height == request.Height
            ? PngEncoder.Encode(picture.Rgba.Span, picture.Width, picture.Height)
            : throw new InvalidOperationException(
                $"The renderer drew a picture of {picture.Width} x {picture.Height} instead of {request.Width} x {request.Height}.");
    }

    private static long CountTriangles(SceneSnapshot snapshot)
    {
        long triangles = 0;
        foreach (ref readonly MeshInstance instance in snapshot.Instances.AsSpan())
        {
            triangles += instance.Mesh.TriangleCount;
        }

        return triangles;
    }
}
