namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>Draws the pictures of a scene. Thread-safe; a host asks for one picture at a time.</summary>
public interface ISceneRenderer
{
    /// <summary>
    /// Gets the hierarchical states that it does not draw, by their names in the host protocol; the host tells its clients.
    /// </summary>
    IReadOnlyCollection<string> UnsupportedStates { get; }

    /// <summary>Draws a picture.</summary>
    /// <param name="scene">The scene, with the meshes of the <see cref="ISceneGeometry"/> that the host has.</param>
    /// <param name="camera">The camera.</param>
    /// <param name="width">The number of pixels in a row, from 1 to 4,096.</param>
    /// <param name="height">The number of rows, from 1 to 4,096.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A picture of that size.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<ScenePicture> DrawAsync(SceneSnapshot scene, CameraPose camera, int width, int height, CancellationToken cancellationToken);
}
